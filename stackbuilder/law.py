"""The law: who may be listed as a source of a compound in a region, as one pure function.

How the rule is read, so that one can argue with it:

- **Regions.** Two capitals name a country, EU the European Union, `world` everywhere. Rules of
  sport (region `sport`, status banned-in-sport) are the law of no place and are left out.
- **Who speaks for a place.** Its own rows. A member state without any is spoken for by the rows
  of the EU, and any place that nothing else speaks for by those of `world`. Where nobody speaks,
  nothing is known, and a public register alone may be listed.
- **Wide regions.** A listing for the EU or the world sells in every place inside, so the places
  inside that have rows of their own can make it stricter, never looser.
- **The strictest status decides.** A supplement is sold by anyone; a medicine, prescription or
  not, by pharmacies; what is not approved, for research only or withdrawn, by nobody. An approved
  medicine that is a dietary supplement in the same place is sold as one, so its approval does not
  narrow who may sell it; that it needs a prescription there does.
- A status that this module does not know counts as not approved. A public register sells nothing,
  so it may always be listed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

EU, WORLD, SPORT = "EU", "world", "sport"
# Some country that has no row of its own (CLDR's code for an unknown region).
ELSEWHERE = "ZZ"

# https://european-union.europa.eu/principles-countries-history/eu-countries_en (27 since 2020)
EU_MEMBER_STATES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
# Other codes in use for the same place.
_SAME_PLACE = {"GB": "UK", "EL": "GR"}

# A region and a status, as a regulator's word is stored.
StatusRow = tuple[str, str]


class Seller(StrEnum):
    """What kind of place a link leads to; a directory is a public register and sells nothing."""

    DIRECTORY = "directory"
    PHARMACY = "pharmacy"
    RETAILER = "retailer"


class Reason(StrEnum):
    """Why no more kinds of seller may be listed than may be."""

    SUPPLEMENT = "supplement"
    MEDICINE = "medicine"
    NOT_APPROVED = "not-approved"
    UNKNOWN = "unknown"


_ALLOWED = {
    Reason.SUPPLEMENT: frozenset(Seller),
    Reason.MEDICINE: frozenset({Seller.DIRECTORY, Seller.PHARMACY}),
    Reason.NOT_APPROVED: frozenset({Seller.DIRECTORY}),
    Reason.UNKNOWN: frozenset({Seller.DIRECTORY}),
}
_SUPPLEMENT, _APPROVED, _IN_SPORT = "dietary-supplement", "approved-drug", "banned-in-sport"
# From the loosest to the strictest.
_REASONS = {
    _SUPPLEMENT: Reason.SUPPLEMENT,
    _APPROVED: Reason.MEDICINE,
    "prescription-only": Reason.MEDICINE,
    "research-only": Reason.NOT_APPROVED,
    "unapproved": Reason.NOT_APPROVED,
    "withdrawn": Reason.NOT_APPROVED,
}
_ORDER = tuple(_REASONS)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law says of a compound in `region`.

    `status` is the strictest one and `place` whose it is: the region itself, the EU or `world`
    speaking for it, or a place inside it. Both are empty where nothing is known.
    """

    region: str
    reason: Reason
    status: str = ""
    place: str = ""

    @property
    def allowed(self) -> frozenset[Seller]:
        """Return the kinds of seller that may be listed."""
        return _ALLOWED[self.reason]

    def allows(self, kind: str) -> bool:
        """Say whether a seller of this kind may be listed; one of an unknown kind may not."""
        return kind in self.allowed


def ruling(rows: Iterable[StatusRow], region: str) -> Ruling:
    """Return who may be listed for a compound with these legal statuses in `region`."""
    region = canonical(region)
    by_place = statuses_by_place(rows)
    speaker = next((place for place in _speakers(region) if place in by_place), None)
    if speaker is None or not is_region(region):
        return Ruling(region, Reason.UNKNOWN)
    places = [speaker, *sorted(p for p in by_place if _is_inside(p, region))]
    status, place = max(
        ((_strictest(by_place[place]), place) for place in places),
        # The first of equals stays: the speaker before the places inside.
        key=lambda found: _strictness(found[0]),
    )
    return Ruling(region, _REASONS.get(status, Reason.NOT_APPROVED), status, place)


def statuses_by_place(rows: Iterable[StatusRow]) -> dict[str, frozenset[str]]:
    """Return the legal statuses of each place that has any of its own; sport is no place."""
    found: dict[str, set[str]] = {}
    for region, status in rows:
        place = canonical(region)
        if place not in ("", SPORT) and status != _IN_SPORT:
            found.setdefault(place, set()).add(status)
    return {place: frozenset(statuses) for place, statuses in found.items()}


def reach(region: str) -> frozenset[str]:
    """Return the regions whose listings reach a visitor in `region`: it, the EU, the world."""
    return frozenset(_speakers(canonical(region)))


def canonical(region: str) -> str:
    """Return the code by which a region is known here: `gb` becomes UK."""
    code = region.strip()
    if code.lower() in (WORLD, SPORT):
        return code.lower()
    return _SAME_PLACE.get(code.upper(), code.upper())


def is_region(code: str) -> bool:
    """Say whether `code` is a region of the law, written as it is here."""
    is_written_so = code == WORLD or re.fullmatch("[A-Z]{2}", code) is not None
    return is_written_so and canonical(code) == code


def _speakers(region: str) -> tuple[str, ...]:
    """Return who may speak for a region, the first that has a row does."""
    return tuple(dict.fromkeys([region, *([EU] if region in EU_MEMBER_STATES else []), WORLD]))


def _is_inside(place: str, region: str) -> bool:
    return place != region and (region == WORLD or (region == EU and place in EU_MEMBER_STATES))


def _strictest(statuses: frozenset[str]) -> str:
    """Return the status that decides in one place."""
    if _SUPPLEMENT in statuses:
        statuses -= {_APPROVED}
    return max(sorted(statuses), key=_strictness)


def _strictness(status: str) -> int:
    return _ORDER.index(status) if status in _ORDER else len(_ORDER)
