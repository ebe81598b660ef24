"""Vendors, prices and commissions cannot touch a ranking, not by a byte."""

from decimal import Decimal

import pytest

from evidence.models import EvidenceVersion, Profile
from stackbuilder import candidates
from stackbuilder.models import ClickCount, Listing, Vendor
from tests.factories import make_compound, make_finding, make_study, publish_all
from tests.vendor_factories import make_listing, make_register, make_status, make_vendor

pytestmark = pytest.mark.django_db

BUILDER = "/?goal=sleep:2&why=melatonin"


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
    page, fragment = (
        client.get(BUILDER, headers=headers) for headers in ({}, {"HX-Request": "true"})
    )
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


@pytest.mark.parametrize(
    "change",
    [add_vendors, change_prices_and_commissions, click_often, rename_vendors, delete_vendors],
)
def test_ranking_does_not_move_by_a_byte(client, ranked, change):
    before = answers(client)

    change()

    assert answers(client) == before
    assert EvidenceVersion.objects.current_number() == ranked
    assert Profile.objects.count() == 2


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
