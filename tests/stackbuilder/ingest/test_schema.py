"""A file of vendors: what one field may hold, and how a mistake is named."""

import pytest

from evidence.ingest.reading import read_entry
from stackbuilder.ingest.rules import vendor_rules
from stackbuilder.ingest.schema import VendorFile
from tests.vendor_files import listing_row, register_row, shop_row

STATUSES = {"melatonin": [("US", "dietary-supplement")]}


def problems_of(*vendors):
    """Return every problem of a file with these vendors, as text."""
    entry, problems = read_entry(
        VendorFile, vendor_rules(STATUSES), "v.json", {"vendors": list(vendors)}
    )
    assert (entry is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_good_register_and_good_shop_have_no_problem():
    assert problems_of(register_row(), shop_row()) == []


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"slug": "Example Register"}, "slug"),
        ({"name": " "}, "name"),
        ({"name": "a" * 121}, "name"),
        ({"url": "http://example.com/"}, "url"),
        ({"url": "https://user@example.com/"}, "url"),
        ({"what_it_is": None}, "what_it_is"),
        ({"note": 5}, "note"),
        ({"listings": {}}, "listings"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_mistake_in_a_vendor_names_its_field(changes, field):
    (problem,) = problems_of(register_row(**changes))

    assert problem.startswith("v.json: vendors[0] (")
    assert f".{field}: " in problem


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"region": "GB"}, "region"),
        ({"region": "sport"}, "region"),
        ({"covers": []}, "covers"),
        ({"covers": ["unapproved"]}, "covers[0]"),
        ({"address": "https://example.com/{other}"}, "address"),
        ({"address": "http://example.com/{name}"}, "address"),
        ({"address": "https://{name}.example.com:80/"}, "address"),
    ],
)
def test_mistake_in_a_register_names_its_field(changes, field):
    row = register_row()
    row["public_register"] |= changes

    (problem,) = problems_of(row)

    assert f"public_register.{field}: " in problem


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"compound": None}, "compound"),
        ({"kind": "shop"}, "kind"),
        ({"region": "us"}, "region"),
        ({"url": "https://example.com:80/"}, "url"),
        ({"is_commission": "no"}, "is_commission"),
        ({"last_checked": "yesterday"}, "last_checked"),
        ({"third_party_test": {"by": "Example Laboratory"}}, "third_party_test.url"),
    ],
)
def test_mistake_in_a_listing_names_its_field(changes, field):
    problems = problems_of(shop_row(listing_row(**changes)))

    assert any(f"listings[0] (US).{field}: " in p or f".{field}: " in p for p in problems)


@pytest.mark.parametrize(
    "changes",
    [
        {"price": 0},
        {"price": 1.001},
        {"dose_per_unit": 0},
        {"dose_per_unit": -2},
        {"units_per_pack": 0},
        {"units_per_pack": 1.5},
        {"currency": "usd"},
        {"dose_unit": ""},
        {"price": None},
    ],
)
def test_mistake_in_a_pack_names_its_field(changes):
    row = listing_row()
    row["pack"] |= changes

    (problem,) = problems_of(shop_row(row))

    assert f"pack.{next(iter(changes))}: " in problem
