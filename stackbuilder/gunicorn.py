"""How gunicorn serves the site: `gunicorn --config python:stackbuilder.gunicorn stackbuilder.wsgi`.

The names below are gunicorn's settings. The master reads our own settings here, so a bad variable
stops it once, with its remedy, instead of failing in every worker.
"""

from pathlib import Path

from stackbuilder.environment import InvalidEnvironment

try:
    from stackbuilder.settings import PORT, THREADS, WEB_CONCURRENCY
except InvalidEnvironment as error:
    raise SystemExit(str(error)) from None

# Loopback only: whatever faces the internet terminates TLS and passes requests on.
bind = f"127.0.0.1:{PORT}"
workers = WEB_CONCURRENCY
# Threads, because a slow client would hold a whole synchronous worker. They share its snapshot.
worker_class = "gthread"
threads = THREADS
# Each worker loads the code itself, so a reload picks up new code, and no database connection,
# pool thread or random state is shared through the fork.
preload_app = False

# A ranking takes milliseconds; what takes this long is stuck.
timeout = 30
graceful_timeout = 20
keepalive = 5
# A fresh worker now and then bounds what a leak can grow to; the jitter keeps them apart.
max_requests = 10_000
max_requests_jitter = 1_000
# Goals and filters travel in the URL, so a request line may outgrow gunicorn's 4,094 bytes.
# Beyond this it answers 414.
limit_request_line = 8190
# The workers' heartbeat is a file; on a busy disk, touching it can block for seconds.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a mount point
# Nothing here uses the control socket, and every start would leave one in the home folder.
control_socket_disable = True

# Which worker answered what, how large and how long. No address, referrer, browser or cookie:
# a log line must not lead back to a person. Goals and preferences in the URL are no secret.
accesslog = "-"
# The secret of a link that edits a saved stack is no line's business either.
logger_class = "stackbuilder.access_log.AccessLogger"
access_log_format = '%(p)s %(t)s "%(r)s" %(s)s %(B)s %(L)ss'


def when_ready(server):
    """Say where the site is, once it can be opened."""
    server.log.info("Stackbuilder is at http://%s", bind)
