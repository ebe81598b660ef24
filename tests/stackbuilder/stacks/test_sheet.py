"""The sheet of a stack: pinned figures, today's safety, nothing about anybody."""

import pytest

from evidence.models import Finding, RegulatoryStatus
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.links import State
from stackbuilder.stacks.sheet import Ground, impersonal, stack_sheet
from stackbuilder.visitor.screening import safety_tables
from tests.factories import make_caution, make_compound, make_interaction, publish_all
from tests.stack_factories import edit_findings, make_sleepers

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 2}, members=("valerian", "melatonin"), evidence=1)


def sheet_of(state=STATE, newest=1):
    ground = Ground(snapshot_at(state.evidence or newest, newest), safety_tables(newest))
    return stack_sheet(ground, state, "1")


@pytest.fixture(autouse=True)
def sleepers():
    """Evidence version 1."""
    assert make_sleepers() == 1


def test_impersonal_state_keeps_no_preference_but_the_region():
    personal = STATE.having(
        region="US", no_injections=True, is_tested=True, certainty="high", must=("valerian",)
    )

    assert impersonal(personal) == STATE.having(region="US")


def test_sheet_shows_the_pinned_figures_whatever_came_since():
    tables, before = snapshot(), sheet_of()
    newest = edit_findings(Finding.objects.all())

    after = sheet_of(newest=newest)

    cells = [cell for one in before.members for cell in one.cells]
    assert cells == [cell for one in after.members for cell in one.cells]
    row, column = tables.row_of["valerian"], tables.column_of["sleep"]
    assert cells[0].dependable == tables.dependable(row, column)
    assert cells[0].mean == tables.table.mean[row, column]
    assert (before.versions.is_newest, after.versions.is_newest) == (True, False)


def test_sheet_shows_the_cautions_of_today():
    make_caution(make_compound(), other_condition="night work", level="caution")
    newest = publish_all().version.number

    sheet = sheet_of(newest=newest)

    assert "night work" in [note.subject for note in sheet.members[1].cautions]


def test_sheet_lists_interactions_between_members_and_with_medicines():
    make_interaction(make_compound(), severity="minor", with_text="alcohol", medicine_classes=[])
    sheet = sheet_of(newest=publish_all().version.number)

    (clash,) = sheet.safety.clashes
    assert set(clash.names) == {"Melatonin", "Valerian"}
    assert [(name, [n.subject for n in notes]) for name, notes in sheet.major] == [
        ("Valerian", ["anticoagulants"])
    ]
    assert [(name, [n.subject for n in notes]) for name, notes in sheet.lesser] == [
        ("Melatonin", ["alcohol"])
    ]


def test_sheet_has_the_first_dose_of_each_member():
    assert [one.member.dose and one.member.dose.use.dose for one in sheet_of().members] == [
        "450 mg",
        None,
    ]


def test_sheet_says_what_is_banned_in_sport():
    RegulatoryStatus.objects.create(
        compound=make_compound(), region="sport", status="banned-in-sport"
    )

    sheet = sheet_of(newest=publish_all().version.number)

    assert [one.is_banned_in_sport for one in sheet.members] == [False, True]


def test_page_has_room_for_one_study_where_a_member_does_not_serve():
    serving = {one.member.slug: one.cells[0] for one in sheet_of().members}

    assert str(serving["melatonin"].goal.kind) == "serves"
    assert serving["melatonin"].shown_studies == serving["melatonin"].studies
    assert len(serving["valerian"].shown_studies) == 1


def test_sheet_of_much_is_dense():
    usual = sheet_of()
    valerian = make_compound("valerian")
    for number in range(61):
        make_caution(valerian, other_condition=f"condition {number}", level="caution")

    assert not usual.is_dense
    assert sheet_of(newest=publish_all().version.number).is_dense


def test_sheet_without_goals_or_members_is_a_sheet():
    assert sheet_of(STATE.having(weights={})).members[0].cells == ()
    assert sheet_of(STATE.having(members=())).members == ()


def test_queries_of_a_sheet_do_not_grow_with_its_members(django_assert_num_queries):
    ground = Ground(snapshot(), safety_tables(1))
    with django_assert_num_queries(6) as one:
        stack_sheet(ground, STATE.having(members=("melatonin",)), "1")

    with django_assert_num_queries(len(one)):
        stack_sheet(ground, STATE, "1")
