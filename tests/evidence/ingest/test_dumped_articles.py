"""Articles as files, and the same files as articles."""

from datetime import date

import pytest
from django.db import transaction

from evidence.ingest.articles import read_articles
from evidence.ingest.dumped_articles import article_problems, article_text
from tests.factories import make_article, make_finding

pytestmark = pytest.mark.django_db

FIELDS = ("title", "summary", "author", "updated_on")
AWKWARD = 'A "quoted" \\ back, µ – ’ [so](#x) = +++ # not a comment'


def read_back(article, folder):
    (folder / f"{article.slug}.md").write_text(article_text(article), encoding="utf-8", newline="")
    return read_articles(folder, draft=False)[article.slug]


def test_article_is_read_back_as_it_was(tmp_path):
    make_finding()
    article = make_article(title=AWKWARD, summary=AWKWARD, author=AWKWARD)

    entry = read_back(article, tmp_path)

    for name in FIELDS:
        assert getattr(entry, name) == getattr(article, name), name
    assert (entry.compound, entry.goal) == ("melatonin", "sleep")
    assert (entry.reviewer, entry.reviewed_on) == (None, None)
    assert entry.body.strip() == article.body


def test_head_of_an_article_stands_as_a_person_writes_it():
    article = make_article(reviewer="Dr B", reviewed_on=date(2025, 3, 2))

    assert article_text(article) == (
        "+++\n"
        'title = "Melatonin for sleep: what the research says"\n'
        'summary = "It shortens the wait for sleep by some minutes."\n'
        'compound = "melatonin"\n'
        'goal = "sleep"\n'
        'author = "Stackbuilder editors"\n'
        'reviewer = "Dr B"\n'
        "reviewed_on = 2025-03-02\n"
        "updated_on = 2025-03-01\n"
        "+++\n"
        "\n"
        "# Overview\n"
        "\n"
        "By [some minutes](/compounds/melatonin/#melatonin-01).\n"
    )


@pytest.mark.parametrize("body", ["One.\r\n\r\nTwo.\r\n", "One.\r\rTwo.", "\n\nOne.\n\nTwo.\n\n"])
def test_lines_of_an_article_end_in_line_feeds(tmp_path, body):
    article = make_article(body=body)

    assert article_text(article).endswith("+++\n\nOne.\n\nTwo.\n")
    assert read_back(article, tmp_path).body.strip() == "One.\n\nTwo."


def test_text_that_looks_like_a_head_is_still_text(tmp_path):
    article = make_article(body="+++\ntitle = one\n+++\nText.")

    assert read_back(article, tmp_path).body.strip() == article.body


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1f", "\x7f", "\n", "\t"])
def test_control_character_of_a_title_is_escaped_and_named_as_a_problem(character):
    with transaction.atomic():
        article = make_article()
    article.title = f"A{character}B"

    assert character not in article_text(article).split("\n")[1]
    (problem,) = article_problems(article, "a.md")
    assert problem.field == "title"


def test_sound_article_has_no_problem():
    assert article_problems(make_article(), "a.md") == []


def test_numbers_without_a_token_are_read_back_as_they_were(tmp_path):
    make_finding()
    article = make_article(
        body="At 95 %, {{ finding:melatonin-01 n }} of them for 4 to 12 weeks.",
        numbers='95 % = the "level" of all\n4 to 12 weeks = what the label says',
    )

    entry = read_back(article, tmp_path)

    assert [(one.text, one.reason) for one in entry.numbers] == [
        ("95 %", 'the "level" of all'),
        ("4 to 12 weeks", "what the label says"),
    ]
    assert article_problems(article, "a.md") == []
