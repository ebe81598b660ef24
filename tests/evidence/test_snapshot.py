"""Reading one moment while others write, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, transaction

from evidence.models import Compound
from evidence.snapshot import one_moment
from tests.factories import make_compound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(own_connection):
    """Return a function that runs an act on another connection and waits for its end."""

    def run(act):
        with closing(own_connection()):
            return act()

    def elsewhere(act):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run, act).result()

    return elsewhere


def names():
    return list(Compound.objects.order_by("slug").values_list("name", flat=True))


def rename(name):
    def act():
        with transaction.atomic():
            Compound.objects.update(name=name)

    return act


def test_what_others_write_meanwhile_is_not_seen_and_does_not_wait(elsewhere):
    elsewhere(make_compound)

    with one_moment():
        before = names()
        elsewhere(rename("Zinc"))
        during = names()

    assert (before, during, names()) == (["Melatonin"], ["Melatonin"], ["Zinc"])


def test_inside_another_transaction_its_own_writes_are_seen(elsewhere):
    make_compound()

    with transaction.atomic():
        Compound.objects.update(name="Zinc")
        with one_moment():
            during = names()

    assert during == ["Zinc"]


def test_later_transactions_are_as_usual(elsewhere):
    make_compound()
    with one_moment():
        names()

    rename("Zinc")()

    assert names() == ["Zinc"]
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"
