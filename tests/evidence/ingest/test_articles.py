"""Files of articles: what may stand in them, and that every problem is named at once."""

from datetime import date

import pytest

from evidence.cited_figures import changed_articles
from evidence.ingest.articles import load_articles, read_articles
from evidence.ingest.folder import InvalidEvidence
from evidence.models import Article
from tests.curators import edit
from tests.factories import make_compound, make_finding, make_goal

pytestmark = pytest.mark.django_db

HEAD = {
    "title": '"Melatonin for Sleep: what the research says"',
    "summary": '"It shortens the wait for sleep."',
    "compound": '"melatonin"',
    "goal": '"sleep"',
    "author": '"Stackbuilder editors"',
    "updated_on": "2025-03-01",
}
BODY = "\n# Overview\n\nBy [some minutes](/compounds/melatonin/#melatonin-01).\n"


def head(**changes):
    """Return a head with some values replaced; None leaves a key out."""
    values = {**HEAD, **changes}
    return "".join(f"{key} = {value}\n" for key, value in values.items() if value is not None)


@pytest.fixture
def write(tmp_path):
    """Write a file; return the folder."""

    def write(name="melatonin-for-sleep.md", *, body=BODY, content=None, **changes):
        text = f"+++\n{head(**changes)}+++\n{body}" if content is None else content
        path = tmp_path / name
        path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text)
        return tmp_path

    return write


@pytest.fixture
def finding():
    """What the text cites."""
    return make_finding()


def problems_in(folder, *, draft=False):
    with pytest.raises(InvalidEvidence) as refusal:
        read_articles(folder, draft=draft)
    return [str(problem) for problem in refusal.value.problems]


def test_file_becomes_an_article(write, finding):
    articles = read_articles(write(), draft=False)

    article = articles["melatonin-for-sleep"]
    assert article.title == "Melatonin for Sleep: what the research says"
    assert (article.compound, article.goal) == ("melatonin", "sleep")
    assert (article.reviewer, article.reviewed_on) == (None, None)
    assert article.updated_on == date(2025, 3, 1)
    assert article.body == BODY


def test_file_names_its_reviewer(write, finding):
    folder = write(reviewer='"Dr Ada Example"', reviewed_on="2025-03-02")

    article = read_articles(folder, draft=False)["melatonin-for-sleep"]

    assert (article.reviewer, article.reviewed_on) == ("Dr Ada Example", date(2025, 3, 2))


def test_file_with_windows_line_ends_is_read_alike(write, finding):
    folder = write(content=f"+++\n{head()}+++\n{BODY}".replace("\n", "\r\n").encode())

    assert read_articles(folder, draft=False)["melatonin-for-sleep"].body == BODY


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"title": None}, "title: Is missing."),
        ({"title": '""'}, "title: Must not be blank, got ''."),
        ({"title": "3"}, "title: Must be text, got 3."),
        ({"summary": f'"{"a" * 301}"'}, "summary: Must be at most 300 characters long"),
        ({"compound": '"Melatonin"'}, "compound: Must be small letters and digits"),
        ({"compound": '"valerian"'}, "compound: There is no compound called valerian."),
        ({"goal": '"nothing"'}, "goal: There is no goal called nothing."),
        ({"author": None}, "author: Is missing."),
        (
            {"updated_on": '"1 March"'},
            "updated_on: Must be a day such as 2026-11-22, got '1 March'.",
        ),
        ({"updated_on": "2025-03-01T09:00:00"}, "updated_on: Must be a day such as 2026-11-22"),
        ({"reviewer": '"Ada"'}, "reviewed_on: Must be given with the reviewer."),
        ({"reviewed_on": "2025-03-02"}, "reviewer: Must be given with the day of the review."),
        ({"published": "true"}, "published: Is not a key of the format."),
        ({"slug": '"other"'}, "slug: Is not a key of the head."),
        ({"body": f'"{"text"}"'}, "body: Is"),
        ({"title": '"a\\u200bb"'}, "title: Holds the invisible character U+200B"),
    ],
)
def test_head_with_a_slip_is_named(changes, problem, write, finding):
    text = changes.pop("body", None)
    folder = write(content=f"+++\nbody = {text}\n{head()}+++\n{BODY}") if text else write(**changes)

    (found,) = problems_in(folder)

    assert found.startswith(f"melatonin-for-sleep.md: {problem}")


@pytest.mark.parametrize(
    "body, problem",
    [
        ("", "body: Must not be blank"),
        (" \n\n", "body: Must not be blank"),
        ("a\u202eb", "body: Holds the invisible character U+202E"),
        ("a\u2028b", "body: Holds the invisible character U+2028"),
        ("a" * 60_001, "body: Must be at most 60000 characters long"),
    ],
)
def test_text_with_a_slip_is_named(body, problem, write, finding):
    (found,) = problems_in(write(body=body))

    assert found.startswith(f"melatonin-for-sleep.md: {problem}")


def test_text_may_hold_tabs(write, finding):
    assert read_articles(write(body="- a\n\t- b\n"), draft=False)


