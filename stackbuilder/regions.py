"""The regions a visitor can choose: their names, their order, and the choice itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from stackbuilder import law

_NAMES = {
    "US": "United States",
    "EU": "European Union",
    "UK": "United Kingdom",
    "AU": "Australia",
    "AT": "Austria",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "CA": "Canada",
    "CH": "Switzerland",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "EE": "Estonia",
    "ES": "Spain",
    "FI": "Finland",
    "FR": "France",
    "GR": "Greece",
    "HK": "Hong Kong",
    "HR": "Croatia",
    "HU": "Hungary",
    "IE": "Ireland",
    "IN": "India",
    "IT": "Italy",
    "JP": "Japan",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "LV": "Latvia",
    "MT": "Malta",
    "NL": "Netherlands",
    "NO": "Norway",
    "NZ": "New Zealand",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "RU": "Russia",
    "SE": "Sweden",
    "SG": "Singapore",
    "SI": "Slovenia",
    "SK": "Slovakia",
    "TH": "Thailand",
    "world": "Worldwide",
}
# What `world` means where a visitor says where they are.
_OTHER_COUNTRY = "Any other country"
# The first ones of any list; the others follow by name, `world` last.
_FIRST = ("US", "EU", "UK", "AU")


def region_name(code: str) -> str:
    """Return the name of a region, or its code where it has none here."""
    return _NAMES.get(code, code)


def place_name(code: str) -> str:
    """Return the name of where a visitor may be: `world` is any country not named."""
    return _OTHER_COUNTRY if code == law.WORLD else region_name(code)


def place_of(code: str) -> str:
    """Return the region whose law holds where a visitor is."""
    return law.ELSEWHERE if code == law.WORLD else code


def in_order(codes: Iterable[str]) -> list[str]:
    """Return regions in the order of every list on the site."""

    def place(code: str) -> tuple[bool, int, str]:
        first = _FIRST.index(code) if code in _FIRST else len(_FIRST)
        return code == law.WORLD, first, region_name(code)

    return sorted(set(codes), key=place)


def region_choices(further: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return what a visitor may choose; `further` have no name here but a status or a listing."""
    known = in_order([*_NAMES, *further])
    return [("", "anywhere"), *((code, place_name(code)) for code in known)]


class RegionForm(forms.Form):
    """Where a visitor would buy; none chosen means anywhere.

    `further` are regions that have no name here but a status or a listing.
    """

    region = forms.ChoiceField(required=False, label="Where you would buy")

    def __init__(self, data: Mapping[str, Any], *, further: Iterable[str] = ()) -> None:
        super().__init__(data)
        field: Any = self.fields["region"]
        field.choices = region_choices(further)
        field.error_messages["invalid_choice"] = "There is no region of this name here."

    def chosen(self) -> str:
        """Return the region, empty where none or an unknown one was given."""
        self.is_valid()
        return self.cleaned_data.get("region") or ""
