"""The sitemap: what is public, and the day it last changed."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from evidence.models import Finding
from evidence.publication import publish_change, publish_findings, system_user, withdraw_compounds
from stackbuilder.machines.crumbs import FIXED
from stackbuilder.machines.sitemap import sections
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)
from tests.vendor_factories import make_listing

pytestmark = pytest.mark.django_db

ABOUT = date(2024, 2, 3)


def listed(name):
    """Return what a section lists, as {path: day}."""
    entries = sections({"stackbuilder:about": ABOUT})[name].items()
    assert len({entry.path for entry in entries}) == len(entries)
    return {entry.path: entry.changed for entry in entries}


def date_version(version, day):
    """Say that an act was done on another day."""
    version.at = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
    version.save()


def publish_on(day):
    date_version(publish_all().version, day)


def test_pages_have_the_day_of_the_evidence_or_of_their_words():
    make_finding()
    publish_on(date(2025, 6, 7))

    pages = listed("pages")

    assert len(pages) == len(FIXED)
    assert pages["/"] == pages["/compounds/"] == pages["/data/"] == date(2025, 6, 7)
    assert pages["/about/"] == ABOUT
    assert pages["/search/"] is None


def test_site_without_evidence_has_pages_without_a_day():
    assert listed("pages")["/"] is None
    assert listed("compounds") == {}


def test_page_of_a_compound_or_goal_has_the_day_of_the_act_that_moved_it():
    make_finding()
    other = make_outcome("mood-score", goal=make_goal("mood"))
    make_finding(compound=make_compound("saffron"), outcome=other)
    publish_on(date(2025, 1, 2))
    make_finding("saffron-99", compound=make_compound("saffron"), outcome=other, estimate=-9.0)
    publish_on(date(2025, 3, 4))

    compounds, goals = listed("compounds"), listed("goals")

    assert compounds["/compounds/melatonin/"] == goals["/goals/sleep/"] == date(2025, 1, 2)
    assert compounds["/compounds/saffron/"] == goals["/goals/mood/"] == date(2025, 3, 4)


def test_act_on_safety_alone_counts_for_its_compound():
    make_finding()
    publish_on(date(2025, 1, 2))
    melatonin = make_compound()
    act = publish_change(by=system_user(), why="A caution", compounds=[melatonin.pk])
    date_version(act.version, date(2025, 5, 6))

    assert listed("compounds")["/compounds/melatonin/"] == date(2025, 5, 6)


def test_vendor_page_has_the_day_of_the_newest_check_or_act():
    make_finding()
    publish_on(date(2025, 1, 2))
    before = listed("vendors")
    make_listing(last_checked=date(2025, 8, 9))

    assert before == {"/compounds/melatonin/vendors/": date(2025, 1, 2)}
    assert listed("vendors") == {"/compounds/melatonin/vendors/": date(2025, 8, 9)}


def test_article_has_its_own_day():
    make_article(updated_on=date(2025, 4, 5))

    assert listed("articles") == {"/articles/melatonin-for-sleep/": date(2025, 4, 5)}


def test_act_has_its_own_day_for_ever():
    make_finding()
    publish_on(date(2025, 1, 2))
    publish_on(date(2025, 3, 4))

    assert listed("changes") == {
        "/changes/1/": date(2025, 1, 2),
        "/changes/2/": date(2025, 3, 4),
    }


def test_study_has_the_day_of_the_profile_that_it_counts_in():
    make_finding()
    publish_on(date(2025, 1, 2))
    # Published in March 2025, after the profile was made: it serves no goal.
    falls = make_outcome("falls", kind="safety", goal=None)
    make_finding(study=make_study("pmid:7"), outcome=falls)

    studies = listed("studies")

    assert studies["/studies/pmid:7/"] == date(2025, 3, 1)
    assert studies["/studies/pmid:23691095/"] == date(2025, 3, 1)
    publish_findings(
        [make_finding(published=False, study=make_study("pmid:8"))], by=system_user(), why="A test"
    )
    assert listed("studies")["/studies/pmid:23691095/"] == timezone.localdate()


def test_what_is_not_public_is_not_listed():
    make_compound("secret", published=False)
    make_article("draft", published=False)
    make_finding(published=False, study=make_study("pmid:9"))
    make_finding("melatonin-07")
    make_article()
    publish_all()
    withdraw_compounds([make_compound()], by=system_user(), why="A test")

    for name in ("compounds", "vendors", "articles", "studies"):
        assert listed(name) == {}, name
    assert Finding.objects.published().exists()


@pytest.mark.parametrize("count", [1, 9])
def test_sitemap_costs_the_same_queries_for_any_number(count, django_assert_num_queries):
    for number in range(count):
        make_finding(
            compound=make_compound(f"compound-{number}"), study=make_study(f"pmid:{number}")
        )
    publish_all()

    # One for the fixed pages, two for goals, three for compounds, four for vendors, one for
    # articles, three for studies, two for acts.
    with django_assert_num_queries(16):
        for part in sections({}).values():
            part.items()
