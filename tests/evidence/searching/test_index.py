"""The index is in step with the evidence after every publication."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from evidence.models import Compound, SearchEntry
from evidence.publication import (
    publish_articles,
    publish_change,
    publish_compounds,
    publish_findings,
    system_user,
    withdraw_compounds,
)
from evidence.searching.fulltext import entries_with
from evidence.searching.index import refresh_index
from tests.curators import edit
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_outcome,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db


def slugs(*words):
    """Return the slugs that hold these words."""
    keys = entries_with([(word,) for word in words], 20)
    return set(SearchEntry.objects.filter(pk__in=keys).values_list("slug", flat=True))


def test_published_compound_is_found_and_a_withdrawn_one_no_more():
    compound = make_compound(published=False)

    publish_compounds([compound], by=make_user(), why="Checked")
    found = slugs("melatonin")
    withdraw_compounds([compound], by=make_user("bob"), why="Wrong")

    assert found == {"melatonin"}
    assert slugs("melatonin") == set()


def test_edit_of_a_name_is_found_at_once_and_the_old_one_no_more():
    compound = make_compound()
    publish_all()

    edit(compound, by=make_user(), name="Sleep hormone", summary="For the evening.")
    publish_change(by=make_user("bob"), why="Renamed", compounds={compound.pk})

    assert slugs("hormone") == {"melatonin"}
    assert slugs("melatonin") == set()


def test_article_is_found_once_it_is_published():
    article = make_article(published=False)
    publish_all()
    before = slugs("overview")

    publish_articles([article], by=make_user(), why="Read")

    assert before == set()
    assert slugs("overview") == {"melatonin-for-sleep"}


def test_compound_is_found_by_what_its_published_findings_measured():
    finding = make_finding(outcome=make_outcome("kidney-stones", goal=None), published=False)
    publish_all()
    before = slugs("kidney")

    publish_findings([finding], by=make_user(), why="Checked")

    assert before == set()
    assert slugs("kidney") == {"melatonin"}


def test_refresh_leaves_rows_alone_that_still_fit(django_assert_max_num_queries):
    make_finding()
    publish_all()
    before = set(SearchEntry.objects.values_list("pk", "digest"))

    with django_assert_max_num_queries(8):  # six to read, two for the transaction
        changed = refresh_index(touched=set())

    assert changed == 0
    assert set(SearchEntry.objects.values_list("pk", "digest")) == before


def test_refresh_keeps_the_key_of_a_row_that_it_makes_anew():
    make_compound()
    publish_all()
    before = SearchEntry.objects.get(slug="melatonin").pk

    Compound.objects.update(summary="Changed behind its back.")
    changed = refresh_index(touched=set())

    entry = SearchEntry.objects.get(slug="melatonin")
    assert (changed, entry.pk, entry.summary) == (1, before, "Changed behind its back.")


def test_refresh_puts_right_what_was_changed_behind_its_back():
    make_compound()
    make_compound("valerian")
    publish_all()

    Compound.objects.filter(slug="valerian").delete()
    SearchEntry.objects.filter(slug="melatonin").update(digest="old")

    assert refresh_index(touched=set()) == 2
    assert slugs("valerian") == set()
    assert slugs("melatonin") == {"melatonin"}


def test_failed_publication_leaves_the_index_as_it_was():
    make_compound()
    publish_all()
    Compound.objects.update(name="Another")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_change(by=system_user(), why="Half")
        1 / 0  # noqa: B018

    assert slugs("melatonin") == {"melatonin"}


def test_compound_of_a_later_day_is_kept_but_not_public_yet():
    tomorrow = timezone.now() + timedelta(days=1)
    publish_compounds([make_compound(published=False)], by=make_user(), why="Soon", at=tomorrow)

    assert not SearchEntry.objects.public().filter(slug="melatonin").exists()
    assert SearchEntry.objects.public(at=tomorrow).filter(slug="melatonin").exists()
