"""What somebody uploaded, kept between a preview and their choice.

It lies where sessions lie, so that any process finds it, but in a session of its own: their own
one is read with every request and must stay small. Only who uploaded it can have it back.
"""

import re

KEPT_SECONDS = 12 * 60 * 60
_NAME = "kept_upload"
_TOKEN = re.compile(r"[a-z0-9]{32}", re.ASCII)


def keep(request, purpose, text):
    """Keep `text` for this user and return the token by which `kept` finds it."""
    store = _store(request)
    store[_NAME] = {"user": request.user.pk, "purpose": purpose, "text": text}
    store.set_expiry(KEPT_SECONDS)
    store.create()
    return store.session_key


def kept(request, purpose, token):
    """Return what was kept, None if it is gone, another's, or for something else."""
    if not _TOKEN.fullmatch(token):
        return None
    found = _store(request, token).get(_NAME)
    if not found or (found["user"], found["purpose"]) != (request.user.pk, purpose):
        return None
    return found["text"]


def drop(request, purpose, token):
    """Forget what was kept."""
    if kept(request, purpose, token) is not None:
        _store(request, token).delete()


def _store(request, token=None):
    return type(request.session)(token)
