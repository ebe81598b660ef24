"""Clicks are counted by the day, and two at once both count."""

from datetime import date

import pytest

from stackbuilder.models import ClickCount
from stackbuilder.querysets import ClickCountQuerySet
from tests.vendor_factories import make_listing

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


def counts():
    return dict(ClickCount.objects.order_by("day").values_list("day", "count"))


def test_count_one_counts_each_day_by_itself():
    listing = make_listing()

    for day in (DAY, DAY, date(2025, 3, 2), DAY):
        ClickCount.objects.count_one(listing, day)

    assert counts() == {DAY: 3, date(2025, 3, 2): 1}


def test_count_one_counts_each_listing_by_itself():
    one, other = make_listing(), make_listing(product="Another")

    ClickCount.objects.count_one(one, DAY)
    ClickCount.objects.count_one(other, DAY)

    assert ClickCount.objects.filter(count=1).count() == 2


def test_count_one_adds_to_the_row_that_somebody_made_meanwhile(monkeypatch):
    listing, real_update = make_listing(), ClickCountQuerySet.update
    found = []

    def update_too_early(self, **values):
        # The first of two at once looks before the other has written.
        changed = real_update(self, **values)
        if not found:
            ClickCount.objects.create(listing=listing, day=DAY, count=1)
        found.append(changed)
        return changed

    monkeypatch.setattr(ClickCountQuerySet, "update", update_too_early)

    ClickCount.objects.count_one(listing, DAY)

    assert found == [0, 1]
    assert counts() == {DAY: 2}


def test_count_one_adds_in_the_database_not_in_the_process():
    listing = make_listing()
    ClickCount.objects.count_one(listing, DAY)
    stale = ClickCount.objects.get()
    ClickCount.objects.filter(pk=stale.pk).update(count=41)

    ClickCount.objects.count_one(listing, DAY)

    assert counts() == {DAY: 42}
