"""The law over every compound of the catalogue, by a table that was written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.choices import LegalStatus
from stackbuilder import law
from stackbuilder.law import Reason, Ruling, Seller, ruling
from tests.catalogue_facts import CATALOGUE, read_json

MEMBERS = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
]  # fmt: skip
OTHERS = ["AU", "CA", "CH", "HK", "JP", "NZ", "RU", "TH", "UK", "US"]
REGIONS = ["EU", "world", *OTHERS, *MEMBERS]
# Member states without a row of their own in the catalogue, and with one.
WITHOUT = " ".join(state for state in MEMBERS if state not in ("AT", "DE", "DK", "SE"))

# Where anybody may sell and where only pharmacies may; everywhere else a public register alone.
# Read off the 48 files by eye, without the code under test.
TABLE = {
    "ashwagandha": ("US DE", ""),
    "bacopa": ("US", ""),
    "berberine": ("US", ""),
    "beta-alanine": ("US", ""),
    "boswellia": ("US", ""),
    "bpc-157": ("", ""),
    "bremelanotide": ("", "US"),
    "caffeine": (f"US EU AT DE DK SE {WITHOUT}", ""),
    "cerebrolysin": ("", " ".join(REGIONS)),
    "citrulline": ("US", ""),
    "cjc-1295": ("", ""),
    "coenzyme-q10": ("US", ""),
    "collagen-peptides": ("US", ""),
    "creatine": (f"US EU AT DE DK SE {WITHOUT}", ""),
    "curcumin": ("US AU", ""),
    "dietary-nitrate": ("", ""),
    "garlic": (f"US EU AT DE DK SE {WITHOUT}", ""),
    "ghk-cu": ("", ""),
    "ginkgo": ("US", f"EU AT DE DK SE {WITHOUT}"),
    "ibutamoren": ("", ""),
    "ipamorelin": ("", ""),
    "l-theanine": ("US JP", ""),
    "lavender-oil": ("", "CH DE UK SE"),
    "ll-37": ("", ""),
    "magnesium": ("US", "UK"),
    "melatonin": ("US", f"UK EU AT DE DK SE {WITHOUT}"),
    "metformin": ("", " ".join(REGIONS)),
    "n-acetylcysteine": ("US", "UK"),
    "nicotinamide-riboside": (f"US AU EU AT DE DK SE {WITHOUT}", ""),
    "omega-3": ("US", ""),
    "plant-sterols": (f"EU AT DE DK SE {WITHOUT}", ""),
    "probiotics": ("US", ""),
    "psyllium": ("US", "UK"),
    "red-yeast-rice": (f"EU AT DE DK SE {WITHOUT}", ""),
    "saffron": ("US", ""),
    "semaglutide": ("", "US"),
    "semax": ("", "RU"),
    "sodium-bicarbonate": ("AU", "UK"),
    "st-johns-wort": ("US AU", f"EU AT DE DK SE {WITHOUT}"),
    "tesamorelin": ("", "US"),
    # Approved in most of the world, but not in the US and the EU: nothing may reach all of it.
    "thymosin-alpha-1": ("", "AU CA CH HK JP NZ RU TH UK"),
    "thymosin-beta-4": ("", ""),
    "tirzepatide": ("", f"US AU EU AT DE DK SE {WITHOUT}"),
    "valerian": ("US", f"EU AT DE DK SE {WITHOUT}"),
    "vitamin-c": ("US", ""),
    "vitamin-d": (f"EU AT DE DK SE {WITHOUT}", "UK"),
    "whey-protein": ("US", ""),
    # A supplement in the US, where another product of it was refused: the stricter one stands.
    "zinc": ("", ""),
}
ROWS = {
    content["slug"]: [(row["region"], row["status"]) for row in content["regulatory"]]
    for content in (read_json(path) for path in sorted((CATALOGUE / "compounds").glob("*.json")))
}


def test_table_holds_every_compound_of_the_catalogue():
    assert TABLE.keys() == ROWS.keys()
    assert len(TABLE) == 48


@pytest.mark.parametrize("kind", ["directory", "pharmacy", "retailer"])
@pytest.mark.parametrize("slug", sorted(TABLE))
def test_law_agrees_with_the_table_in_every_region(slug, kind):
    anybody, pharmacies = (regions.split() for regions in TABLE[slug])
    expected = {
        "directory": set(REGIONS),
        "pharmacy": {*anybody, *pharmacies},
        "retailer": set(anybody),
    }[kind]

    allowed = {region for region in REGIONS if ruling(ROWS[slug], region).allows(kind)}

    assert allowed == expected


@pytest.mark.parametrize(
    "status, reason",
    [
        ("dietary-supplement", Reason.SUPPLEMENT),
        ("approved-drug", Reason.MEDICINE),
        ("prescription-only", Reason.MEDICINE),
        ("research-only", Reason.NOT_APPROVED),
        ("unapproved", Reason.NOT_APPROVED),
        ("withdrawn", Reason.NOT_APPROVED),
    ],
)
def test_ruling_of_one_status_names_it_and_its_place(status, reason):
    assert ruling([("US", status)], "US") == Ruling("US", reason, status, "US")


def test_law_knows_every_status_of_the_vocabulary():
    decided = {status for status in LegalStatus.values if ruling([("US", status)], "US").status}

    assert decided == set(LegalStatus.values) - {"banned-in-sport"}


def test_ruling_on_an_unknown_status_is_that_of_the_strictest():
    found = ruling([("US", "dietary-supplement"), ("US", "a-new-status")], "US")

    assert found == Ruling("US", Reason.NOT_APPROVED, "a-new-status", "US")


@pytest.mark.parametrize(
    "statuses, decisive",
    [
        (("approved-drug", "dietary-supplement"), "dietary-supplement"),
        (("prescription-only", "dietary-supplement"), "prescription-only"),
        (("approved-drug", "prescription-only"), "prescription-only"),
        (("approved-drug", "dietary-supplement", "unapproved"), "unapproved"),
        (("dietary-supplement", "withdrawn"), "withdrawn"),
        (("approved-drug", "research-only"), "research-only"),
        (("dietary-supplement", "banned-in-sport"), "dietary-supplement"),
    ],
)
def test_strictest_of_several_statuses_decides_in_any_order(statuses, decisive):
    rows = [("US", status) for status in statuses]

    assert ruling(rows, "US").status == decisive
    assert ruling(rows[::-1], "US").status == decisive


def test_eu_speaks_for_a_member_state_without_a_row():
    assert ruling([("EU", "approved-drug")], "FR") == Ruling(
        "FR", Reason.MEDICINE, "approved-drug", "EU"
    )


def test_eu_does_not_speak_for_a_member_state_with_a_row():
    rows = [("EU", "unapproved"), ("DE", "dietary-supplement")]

    assert ruling(rows, "DE").allows("retailer")


@pytest.mark.parametrize("region", ["UK", "CH", "NO", "US"])
def test_eu_does_not_speak_for_a_country_outside(region):
    assert ruling([("EU", "dietary-supplement")], region) == Ruling(region, Reason.UNKNOWN)


def test_world_speaks_only_where_nothing_else_does():
    rows = [("world", "prescription-only"), ("EU", "dietary-supplement"), ("US", "unapproved")]

    places = {region: ruling(rows, region).place for region in ("FR", "US", "CA")}

    assert places == {"FR": "EU", "US": "US", "CA": "world"}


@pytest.mark.parametrize("rows", [[], [("sport", "dietary-supplement")], [("US", "unapproved")]])
def test_no_status_known_for_a_region_allows_a_register_alone(rows):
    found = ruling(rows, "CA")

    assert found == Ruling("CA", Reason.UNKNOWN)
    assert found.allowed == {Seller.DIRECTORY}


def test_rules_of_sport_are_the_law_of_no_place():
    rows = [("sport", "dietary-supplement"), ("US", "banned-in-sport")]

    assert {ruling(rows, region).reason for region in (*REGIONS, "sport")} == {Reason.UNKNOWN}


@pytest.mark.parametrize(
    "rows, place",
    [
        ([("EU", "dietary-supplement"), ("DK", "unapproved")], "DK"),
        ([("EU", "unapproved"), ("DK", "dietary-supplement")], "EU"),
        ([("world", "dietary-supplement"), ("SE", "unapproved")], "SE"),
        ([("EU", "dietary-supplement"), ("UK", "unapproved")], None),
    ],
)
def test_listing_for_the_eu_must_be_lawful_in_each_member_state(rows, place):
    found = ruling(rows, "EU")

    assert found.allows("retailer") is (place is None)
    assert place is None or found.place == place


def test_listing_for_the_world_must_be_lawful_in_each_place_with_a_row():
    rows = [("world", "dietary-supplement"), ("UK", "prescription-only")]

    assert ruling(rows, "world") == Ruling("world", Reason.MEDICINE, "prescription-only", "UK")


def test_listing_for_the_world_needs_a_word_on_the_world():
    assert ruling([("US", "dietary-supplement")], "world") == Ruling("world", Reason.UNKNOWN)


@pytest.mark.parametrize("kind", ["", "shop", "DIRECTORY", "retailer "])
def test_seller_of_an_unknown_kind_may_never_be_listed(kind):
    assert not ruling([("US", "dietary-supplement")], "US").allows(kind)


@pytest.mark.parametrize(
    "code, known_as", [("gb", "UK"), ("el", "GR"), (" us ", "US"), ("World", "world")]
)
def test_canonical_gives_one_code_a_place(code, known_as):
    assert law.canonical(code) == known_as
    assert ruling([(code, "dietary-supplement")], known_as).allows("retailer")


@pytest.mark.parametrize("code", ["", "sport", "GB", "EL", "us", "USA", "U", "WORLD", "U1", "ÖÄ"])
def test_is_region_refuses_what_is_not_written_as_a_region(code):
    assert not law.is_region(code)


def test_reach_of_a_member_state_is_itself_the_union_and_the_world():
    assert law.reach("FR") == {"FR", "EU", "world"}
    assert law.reach("US") == {"US", "world"}
    assert law.reach("EU") == {"EU", "world"}


status_rows = st.lists(
    st.tuples(st.sampled_from([*REGIONS, "sport"]), st.sampled_from(LegalStatus.values)),
    max_size=6,
)


@given(status_rows, st.sampled_from(REGIONS))
def test_every_register_and_never_a_retailer_without_a_pharmacy(rows, region):
    found = ruling(rows, region)

    assert found.allows("directory")
    assert found.allows("pharmacy") or not found.allows("retailer")


@given(status_rows, st.sampled_from(REGIONS))
def test_what_is_not_approved_in_the_region_itself_is_sold_by_nobody(rows, region):
    found = ruling([*rows, (region, "unapproved")], region)

    assert found.allowed == {Seller.DIRECTORY}


@given(status_rows, st.sampled_from(REGIONS), st.randoms(use_true_random=False))
def test_ruling_does_not_depend_on_the_order_of_rows(rows, region, random):
    mixed = rows[:]
    random.shuffle(mixed)

    assert ruling(mixed, region) == ruling(rows, region)
