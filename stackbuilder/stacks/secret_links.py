"""Keeps the secret of an edit link out of every log: who reads a log must not be able to edit.

The secret stands in the address, because a link is all that a visitor without an account can keep.
Django's log lines pass this filter; gunicorn's go through `stackbuilder.access_log`.
"""

import logging
import re

_SECRET = re.compile(r"(/stacks/edit/)[^/\s?#\"']+")


def without_secret(value):
    """Return a text in which no secret stands where an address would have one; others as is."""
    return _SECRET.sub(r"\1…", value) if isinstance(value, str) else value


class HideSecrets(logging.Filter):
    """Writes addresses of edit links without their secret, in messages and their arguments."""

    def filter(self, record):
        """Change the record in place; keep every record."""
        record.msg = without_secret(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(without_secret(value) for value in record.args)
        return True
