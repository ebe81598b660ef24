"""What a comparison asks of the database, however many are compared, in any catalogue."""

import pytest

from evidence.models import Compound
from evidence.publication import system_user
from tests.factories import (
    PUBLISHED_AT,
    make_article,
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_study,
    publish_all,
)
from tests.pages import elements, page_of
from tests.vendor_factories import make_listing, make_protocol, make_status

pytestmark = pytest.mark.django_db


def make_site(*, others):
    """Make four compounds with something of everything, and `others` of which nothing is known."""
    for slug in "abcd":
        compound = make_compound(slug, cost_low=3, cost_high=4)
        make_finding(compound=compound, study=make_study(f"untraced:{slug}"))
        make_caution(compound)
        make_interaction(compound)
        make_status(compound=compound)
        make_protocol(compound)
        make_listing(compound=compound)
        make_article(f"article-{slug}", compound=compound)
    Compound.objects.bulk_create(
        Compound(
            slug=f"compound-{n}",
            name=f"Compound {n}",
            compound_class="botanical",
            summary="Made in bulk.",
            published_at=PUBLISHED_AT,
            published_by=system_user(),
        )
        for n in range(others)
    )
    publish_all()


# Warm: version, profiles, findings, protocols, side effects, articles, and four for prices (typical
# ones, listings, and of their compounds statuses and protocols). Cold: four more for the tables of
# the ranking, seven for those of safety.
@pytest.mark.parametrize("others", [0, 2_000])
@pytest.mark.parametrize("slugs", ["ab", "abcd"])
def test_comparison_costs_the_same_queries_for_any_number(
    client, django_assert_num_queries, others, slugs
):
    make_site(others=others)
    url = "/compare/?" + "&".join(f"in={slug}" for slug in slugs)

    with django_assert_num_queries(21):
        client.get(url)
    with django_assert_num_queries(10):
        response = client.get(url)

    assert len(elements(page_of(response), "th", scope="col")) == 5 * (len(slugs) + 1)


def test_pinned_comparison_costs_one_query_more(client, django_assert_num_queries):
    make_site(others=0)
    url = f"/compare/?in=a&in=b&evidence={publish_all().version.number}"
    publish_all()
    client.get(url)

    with django_assert_num_queries(11):
        client.get(url)


@pytest.mark.parametrize("others", [0, 2_000])
def test_asking_for_compounds_costs_the_version_alone(client, django_assert_num_queries, others):
    make_site(others=others)
    client.get("/compare/")

    with django_assert_num_queries(1):
        client.get("/compare/?in=a")
