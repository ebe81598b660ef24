"""What a visitor's answers and preferences do to the ranking, as values."""

import pytest

from evidence.models import Interaction, RegulatoryStatus
from stackbuilder.candidates import snapshot
from stackbuilder.engine.person import Person
from stackbuilder.engine.safety import Gate
from stackbuilder.links import State
from stackbuilder.visitor.screened import (
    Screened,
    concerns,
    left_out,
    preference_words,
    screened,
)
from stackbuilder.visitor.screening import safety_tables
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_medicine_class,
    make_study,
    publish_all,
)

pytestmark = pytest.mark.django_db

SLEEP = State(weights={"sleep": 1})
PREGNANT = Person(conditions=frozenset({"pregnancy"}))


@pytest.fixture
def evidence():
    """Melatonin is second for sleep and valerian first; zinc was only tried in mice."""
    make_goal("sleep", position=0)
    make_finding()
    make_finding(
        compound=make_compound("valerian"),
        study=make_study("pmid:8"),
        estimate=-15,
        ci_low=-18,
        ci_high=-12,
    )
    make_finding(compound=make_compound("zinc"), study=make_study("pmid:7", design="animal"))
    make_condition("pregnancy", name="Pregnant or trying to be")
    make_medicine_class("ssri-snri", name="SSRIs and SNRIs")


def found(state=SLEEP, person=PREGNANT):
    """Publish what was made; return the tables and what screening finds."""
    number = publish_all().version.number
    tables = snapshot(number)
    return tables, screened(tables, state, person, safety_tables(number))


def caution(slug, level, **changes):
    return make_caution(
        make_compound(slug), condition=make_condition("pregnancy"), level=level, **changes
    )


def test_left_out_keep_their_places_and_the_others_do_not_move_up(evidence):
    caution("valerian", "contraindicated", reason="never studied in pregnancy")

    tables, screening = found()

    (out,) = left_out(tables, SLEEP, screening)
    assert (out.slug, out.place, out.can_be_let_in, out.is_by_preference) == (
        "valerian",
        1,
        False,
        False,
    )
    assert screening.is_in("melatonin")
    assert not screening.is_in("valerian")


def test_line_says_what_is_recorded_and_which_answer_it_follows_from(evidence):
    caution("melatonin", "avoid", reason="no trial has looked at it", source_quality="untraced")

    _, screening = found()

    (line,) = screening.lines("melatonin")
    assert line.subject == "Pregnant or trying to be"
    assert (line.level, line.css) == ("avoid", "avoid")
    assert line.text == "no trial has looked at it"
    assert line.said == ("Pregnant or trying to be",)
    assert line.is_direct
    assert line.source_quality == "untraced"


def test_interaction_with_a_medicine_can_be_let_back_in_and_says_with_what(evidence):
    interaction = Interaction.objects.create(
        compound=make_compound("valerian"),
        with_text="sertraline",
        severity="major",
        effect="serotonin syndrome",
    )
    interaction.medicine_classes.add(make_medicine_class("ssri-snri"))
    person = Person(medicine_classes=frozenset({"ssri-snri"}))

    tables, screening = found(person=person)

    (out,) = left_out(tables, SLEEP, screening)
    assert out.can_be_let_in
    assert out.lines[0].subject == "With sertraline"
    assert out.lines[0].said == ("SSRIs and SNRIs",)


def test_compound_let_back_in_is_in_and_keeps_its_reasons(evidence):
    caution("valerian", "avoid")
    person = Person(PREGNANT.conditions, let_back_in=frozenset({"valerian"}))

    tables, screening = found(person=person)

    assert left_out(tables, SLEEP, screening) == ()
    assert screening.screenings["valerian"].is_let_back_in
    assert [line.gate for line in screening.lines("valerian")] == [Gate.EXCLUDES_UNLESS]


def test_left_out_names_those_listed_apart_without_a_place(evidence):
    caution("zinc", "contraindicated")

    tables, screening = found()

    (out,) = left_out(tables, SLEEP, screening)
    assert (out.slug, out.place) == ("zinc", None)


def test_ban_in_sport_is_a_preference_and_no_caution(evidence):
    RegulatoryStatus.objects.create(
        compound=make_compound("valerian"), region="sport", status="banned-in-sport", note="S2"
    )
    state = SLEEP.having(is_tested=True)

    tables, screening = found(state, Person())

    (out,) = left_out(tables, state, screening)
    assert out.is_by_preference
    assert not out.can_be_let_in
    assert (out.lines[0].css, out.lines[0].text) == ("wish", "S2")


def test_no_injections_leaves_out_what_has_no_other_route(evidence):
    valerian = make_compound("valerian")
    valerian.routes = ["subcutaneous"]
    valerian.save()
    state = SLEEP.having(no_injections=True)

    tables, screening = found(state, Person())

    assert [out.slug for out in left_out(tables, state, screening)] == ["valerian"]


def test_least_certainty_leaves_out_what_is_less_certain_for_every_chosen_goal(evidence):
    state = SLEEP.having(certainty="high")

    tables, screening = found(state, Person())

    out = left_out(tables, state, screening)
    assert [one.slug for one in out] == ["valerian", "melatonin", "zinc"]
    assert all(one.is_by_preference for one in out)
    assert out[0].lines[-1].subject == "At least high certainty"


def test_least_certainty_that_is_reached_leaves_nobody_with_a_figure_out(evidence):
    state = SLEEP.having(certainty="low")

    tables, screening = found(state, Person())

    assert [one.slug for one in left_out(tables, state, screening)] == ["zinc"]


def test_legal_status_is_told_where_the_visitor_is(evidence):
    RegulatoryStatus.objects.create(
        compound=make_compound("melatonin"), region="UK", status="prescription-only"
    )
    state = SLEEP.having(region="UK")

    _, screening = found(state, Person())

    assert screening.legal("melatonin") == "prescription only"
    assert screening.legal("valerian") == "no legal status recorded here"
    assert screening.is_in("melatonin")
    assert Screened().legal("melatonin") == ""


def test_nothing_is_screened_for_a_visitor_who_said_nothing(evidence):
    assert not concerns(SLEEP, Person())
    assert concerns(SLEEP, PREGNANT)
    assert concerns(SLEEP.having(region="US"), Person())
    assert Screened().is_in("melatonin")
    assert Screened().lines("melatonin") == ()


def test_preferences_are_named_in_words():
    state = SLEEP.having(region="world", no_injections=True, is_tested=True, certainty="moderate")

    assert preference_words(state) == (
        "region Any other country",
        "no injections",
        "tested for doping",
        "at least moderate certainty",
    )
    assert preference_words(SLEEP) == ()
