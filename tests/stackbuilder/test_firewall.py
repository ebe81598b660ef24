"""Vendors, prices and commissions cannot touch a ranking, not by a byte."""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.models import EvidenceVersion, Profile
from stackbuilder import candidates
from stackbuilder.link_checking.recording import record_visit
from stackbuilder.link_checking.visiting import Visit
from stackbuilder.listings import vendor_page
from stackbuilder.models import ClickCount, LinkStatus, Listing, Vendor
from stackbuilder.prices import monthly_prices
from stackbuilder.suggesting.work_limits import Buckets, Turns
from stackbuilder.views import suggestions
from tests.factories import make_compound, make_finding, make_study, publish_all
from tests.vendor_factories import (
    make_listing,
    make_protocol,
    make_register,
    make_status,
    make_vendor,
)

pytestmark = pytest.mark.django_db

BUILDER = "/?goal=sleep:2&why=melatonin"
SWAP = {"HX-Request": "true"}
# Answers that a ranking decides, and no budget: each without a byte of a vendor's.
DECIDED_BY_EVIDENCE = {
    "best stack": ("/suggest/?goal=sleep:2", SWAP),
    "best stack with a wish": ("/suggest/?goal=sleep:2&must=valerian&size=2", SWAP),
    "ranking by API": ("/api/v1/ranking/?goal=sleep:2", {}),
    "compounds": ("/compounds/", {}),
    "compound": ("/compounds/saffron/", {}),
    "goal": ("/goals/sleep/", {}),
}


@pytest.fixture
def ranked():
    """Melatonin before valerian for sleep, both with a shop, as one evidence version."""
    for slug, estimate in (("melatonin", -7.06), ("valerian", -3.0)):
        compound = make_compound(slug)
        make_status(compound=compound)
        make_finding(
            compound=compound,
            study=make_study(f"pmid:{len(slug)}"),
            estimate=estimate,
            ci_low=estimate - 2,
            ci_high=estimate + 2,
        )
        make_listing(compound=compound, product=slug)
    return publish_all().version.number


def answers(client):
    """Return what the builder says now, from tables read anew, byte by byte."""
    candidates.forget()
    page, fragment = (client.get(BUILDER, headers=headers) for headers in ({}, SWAP))
    assert page.status_code == fragment.status_code == 200
    ranking, low, high = candidates.snapshot().ranked({"sleep": 2})
    numbers = [ranking.mean, ranking.sd, ranking.dependable, ranking.benefit, low, high]
    ranked = ranking.slugs, ranking.listed_apart, [array.tobytes() for array in numbers]
    return page.content, page["ETag"], fragment.content, ranked


def add_vendors():
    for number in range(5):
        make_listing(
            vendor=make_vendor(f"shop-{number}"),
            compound=make_compound("valerian"),
            is_commission=True,
            price=Decimal(f"{number + 1}.50"),
        )
    make_register(compound=make_compound("valerian"))


def change_prices_and_commissions():
    for listing in Listing.objects.exclude(kind="directory"):
        listing.price = listing.price * 100
        listing.is_commission = not listing.is_commission
        listing.kind = "pharmacy"
        listing.save()


def click_often():
    for listing in Listing.objects.all():
        ClickCount.objects.create(listing=listing, day="2025-03-01", count=1_000_000)


def rename_vendors():
    for vendor in Vendor.objects.all():
        vendor.name = f"A {vendor.name}"
        vendor.save()


def delete_vendors():
    for vendor in Vendor.objects.all():
        vendor.delete()


def take_out_of_use():
    Listing.objects.update(is_active=False)


def meet_broken_links():
    for listing in Listing.objects.all():
        record_visit(listing.url, Visit(LinkStatus.GONE, "status 404"), timezone.now())


CHANGES = [
    add_vendors,
    change_prices_and_commissions,
    click_often,
    rename_vendors,
    delete_vendors,
    take_out_of_use,
    meet_broken_links,
]


