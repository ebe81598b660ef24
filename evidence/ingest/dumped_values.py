"""How one value of a row stands in a file: unknown is null, and no number gains digits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

Content = dict[str, Any]

# Above this a float no longer tells whole numbers apart.
_LARGEST_EXACT = 2**53


def text(value: object) -> str | None:
    """Return a text without blank ends; None if there is nothing."""
    return str(value).strip() or None


def texts(row: object, names: Iterable[str]) -> Content:
    """Return the texts that stand in a file under the names of their columns."""
    return {name: text(getattr(row, name)) for name in names}


def number(value: float | Decimal | None) -> float | None:
    """Return a number as a person writes it: 7 rather than 7.0, and 0.3 as it was read."""
    if value is None:
        return None
    plain = float(value)
    return int(plain) if plain.is_integer() and abs(plain) <= _LARGEST_EXACT else plain


def numbers(row: object, names: Iterable[str]) -> Content:
    """Return the numbers that stand in a file under the names of their columns."""
    return {name: number(getattr(row, name)) for name in names}


def unit(value: str, synonyms: Mapping[str, str]) -> str | None:
    """Return a unit as a load would store it; nothing but `synonyms` may change one."""
    return synonyms.get(value, value) if value.strip() else None


def known(content: Content) -> Content:
    """Leave out what nothing is known of."""
    return {key: value for key, value in content.items() if value is not None}


def sourced(row: object) -> Content:
    """Return where a fact stands; the title only where there is one."""
    source = texts(row, ("source", "source_title", "source_quality"))
    return {"source": source.pop("source"), **known(source)}
