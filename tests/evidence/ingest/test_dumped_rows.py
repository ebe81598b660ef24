"""The rows behind a file, and the studies that must come along."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.ingest import dumped_rows
from evidence.ingest.dumped_rows import articles_of, compounds_of, unused_studies
from tests.factories import make_article, make_compound, make_finding, make_study

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def chain(*keys):
    """Make studies of which each pools the next; return the first."""
    studies = [make_study(key) for key in keys]
    for review, trial in pairwise(studies):
        review.includes.add(trial)
    return studies[0]


def keys_of(rows):
    return sorted(study.key for study in rows.studies)


def test_studies_that_are_pooled_however_deep_come_along(monkeypatch):
    monkeypatch.setattr(dumped_rows, "_IDS_AT_A_TIME", 1)
    make_finding(study=chain("pmid:1", "pmid:2", "pmid:3"))

    (rows,) = compounds_of(["melatonin"], NOW, {})

    assert keys_of(rows) == ["pmid:1", "pmid:2", "pmid:3"]


def test_reviews_that_pool_each_other_end():
    first = chain("pmid:1", "pmid:2")
    make_study("pmid:2").includes.add(first)
    make_finding(study=first)

    (rows,) = compounds_of(["melatonin"], NOW, {})

    assert keys_of(rows) == ["pmid:1", "pmid:2"]


def test_each_compound_has_its_own_findings_and_studies_in_the_order_of_slugs():
    for slug, key in (("zinc", "pmid:1"), ("alpha", "pmid:2")):
        make_finding(compound=make_compound(slug), study=make_study(key))

    found = list(compounds_of(["zinc", "alpha"], NOW, {}))

    assert [(rows.compound.slug, keys_of(rows)) for rows in found] == [
        ("alpha", ["pmid:2"]),
        ("zinc", ["pmid:1"]),
    ]


def test_draft_stays_behind_unless_asked_for_and_what_was_withdrawn_always():
    make_finding(study=make_study("pmid:1"))
    make_finding(study=make_study("pmid:2"), published=False)
    make_finding(study=make_study("pmid:3"), published=False, state="withdrawn")

    (public,), (drafts_too,) = (compounds_of(["melatonin"], at, {}) for at in (NOW, None))

    assert (len(public.findings), keys_of(public)) == (1, ["pmid:1"])
    assert (len(drafts_too.findings), keys_of(drafts_too)) == (2, ["pmid:1", "pmid:2"])


def test_unused_studies_are_those_that_nothing_names():
    make_finding(study=chain("pmid:1", "pmid:2"))
    make_finding(study=make_study("pmid:3"), published=False)
    lone = make_study("pmid:4")
    named = make_study("untraced:cjc-1295-3")

    assert unused_studies() == {
        "": {lone.pk: "pmid:4"},
        "cjc-1295": {named.pk: "untraced:cjc-1295-3"},
    }


def test_unused_study_goes_with_its_compound():
    make_compound()
    lone = chain("untraced:melatonin-1", "pmid:1")

    (rows,) = compounds_of(["melatonin"], NOW, {"melatonin": {lone.pk: lone.key}})

    assert keys_of(rows) == ["pmid:1", "untraced:melatonin-1"]


def test_articles_come_by_slug_in_one_query():
    for slug in ("second", "first", "third"):
        make_article(slug)

    with CaptureQueriesContext(connection) as queries:
        found = [
            (article.slug, article.compound.slug, article.goal.slug)
            for article in articles_of(["second", "first"])
        ]

    assert found == [("first", "melatonin", "sleep"), ("second", "melatonin", "sleep")]
    assert len(queries) == 1
