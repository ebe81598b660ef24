"""Pages that moved or were taken back."""

import pytest
from django.utils.html import escape

from evidence.publication import (
    publish_compounds,
    withdraw_articles,
    withdraw_compounds,
)
from tests.curators import delete, edit
from tests.factories import make_article, make_compound, make_finding, make_user

pytestmark = pytest.mark.django_db

COMPOUND, ARTICLE = "/compounds/melatonin/", "/articles/melatonin-for-sleep/"


@pytest.fixture
def alice():
    return make_user()


def test_renamed_compound_leads_on_for_ever(client, alice):
    edit(make_compound(), by=alice, slug="melatonin-oral")
    edit(make_compound("melatonin-oral"), by=alice, slug="n-acetyl-5-methoxytryptamine")

    answers = [client.get(path) for path in (COMPOUND, "/compounds/melatonin-oral/")]

    assert [answer.status_code for answer in answers] == [301, 301]
    assert {answer.url for answer in answers} == {"/compounds/n-acetyl-5-methoxytryptamine/"}


def test_renamed_article_leads_on_for_ever(client, alice):
    make_finding()
    edit(make_article(), by=alice, slug="melatonin-and-sleep")

    answer = client.get(ARTICLE)

    assert (answer.status_code, answer.url) == (301, "/articles/melatonin-and-sleep/")


def test_slug_that_another_row_has_now_is_that_rows(client, alice):
    edit(make_compound(), by=alice, slug="melatonin-oral", name="Melatonin, by mouth")
    make_compound("melatonin", name="Melatonin, all routes")

    answer = client.get(COMPOUND)

    assert answer.status_code == 200
    assert b"Melatonin, all routes" in answer.content


def test_withdrawn_compound_is_gone_and_says_when_why_and_where_to_go(client, alice):
    compound = make_compound()
    withdraw_compounds([compound], by=alice, why="Wrong <molecule>")

    answer = client.get(COMPOUND)

    text = answer.content.decode()
    assert answer.status_code == 410
    assert "ETag" not in answer.headers
    assert "This compound was withdrawn" in text
    assert escape("Wrong <molecule>") in text
    assert str(compound.history.first().history_date.year) in text
    assert 'href="/compounds/"' in text


def test_withdrawn_article_is_gone_and_names_the_other_deep_dives(client, alice):
    withdraw_articles([make_article()], by=alice, why="Out of date")

    answer = client.get(ARTICLE)

    assert answer.status_code == 410
    assert b"This article was withdrawn" in answer.content
    assert b'href="/articles/"' in answer.content


def test_deleted_compound_is_gone(client, alice):
    delete(make_compound(), by=alice)

    assert client.get(COMPOUND).status_code == 410


def test_article_of_a_withdrawn_compound_is_gone_with_it(client, alice):
    article = make_article()
    withdraw_compounds([article.compound], by=alice, why="Wrong molecule")

    answer = client.get(ARTICLE)

    assert answer.status_code == 410
    assert b"Wrong molecule" not in answer.content


def test_reason_is_that_of_the_last_withdrawal_not_of_a_rename(client, alice):
    compound = make_compound()
    compound._change_reason = "A better name"
    edit(compound, by=alice, slug="melatonin-oral")
    withdraw_compounds([compound], by=alice, why="Wrong molecule")

    text = client.get(COMPOUND).content.decode()

    assert "Wrong molecule" in text
    assert "A better name" not in text


def test_compound_published_again_is_back(client, alice):
    compound = make_compound()
    withdraw_compounds([compound], by=alice, why="To be checked")
    publish_compounds([compound], by=alice, why="It was right")

    assert client.get(COMPOUND).status_code == 200


@pytest.mark.parametrize("path", [COMPOUND, ARTICLE, "/compounds/nothing/", "/articles/nothing/"])
def test_draft_or_unknown_address_was_never_there(path, client):
    make_article(published=False, compound=make_compound(published=False))

    assert client.get(path).status_code == 404


def test_browser_that_kept_the_page_is_told_that_it_is_gone(client, alice):
    compound = make_compound()
    kept = client.get(COMPOUND).headers["ETag"]
    withdraw_compounds([compound], by=alice, why="Wrong molecule")

    assert client.get(COMPOUND, headers={"If-None-Match": kept}).status_code == 410