@pytest.mark.parametrize("change", CHANGES)
def test_ranking_does_not_move_by_a_byte(client, ranked, change):
    before = answers(client)

    change()

    assert answers(client) == before
    assert EvidenceVersion.objects.current_number() == ranked
    assert Profile.objects.count() == 2


@pytest.fixture
def many_turns(monkeypatch):
    """The same visitor may have many stacks worked out."""
    turns = Turns(Buckets(burst=100, refill_seconds=1), at_once=2)
    monkeypatch.setattr(suggestions, "SOLVING", turns)


@pytest.fixture
def suggested(ranked):
    """Saffron besides, by evidence sure enough to be in the best stack, with a shop as well."""
    saffron = make_compound("saffron", name="Saffron")
    make_status(compound=saffron)
    sure = {"risk_of_bias": "none", "inconsistency": "none", "publication_bias": "none"}
    effect = {"estimate": -60, "ci_low": -62, "ci_high": -58}
    make_finding(compound=saffron, study=make_study("pmid:77"), **sure, **effect)
    make_listing(compound=saffron, product="saffron")
    publish_all()


def answer(client, name):
    """Return one answer of DECIDED_BY_EVIDENCE, from tables read anew, byte by byte."""
    candidates.forget()
    url, headers = DECIDED_BY_EVIDENCE[name]
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content


@pytest.mark.usefixtures("suggested", "many_turns")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", DECIDED_BY_EVIDENCE)
def test_answer_decided_by_evidence_does_not_move_by_a_byte(client, name, change):
    before = answer(client, name)
    assert b"Saffron" in before

    change()

    assert answer(client, name) == before


@pytest.mark.usefixtures("suggested", "many_turns")
@pytest.mark.parametrize("name", DECIDED_BY_EVIDENCE)
def test_answer_decided_by_evidence_does_move_with_it(client, name):
    before = answer(client, name)

    make_finding(
        compound=make_compound("saffron"),
        study=make_study("pmid:99"),
        estimate=-20.0,
        ci_low=-21.0,
        ci_high=-19.0,
    )
    publish_all()

    assert answer(client, name) != before


@pytest.fixture
def dosed():
    """Melatonin, a supplement in the US, with a dose by which a month can be priced."""
    make_status()
    make_protocol()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pays=st.lists(st.booleans(), min_size=6, max_size=6),
    prices=st.lists(st.integers(1, 3), min_size=6, max_size=6),
)
def test_commission_never_orders_a_list(dosed, pays, prices):
    Listing.objects.all().delete()
    for number, (is_commission, price) in enumerate(zip(pays, prices, strict=True)):
        vendor = make_vendor(f"shop-{number}")
        values = {"is_commission": is_commission, "price": Decimal(price), "product": "Same"}
        make_listing(vendor=vendor, **values)

    offers = vendor_page(make_compound()).sellers

    order = [int(offer.listing.vendor.slug.removeprefix("shop-")) for offer in offers]
    assert order == sorted(range(6), key=lambda number: (prices[number], number))
    assert monthly_prices(["melatonin"])["melatonin"].listed.vendor == f"Shop {order[0]}"


def test_browser_that_kept_the_builder_is_told_that_nothing_changed(client, ranked):
    etag = client.get(BUILDER)["ETag"]

    add_vendors()
    change_prices_and_commissions()

    assert client.get(BUILDER, headers={"If-None-Match": etag}).status_code == 304


def test_ranking_does_move_with_the_evidence(client, ranked):
    before = answers(client)

    make_finding(
        compound=make_compound("valerian"),
        study=make_study("pmid:99"),
        estimate=-40.0,
        ci_low=-41.0,
        ci_high=-39.0,
    )
    publish_all()

    assert all(old != new for old, new in zip(before[:3], answers(client)[:3], strict=True)), (
        "the comparison would notice a change"
    )
