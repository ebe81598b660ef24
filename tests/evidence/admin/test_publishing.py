"""Every act of a curator ends in one evidence version, in the transaction of its write."""

import pytest

from evidence import publication
from evidence.admin import publishing
from evidence.models import Caution, EvidenceVersion, Finding, Goal, Profile, Study
from evidence.publication import publish_change
from tests.admin_pages import address
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_outcome,
    publish_all,
)


@pytest.fixture
def resynthesised(monkeypatch):
    """Collect the pairs that each act re-synthesises."""
    asked = []

    def collect(*, pairs=(), **values):
        asked.append(set(pairs))
        return publish_change(pairs=pairs, **values)

    monkeypatch.setattr(publishing, "publish_change", collect)
    return asked


def pair_of(finding):
    return finding.compound_id, finding.outcome.goal_id


def test_estimate_of_a_published_finding_changed(finding, change, alice, latest, alone):
    before = Profile.objects.get()

    response = change(finding, estimate="-18.5", ci_low="-22", why="Misread")

    after = Profile.objects.newest().get()
    version = latest()
    record, earlier = finding.history.all()[:2]
    assert response.status_code == 302
    assert after.pk != before.pk
    assert after.mean > before.mean
    assert after.version == version
    assert (version.number, version.by) == (2, alice)
    assert version.why == "Changed estimate, lower bound: Finding melatonin-01. Misread"
    assert (record.history_user, record.history_type) == (alice, "~")
    assert (earlier.estimate, record.estimate) == (-7.06, -18.5)


def test_finding_moved_to_the_outcome_of_another_goal(finding, change, alone):
    stress = make_outcome("perceived-stress", goal=make_goal("stress-anxiety"), unit="points")

    change(finding, outcome=stress.pk, why="The wrong outcome")

    newest = {profile.goal.slug: profile for profile in Profile.objects.newest()}
    assert {goal: row.n_findings for goal, row in newest.items()} == {
        "sleep": 0,
        "stress-anxiety": 1,
    }
    assert {row.version_id for row in newest.values()} == {2}
    assert publish_all().profiles == []


def test_mid_changed_beside_its_outcome(finding, change, latest):
    outcome, mid = finding.outcome, finding.outcome.mids.get()

    change(outcome, **{"mids-0-value": "-5"})

    mid.refresh_from_db()
    assert mid.value == -5
    assert Profile.objects.newest().get().version == latest()
    assert latest().why == ("Outcome Sleep onset latency changed: minimal important differences")
    assert publish_all().profiles == []


def test_mid_added_and_deleted_beside_its_outcome(finding, change, latest):
    outcome, mid = finding.outcome, finding.outcome.mids.get()
    added = {
        "mids-TOTAL_FORMS": 2,
        "mids-1-unit": "SMD",
        "mids-1-value": "-0.3",
        "mids-1-basis": "published-MID",
        "mids-1-position": "1",
    }

    change(outcome, **added, **{"mids-0-DELETE": "on"})

    assert list(outcome.mids.values_list("unit", flat=True)) == ["SMD"]
    assert mid.history.filter(history_type="-").exists()
    assert latest().number == 2
    assert Profile.objects.newest().get().mean is None


def test_mid_changed_in_its_own_list(finding, change, latest):
    change(finding.outcome.mids.get(), value="-5")

    assert Profile.objects.newest().get().version == latest()
    assert latest().why == (
        "Minimal important difference of Sleep onset latency (-5 min) changed: value"
    )


def test_mid_moved_to_another_outcome_touches_both(finding, change, resynthesised):
    other = make_finding(
        compound=make_compound("valerian"),
        outcome=make_outcome("sleep-quality", goal=make_goal("mood"), unit="points"),
    )
    publish_all()

    change(finding.outcome.mids.get(), outcome=other.outcome.pk)

    assert resynthesised == [{pair_of(finding), pair_of(other)}]
    assert publish_all().profiles == []


def test_outcome_turned_into_a_marker(finding, change, latest):
    before = Profile.objects.get()

    change(finding.outcome, kind="surrogate")

    after = Profile.objects.newest().get()
    assert after.version == latest()
    assert (before.is_only_markers, after.is_only_markers) == (False, True)


