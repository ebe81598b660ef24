"""What the rows of a file of vendors must keep together, the law included."""

import pytest

from evidence.ingest.reading import read_entry
from stackbuilder.ingest.rules import covered_by, vendor_rules
from stackbuilder.ingest.schema import VendorEntry, VendorFile
from tests.vendor_files import listing_row, register_row, shop_row

STATUSES = {
    "melatonin": [("US", "dietary-supplement"), ("UK", "prescription-only")],
    "bpc-157": [("US", "unapproved"), ("world", "unapproved")],
}


def problems_of(*vendors):
    content = {"vendors": list(vendors)}
    _, problems = read_entry(VendorFile, vendor_rules(STATUSES), "v.json", content)
    return [str(problem) for problem in problems]


def test_slug_and_name_must_be_given_once():
    problems = problems_of(register_row(), register_row())

    assert problems == [
        "v.json: vendors[1] (example-register).slug: Already given by vendors[0].",
        "v.json: vendors[1] (example-register).name: Already given by vendors[0].",
    ]


def test_vendor_without_anything_is_refused():
    (problem,) = problems_of(register_row(public_register=None))

    assert "Has neither a public_register nor listings." in problem


def test_same_listing_twice_is_refused():
    (problem,) = problems_of(shop_row(listing_row(), listing_row(url="https://example.com/b")))

    assert "listings[1]" in problem
    assert "Is the same compound, region and product as [0]." in problem


def test_register_among_listings_must_earn_nothing():
    problems = problems_of(shop_row(listing_row(kind="directory")))

    assert [problem.rsplit(": ", 1)[1] for problem in problems] == [
        "A public register sells nothing.",
        "A public register pays no commission.",
    ]


def test_unknown_compound_is_named():
    (problem,) = problems_of(shop_row(listing_row(compound="unobtainium")))

    assert problem.endswith("compound: There is no compound 'unobtainium'.")


@pytest.mark.parametrize(
    "changes, message",
    [
        (
            {"region": "UK"},
            "The law of UK allows no retailer: prescription-only (UK).",
        ),
        (
            {"compound": "bpc-157", "kind": "pharmacy", "region": "CA"},
            "The law of CA allows no pharmacy: unapproved (world).",
        ),
        ({"region": "CA"}, "The law of CA allows no retailer: no status known."),
    ],
)
def test_listing_against_the_law_is_refused_with_its_status(changes, message):
    (problem,) = problems_of(shop_row(listing_row(**changes)))

    assert problem.endswith(f".kind: {message}")


def test_lawful_listings_have_no_problem():
    assert problems_of(shop_row(listing_row(), listing_row(region="UK", kind="pharmacy"))) == []


def test_all_problems_are_named_at_once_and_one_hides_none():
    problems = problems_of(
        register_row(name="", url="http://example.com/"),
        shop_row(listing_row(region="UK"), listing_row(compound="unobtainium")),
    )

    assert len(problems) == 4


@pytest.mark.parametrize(
    "region, covers, statuses, is_covered",
    [
        ("US", ["dietary-supplement"], [("US", "dietary-supplement")], True),
        ("US", ["dietary-supplement"], [("EU", "dietary-supplement")], False),
        ("world", ["dietary-supplement"], [("EU", "dietary-supplement")], True),
        ("world", ["dietary-supplement"], [("sport", "dietary-supplement")], False),
        ("US", ["approved-drug"], [("world", "approved-drug")], False),
        ("EU", ["approved-drug"], [("DE", "approved-drug")], False),
        ("UK", ["approved-drug", "prescription-only"], [("UK", "prescription-only")], True),
        ("US", ["approved-drug"], [("US", "approved-drug"), ("US", "dietary-supplement")], True),
        ("US", ["approved-drug"], [("US", "unapproved")], False),
        ("US", ["approved-drug"], [], False),
    ],
)
def test_register_covers_what_has_such_a_status_in_its_region(region, covers, statuses, is_covered):
    row = register_row()
    row["public_register"] |= {"region": region, "covers": covers}
    vendor = VendorEntry.model_validate(row)

    assert covered_by(vendor, statuses) is is_covered


def test_vendor_without_a_register_covers_nothing():
    vendor = VendorEntry.model_validate(shop_row())

    assert not covered_by(vendor, [("US", "dietary-supplement")])
