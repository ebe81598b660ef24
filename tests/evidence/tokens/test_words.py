"""What each token prints of its row."""

import pytest

from evidence.models import Profile
from evidence.tokens.syntax import PARTS, read_token
from evidence.tokens.words import words_of
from tests.factories import make_finding, publish_all

pytestmark = pytest.mark.django_db
NOTHING = {"measure": "", "estimate": None, "ci_low": None, "ci_high": None, "unit": ""}


def of_finding(part, **changes):
    return words_of(read_token(f"finding:melatonin-01 {part}".strip()), make_finding(**changes))


@pytest.mark.parametrize(
    "part, words",
    [
        ("", "MD −7.06 min (95 % CI −9.75 to −4.37), p 0.001, n 1,683"),
        ("estimate", "MD −7.06 min"),
        ("value", "−7.06 min"),
        ("size", "7.06 min"),
        ("ci", "95 % CI −9.75 to −4.37"),
        ("p", "p 0.001"),
        ("n", "1,683"),
        ("k", "19"),
        ("year", "2013"),
        ("study", "Meta-analysis, PLoS One 2013"),
        ("dose", "2 mg"),
        ("duration", "4 weeks"),
        ("population", "adults and children with primary sleep disorders"),
        ("note", "Read in full."),
    ],
)
def test_part_of_a_finding_is_printed(part, words):
    row = {"p": 0.001, "dose": "2 mg", "duration": "4 weeks", "note": "Read in full."}

    assert of_finding(part, **row) == words


@pytest.mark.parametrize("part", ["phrase", "estimate", "value", "size", "ci"])
def test_finding_without_a_figure_prints_none(part):
    assert of_finding(part, **NOTHING) is None


@pytest.mark.parametrize("part", ["p", "dose", "duration", "note"])
def test_part_that_is_not_recorded_prints_nothing(part):
    assert of_finding(part) is None


def test_ratio_has_no_size():
    ratio = {"measure": "HR", "estimate": 0.97, "ci_low": 0.76, "ci_high": 1.24, "unit": ""}

    assert of_finding("size", **ratio) is None
    assert of_finding("", key="other", **ratio) == "HR 0.97 (95 % CI 0.76 to 1.24), n 1,683"


def test_phrase_leaves_out_what_is_not_recorded():
    assert of_finding("", n_participants=None) == "MD −7.06 min (95 % CI −9.75 to −4.37)"


@pytest.fixture
def profile():
    make_finding()
    publish_all()
    return Profile.objects.get()


@pytest.mark.parametrize(
    "part, words",
    [
        ("letter", "D, no benefit that matters"),
        ("statement", "Melatonin may result in little or no effect on Sleep."),
        ("certainty", "low"),
    ],
)
def test_part_of_a_profile_is_printed(part, words, profile):
    assert words_of(read_token(f"profile:melatonin/sleep {part}"), profile) == words


def test_figures_of_a_profile_are_those_of_its_section(profile, client):
    page = client.get("/compounds/melatonin/").content.decode()

    for part in ("estimate", "dependable", "matters", "harm"):
        assert (
            f"<dd>{words_of(read_token(f'profile:melatonin/sleep {part}'), profile)}</dd>" in page
        )


def test_profile_without_figures_prints_its_verdict_alone():
    make_finding(**NOTHING, result="benefit")
    publish_all()
    row = Profile.objects.get()

    said = {part: words_of(read_token(f"profile:a/b {part}"), row) for part in PARTS["profile"]}

    assert said.pop("letter") == row.verdict
    assert set(said.values()) == {None}
