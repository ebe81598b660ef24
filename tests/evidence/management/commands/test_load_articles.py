"""The command that loads articles."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evidence.models import Article, EvidenceVersion
from evidence.publication import system_user
from tests.factories import make_article, make_finding, make_user

pytestmark = pytest.mark.django_db

TEXT = """+++
title = "Melatonin for Sleep: what the research says"
summary = "It shortens the wait for sleep."
compound = "melatonin"
goal = "sleep"
author = "Stackbuilder editors"
updated_on = 2025-03-01
+++

# Overview

By [some minutes](/compounds/melatonin/#melatonin-01).
"""


@pytest.fixture
def folder(tmp_path):
    """One article, and the finding that it cites."""
    make_finding()
    (tmp_path / "melatonin-for-sleep.md").write_text(TEXT)
    return tmp_path


def load(folder, **options):
    output = StringIO()
    call_command("load_articles", folder, stdout=output, **options)
    return output.getvalue()


def edit_by_hand(article, by, **values):
    for name, value in values.items():
        setattr(article, name, value)
    article._history_user = by
    article.save()


def test_load_publishes_at_once_as_one_version(folder):
    said = load(folder)

    article, version = Article.objects.published().get(), EvidenceVersion.objects.get()
    assert article.slug == "melatonin-for-sleep"
    assert (article.compound.slug, article.goal.slug) == ("melatonin", "sleep")
    assert (article.reviewer, article.reviewed_on) == ("", None)
    assert article.updated_on == date(2025, 3, 1)
    assert article.published_by == system_user()
    assert article.history.get().history_user == system_user()
    assert version.why == "Loaded 1 article from files"
    assert said == "1 articles new\nEvidence version 1\n"


def test_load_twice_changes_nothing(folder):
    load(folder)
    before = Article.objects.values().get()

    said = load(folder)

    assert said == "Nothing had changed.\n"
    assert Article.objects.values().get() == before
    assert EvidenceVersion.objects.count() == 1


def test_load_of_a_changed_file_changes_the_article(folder):
    load(folder)
    published_at = Article.objects.get().published_at
    (folder / "melatonin-for-sleep.md").write_text(TEXT.replace("shortens", "halves"))

    said = load(folder)

    article = Article.objects.get()
    assert said == "1 articles changed\nEvidence version 2\n"
    assert article.summary == "It halves the wait for sleep."
    assert article.published_at == published_at


@pytest.mark.parametrize("overwrite, summary", [(False, "By hand."), (True, "It halves the")])
def test_load_leaves_what_a_person_edited_unless_told(folder, overwrite, summary):
    load(folder)
    edit_by_hand(Article.objects.get(), make_user(), summary="By hand.")
    (folder / "melatonin-for-sleep.md").write_text(TEXT.replace("shortens", "halves"))

    said = load(folder, overwrite=overwrite)

    assert Article.objects.get().summary.startswith(summary)
    assert ("Left alone: article melatonin-for-sleep was edited by a person: summary" in said) is (
        not overwrite
    )


def test_load_leaves_what_a_person_withdrew(folder):
    load(folder)
    withdrawn = {"state": "draft", "published_at": None, "published_by": None}
    edit_by_hand(Article.objects.get(), make_user(), **withdrawn)

    load(folder)

    assert not Article.objects.published().exists()


def test_load_does_not_bring_back_what_a_person_deleted(folder):
    load(folder)
    article = Article.objects.get()
    article._history_user = make_user()
    article.delete()

    said = load(folder)

    assert not Article.objects.exists()
    assert "Left alone: article melatonin-for-sleep was deleted by a person" in said


def test_load_of_drafts_publishes_nothing(folder):
    said = load(folder, draft=True)

    article = Article.objects.get()
    assert (article.state, article.published_at) == ("draft", None)
    assert said == "1 articles new\nNothing public changed.\n"
    assert not EvidenceVersion.objects.exists()


def test_load_of_drafts_changes_nothing_that_is_public(folder):
    load(folder)
    (folder / "melatonin-for-sleep.md").write_text(TEXT.replace("shortens", "halves"))

    said = load(folder, draft=True)

    assert Article.objects.get().summary == "It shortens the wait for sleep."
    assert "Left alone: article melatonin-for-sleep is public" in said
    assert EvidenceVersion.objects.count() == 1


def test_load_publishes_what_was_loaded_as_a_draft(folder):
    load(folder, draft=True)

    load(folder)

    assert Article.objects.published().get().state == "published"


def test_load_if_empty_leaves_a_site_with_articles_alone(folder):
    make_article("another")

    said = load(folder, if_empty=True)

    assert said == "The articles are loaded already.\n"
    assert Article.objects.get().slug == "another"


def test_load_if_empty_fills_an_empty_site(folder):
    load(folder, if_empty=True)

    assert Article.objects.exists()


def test_check_writes_nothing(folder):
    said = load(folder, check=True)

    assert said == "1 article, no problem found.\n"
    assert not Article.objects.exists()


def test_one_bad_file_keeps_all_from_being_written(folder):
    (folder / "bad.md").write_text(TEXT.replace("melatonin-01", "melatonin-99"))

    with pytest.raises(CommandError) as refusal:
        load(folder)

    assert str(refusal.value) == (
        "Nothing was written.\nbad.md: line 12: Cites the finding melatonin-99, which is not there."
    )
    assert not Article.objects.exists()
    assert not EvidenceVersion.objects.exists()
