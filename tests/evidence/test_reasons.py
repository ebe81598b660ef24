"""What a profile rests on, read back from its stored values."""

import pytest

from evidence.charts import FOREST_AXES
from evidence.models import Finding, Profile, Study
from evidence.reasons import reasons_of
from tests.factories import make_finding, make_goal, make_outcome, make_study, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """A review's finding: 7 minutes sooner asleep."""
    return make_finding("melatonin-01")


@pytest.fixture
def trial():
    """Two findings of one trial: asleep for longer, and better."""
    study = make_study("pmid:7", title="A trial", design="rct")
    duration = make_outcome("sleep-duration", mid=30, better="higher")
    quality = make_outcome("sleep-quality", mid=-4, unit="points")
    return [
        make_finding(
            "melatonin-02", study=study, outcome=duration, estimate=9, ci_low=3, ci_high=15
        ),
        make_finding(
            "melatonin-03",
            study=study,
            outcome=quality,
            unit="points",
            estimate=-1,
            ci_low=-2,
            ci_high=-0.5,
        ),
    ]


def reasons():
    """Publish what was made and return the reasons of the only profile."""
    publish_all()
    (found,) = reasons_of(Profile.objects.current()).values()
    return found


def test_reasons_name_each_study_once_with_its_findings(review, trial):
    clusters = reasons().clusters

    assert [cluster.key for cluster in clusters] == ["pmid:23691095", "pmid:7"]
    assert [cluster.study for cluster in clusters] == [review.study, trial[0].study]
    assert [[line.finding for line in cluster.lines] for cluster in clusters] == [[review], trial]


def test_reasons_add_up_to_the_mean(review, trial):
    total = sum(cluster.values["contribution"] for cluster in reasons().clusters)

    assert total == pytest.approx(Profile.objects.get().mean)


def test_reasons_draw_each_finding_where_it_was_counted(review):
    ((line,),) = (cluster.lines for cluster in reasons().clusters)

    # -7.06 of -20 minutes; (9.75 - 4.37) / (2 · 1.959964 · 20) is its standard error.
    assert line.row.y == pytest.approx(0.353)
    assert (line.row.own_low, line.row.own_high) == pytest.approx((0.2185, 0.4875))
    assert line.row.wide_low < line.row.own_low
    assert (line.row.axis.low, line.row.axis.high) == FOREST_AXES[0]


def test_reasons_share_one_axis_that_holds_every_finding(review):
    outcome = make_outcome("sleep-duration", mid=30, better="higher")
    make_finding(
        "melatonin-02",
        study=make_study("pmid:7"),
        outcome=outcome,
        estimate=120,
        ci_low=90,
        ci_high=150,
    )

    found = reasons()

    assert (found.axis.low, found.axis.high) == FOREST_AXES[1]
    assert {line.row.axis for cluster in found.clusters for line in cluster.lines} == {found.axis}


def test_reasons_say_why_a_finding_is_not_counted(review):
    mouse = make_study("doi:10.1000/mouse", title="In mice", design="animal")
    finding = make_finding("melatonin-02", study=mouse)

    (entry,) = reasons().not_counted

    assert (entry.finding, entry.why, entry.detail) == (finding, "not in people", "")
    assert entry.other_study is None


def test_reasons_name_the_study_that_stands_in_for_another(review):
    smaller = make_study("pmid:8", title="A smaller review", n_studies=3, n_participants=90)
    make_finding("melatonin-02", study=smaller, n_participants=90, n_studies=3)

    (entry,) = reasons().not_counted

    assert entry.other_study == review.study
    assert entry.detail == ""


def test_reasons_give_the_curators_words_for_what_was_set_aside(review):
    make_finding("melatonin-02", study=make_study("pmid:9"), set_aside="Printed twice.")

    (entry,) = reasons().not_counted

    assert (entry.why, entry.detail, entry.other_study) == ("set aside", "Printed twice.", None)


def test_reasons_keep_a_deleted_finding_by_its_key(review, trial):
    publish_all()
    Finding.objects.all().delete()
    Study.objects.all().delete()

    (found,) = reasons_of(Profile.objects.current()).values()

    assert [cluster.study for cluster in found.clusters] == [None, None]
    lines = [line for cluster in found.clusters for line in cluster.lines]
    assert [(line.key, line.finding) for line in lines] == [
        ("melatonin-01", None),
        ("melatonin-02", None),
        ("melatonin-03", None),
    ]
    assert lines[0].values["y"] == pytest.approx(0.353)


def test_reasons_of_several_goals_take_one_query(review, django_assert_num_queries):
    mood = make_outcome("mood", mid=-3, unit="points", goal=make_goal("mood"))
    make_finding("melatonin-02", outcome=mood, unit="points")
    publish_all()
    profiles = list(Profile.objects.current())

    with django_assert_num_queries(1):
        found = reasons_of(profiles)

    assert set(found) == {profile.goal_id for profile in profiles}
    assert len(found) == 2
