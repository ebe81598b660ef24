"""Reads the process environment, and refuses what it does not understand.

A setting that is spelt wrong must stop the process with its remedy, never fall back in silence to
a default: `DEBUG=flase` would otherwise publish stack traces. A variable that is set but empty is
malformed too, because that is what a lost secret looks like in a deployment. Values that may hold
a password are masked in every message.
"""

from __future__ import annotations

import re
import secrets
import zoneinfo
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ as django_environ  # type: ignore[import-untyped]
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.utils import get_random_secret_key
from django.core.validators import URLValidator, validate_email

from stackbuilder.licences import OPEN_DATA

SPELLINGS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
# Django's own check asks for this much (security.W009); a shorter key can be guessed.
SECRET_KEY_LENGTH = 50
HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]"
# Django takes a leading dot (hosts) and a leading *. (origins) as "and every subdomain".
HOST_NAME = re.compile(rf"\.?(?:{HOST})")
ORIGIN = re.compile(rf"https?://(?:\*\.)?(?:{HOST})(?::[0-9]{{1,5}})?")
# How mail may leave, and the port that each way uses unless the address names another. Plain smtp
# is for a mail server on the operator's own machine; consolemail prints, for trying it out.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "consolemail": None}
NO_MAIL = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
NEW_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'


class InvalidEnvironment(ImproperlyConfigured):
    """A variable holds a value that cannot be used; says which, why and what would do."""

    def __init__(self, name: str, shown: str, allowed: str, example: str) -> None:
        super().__init__(f"{name} is {shown}, but must be {allowed}. For example: {name}={example}")


