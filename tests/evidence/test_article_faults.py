"""One rule for what keeps an article from the public."""

import pytest

from evidence.article_faults import article_faults
from evidence.article_numbers import Allowed
from tests.factories import make_article, make_finding

pytestmark = pytest.mark.django_db


def test_faults_of_citations_and_numbers_come_by_line():
    make_finding()
    article = make_article(
        title="In 3 days", body="By 7.\n\n[so](/compounds/x/)\n\n{{ finding:melatonin-09 }}"
    )

    assert [line for line, _ in article_faults(article, [])] == [0, 1, 3, 5]


def test_whole_article_has_none():
    make_finding()
    article = make_article(body="{{ finding:melatonin-01 n }} people, at 95 %.")

    assert article_faults(article, [Allowed("95 %", "the level of all")]) == []


def test_draft_may_cite_drafts():
    make_finding(published=False)
    article = make_article(body="{{ finding:melatonin-01 }}")

    assert len(article_faults(article, [])) == 1
    assert article_faults(article, [], needs_public=False) == []
