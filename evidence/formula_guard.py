"""Text in a spreadsheet's cell: kept from being run as a formula, and read back as it was.

A program takes a cell for a formula by its first character, or drops that character and takes the
next. An apostrophe before it makes the cell text. Numbers need none: -7.06 runs nothing.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'(?='*[=+\-@\t\r\n])")


def guarded(text):
    r"""Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("zinc"), guarded("'=1")
    ("'=1+1", 'zinc', "''=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text):
    """Return the text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text
