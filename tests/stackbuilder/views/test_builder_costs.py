"""What the builder asks of the database, however large the catalogue."""

import pytest

from evidence.models import Compound, Profile
from evidence.publication import system_user
from tests.factories import (
    PUBLISHED_AT,
    make_compound,
    make_finding,
    make_goal,
    make_study,
    publish_all,
)
from tests.pages import element, elements, number, page_of, ranked_names, text_of

pytestmark = pytest.mark.django_db

SLEEP = "/?goal=sleep:2"


def make_many(count):
    """Fill the site with `count` ranked compounds, melatonin last, and one more listed apart."""
    make_finding()
    make_finding(compound=make_compound("zinc"), study=make_study("pmid:7", design="animal"))
    version = publish_all().version
    by = system_user()
    compounds = Compound.objects.bulk_create(
        Compound(
            slug=f"compound-{n}",
            name=f"Compound {n}",
            compound_class="botanical",
            summary="Made in bulk.",
            published_at=PUBLISHED_AT,
            published_by=by,
        )
        for n in range(1, count)
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
            mean=3 - n / count,
            sd=0.5,
            dependable=3 - n / count - 0.42,
            is_only_markers=False,
        )
        for n, compound in enumerate(compounds)
    )


# Cold: version, goals, cautions, compounds, profiles, reports of those listed apart. Warm: the
# first and the last. Open reasons cost two more: one compound's profiles, and their findings.
@pytest.mark.parametrize("count, last_page", [(48, 1), (5_000, 100)])
def test_builder_costs_the_same_queries_for_any_number_of_compounds(
    client, django_assert_num_queries, count, last_page
):
    make_many(count)
    url = f"{SLEEP}&page={last_page}"

    with django_assert_num_queries(6):
        cold = page_of(client.get(url))
    with django_assert_num_queries(2):
        client.get(url)
    with django_assert_num_queries(4):
        opened = page_of(client.get(f"{url}&why=melatonin"))

    assert f"{count} compounds ranked" in text_of(cold)
    assert number(text_of(elements(cold, class_="card__number")[-1])) == count
    assert text_of(element(cold, "section", class_="apart")).count("animal study") == 1
    assert elements(element(opened, id="place-melatonin"), class_="why")


def test_builder_shows_a_long_ranking_by_pages(client, django_assert_num_queries):
    make_many(120)

    with django_assert_num_queries(5):
        second = page_of(client.get(f"{SLEEP}&page=2"))

    places = [number(text_of(one)) for one in elements(second, class_="card__number")]
    assert places == [*range(51, 101)]
    assert text_of(element(second, "nav", class_="pages")) == (
        "Better places Page 2 of 3 Lower places"
    )
    assert not elements(second, class_="apart")
    assert elements(page_of(client.get(f"{SLEEP}&page=3")), class_="apart")


def test_builder_opens_and_closes_reasons_on_the_page_that_was_shown(client):
    make_many(60)
    second = page_of(client.get(f"{SLEEP}&page=2"))

    link = element(second, "a", id="why-melatonin")
    opened = page_of(client.get(dict(link.attributes)["href"]))

    assert ranked_names(opened) == ranked_names(second)
    assert elements(element(opened, id="place-melatonin"), class_="why")
    close = element(opened, "a", id="why-melatonin")
    assert dict(close.attributes)["hx-get"] == f"{SLEEP}&page=2"
