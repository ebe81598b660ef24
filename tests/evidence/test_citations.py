"""Which findings a text cites, which studies stand behind them, and which lead nowhere."""

import pytest

from evidence.citations import Citation, broken_citations, citations, studies_cited
from evidence.markdown import render
from tests.factories import make_compound, make_finding, make_study

MELATONIN = "/compounds/melatonin/"


def link(anchor):
    return render(f"First.\n\nIt is [so]({MELATONIN}{anchor}).")


@pytest.mark.parametrize(
    "anchor, key",
    [
        ("#melatonin-01", "melatonin-01"),
        ("#melatonin-1-02", "melatonin-1-02"),
        ("#anything", "anything"),
        ("", ""),
        ("#evidence", ""),
        ("#doses", ""),
        ("#legal-status", ""),
        ("#goal-sleep", ""),
    ],
)
def test_citation_is_the_anchor_of_a_compound_page(anchor, key):
    assert list(citations(link(anchor))) == [Citation("melatonin", key, 3)]


@pytest.mark.parametrize(
    "address",
    [
        "/method/#melatonin-01",
        "#melatonin-01",
        "/compounds/",
        "https://example.org/compounds/melatonin/#melatonin-01",
        "/compounds/melatonin/vendors/",
    ],
)
def test_other_links_are_no_citations(address):
    assert list(citations(render(f"[so]({address})"))) == []


@pytest.mark.django_db
def test_studies_come_once_in_the_order_of_the_text():
    first, second = make_study("pmid:1"), make_study("pmid:2")
    for study in (first, second, second):
        make_finding(study=study)
    text = render(
        f"[b]({MELATONIN}#melatonin-02) [c]({MELATONIN}#melatonin-03) [a]({MELATONIN}#melatonin-01)"
    )

    assert studies_cited(text) == [second, first]


@pytest.mark.django_db
def test_studies_leave_out_what_is_not_published():
    make_finding(published=False)

    assert studies_cited(link("#melatonin-01")) == []


@pytest.mark.django_db
def test_studies_take_one_query(django_assert_num_queries):
    make_finding()

    with django_assert_num_queries(1):
        (study,) = studies_cited(link("#melatonin-01"))
        assert study.title


@pytest.mark.django_db
@pytest.mark.parametrize("anchor", ["", "#melatonin-01", "#goal-sleep", "#safety"])
def test_citation_of_what_is_public_is_whole(anchor):
    make_finding()

    assert broken_citations(link(anchor)) == []


@pytest.mark.django_db
def test_broken_citation_is_named_with_its_line():
    make_finding()

    assert broken_citations(link("#melatonin-99")) == [
        (3, "Cites the finding melatonin-99, which is not there.")
    ]


@pytest.mark.django_db
def test_citation_of_an_unknown_compound_is_broken():
    assert broken_citations(link("")) == [
        (3, "Links to the compound melatonin, which is not there.")
    ]


@pytest.mark.django_db
def test_citation_on_the_page_of_another_compound_is_broken():
    make_finding()
    make_compound("valerian")

    found = broken_citations(render("[so](/compounds/valerian/#melatonin-01)"))

    assert found == [(1, "Cites the finding melatonin-01 of melatonin on valerian’s page.")]


@pytest.mark.django_db
@pytest.mark.parametrize("needs_public, count", [(True, 1), (False, 0)])
def test_citation_of_a_draft_is_broken_where_it_must_be_public(needs_public, count):
    make_finding(published=False)

    found = broken_citations(link("#melatonin-01"), needs_public=needs_public)

    assert len(found) == count


@pytest.mark.django_db
@pytest.mark.parametrize("needs_public, count", [(True, 1), (False, 0)])
def test_citation_of_a_draft_compound_is_broken_where_it_must_be_public(needs_public, count):
    make_finding(compound=make_compound("melatonin", published=False))

    found = broken_citations(link("#melatonin-01"), needs_public=needs_public)

    assert len(found) == count


@pytest.mark.django_db
def test_citations_take_two_queries_for_any_number(django_assert_num_queries):
    make_finding()
    text = render(f"[so]({MELATONIN}#melatonin-01) " * 50)

    with django_assert_num_queries(2):
        assert broken_citations(text) == []
