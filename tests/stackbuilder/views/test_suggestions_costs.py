"""What the best stack asks of the database, however large the catalogue."""

import pytest

from evidence.models import Compound, Profile
from evidence.publication import system_user
from stackbuilder.suggesting.work_limits import Buckets, Turns
from stackbuilder.views import suggestions
from tests.factories import PUBLISHED_AT, make_finding, make_goal, publish_all
from tests.pages import elements, page_of

pytestmark = pytest.mark.django_db

URL = "/suggest/?goal=sleep:2"
SWAP = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def many_turns(monkeypatch):
    monkeypatch.setattr(
        suggestions, "SOLVING", Turns(Buckets(burst=100, refill_seconds=1), at_once=2)
    )


def make_many(count):
    """Fill the site with `count` compounds that serve sleep and have a price."""
    make_finding()
    version = publish_all().version
    compounds = Compound.objects.bulk_create(
        Compound(
            slug=f"compound-{n}",
            name=f"Compound {n}",
            compound_class="botanical",
            summary="Made in bulk.",
            cost_low=n % 30 + 1,
            cost_high=n % 30 + 1,
            cost_currency="USD",
            published_at=PUBLISHED_AT,
            published_by=system_user(),
        )
        for n in range(count)
    )
    Profile.objects.bulk_create(
        Profile(
            compound=compound,
            goal=make_goal("sleep"),
            version=version,
            method_version="1",
            n_findings=1,
            letter="C",
            verdict="possible benefit",
            certainty="low",
            mean=3 - n / count,
            sd=0.5,
            dependable=3 - n / count - 0.42,
            is_only_markers=False,
        )
        for n, compound in enumerate(compounds)
    )


# Warm: the version, and for the page alone the currencies (2). A budget or the curve asks for the
# prices (2, no listing being there). Cold: goals, compounds, cautions, profiles, safety (7).
@pytest.mark.parametrize("count", [20, 1_000])
def test_suggestion_costs_the_same_queries_for_any_number_of_compounds(
    client, django_assert_num_queries, count
):
    make_many(count)

    with django_assert_num_queries(1 + 2 + 11):
        cold = client.get(URL)
    with django_assert_num_queries(1 + 2):
        client.get(URL)
    with django_assert_num_queries(1):
        client.get(f"{URL}&in=melatonin&must=compound-3", headers=SWAP)
    with django_assert_num_queries(1 + 2):
        client.get(f"{URL}&budget=20&in=melatonin", headers=SWAP)
    with django_assert_num_queries(1 + 2):
        client.get(URL.replace("suggest/", "suggest/curve/"), headers=SWAP)

    assert len(elements(page_of(cold), class_="proposed__member")) == 1


def test_address_that_cannot_be_answered_reads_no_safety(client, django_assert_num_queries):
    make_many(5)
    client.get(URL)

    with django_assert_num_queries(1):
        client.get(f"{URL}&budget=-1", headers=SWAP)
