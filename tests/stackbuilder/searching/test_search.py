"""One search: names, words in the text, typing errors."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.models import Alias, EvidenceVersion
from evidence.publication import withdraw_compounds
from stackbuilder.searching.search import search
from tests.factories import make_article, make_compound, make_finding, make_user, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def melatonin():
    """Melatonin for sleep: a finding, an article, another name."""
    compound = make_compound(summary="A hormone of the pineal gland.")
    Alias.objects.create(compound=compound, name="Circadyne", position=0)
    make_finding(compound=compound)
    make_article(compound=compound)
    publish_all()
    return compound


def found(text, **options):
    """Return the answer of today's evidence."""
    return search(text, version=EvidenceVersion.objects.current_number(), **options)


def kinds(text):
    """Return (kind, title) of all hits."""
    return [(hit.kind, hit.title) for hit in found(text).hits]


def test_compound_comes_first_by_its_name_then_its_article(melatonin):
    assert kinds("melatonin")[:2] == [
        ("compound", "Melatonin"),
        ("article", "Melatonin for sleep: what the research says"),
    ]


def test_goal_comes_before_its_outcome_and_lay_words_lead_to_it(melatonin):
    assert kinds("sleep")[0] == ("goal", "Sleep")
    assert kinds("insomnia")[0] == ("goal", "Sleep")
    assert found("insomnia").hits[0].is_lay


def test_other_name_is_shown_as_what_it_was_found_by(melatonin):
    hit = found("circadyne").hits[0]

    assert (hit.title, hit.found_as, hit.is_lay) == ("Melatonin", "Circadyne", False)


def test_each_kind_leads_to_its_page(melatonin, client):
    urls = {hit.kind: hit.url for text in ("melatonin", "sleep") for hit in found(text).hits}

    assert set(urls) == {"compound", "goal", "outcome", "article"}
    assert urls["outcome"] == "/goals/sleep/#outcome-sleep-onset-latency"
    assert b'id="outcome-sleep-onset-latency"' in client.get(urls["outcome"]).content
    assert {client.get(url).status_code for url in urls.values()} == {200}


def test_words_of_name_and_outcome_together_find_the_compound(melatonin):
    answer = found("circadyne latency")

    assert [hit.title for hit in answer.hits] == ["Melatonin"]
    assert answer.hits[0].is_measured
    assert not answer.is_mention


def test_word_of_the_text_alone_is_told_as_a_mention(melatonin):
    answer = found("pineal")

    assert [hit.title for hit in answer.hits] == ["Melatonin"]
    assert answer.is_mention


def test_typing_error_is_forgiven_and_told(melatonin):
    answer = found("melotonin")

    assert answer.hits[0].title == "Melatonin"
    assert answer.meant == "Melatonin"


def test_some_of_the_words_are_better_than_nothing_and_told(melatonin):
    answer = found("melatonin unobtainium")

    assert answer.hits[0].title == "Melatonin"
    assert answer.is_partial


def test_unknown_word_finds_nothing(melatonin):
    answer = found("unobtainium")

    assert (answer.hits, answer.words, answer.meant) == ((), ("unobtainium",), "")


def test_withdrawn_compound_is_not_found(melatonin):
    before = found("circadyne").hits

    withdraw_compounds([melatonin], by=make_user(), why="Wrong")

    assert before
    assert not [hit for hit in found("melatonin").hits if hit.kind != "goal"]


def test_at_most_so_many_hits(melatonin):
    assert len(found("sleep", limit=1).hits) == 1
    assert found("sleep", limit=1).hits[0].title == "Sleep"


def test_search_takes_two_queries_once_the_names_are_known(
    melatonin, django_assert_max_num_queries
):
    version = EvidenceVersion.objects.current_number()
    search("sleep", version=version)

    for text in ("melatonin", "insomnia", "pineal", "melotonin", "unobtainium"):
        with django_assert_max_num_queries(2):
            search(text, version=version)


def test_new_evidence_is_found_by_its_new_names(melatonin):
    before = found("valerian").hits
    make_compound("valerian")

    publish_all()

    assert before == ()
    assert found("valerian").hits[0].title == "Valerian"


OPERATORS = ("AND", "OR", "NOT", "NEAR(a b)", '"', "*", ":", "(", ")", "'", "\\", "&", "|", "!",
             "<->", ";--", "%", "_", "^", "{", "folded_title:", "' OR 1=1", "é", "½", "中文", "\0",
             "\ud800", "🙂", "\u202e", "a" * 10_000, "x " * 5_000)  # fmt: skip


@pytest.mark.parametrize(
    "text", [*OPERATORS, *(" ".join(two) for two in product(OPERATORS[:9], OPERATORS[:9]))]
)
def test_no_text_is_an_operator_or_an_error(melatonin, text):
    answer = found(text)

    assert len(answer.hits) <= 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_gets_an_answer(melatonin, text):
    answer = found(text)

    assert len({hit.url for hit in answer.hits}) == len(answer.hits)
