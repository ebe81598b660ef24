"""Goals and outcomes say what they hold; a MID that cannot be is refused."""

import pytest

from evidence.models import EvidenceVersion, UnitSynonym
from tests.admin_pages import address
from tests.factories import make_finding, make_mid, make_outcome


def test_lists_say_what_belongs_to_each_row(admin, db):
    outcome = make_outcome()
    make_mid(outcome, unit="SMD", value=-0.3)

    goals = admin.get(address(outcome.goal, "changelist")).content.decode()
    outcomes = admin.get(address(outcome, "changelist")).content.decode()

    assert "Sleep onset latency" in goals
    assert "-20 min, -0.3 SMD" in outcomes


@pytest.mark.parametrize(
    "values, message",
    [
        ({"value": "0"}, "A difference of zero cannot be the smallest that matters."),
        ({"unit": ""}, "A ratio has no unit; every other MID has one."),
        ({"is_ratio": "on"}, "A ratio has no unit; every other MID has one."),
        (
            {"is_ratio": "on", "unit": "", "value": "1"},
            "A ratio must be above 0 and differ from 1.",
        ),
    ],
)
def test_impossible_mid_is_refused(values, message, change, db):
    outcome = make_outcome()

    response = change(outcome, **{f"mids-0-{name}": value for name, value in values.items()})

    formset = response.context["inline_admin_formsets"][0].formset
    assert message in formset.forms[0].non_field_errors()
    assert outcome.mids.get().value == -20
    assert not EvidenceVersion.objects.exists()


def test_goal_with_outcomes_stays(delete, db):
    outcome = make_outcome()

    response = delete(outcome.goal)

    assert "protected" in response.content.decode()
    assert outcome.goal.outcomes.exists()


def test_outcome_with_findings_stays(delete, db):
    finding = make_finding()

    response = delete(finding.outcome)

    assert "protected" in response.content.decode()
    assert not EvidenceVersion.objects.exists()


def test_synonym_of_a_unit_opens_no_version(add, alice):
    add(UnitSynonym, printed="minutes", stored="min")

    synonym = UnitSynonym.objects.get()
    assert synonym.history.get().history_user == alice
    assert not EvidenceVersion.objects.exists()
