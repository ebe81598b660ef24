"""Which articles cite which findings."""

import pytest

from evidence.citing import articles_naming, citing
from tests.factories import make_article, make_compound, make_finding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "body",
    ["{{ finding:melatonin-01 p }}", "[so](/compounds/melatonin/#melatonin-01)"],
)
@pytest.mark.parametrize("published", [True, False])
def test_article_that_cites_by_token_or_link_is_named(body, published):
    finding = make_finding()
    article = make_article(body=body, published=published)

    assert citing([finding]) == [(article, ["melatonin-01"])]


@pytest.mark.parametrize(
    "body", ["`{{ finding:melatonin-01 }}`", "{{ finding:melatonin-011 }}", "-"]
)
def test_article_that_only_looks_so_is_not(body):
    finding = make_finding()
    make_article(body=body)

    assert citing([finding]) == []


def test_article_that_names_a_profile_may_depend_on_every_finding_of_it():
    finding = make_finding(key="other-01")
    article = make_article(body="{{ forest:melatonin/sleep }}")
    make_article("else", body="{{ forest:valerian/sleep }}", compound=make_compound("valerian"))

    assert articles_naming([finding]) == [article]
    assert citing([finding]) == []


def test_nothing_asked_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert citing([]) == []
