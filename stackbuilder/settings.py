"""Django's settings, all in this file; what differs between machines comes from the environment.

Without any variable the site runs as in production (DEBUG off) on this machine alone, on SQLite.
Every variable is read below through `Environment`, which refuses values it does not understand.
`DATA_DIR` moves everything that is written at run time (database, key, collected static files)
as a whole; it is `var/` beside this package unless told otherwise.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from stackbuilder.environment import Environment
from stackbuilder.release import release_name

environment = Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / "var")

RELEASE = release_name(BASE_DIR)
DEBUG = environment.boolean("DEBUG", default=False)
# HTTPS=1 says that a proxy in front of us speaks TLS and sets X-Forwarded-Proto itself.
HTTPS = environment.boolean("HTTPS", default=False)
SECRET_KEY = environment.secret_key("SECRET_KEY", path=DATA_DIR / "secret-key")
ALLOWED_HOSTS = environment.host_names("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS", default=[])

# The server's own numbers, here so that every command refuses a bad one (see gunicorn.py).
PORT = environment.whole_number("PORT", default=8000, low=1, high=65535)
WEB_CONCURRENCY = environment.whole_number("WEB_CONCURRENCY", default=2, low=1, high=64)
THREADS = 4

# Applications and the way of a request

INSTALLED_APPS = [
    "stackbuilder",
    "evidence",
    # Django's admin, with our log-in in its place.
    "stackbuilder.accounts.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # Before staticfiles: runserver then serves files as production does, by whitenoise.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Above whitenoise, so that an SVG opened by its own address carries the policy too.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below whitenoise, whose files are compressed already. Compressing pages over TLS can leak a
    # secret by its length (BREACH): the only secret in our pages is the CSRF token, which Django
    # masks anew in each response, and this middleware adds a random length besides.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # Below both: whose code is missing is nobody to all that follows.
    "stackbuilder.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Below all that give an answer its headers, above the first that may ask the database.
    "stackbuilder.bad_input.BadInputMiddleware",
    # Below authentication: it stamps who changed a row.
    "simple_history.middleware.HistoryRequestMiddleware",
    # Last, as it asks to be: it puts the page for who is locked out in place of the view's answer.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "stackbuilder.urls"
WSGI_APPLICATION = "stackbuilder.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

# WAL lets readers go on while one process writes; NORMAL is safe with it. A transaction takes the
# write lock when it begins, because one that asks for it later fails at once instead of waiting.
# Django itself turns foreign keys on.
SQLITE_OPTIONS = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds to wait for another writer
}
# One connection per thread at most; `timeout` is how many seconds a request waits for one.
POSTGRESQL_OPTIONS = {"pool": {"min_size": 1, "max_size": THREADS, "timeout": 10}}

DATABASES = {
    "default": environment.database(
        "DATABASE_URL", default=DATA_DIR / "stackbuilder.sqlite3", base=BASE_DIR
    )
}
DATABASES["default"]["OPTIONS"] |= (
    SQLITE_OPTIONS if "sqlite3" in DATABASES["default"]["ENGINE"] else POSTGRESQL_OPTIONS
)
# The pool keeps PostgreSQL's connections, and cannot live beside persistent ones.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A connection is tried before it is lent out, so a restart of the server costs no visitor an error.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not `no-referrer`: Chromium would send `Origin: null` and Django refuse every form.
SECURE_REFERRER_POLICY = "same-origin"

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# It guards forms and nothing else, so it need not outlive the browser's session.
CSRF_COOKIE_AGE = None
SECURE_SSL_REDIRECT = HTTPS
# A health check comes to the process itself, past the proxy that speaks TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Only behind a proxy that overwrites the header; otherwise any client could claim to be secure.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # preloading bind the operator's whole domain: theirs to decide, not ours
]

# A compound with all its protocols and cautions is one admin form of over a thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# Accounts of staff (see stackbuilder/accounts)

# Sessions are staff's alone. One lasts for a working day: a browser that was left open at work asks
# for the password again the next morning.
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
# REQUIRED: nobody gets past the log-in without a code; OPTIONAL: whoever set one up must give it.
STAFF_SECOND_FACTOR = environment.choice(
    "STAFF_SECOND_FACTOR", default="OPTIONAL", among=("OPTIONAL", "REQUIRED")
)
# What an authenticator app writes beside the code.
OTP_TOTP_ISSUER = "Stackbuilder"

AUTHENTICATION_BACKENDS = [
    # First, so that a password is not even looked at while its account is locked out.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "stackbuilder.accounts.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "stackbuilder.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "stackbuilder.accounts.views.login.locked_out"
# Both together: by the name alone anybody could lock a curator out, by the address alone a whole
# office would be.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Trying again while locked out does not make it last longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# The audit trail says who came in, without their address; axes would keep that for good.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Who runs the site: printed where a reader looks for it, and never made up where it is unset

SITE_OPERATOR_NAME = environment.words(
    "SITE_OPERATOR_NAME", longest=120, example="Example Foundation, Berlin"
)
SITE_OPERATOR_CONTACT = environment.contact("SITE_OPERATOR_CONTACT")
SITE_FUNDING = environment.words(
    "SITE_FUNDING", longest=500, example="Paid for by its readers; no commission is taken."
)
SITE_DATA_LICENCE = environment.licence("SITE_DATA_LICENCE")
# Whoever wrote a finding cannot publish it; a site of one person turns that off and says so.
TWO_PERSON_REVIEW = environment.boolean("TWO_PERSON_REVIEW", default=True)

# Errors that readers report are stored; a copy goes here, from this address to itself.
SITE_REPORT_EMAIL = environment.email_address("SITE_REPORT_EMAIL")
vars().update(
    environment.mail("EMAIL_URL", needed_by="SITE_REPORT_EMAIL" if SITE_REPORT_EMAIL else None)
)
DEFAULT_FROM_EMAIL = SITE_REPORT_EMAIL or "stackbuilder@localhost"
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold a visitor's thread longer

# A saved stack is deleted when nobody has opened it for so many days (`delete_unused_stacks`).
SAVED_STACK_DAYS = environment.whole_number("SAVED_STACK_DAYS", default=730, low=1, high=36_500)

# Language and time

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone("TIME_ZONE", default="UTC")

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names with a hash may be kept for ever and exist only after collectstatic; runserver has none.
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs go to standard error and gunicorn's access log to standard output: the operator's
# supervisor keeps them. They hold no bodies, cookies or addresses.

LOG_LEVEL = environment.choice(
    "LOG_LEVEL", default="INFO", among=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # The secret of an edit link stands in its address, and must not stand in a log.
    "filters": {"no_secrets": {"()": "stackbuilder.stacks.secret_links.HideSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's default handlers would mail and print the same lines once more.
        "django": {"handlers": [], "level": LOG_LEVEL},
        # At DEBUG these two would print every query with its values, and every template variable.
        "django.db.backends": {"level": "INFO"},
        "django.template": {"level": "INFO"},
        # At INFO it tells of every log-in how many rows it deleted.
        "axes": {"level": "WARNING"},
    },
}
