"""The tables that rankings are made from: read once for each evidence version."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from evidence.models import Compound, Finding, Profile
from evidence.publication import publish_compounds, system_user, withdraw_compounds
from stackbuilder import candidates
from stackbuilder.candidates import CautionCard, forget, snapshot, snapshot_at
from tests.factories import (
    PUBLISHED_AT,
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_outcome,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db

DRAFT = {"published_at": None, "published_by": None}


@pytest.fixture
def evidence():
    """Melatonin has a figure for sleep, valerian was only tried in mice, zinc has nothing."""
    make_goal("mood", position=1)
    make_finding()
    mice = make_study("pmid:7", design="animal")
    make_finding(compound=make_compound("valerian"), study=mice)
    make_compound("zinc")
    publish_all()


def slugs(tables):
    return [card.slug for card in tables.compounds]


def test_snapshot_holds_public_compounds_and_all_goals(evidence):
    make_compound("secret", published=False)

    tables = snapshot()

    assert tables.version == 1
    assert slugs(tables) == ["melatonin", "valerian", "zinc"]
    assert [goal.slug for goal in tables.goals] == ["sleep", "mood"]


def test_snapshot_holds_the_stored_figures(evidence):
    profile = Profile.objects.get(compound__slug="melatonin")

    table = snapshot().table

    assert (table.mean[0, 0], table.sd[0, 0]) == (profile.mean, profile.sd)
    assert table.is_counted.tolist() == [[True, False], [False, False], [False, False]]
    assert table.has_findings.tolist() == [[True, False], [True, False], [False, False]]


def test_snapshot_tells_the_untested_from_what_gave_no_figure(evidence):
    tables = snapshot()

    assert tables.verdicts[0, 0] == ("D", "no benefit that matters")
    assert tables.verdicts[1, 0] == ("–", "no placebo-controlled evidence")
    assert (2, 0) not in tables.verdicts


def test_snapshot_knows_the_dependable_benefit_where_there_is_one(evidence):
    tables = snapshot()

    profile = Profile.objects.get(compound__slug="melatonin")
    assert tables.dependable(0, 0) == pytest.approx(profile.dependable)
    assert tables.dependable(1, 0) is None
    assert tables.dependable(2, 1) is None


def test_snapshot_of_a_pair_that_lost_its_findings_forgets_it(evidence):
    Compound.objects.get(slug="melatonin").findings.all().delete()
    publish_all()

    tables = snapshot()

    assert not tables.table.has_findings[0].any()
    assert (0, 0) not in tables.verdicts


def test_snapshot_holds_cautions_in_their_order(evidence):
    melatonin = make_compound("melatonin")
    make_caution(melatonin, condition=None, other_condition="night driving", position=2)
    make_caution(melatonin, level="caution", position=1)

    card = snapshot().compounds[0]

    assert card.cautions == (
        CautionCard("epilepsy", "Epilepsy", "caution"),
        CautionCard("", "night driving", "avoid"),
    )


def test_snapshot_of_an_empty_site_is_empty():
    tables = snapshot()

    assert (tables.version, tables.goals, tables.compounds) == (0, (), ())


def test_snapshot_is_kept_while_the_evidence_stands(evidence, django_assert_num_queries):
    first = snapshot()

    with django_assert_num_queries(1):
        again = snapshot()

    assert again is first


def test_snapshot_of_a_known_version_asks_nothing(evidence, django_assert_num_queries):
    first = snapshot()

    with django_assert_num_queries(0):
        again = snapshot(1)

    assert again is first


def test_snapshot_is_read_anew_in_four_queries_when_the_version_moved(
    evidence, django_assert_num_queries
):
    first = snapshot()
    make_finding(compound=make_compound("zinc"))
    version = publish_all().version.number

    with django_assert_num_queries(4):
        second = snapshot(version)

    assert second is not first
    assert second.version == 2
    assert second.table.is_counted[:, 0].tolist() == [True, False, True]


@pytest.mark.parametrize(
    "act, expected",
    [(publish_compounds, ["melatonin", "secret"]), (withdraw_compounds, ["secret"])],
)
def test_snapshot_follows_compounds_that_come_and_go(act, expected):
    make_finding()
    secret = make_compound("secret", published=act is withdraw_compounds)
    publish_all()
    snapshot()
    chosen = secret if act is publish_compounds else make_compound("melatonin")

    act([chosen], by=system_user(), why="A test")

    assert slugs(snapshot()) == expected


def test_snapshot_is_read_once_however_many_ask_at_the_same_time(monkeypatch):
    loaded = []

    def load(version):
        sleep(0.05)  # long enough for the others to arrive
        loaded.append(version)
        return candidates.Snapshot(version, (), (), None, {}, {})

    monkeypatch.setattr(candidates, "_load", load)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(snapshot, [7] * 8))

    assert loaded == [7]
    assert all(one is found[0] for one in found)


def test_forget_drops_what_was_kept(evidence):
    first = snapshot()

    forget()

    assert snapshot() is not first


def test_ranking_is_made_once_for_the_same_weights(evidence):
    make_finding("melatonin-mood", outcome=make_outcome("mood-score", goal=make_goal("mood")))
    publish_all()
    tables = snapshot()

    one = tables.ranked({"sleep": 2, "mood": 1})
    same = tables.ranked({"mood": 1, "sleep": 2})
    other = tables.ranked({"sleep": 1, "mood": 1})

    assert same is one
    assert other is not one
    assert one[0].slugs == ("melatonin",)


def test_ranking_goes_when_the_evidence_moves(evidence):
    before, _, _ = snapshot().ranked({"sleep": 1})
    make_finding(compound=make_compound("zinc"), estimate=-30, ci_low=-34, ci_high=-26)
    publish_all()

    after, _, _ = snapshot().ranked({"sleep": 1})

    assert before.slugs == ("melatonin",)
    assert after.slugs == ("zinc", "melatonin")


@pytest.fixture
def change_between_queries(monkeypatch):
    """Let another process publish or withdraw valerian after the compounds were read."""

    def change(**values):
        read_cards = candidates._compound_cards

        def read_and_change():
            cards = read_cards()
            Compound.objects.filter(slug="valerian").update(**values)
            return cards

        monkeypatch.setattr(candidates, "_compound_cards", read_and_change)

    return change


def test_snapshot_survives_a_compound_that_goes_between_its_queries(
    evidence, change_between_queries
):
    change_between_queries(**DRAFT)

    tables = snapshot()

    assert slugs(tables) == ["melatonin", "valerian", "zinc"]
    assert tables.table.has_findings[:, 0].tolist() == [True, False, False]
    assert tables.ranked({"sleep": 1})[0].slugs == ("melatonin",)


def test_snapshot_survives_a_compound_that_comes_between_its_queries(
    evidence, change_between_queries
):
    Compound.objects.filter(slug="valerian").update(**DRAFT)
    change_between_queries(published_at=PUBLISHED_AT, published_by=system_user())

    tables = snapshot()

    assert slugs(tables) == ["melatonin", "zinc"]
    assert tables.table.has_findings[:, 0].tolist() == [True, False]
    assert tables.ranked({"sleep": 1})[0].slugs == ("melatonin",)


def test_tables_of_an_older_version_hold_its_figures(evidence):
    first = snapshot()
    finding = Finding.objects.get(key="melatonin-01")
    finding.estimate, finding.ci_low, finding.ci_high = -18, -20, -16
    finding.save()
    newest = publish_all().version.number

    pinned, now = snapshot_at(first.version, newest), snapshot_at(newest, newest)

    assert pinned.version == first.version
    assert pinned.dependable(0, 0) == first.dependable(0, 0)
    assert now.dependable(0, 0) != first.dependable(0, 0)


def test_tables_of_an_older_version_leave_out_who_was_withdrawn_since(evidence):
    first = snapshot()
    newest = withdraw_compounds([make_compound()], by=system_user(), why="A test").version.number

    pinned = snapshot_at(first.version, newest)

    assert "melatonin" not in pinned.row_of


def test_tables_of_an_older_version_are_read_once(evidence, django_assert_num_queries):
    first = snapshot().version
    newest = publish_all().version.number
    one = snapshot_at(first, newest)

    with django_assert_num_queries(0):
        assert snapshot_at(first, newest) is one


def test_tables_know_the_certainty_of_what_they_count(evidence):
    tables = snapshot()

    assert tables.certainties[tables.row_of["melatonin"], tables.column_of["sleep"]] == "low"
