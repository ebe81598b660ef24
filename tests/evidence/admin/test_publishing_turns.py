"""One act at a time, whole or not at all."""

import pytest

from evidence import publication
from evidence.admin import publishing
from evidence.models import EvidenceVersion, Finding, Outcome, OutcomeMid, Profile
from tests.factories import make_finding, make_goal, make_outcome, publish_all


@pytest.fixture
def broken_synthesis(monkeypatch):
    """Return a function that breaks the synthesis from now on."""

    def fail(facts):
        raise ArithmeticError("the synthesis failed")

    return lambda: monkeypatch.setattr(publication, "synthesise", fail)


def everything():
    """Return all that a write of evidence may leave behind, row by row."""
    models = (Finding, Finding.history.model, Profile, EvidenceVersion, Outcome, OutcomeMid)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.django_db(transaction=True)
def test_change_whose_synthesis_fails_leaves_nothing(finding, change, broken_synthesis, alone):
    before = everything()
    broken_synthesis()

    with pytest.raises(ArithmeticError):
        change(finding, estimate="-5", why="Misread")

    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_mid_whose_synthesis_fails_leaves_nothing(finding, change, broken_synthesis):
    before = everything()
    broken_synthesis()

    with pytest.raises(ArithmeticError):
        change(finding.outcome, name="Sleep latency", **{"mids-0-value": "-5"})

    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_deletion_whose_synthesis_fails_leaves_nothing(finding, delete, broken_synthesis):
    make_finding()
    publish_all()
    before = everything()
    broken_synthesis()

    with pytest.raises(ArithmeticError):
        delete(finding)

    assert everything() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["delete_selected", "publish", "withdraw"])
def test_action_whose_synthesis_fails_leaves_nothing(name, finding, act, broken_synthesis):
    public, draft = make_finding(), make_finding(published=False)
    publish_all()
    before = everything()
    broken_synthesis()

    with pytest.raises(ArithmeticError):
        act(name, public, draft, why="Because")

    assert everything() == before


def test_row_is_read_after_the_turn_has_come(finding, change, monkeypatch, alone):
    """While Alice waits, Bob moves the finding to another goal and publishes that."""
    stress = make_outcome("perceived-stress", goal=make_goal("stress-anxiety"), unit="points")

    def wait():
        publication.wait_for_turn()
        if not Finding.objects.filter(outcome=stress).exists():
            Finding.objects.update(outcome=stress)
            publish_all(why="Bob's")

    monkeypatch.setattr(publishing, "wait_for_turn", wait)

    change(finding, estimate="-9", why="Misread")

    newest = {profile.goal.slug: profile for profile in Profile.objects.newest()}
    assert {goal: row.n_findings for goal, row in newest.items()} == {
        "sleep": 0,
        "stress-anxiety": 1,
    }
    assert Finding.objects.get().estimate == -9
    assert publish_all().profiles == []
