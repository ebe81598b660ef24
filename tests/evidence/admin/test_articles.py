"""An article is written in one form and published from the list, if it cites what is there."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence.models import Article, EvidenceVersion
from tests.admin_pages import address
from tests.factories import make_article, make_compound, make_finding, make_goal

CITING = "By [7.06](/compounds/melatonin/#melatonin-01)."
NEW = {
    "title": "Melatonin for Sleep",
    "slug": "melatonin-for-sleep",
    "summary": "It shortens the wait for sleep.",
    "body": CITING,
    "author": "Stackbuilder editors",
    "updated_on": "2025-03-01",
}

FILE = f"""+++
title = "Melatonin for Sleep"
summary = "It shortens the wait for sleep."
compound = "melatonin"
goal = "sleep"
author = "Stackbuilder editors"
updated_on = 2025-03-01
+++

# Overview

{CITING}
"""


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_article_added_is_a_draft_without_a_version(add):
    finding = make_finding()

    response = add(Article, **NEW, compound=finding.compound.pk, goal=make_goal().pk)

    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.state, article.published_at) == ("draft", None)
    assert not EvidenceVersion.objects.exists()


def test_draft_changed_opens_no_version(change, db):
    make_finding()
    article = make_article(published=False)

    change(article, summary="Sooner asleep.")

    article.refresh_from_db()
    assert article.summary == "Sooner asleep."
    assert not EvidenceVersion.objects.exists()


def test_published_article_changed_opens_a_version(change, alice):
    make_finding()
    article = make_article()

    change(article, summary="Sooner asleep.")

    version = EvidenceVersion.objects.get()
    assert version.why == "Article Melatonin for sleep: what the research says changed: summary"
    assert version.profiles.count() == 0
    assert article.history.first().history_user == alice


@pytest.mark.parametrize("published, found", [(True, True), (False, False)])
def test_text_that_cites_a_draft_is_refused_once_it_is_public(published, found, change, db):
    make_finding(published=False)
    article = make_article(published=published)

    response = change(article, body=f"First.\n\n{CITING}")

    wanted = ["Line 3: Cites the finding melatonin-01, which is not there."]
    assert (response.status_code == 200) is found
    assert not found or response.context["adminform"].form.errors["body"] == wanted


def test_text_that_cites_nothing_that_is_there_is_refused(change, db):
    make_finding()
    article = make_article(published=False)

    response = change(article, body="[x](/compounds/melatonin/#melatonin-99)")

    assert "body" in response.context["adminform"].form.errors


def test_loaded_article_saved_untouched_stays_the_loaders(change, tmp_path):
    make_finding()
    (tmp_path / "melatonin-for-sleep.md").write_text(FILE)
    call_command("load_articles", tmp_path, stdout=StringIO())
    article = Article.objects.get()

    change(article)

    assert article.history.count() == 1
    assert EvidenceVersion.objects.count() == 1


def test_reviewer_and_day_go_together(change, db):
    make_finding()

    response = change(make_article(), reviewer="Dr Ada Example")

    errors = response.context["adminform"].form.non_field_errors()
    assert errors == ["Who reviewed it and when go together."]


def test_articles_published_and_withdrawn(act, alice):
    make_finding()
    article = make_article(published=False)

    act("publish", article)
    article.refresh_from_db()
    published = (article.state, article.published_by)
    act("withdraw", article)
    article.refresh_from_db()

    assert published == ("published", alice)
    assert (article.state, article.published_at, article.published_by) == ("draft", None, None)
    assert [version.why for version in EvidenceVersion.objects.order_by("number")] == [
        "Published: Article Melatonin for sleep: what the research says",
        "Withdrawn: Article Melatonin for sleep: what the research says",
    ]


def test_articles_are_not_published_while_one_cites_a_draft(act, db):
    make_finding(published=False)
    broken = make_article(published=False)
    whole = make_article("valerian-for-sleep", body="Nothing cited.", published=False)

    response = act("publish", broken, whole)

    assert messages(response) == [
        "Melatonin for sleep: what the research says, line 3: "
        "Cites the finding melatonin-01, which is not there."
    ]
    assert not Article.objects.published().exists()
    assert not EvidenceVersion.objects.exists()


def test_published_article_deleted_opens_a_version(delete, db):
    article = make_article()

    delete(article)

    assert EvidenceVersion.objects.get().why.startswith("Article Melatonin for sleep")


def test_compound_with_an_article_stays(delete, db):
    article = make_article(compound=make_compound("valerian"))

    delete(article.compound)

    assert Article.objects.get().compound.name == "Valerian"


def test_article_links_to_its_page_once_it_is_public(admin, db):
    make_finding()
    public, draft = make_article(), make_article("draft", published=False)

    pages = [admin.get(address(one, "change", one.pk)).content.decode() for one in (public, draft)]

    assert ["View on site" in page for page in pages] == [True, False]
