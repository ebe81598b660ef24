"""What a picture shows: letters with their verdicts, of what is public today."""

import pytest

from evidence.publication import system_user, withdraw_compounds
from stackbuilder.machines.picture_facts import GOALS_SHOWN, article_picture, compound_picture
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    publish_all,
)

pytestmark = pytest.mark.django_db


def many_goals(count):
    for number in range(count):
        goal = make_goal(f"goal-{number:02}", position=number)
        make_finding(outcome=make_outcome(f"outcome-{number}", goal=goal))


def test_compound_shows_each_goal_with_letter_and_verdict():
    make_finding()
    publish_all()

    picture = compound_picture("melatonin", 1)

    profile = make_compound().profiles.get()
    (line,) = picture.lines
    assert (picture.title, picture.kicker, picture.version) == ("Melatonin", "Hormone", 1)
    assert (line.goal, line.letter, line.verdict) == ("Sleep", profile.letter, profile.verdict)


def test_compound_shows_the_first_goals_and_counts_the_others():
    many_goals(GOALS_SHOWN + 3)
    publish_all()

    picture = compound_picture("melatonin", 1)

    assert [line.goal for line in picture.lines] == [f"Goal {n:02}" for n in range(GOALS_SHOWN)]
    assert picture.more == 3


@pytest.mark.parametrize("goals", [1, 12])
def test_compound_costs_two_queries_for_any_number(goals, django_assert_num_queries):
    many_goals(goals)
    publish_all()

    with django_assert_num_queries(2):
        compound_picture("melatonin", 1)


def test_article_shows_its_profile_as_letter_verdict_and_bar(django_assert_num_queries):
    make_finding()
    make_article()
    publish_all()

    with django_assert_num_queries(2):
        picture = article_picture("melatonin-for-sleep", 1)

    profile = make_compound().profiles.get()
    assert picture.title == "Melatonin for sleep: what the research says"
    assert [(line.letter, line.verdict) for line in picture.lines] == [
        (profile.letter, profile.verdict)
    ]
    assert picture.bar.mean == profile.mean


def test_article_without_any_finding_shows_its_title_alone():
    make_article()
    publish_all()

    picture = article_picture("melatonin-for-sleep", 1)

    assert (picture.lines, picture.bar) == ((), None)


def test_what_is_not_public_has_no_picture():
    make_compound("secret", published=False)
    make_article("draft", published=False)
    make_article()
    publish_all()
    withdraw_compounds([make_compound()], by=system_user(), why="A test")

    assert compound_picture("secret", 1) is None
    assert compound_picture("unheard-of", 1) is None
    assert article_picture("draft", 1) is None
    # Its compound is not public any more, so neither is the article.
    assert article_picture("melatonin-for-sleep", 2) is None