@pytest.mark.parametrize(
    "content, problem",
    [
        ("# No head\n", "Must begin with a head between +++ lines."),
        ("+++\ntitle = 1\n", "Must begin with a head between +++ lines."),
        ("\n+++\n+++\n", "Must begin with a head between +++ lines."),
        ("", "Must begin with a head between +++ lines."),
        (b"+++\n\xff\n+++\n", "Is not UTF-8 (byte 4)."),
        ("+++\ntitle = no quotes\n+++\n", "Its head is not valid TOML: Invalid value (at line 2,"),
        ("+++\n\n\na = 1\na = 2\n+++\n", "Its head is not valid TOML: Cannot overwrite a value"),
        (f"+++\na = {'[' * 5000}\n+++\n", "Its head is not valid TOML: "),
    ],
)
def test_file_that_is_no_article_is_named(content, problem, write):
    (found,) = problems_in(write(content=content))

    assert found.startswith(f"melatonin-for-sleep.md: {problem}")


@pytest.mark.parametrize("name", ["Melatonin for sleep.md", "a--b.md", f"{'a' * 61}.md"])
def test_name_of_a_file_is_its_address(name, write, finding):
    (found,) = problems_in(write(name))

    assert found.startswith(f"{name}: slug: ")


def test_citation_of_nothing_is_named_with_its_line_in_the_file(write, finding):
    body = "\nFirst.\n\nBy [so](/compounds/melatonin/#melatonin-99)\nand [so](/compounds/x/).\n"

    assert problems_in(write(body=body)) == [
        "melatonin-for-sleep.md: line 12: Cites the finding melatonin-99, which is not there.",
        "melatonin-for-sleep.md: line 13: Links to the compound x, which is not there.",
    ]


def test_citation_of_a_draft_is_a_problem_only_in_public(write):
    make_finding(published=False)
    folder = write()

    (found,) = problems_in(folder)
    drafts = read_articles(folder, draft=True)

    assert found.endswith("line 12: Cites the finding melatonin-01, which is not there.")
    assert set(drafts) == {"melatonin-for-sleep"}


def test_all_problems_of_all_files_are_named_at_once(write, finding):
    write("first.md", title=None, goal='"nothing"')
    write("second.md", content="no head")
    folder = write("third.md", body="[x](/compounds/y/)", compound='"z"')

    found = problems_in(folder)

    assert [problem.partition(": ")[0] for problem in found] == [
        "first.md",
        "second.md",
        "third.md",
        "third.md",
    ]


def test_folder_without_an_article_is_a_problem(tmp_path):
    assert problems_in(tmp_path) == [f"{tmp_path}: Holds no article (*.md)."]


def test_folder_that_is_not_there_is_a_problem(tmp_path):
    assert problems_in(tmp_path / "nowhere")


def test_article_about_a_draft_compound_can_wait_as_a_draft(write):
    make_compound("melatonin", published=False)
    make_goal()

    assert read_articles(write(body="Nothing cited."), draft=True)


def load(folder, *, draft=False):
    return load_articles(read_articles(folder, draft=draft), draft=draft, overwrite=False)


def test_load_keeps_what_the_cited_findings_say(write, finding):
    load(write())

    assert list(Article.objects.get().figures_at_review) == ["melatonin-01"]
    assert changed_articles() == []


def test_load_that_changes_nothing_hides_no_changed_figure(write, finding):
    folder = write()
    load(folder)
    edit(finding, by=None, estimate=-8.0)

    load(folder)

    assert [keys for _, keys in changed_articles()] == [["melatonin-01"]]


def test_load_of_a_new_text_keeps_the_figures_of_today(write, finding):
    load(write())
    edit(finding, by=None, estimate=-8.0)

    load(write(body=BODY.replace("some", "eight")))

    assert changed_articles() == []


def test_draft_has_no_figures_yet(write, finding):
    load(write(), draft=True)

    assert Article.objects.get().figures_at_review == {}


TOKENS = "\nBy {{ finding:melatonin-01 size }}, in words 95 %.\n"
ALLOWED = '[{ text = "95 %", reason = "the level of all intervals" }]'


def test_file_lists_the_numbers_that_need_no_token(write, finding):
    load(write(body=TOKENS, numbers=ALLOWED))

    assert Article.objects.get().numbers == "95 % = the level of all intervals"


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({}, "line 10: Holds the number 95: bind it to a finding"),
        ({"numbers": '[{ text = "95 %" }]'}, "numbers.0.reason: Is missing."),
        ({"numbers": ALLOWED.replace("95 %", "95")}, "numbers: Allows 95: must hold a number and"),
        ({"numbers": ALLOWED.replace("the level of all intervals", "so")}, "numbers: Allows 95 %"),
        ({"numbers": ALLOWED, "title": '"In 3 days"'}, "The title holds the number 3, which"),
        ({"numbers": ALLOWED, "body": "\nWords.\n"}, "Allows 95 %, which stands nowhere in the"),
    ],
)
def test_number_that_no_finding_keeps_is_a_problem(changes, problem, write, finding):
    found = problems_in(write(**{"body": TOKENS, **changes}))

    assert any(problem in one.replace("numbers[0]", "numbers.0") for one in found), found


@pytest.mark.parametrize(
    "token, problem",
    [
        ("{{ finding:melatonin-99 }}", "line 10: Cites the finding melatonin-99, which is not"),
        ("{{ finding:melatonin-01 p }}", "line 10: The finding melatonin-01 has no p that"),
        ("{{ profile:melatonin/mood }}", "line 10: Cites the profile melatonin/mood, which is"),
    ],
)
def test_token_that_prints_nothing_is_named_with_its_line(token, problem, write, finding):
    (found,) = problems_in(write(body=f"\n{token}\n"))

    assert problem in found
