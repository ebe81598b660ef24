"""Compounds of a goal by verdict, each apart."""

import pytest

from evidence.choices import Verdict
from stackbuilder.candidates import snapshot
from stackbuilder.verdict_groups import GROUPS, goal_summaries
from tests.factories import make_finding, publish_all

pytestmark = pytest.mark.django_db


def test_groups_have_every_verdict_once():
    assert sorted(verdict for verdict, _, _ in GROUPS) == sorted(Verdict.values)


def test_summary_counts_a_studied_compound():
    make_finding()
    publish_all()

    (summary,) = goal_summaries(snapshot())

    assert (summary.slug, summary.studied, sum(n for _, n in summary.counts)) == ("sleep", 1, 1)
