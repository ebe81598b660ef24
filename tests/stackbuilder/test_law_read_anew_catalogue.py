"""What may be listed, read anew from the files of the catalogue by the words of the rule.

Nothing of the code under test is asked for the expected answer: not the law, the regions nor the
statuses. Every compound × region × kind of seller is then put to the law, to the check of a
listing that is saved, to the page that shows it and to the way out.
"""

import re

import pytest
from django.core.exceptions import ValidationError

from evidence.models import Compound
from stackbuilder import law
from stackbuilder.models import Listing
from tests.catalogue_facts import CATALOGUE, read_json
from tests.vendor_factories import make_vendor, unsaved_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

UNION = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
]  # fmt: skip
KINDS = ("directory", "pharmacy", "retailer")
EVERYBODY, NO_SHOPS, REGISTERS = set(KINDS), {"directory", "pharmacy"}, {"directory"}
ROWS = {
    content["slug"]: [
        (row["region"], row["status"]) for row in content["regulatory"] if row["region"] != "sport"
    ]
    for content in map(read_json, sorted((CATALOGUE / "compounds").glob("*.json")))
}
REGIONS = sorted(
    {"EU", "world", "FR", *UNION, *(place for rows in ROWS.values() for place, _ in rows)}
)
# Where the pages are asked: with and without rows of their own, in the Union and outside.
ASKED = ("US", "UK", "AU", "DE", "FR", "EU", "world", "BR")


def by_status(statuses):
    """Return who may be listed where these statuses hold together."""
    if statuses & {"unapproved", "research-only", "withdrawn"} or not statuses:
        return REGISTERS
    if "prescription-only" in statuses:
        return NO_SHOPS
    if "approved-drug" in statuses and "dietary-supplement" not in statuses:
        return NO_SHOPS
    return EVERYBODY


def allowed(slug, region):
    """Return the kinds of seller that may be listed for a compound in a region."""
    own = {}
    for place, status in ROWS[slug]:
        own.setdefault(place, set()).add(status)
    spoken_for = [region] + ["EU"] * (region in UNION) + ["world"]
    speaker = next((place for place in spoken_for if place in own), None)
    kinds = by_status(own.get(speaker, set()))
    # Whoever sells all over the Union, or the world, sells in each place inside.
    inside = {"EU": UNION, "world": [*own]}.get(region, [])
    for place in inside if speaker else []:
        if place in own:
            kinds = kinds & by_status(own[place])
    return kinds


def reaching(region):
    """Return the regions whose listings deliver to somebody in a region."""
    return {region, "world"} | ({"EU"} if region in UNION else set())


def stored_listings(slug, regions):
    """Store a listing of each kind for each region, past the law; return it by what it is."""
    compound, vendor = Compound.objects.get(slug=slug), make_vendor()
    Listing.objects.filter(compound=compound).delete()
    found = {}
    for region in regions:
        for kind in KINDS:
            values = {"kind": kind, "region": region, "product": f"{kind} {region}"}
            listing = unsaved_listing(vendor=vendor, compound=compound, **values)
            listing.save()
            found[region, kind] = listing.pk
    return found


def shown(client, slug, query):
    """Return the listings that a vendor page leads to."""
    response = client.get(f"/compounds/{slug}/vendors/", query)
    assert response.status_code == 200
    return {int(number) for number in re.findall(r'href="/go/(\d+)/"', response.content.decode())}


def test_files_hold_every_kind_of_answer():
    answers = {tuple(sorted(allowed(slug, region))) for slug in ROWS for region in REGIONS}

    assert len(ROWS) == 48
    assert answers == {tuple(sorted(kinds)) for kinds in (EVERYBODY, NO_SHOPS, REGISTERS)}


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_law_says_the_same_in_every_region(slug):
    expected = {(region, kind) for region in REGIONS for kind in allowed(slug, region)}

    found = {
        (region, kind)
        for region in REGIONS
        for kind in KINDS
        if law.ruling(ROWS[slug], region).allows(kind)
    }

    assert found == expected


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_listing_is_saved_only_where_it_may_be_listed(slug, django_assert_max_num_queries):
    compound = Compound.objects.prefetch_related("regulatory_statuses").get(slug=slug)
    vendor = make_vendor()
    accepted = set()

    with django_assert_max_num_queries(0):
        for region in REGIONS:
            for kind in KINDS:
                try:
                    unsaved_listing(
                        vendor=vendor, compound=compound, region=region, kind=kind
                    ).clean()
                except ValidationError:
                    continue
                accepted.add((region, kind))

    assert accepted == {(region, kind) for region in REGIONS for kind in allowed(slug, region)}


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_page_shows_only_what_may_be_listed(client, slug):
    regions = sorted({*ASKED, *(place for place, _ in ROWS[slug])} - {"BR"})
    stored = stored_listings(slug, regions)

    assert shown(client, slug, {}) == {
        pk for (region, kind), pk in stored.items() if kind in allowed(slug, region)
    }
    for here in sorted({*regions} - {"world"}):
        assert shown(client, slug, {"region": here}) == {
            pk
            for (region, kind), pk in stored.items()
            if region in reaching(here) and kind in allowed(slug, region) & allowed(slug, here)
        }


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_way_out_leaves_only_for_what_may_be_listed(client, slug):
    stored = stored_listings(slug, ASKED)

    left_for = {key for key, pk in stored.items() if client.get(f"/go/{pk}/").status_code == 302}

    assert left_for == {(region, kind) for region in ASKED for kind in allowed(slug, region)}


@pytest.mark.parametrize("slug", ["melatonin", "creatine", "metformin", "semaglutide"])
def test_listing_that_became_unlawful_is_neither_shown_nor_left_for(client, slug):
    stored = stored_listings(slug, ASKED)
    before = shown(client, slug, {})

    Compound.objects.get(slug=slug).regulatory_statuses.update(status="withdrawn")

    registers = {pk for (_, kind), pk in stored.items() if kind == "directory"}
    assert before > registers
    assert shown(client, slug, {}) == registers
    assert {pk for pk in before if client.get(f"/go/{pk}/").status_code == 302} == registers
    assert {client.get(f"/go/{pk}/").status_code for pk in before - registers} == {410}
