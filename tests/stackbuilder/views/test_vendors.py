"""The page of a compound's vendors, as readers and screen readers meet it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import F
from django.urls import reverse
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from evidence.publication import system_user, withdraw_compounds
from stackbuilder.models import Listing
from tests.factories import make_compound, publish_all
from tests.pages import element, elements, inline_parts, page_of, repeated_ids, text_of
from tests.vendor_factories import (
    NO_PACK,
    make_listing,
    make_protocol,
    make_register,
    make_status,
    make_vendor,
)

pytestmark = pytest.mark.django_db

DISCLAIMER = (
    "These statements have not been evaluated by the Food and Drug Administration. This product "
    "is not intended to diagnose, treat, cure, or prevent any disease."
)


@pytest.fixture
def melatonin():
    """Melatonin, a supplement in the US, with one register and one shop that pays."""
    make_status()
    make_protocol()
    make_register()
    make_listing(is_commission=True, last_checked=date(2025, 3, 1))
    return make_compound()


def vendors_url(compound):
    return reverse("stackbuilder:vendor_list", args=[compound.slug])


def test_page_lists_registers_before_sellers(client, melatonin):
    tree = page_of(client.get(vendors_url(melatonin)))

    registers, sellers = elements(tree, "table", class_="sources")
    assert "Example Register" in text_of(registers)
    assert "Example Shop" in text_of(sellers)
    headings = [text_of(heading) for heading in elements(tree, "h2")]
    assert headings == ["Public registers", "Pharmacies and shops", "What the law lets us list"]


def test_every_link_out_goes_through_the_site_and_says_what_it_is(client, melatonin):
    tree = page_of(client.get(vendors_url(melatonin)))

    links = elements(tree, "a", class_="leave")

    by_rel = {dict(link.attributes)["rel"]: link for link in links}
    assert set(by_rel) == {"nofollow noopener", "sponsored nofollow noopener"}
    assert all(dict(link.attributes)["href"].startswith("/go/") for link in links)
    assert text_of(by_rel["sponsored nofollow noopener"]) == (
        "Visit Example Shop for Melatonin 2 mg"
    )


def test_disclosure_comes_before_the_first_link_out(client, melatonin):
    content = client.get(vendors_url(melatonin)).content.decode()

    assert "1 of the 2 links below pays us a commission" in content
    assert content.index("Disclosure") < content.index("/go/")


def test_commission_is_said_in_the_row_before_its_link(client, melatonin):
    tree = page_of(client.get(vendors_url(melatonin)))

    (row,) = [
        row for row in elements(tree, "tr") if elements(row, rel="sponsored nofollow noopener")
    ]

    assert text_of(row).index("a commission") < text_of(row).index("Visit")


def test_page_without_commissions_says_that_nothing_is_paid(client):
    make_status()
    make_register()

    assert "No link below pays us anything." in text_of(
        page_of(client.get(vendors_url(make_compound())))
    )


def test_cost_of_a_month_shows_its_arithmetic(client, melatonin):
    text = text_of(page_of(client.get(vendors_url(melatonin))))

    assert "3.00 USD Trial: 2 mg, so 2 mg a day. At 2 mg a unit: 1 a day × 30 days ÷ 60" in text


def test_cost_of_a_range_of_doses_shows_both_ends(client):
    make_status()
    make_protocol(low=0.5, high=5.0, dose="0.5-5 mg")
    make_listing(dose_per_unit=Decimal("0.5"))

    text = text_of(page_of(client.get(vendors_url(make_compound()))))

    assert "3.00 to 30.00 USD Trial: 0.5-5 mg, so 0.5 to 5 mg a day." in text
    assert "At 0.5 mg a unit: 1 to 10 a day × 30 days ÷ 60 in a pack × 6.00 USD." in text


@pytest.mark.parametrize(
    "listing, protocol, why",
    [
        (NO_PACK, {}, "No price is recorded here."),
        ({}, {"frequency": "once weekly"}, "No trial recorded here gave a dose by the day."),
        ({"dose_unit": "mL"}, {}, "The doses of the trials are not in mL."),
    ],
)
def test_unknown_cost_says_why(client, listing, protocol, why):
    make_status()
    make_protocol(**protocol)
    make_listing(**listing)

    assert why in text_of(page_of(client.get(vendors_url(make_compound()))))


def test_test_by_a_third_party_and_last_check_are_said_or_not_claimed(client, melatonin):
    make_listing(
        product="Tested",
        third_party_test="Example Laboratory",
        third_party_test_url="https://example.com/test",
        third_party_tested_on=date(2025, 2, 3),
    )

    text = text_of(page_of(client.get(vendors_url(melatonin))))

    assert "Example Laboratory 3 February 2025" in text
    assert "none recorded here" in text
    assert "by a person on 1 March 2025" in text
    assert "not yet checked by a person" in text
    assert " link " not in text.partition("What the law")[0].partition("Public registers")[2]


@pytest.mark.parametrize(
    "status, words",
    [
        ("answered", "link answered on 3 March 2026"),
        ("moved", "link answered from another address on 3 March 2026"),
        ("gone", "link led to a missing page on 3 March 2026"),
        ("unreachable", "link did not answer on 3 March 2026"),
        ("declined", "link turned our program away on 3 March 2026"),
        ("robots", "link was left alone, as its site asks of programs, on 3 March 2026"),
        ("astray", "link led where our program does not follow on 3 March 2026"),
    ],
)
def test_answer_to_our_program_is_said_apart_from_a_persons_look(client, melatonin, status, words):
    Listing.objects.filter(kind="directory").update(
        machine_status=status,
        machine_detail="<b>of the other side</b>",
        machine_url=F("url"),
        checked_by_machine_at=datetime(2026, 3, 3, 12, tzinfo=UTC),
    )

    text = text_of(page_of(client.get(vendors_url(melatonin))))

    assert f"not yet checked by a person {words}" in text
    assert "of the other side" not in text


def test_answer_at_an_address_that_was_changed_since_is_not_said(client, melatonin):
    Listing.objects.update(
        machine_status="answered",
        machine_url="https://example.com/before",
        checked_by_machine_at=datetime(2026, 3, 3, 12, tzinfo=UTC),
    )

    assert "link answered" not in client.get(vendors_url(melatonin)).content.decode()


def test_supplement_page_with_a_listing_carries_the_disclaimer_in_bold(client, melatonin):
    tree = page_of(client.get(vendors_url(melatonin)))

    box = element(tree, "p", class_="fda")

    assert text_of(element(box, "strong")) == DISCLAIMER


@pytest.mark.parametrize("status", ["approved-drug", "unapproved"])
def test_page_of_a_medicine_carries_no_disclaimer(client, status):
    make_status("US", status)
    make_register()

    assert DISCLAIMER not in client.get(vendors_url(make_compound())).content.decode()


@pytest.mark.parametrize(
    "statuses, query, words",
    [
        ([], {}, "no legal status of Melatonin is recorded here for any country"),
        ([("US", "unapproved")], {}, "nowhere in our records is Melatonin free to sell"),
        ([("US", "unapproved")], {"region": "US"}, "the status there is “not approved”"),
        ([("US", "unapproved")], {"region": "UK"}, "recorded here for it, and where we do not"),
        ([("world", "unapproved")], {"region": "UK"}, "“not approved” (Worldwide)"),
        ([("US", "dietary-supplement")], {"region": "US"}, "None is listed for this region."),
        ([("US", "dietary-supplement")], {}, "The law would allow it"),
    ],
)
def test_page_without_a_seller_says_why(client, statuses, query, words):
    for row in statuses:
        make_status(*row)

    text = text_of(page_of(client.get(vendors_url(make_compound()), query)))

    assert words in text
    assert "No public register that we know of covers Melatonin" in text
    assert "Disclosure" not in text


def test_region_without_a_listing_leads_to_all_of_them(client):
    make_status()
    make_listing()

    tree = page_of(client.get(vendors_url(make_compound()), {"region": "UK"}))

    assert [text_of(link) for link in elements(tree, "a", href=vendors_url(make_compound()))] == [
        "show all"
    ]


def test_chosen_region_is_said_with_its_law(client, melatonin):
    tree = page_of(client.get(vendors_url(melatonin), {"region": "US"}))

    here = element(tree, "p", class_="here")
    assert text_of(here) == "United States: dietary supplement. Any kind of seller may be listed."


def test_table_of_the_law_says_who_may_be_listed_where(client, melatonin):
    make_status("UK", "prescription-only")

    table = elements(page_of(client.get(vendors_url(melatonin))), "table")[-1]

    rows = [text_of(row) for row in elements(element(table, "tbody"), "tr")]
    assert rows == [
        "United States Dietary supplement Any kind of seller",
        "United Kingdom Prescription only Only pharmacies and public registers",
        "Any other country None recorded here Only public registers",
    ]


def test_htmx_gets_only_the_listings_and_is_told_how_many(client, melatonin):
    response = client.get(vendors_url(melatonin), {"region": "UK"}, headers={"HX-Request": "true"})

    assertTemplateUsed(response, "stackbuilder/_listings.html")
    assertTemplateNotUsed(response, "base.html")
    status = element(page_of(response), "p", hx_swap_oob="innerHTML:#status")
    assert text_of(status) == "1 register and 0 sellers for United Kingdom"


@pytest.mark.parametrize("region", ["XX", "sport", "us", "US\r\n", "é" * 900, "<b>"])
def test_unknown_region_is_answered_in_words_with_all_listings(client, melatonin, region):
    response = client.get(vendors_url(melatonin), {"region": region})

    assert response.status_code == 400
    assert "There is no region of this name here." in response.content.decode()
    assert "Example Shop" in response.content.decode()


@pytest.mark.parametrize("slug", ["nothing", "a" * 500])
def test_compound_that_is_not_there_is_not_found(client, slug):
    assert client.get(reverse("stackbuilder:vendor_list", args=[slug])).status_code == 404


def test_page_of_a_draft_is_not_found(client):
    draft = make_compound("valerian", published=False)

    assert client.get(vendors_url(draft)).status_code == 404


def test_page_is_asked_for_each_time_and_shows_a_change_at_once(client, melatonin):
    publish_all()
    first = client.get(vendors_url(melatonin))

    make_listing(product="Newer")
    second = client.get(vendors_url(melatonin))

    assert "no-cache" in first["Cache-Control"]
    assert "ETag" not in first and "Last-Modified" not in first
    assert "Newer" not in first.content.decode()
    assert "Newer" in second.content.decode()
    assert "Evidence version 1" in second.content.decode()


def test_page_asks_the_same_number_of_questions_for_any_number(
    client, melatonin, django_assert_num_queries
):
    for number in range(10):
        make_listing(vendor=make_vendor(f"shop-{number}"))

    with django_assert_num_queries(7):
        client.get(vendors_url(melatonin))


def test_page_holds_nothing_inline_and_no_id_twice(client, melatonin):
    response = client.get(vendors_url(melatonin))

    assert inline_parts(response) == []
    assert repeated_ids(response) == []


def test_page_sets_no_cookie(client, melatonin):
    assert not client.get(vendors_url(melatonin)).cookies


def test_page_of_a_renamed_compound_leads_to_where_it_is_now(client):
    compound = make_compound("valerian")
    compound.slug = "valeriana"
    compound.save()

    response = client.get("/compounds/valerian/vendors/")

    assert (response.status_code, response["Location"]) == (301, "/compounds/valeriana/vendors/")


def test_page_of_a_withdrawn_compound_says_so(client):
    withdraw_compounds([make_compound("valerian")], by=system_user(), why="A test")

    assert client.get("/compounds/valerian/vendors/").status_code == 410
