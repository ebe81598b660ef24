"""An article is written in one form and published from the list, if it cites what is there."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence.models import Article, EvidenceVersion
from tests.admin_pages import address
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_goal,
    make_proposal,
    make_user,
)

CITING = "By [so much](/compounds/melatonin/#melatonin-01)."
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


def test_published_article_changed_by_one_person_opens_a_version(change, alice, alone):
    make_finding()
    article = make_article()

    change(article, summary="Sooner asleep.", why="Shorter")

    version = EvidenceVersion.objects.get()
    assert version.why == (
        "Changed summary: Article Melatonin for sleep: what the research says. Shorter"
    )
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
    act("withdraw", article, why="Out of date")
    article.refresh_from_db()

    assert published == ("published", alice)
    assert (article.state, article.published_at, article.published_by) == ("withdrawn", None, None)
    assert [version.why for version in EvidenceVersion.objects.order_by("number")] == [
        "Published: Article Melatonin for sleep: what the research says",
        "Withdrawn: Article Melatonin for sleep: what the research says. Out of date",
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


def test_draft_is_shown_to_staff_as_the_public_would_read_it(admin, db):
    make_finding()
    article = make_article(published=False)

    response = admin.get(address(article, "preview", article.pk))

    text = response.content.decode()
    assert "evidence/article_detail.html" in [template.name for template in response.templates]
    assert "Draft, not public." in text and '<h2 id="overview">' in text
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert admin.get(article.get_absolute_url()).status_code == 404


def test_proposed_text_is_shown_in_place_of_the_public_one(admin, db):
    make_finding()
    article = make_article()
    proposal = make_proposal(finding=None, article=article, values={"title": "Another title"})
    url = address(article, "preview", article.pk)

    proposed = admin.get(url, {"proposal": proposal.pk}).content.decode()
    public = admin.get(url).content.decode()

    assert "Proposed change, not public." in proposed and "Another title" in proposed
    assert "Another title" not in public
    assert "Another title" not in admin.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", ["999", "x", "9" * 30])
def test_proposal_that_is_not_about_the_article_is_not_found(number, admin, db):
    article = make_article()

    response = admin.get(address(article, "preview", article.pk), {"proposal": number})

    assert response.status_code == 404


def test_preview_of_an_article_is_for_staff_who_may_see_it(client, db):
    article = make_article(published=False)
    url = address(article, "preview", article.pk)
    anonymous = client.get(url)
    client.force_login(make_user("bob"))

    assert anonymous.status_code == 302
    assert client.get(url).status_code == 403
    assert client.get(address(article, "preview", 999)).status_code in (403, 404)


def test_number_that_no_finding_keeps_is_refused_in_a_public_text(change, alone):
    make_finding()
    article = make_article()

    response = change(article, body="By 7 minutes.", why="Shorter")

    assert "Line 1: Holds the number 7:" in response.content.decode()
    article.refresh_from_db()
    assert "7" not in article.body


def test_number_is_allowed_with_its_reason(change, alone):
    make_finding()
    article = make_article()
    allowed = "7 minutes = said on the label"

    change(article, body="By 7 minutes.", numbers=f"\r\n{allowed}\r\n", why="As the label")

    article.refresh_from_db()
    assert (article.body, article.numbers) == ("By 7 minutes.", allowed)


def test_list_of_numbers_is_checked_in_a_draft_too(change, db):
    article = make_article(published=False)

    response = change(article, numbers="7 = because")

    assert "Allows 7: must hold a number and the words beside it." in response.content.decode()


def test_draft_is_shown_to_staff_with_the_figures_of_drafts(admin):
    make_finding(published=False)
    article = make_article(body="By {{ finding:melatonin-01 value }}.", published=False)

    page = admin.get(f"/admin/evidence/article/{article.pk}/preview/").content.decode()

    assert "−7.06 min</a>" in page
    assert "figure withdrawn" not in page