class Environment:
    """Named values of an environment, each read as exactly one type."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def text(self, name: str, *, allowed: str, example: str) -> str | None:
        """Return the value without surrounding blanks, None if unset; empty is refused."""
        if name not in self.values:
            return None
        value = self.values[name].strip()
        if not value:
            raise InvalidEnvironment(name, "set but empty", f"unset or {allowed}", example)
        return value

    def boolean(self, name: str, *, default: bool) -> bool:
        """Return a switch, spelt 1/0, true/false, yes/no or on/off."""
        allowed = "one of 1, 0, true, false, yes, no, on, off"
        value = self.text(name, allowed=allowed, example="1")
        if value is None:
            return default
        if value.lower() not in SPELLINGS:
            raise InvalidEnvironment(name, repr(value), allowed, "1")
        return SPELLINGS[value.lower()]

    def whole_number(self, name: str, *, default: int, low: int, high: int) -> int:
        """Return a whole number inside [low, high]."""
        allowed = f"a whole number from {low} to {high}"
        value = self.text(name, allowed=allowed, example=str(default))
        if value is None:
            return default
        # int() would take '1_000' and Arabic digits, which are slips here.
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise InvalidEnvironment(name, repr(value), allowed, str(default))
        return int(value)

    def choice(self, name: str, *, default: str, among: tuple[str, ...]) -> str:
        """Return one of `among`, whatever the case it was written in."""
        allowed = f"one of {', '.join(among)}"
        value = self.text(name, allowed=allowed, example=default)
        if value is None:
            return default
        if value.upper() not in among:
            raise InvalidEnvironment(name, repr(value), allowed, default)
        return value.upper()

    def time_zone(self, name: str, *, default: str) -> str:
        """Return the name of a zone in the IANA time zone database."""
        allowed, example = "a name from the IANA time zone database", "Europe/Berlin"
        value = self.text(name, allowed=allowed, example=example)
        if value is None:
            return default
        if value not in zoneinfo.available_timezones():
            raise InvalidEnvironment(name, repr(value), allowed, example)
        return value

    def folder(self, name: str, *, default: Path) -> Path:
        """Return an absolute folder, made if missing."""
        allowed, example = "the absolute path of a folder to write in", "/var/lib/stackbuilder"
        value = self.text(name, allowed=allowed, example=example)
        path = default if value is None else Path(value)
        if not path.is_absolute():
            raise InvalidEnvironment(name, repr(value), allowed, example)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            shown = f"{str(path)!r} ({error.strerror})"
            raise InvalidEnvironment(name, shown, allowed, example) from error
        return path

    def host_names(self, name: str, *, default: list[str]) -> list[str]:
        """Return names for ALLOWED_HOSTS: no port, no path, and never `*`."""
        allowed = "host names without port or path, separated by commas (not *)"
        return self._list(name, HOST_NAME, default, allowed, "example.org,www.example.org")

    def origins(self, name: str, *, default: list[str]) -> list[str]:
        """Return origins for CSRF_TRUSTED_ORIGINS: scheme, host and perhaps a port."""
        allowed = "origins with http:// or https:// and no path, separated by commas"
        return self._list(name, ORIGIN, default, allowed, "https://example.org")

    def _list(
        self, name: str, pattern: re.Pattern[str], default: list[str], allowed: str, example: str
    ) -> list[str]:
        value = self.text(name, allowed=allowed, example=example)
        if value is None:
            return default
        items = [item.strip() for item in value.split(",")]
        if not all(pattern.fullmatch(item) for item in items):
            raise InvalidEnvironment(name, repr(value), allowed, example)
        return items

    def words(self, name: str, *, longest: int, example: str) -> str | None:
        """Return one line of plain text, None if unset."""
        allowed = f"one line of at most {longest} characters"
        value = self.text(name, allowed=allowed, example=repr(example))
        if value is not None and (len(value) > longest or not value.isprintable()):
            shown = f"of {len(value)} characters" if len(value) > longest else repr(value)
            raise InvalidEnvironment(name, shown, allowed, repr(example))
        return value

    def email_address(self, name: str) -> str | None:
        """Return an e-mail address, None if unset."""
        return self._matching(name, [is_email], "an e-mail address", "desk@example.org")

    def contact(self, name: str) -> str | None:
        """Return an e-mail address or the address of a page, None if unset."""
        allowed = "an e-mail address, or a page's address with https://"
        return self._matching(name, [is_email, is_https_url], allowed, "desk@example.org")

    def licence(self, name: str) -> str | None:
        """Return a licence of data by SPDX identifier or address, None if unset."""
        allowed = f"one of {', '.join(OPEN_DATA)}, or a licence's address with https://"
        return self._matching(name, [OPEN_DATA.__contains__, is_https_url], allowed, "CC-BY-4.0")

    def _matching(
        self, name: str, tests: list[Callable[[str], bool]], allowed: str, example: str
    ) -> str | None:
        value = self.text(name, allowed=allowed, example=example)
        if value is not None and not any(test(value) for test in tests):
            raise InvalidEnvironment(name, repr(value), allowed, example)
        return value

    def mail(self, name: str, *, needed_by: str | None) -> dict[str, Any]:
        """Return Django's settings of mail; unset sends none, refused if a variable needs it."""
        schemes = ", ".join(f"{scheme}://" for scheme in MAIL_PORTS)
        allowed = f"an address that begins with one of {schemes}"
        example = "smtp+tls://user:password@mail.example.org"
        url = self.text(name, allowed=allowed, example=example)
        if url is None:
            if needed_by:
                raise InvalidEnvironment(name, f"unset while {needed_by} is set", allowed, example)
            return dict(NO_MAIL)
        if fault := _fault_of_mail_url(url):
            raise InvalidEnvironment(name, f"{_masked(url)!r} ({fault})", allowed, example)
        config: dict[str, Any] = django_environ.Env.email_url_config(url)
        config["EMAIL_PORT"] = config["EMAIL_PORT"] or MAIL_PORTS[url.partition("://")[0]]
        return {key: value for key, value in config.items() if value}

    def database(self, name: str, *, default: Path, base: Path) -> dict[str, Any]:
        """Return Django's settings of the database; a relative SQLite path starts at `base`.

        django-environ turns the URL into settings, but takes foreign schemes and nonsense with a
        warning at most, so the URL is checked here before it sees it.
        """
        allowed, example = "a postgres:// or sqlite:/// address", "postgres://user:password@host/db"
        url = self.text(name, allowed=allowed, example=example)
        if url is None:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": default, "OPTIONS": {}}
        scheme = url.partition("://")[0] if "://" in url else ""
        if scheme in ("postgres", "postgresql"):
            reason = _fault_of_postgresql_url(url)
        elif scheme == "sqlite":
            reason = _fault_of_sqlite_url(url)
        else:
            reason = "another scheme"
        if reason:
            shown = f"{_masked(url)!r} ({reason})"
            raise InvalidEnvironment(name, shown, allowed, example)
        config = {"OPTIONS": {}, **django_environ.Env.db_url_config(url)}
        if scheme == "sqlite":
            config["NAME"] = base / config["NAME"]
        return config

    def secret_key(self, name: str, *, path: Path) -> str:
        """Return the key from the environment, else the one kept at `path`, made once."""
        allowed = f"at least {SECRET_KEY_LENGTH} characters that nobody can guess"
        example = f"$({NEW_KEY})"
        value = self.text(name, allowed=allowed, example=example)
        if value is None:
            return kept_secret_key(path)
        if len(value) < SECRET_KEY_LENGTH or len(set(value)) < 5:
            raise InvalidEnvironment(name, "too short or too plain", allowed, example)
        return value


