"""What one cell of a spreadsheet may hold: each kind is written as it is and read strictly.

The library's own widgets guess where a person should be asked: they take "maybe" for no and 3.7
for 3. What cannot be read raises ValueError, whose words stand beside the cell's row.
"""

import json
import re
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from import_export import widgets

from evidence.formula_guard import unguarded
from evidence.ingest.problems import shown

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,10})(?:\.0+)?", re.ASCII)
_LARGEST_WHOLE = 2_147_483_647  # what PostgreSQL's integer holds
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def cell_text(value):
    """Return what a person reads in a cell; a number typed where text belongs is its digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    return unguarded(str(value)).strip()


class TextCell(widgets.CharWidget):
    """Words."""

    def clean(self, value, row=None, **kwargs):
        """Return the text of a cell; an empty cell is an empty text."""
        return cell_text(value)


class NumberCell(widgets.FloatWidget):
    """A number that may have decimals, with a point."""

    def clean(self, value, row=None, **kwargs):
        """Return a float, None for an empty cell."""
        text = _number_text(value)
        return float(text) if text else None


class DecimalCell(widgets.DecimalWidget):
    """A number that is exact, such as a price."""

    def clean(self, value, row=None, **kwargs):
        """Return a Decimal, None for an empty cell."""
        text = _number_text(value)
        return Decimal(text) if text else None


class WholeCell(widgets.IntegerWidget):
    """A number of people, studies or units."""

    def clean(self, value, row=None, **kwargs):
        """Return a whole number from 0, None for an empty cell."""
        text = _without_bool(value)
        found = _WHOLE.fullmatch(text)
        if text and (not found or int(found[1]) > _LARGEST_WHOLE):
            raise ValueError(f"Must be a whole number, got {shown(text)}.")
        return int(found[1]) if found else None


class YesNoCell(widgets.BooleanWidget):
    """Yes or no, in words or as a spreadsheet writes it."""

    def clean(self, value, row=None, **kwargs):
        """Return True or False, None for an empty cell."""
        text = cell_text(value).lower()
        if text and text not in _YES_NO:
            raise ValueError(f"Must be yes or no, got {shown(text)}.")
        return _YES_NO.get(text)


class DayCell(widgets.DateWidget):
    """A day; 3/4/2026 is refused, since nobody knows which of two days it is."""

    def clean(self, value, row=None, **kwargs):
        """Return a date, None for an empty cell."""
        text = cell_text(value)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise ValueError(f"Must be a day such as 2026-03-31, got {shown(text)}.") from None


class ListCell(widgets.JSONWidget):
    """A list, as JSON that keeps its letters."""

    def render(self, value, obj=None, **kwargs):
        """Return JSON, or nothing for an empty list."""
        return json.dumps(value, ensure_ascii=False) if value else ""


class ReferenceCell(widgets.ForeignKeyWidget):
    """Another row, by the name that people know it by; each name is looked up once."""

    def __init__(self, model, field="pk", **kwargs):
        super().__init__(model, field, **kwargs)
        self.found = {}

    def clean(self, value, row=None, **kwargs):
        """Return the row of that name, None for an empty cell."""
        text = cell_text(value)
        if not text:
            return None
        if text not in self.found:
            try:
                self.found[text] = self.model._default_manager.get(**{self.field: text})
            except (ObjectDoesNotExist, ValueError):
                self.found[text] = None
        if self.found[text] is None:
            raise ValueError(f"There is no {self.model._meta.verbose_name} {shown(text)} here.")
        return self.found[text]


def _number_text(value):
    text = _without_bool(value)
    if text and not _NUMBER.fullmatch(text):
        raise ValueError(f"Must be a number such as 7.06, got {shown(text)}.")
    return text


def _without_bool(value):
    if isinstance(value, bool):
        raise ValueError(f"Must be a number, got {shown(value)}.")
    return repr(value) if isinstance(value, float) else cell_text(value)