def test_goal_renamed(finding, change, latest, resynthesised):
    change(finding.outcome.goal, name="Better sleep")

    assert resynthesised == [{pair_of(finding)}]
    assert latest().why == "Goal Better sleep changed: name"
    assert Profile.objects.count() == 1


def test_caution_added_in_its_own_list(finding, add, alice, latest):
    condition = make_condition()
    values = {"condition": condition.pk, "level": "avoid", "reason": "May raise the risk"}

    add(Caution, compound=finding.compound.pk, **values)

    caution = Caution.objects.get()
    assert latest().why == "Caution of Melatonin (Epilepsy: avoid) added"
    assert Profile.objects.filter(version=latest()).count() == 0
    assert caution.history.get().history_user == alice


def test_caution_added_beside_its_compound(finding, change, alice, latest):
    row = {
        "cautions-TOTAL_FORMS": 1,
        "cautions-0-condition": make_condition().pk,
        "cautions-0-level": "avoid",
        "cautions-0-reason": "May raise the risk of seizures",
        "cautions-0-source_quality": "untraced",
        "cautions-0-position": "0",
    }

    change(finding.compound, **row)

    assert latest().why == "Compound Melatonin changed: cautions"
    assert (latest().number, Profile.objects.count()) == (2, 1)
    assert Caution.objects.get().history.get().history_user == alice
    assert finding.compound.history.count() == 1


def test_caution_of_a_draft_opens_no_version(db, change):
    caution = make_caution(make_compound("tesofensine", published=False))

    change(caution, level="contraindicated")

    caution.refresh_from_db()
    assert caution.level == "contraindicated"
    assert not EvidenceVersion.objects.exists()


def test_draft_finding_opens_no_version(finding, change):
    draft = make_finding(published=False)

    change(draft, estimate="-9")

    draft.refresh_from_db()
    assert draft.estimate == -9
    assert (EvidenceVersion.objects.count(), Profile.objects.count()) == (1, 1)


def test_finding_added_is_a_draft(finding, add):
    values = {
        "key": "melatonin-02",
        "compound": finding.compound.pk,
        "outcome": finding.outcome.pk,
        "study": finding.study.pk,
        "comparator": "placebo",
        "result": "benefit",
    }

    add(Finding, **values)

    assert Finding.objects.get(key="melatonin-02").state == "draft"
    assert EvidenceVersion.objects.count() == 1


def test_why_fits_its_column(finding, change, latest):
    change(finding.study, title="Melatonin " * 50, population="older adults " * 20)

    assert len(latest().why) <= publishing.LONGEST_WHY
    assert len(publishing.shortened("melatonin " * 100)) <= publishing.LONGEST_WHY


def test_past_row_shows_what_it_was(finding, change, admin, alone):
    change(finding, estimate="-9", why="Misread")
    past = finding.history.last()

    listed = admin.get(address(finding, "history", finding.pk)).content.decode()
    shown = admin.get(address(finding, "simple_history", finding.pk, past.pk)).content.decode()

    assert "−7.06 → −9" in listed
    assert "alice" in listed
    assert "-7.06" in shown


def test_draft_has_no_link_to_its_page(finding, admin):
    draft = make_finding(published=False)
    public_page = admin.get(address(finding, "change", finding.pk))

    draft_page = admin.get(address(draft, "change", draft.pk))

    assert public_page.context["has_absolute_url"]
    assert not draft_page.context["has_absolute_url"]


def test_loader_is_nobody_who_can_log_in(client, db):
    loader = publication.system_user()

    response = client.post("/admin/login/", {"username": loader.username, "password": "!"})

    assert "_auth_user_id" not in client.session
    assert not loader.is_active
    assert not loader.has_usable_password()
    assert response.context["form"].errors


@pytest.mark.parametrize("model", [Goal, Study])
def test_row_added_is_public_at_once(model, add, latest, alice):
    values = {
        Goal: {"name": "Sleep", "slug": "sleep"},
        Study: {"key": "pmid:1", "title": "A trial", "design": "rct"},
    }

    add(model, **values[model])

    assert model.objects.count() == 1
    assert latest().by == alice