def is_email(text: str) -> bool:
    """Say whether `text` is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_https_url(text: str) -> bool:
    """Say whether `text` is the address of a page by https."""
    try:
        URLValidator(schemes=["https"])(text)
    except ValidationError:
        return False
    return True


def kept_secret_key(path: Path) -> str:
    """Return the key kept at `path`, making it first if there is none.

    Several processes may start at once and must agree. The key is written whole to a file of its
    own, then linked into place: a link never replaces, so the first one wins and all read that.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        try:
            draft.touch(mode=0o600, exist_ok=False)
            draft.write_text(get_random_secret_key() + "\n", encoding="ascii")
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        except OSError as error:
            remedy = f"Set SECRET_KEY (make one with: {NEW_KEY}), or make the folder writable."
            raise ImproperlyConfigured(f"Cannot keep a key at {path}: {error}. {remedy}") from error
        finally:
            draft.unlink(missing_ok=True)
    key = path.read_text(encoding="utf-8").strip()
    if len(key) < SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(f"The key in {path} is damaged. Delete it to make another.")
    return key


def _fault_of_postgresql_url(url: str) -> str:
    """Return what libpq, which will have to use the address, could not make of it."""
    # Imported here because a SQLite process never needs it.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        return _without_password(str(error).strip(), url)
    if not parts.get("dbname"):
        return "no database is named"
    ports = str(parts.get("port", "")).split(",")
    if any(port and not 0 < _number(port) < 65536 for port in ports):
        return "the port is not a number from 1 to 65535"
    if set("@%") & set(str(parts.get("host", ""))):
        return "write @ and other signs in a password as %40 and so on, a socket as ?host=/folder"
    return ""


def _fault_of_sqlite_url(url: str) -> str:
    location = url.removeprefix("sqlite://")
    if not location.startswith("/") or location.endswith("/") or "?" in location:
        return "write sqlite:///relative/file or sqlite:////absolute/file, without options"
    if ":memory:" in location:
        return "each process would have its own empty database"
    return ""


def _fault_of_mail_url(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in MAIL_PORTS:
        return "that way of sending is not known here"
    if scheme == "consolemail":
        return "nothing may follow consolemail://" if rest else ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "host or port cannot be read"
    if not parts.hostname or not re.fullmatch(HOST, parts.hostname):
        return "write user:password@host, with other signs than letters and digits as %40 and so on"
    if port == 0:
        return "the port is not a number from 1 to 65535"
    if parts.path.strip("/") or parts.query or parts.fragment:
        return "nothing may follow host and port"
    if bool(parts.username) != bool(parts.password):
        return "user and password go together"
    return ""


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1


def _masked(url: str) -> str:
    masked = re.sub(r"(//[^:/]*:).*@", r"\1***@", url)
    return re.sub(r"(password=)[^&]*", r"\1***", masked)


def _without_password(text: str, url: str) -> str:
    # libpq quotes the part it could not read, which may be a password.
    return re.sub(r'".*"', "a part of it", text) if _masked(url) != url else text
