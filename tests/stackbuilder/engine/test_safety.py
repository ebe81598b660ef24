"""What each fact does to whom, and how it is told."""

from dataclasses import replace

import pytest

from evidence.choices import CautionLevel, InteractionSeverity, Route
from stackbuilder.engine.facts import StatusFact
from stackbuilder.engine.person import INJECTED, Person, Preferences
from stackbuilder.engine.safety import (
    Gate,
    Match,
    Outcome,
    ReasonKind,
    RouteFact,
    gate_of_level,
    gate_of_severity,
    screen,
    screen_all,
)
from stackbuilder.law import Ruling
from tests import made_up_safety
from tests.made_up_safety import (
    BANNED,
    OVERLAPS,
    SLUG,
    a_caution,
    a_compound,
    a_person,
    an_interaction,
    condition,
    medicines,
)

NOTHING_PREFERRED = Preferences()
TESTED = Preferences(is_tested_for_doping=True)
NO_INJECTIONS = Preferences(excluded_routes=INJECTED)

SILENT = Person()
PREGNANT = a_person(condition("pregnancy"))
ON_STATINS = a_person(medicines("statins"))


def screened(compound, who=SILENT, preferences=NOTHING_PREFERRED):
    return screen(compound, who, preferences, OVERLAPS)


@pytest.mark.parametrize(
    "level, outcome",
    [
        ("contraindicated", Outcome.OUT),
        ("avoid", Outcome.OUT_UNLESS),
        ("caution", Outcome.IN_FLAGGED),
        ("a level of tomorrow", Outcome.OUT),
    ],
)
def test_caution_gates_whom_it_names_by_its_level(level, outcome):
    compound = a_compound(a_caution(level=level))

    assert screened(compound, PREGNANT).outcome == outcome
    assert screened(compound, ON_STATINS).outcome == Outcome.IN
    assert screened(compound).outcome == Outcome.IN


@pytest.mark.parametrize(
    "severity, outcome, gate",
    [
        ("major", Outcome.OUT_UNLESS, Gate.EXCLUDES_UNLESS),
        ("moderate", Outcome.IN_FLAGGED, Gate.FLAGS),
        ("minor", Outcome.IN, Gate.NOTES),
        ("a severity of tomorrow", Outcome.OUT_UNLESS, Gate.EXCLUDES_UNLESS),
    ],
)
def test_interaction_gates_who_takes_the_medicine_by_its_severity(severity, outcome, gate):
    compound = a_compound(an_interaction(severity=severity))

    screening = screened(compound, ON_STATINS)

    assert screening.outcome == outcome
    assert [reason.gate for reason in screening.reasons] == [gate]
    assert screened(compound, PREGNANT).reasons == ()


def test_every_level_and_severity_of_the_catalogue_is_known_here():
    levels = {level: gate_of_level(level) for level in CautionLevel.values}
    severities = {severity: gate_of_severity(severity) for severity in InteractionSeverity.values}

    assert levels == {
        "contraindicated": Gate.EXCLUDES,
        "avoid": Gate.EXCLUDES_UNLESS,
        "caution": Gate.FLAGS,
    }
    assert severities == {
        "major": Gate.EXCLUDES_UNLESS,
        "moderate": Gate.FLAGS,
        "minor": Gate.NOTES,
    }


def test_untraced_fact_gates_like_any_other():
    compound = a_compound(a_caution(level="contraindicated", is_untraced=True))

    (reason,) = screened(compound, PREGNANT).reasons

    assert reason.gate is Gate.EXCLUDES
    assert reason.fact.is_untraced


def test_stricter_level_stands_where_sources_differ():
    compound = a_compound(a_caution(level="avoid", sources_differ="Another says caution"))

    assert screened(compound, PREGNANT).outcome is Outcome.OUT_UNLESS


def test_reason_carries_its_fact_and_how_it_concerns_the_visitor():
    fact = an_interaction(
        medicine_classes=("ssri-snri", "statins"), source="pmid:1", source_title="A label"
    )
    who = a_person(condition("ssri-maoi"), medicines("statins"))

    (reason,) = screened(a_compound(fact), who).reasons

    assert (reason.kind, reason.gate, reason.fact) == (ReasonKind.INTERACTION, Gate.FLAGS, fact)
    assert reason.matches == (
        Match(named=medicines("ssri-snri"), chosen=condition("ssri-maoi")),
        Match(named=medicines("statins"), chosen=medicines("statins")),
    )
    assert [match.is_direct for match in reason.matches] == [False, True]


def test_caution_reaches_who_takes_medicines_that_say_the_same():
    compound = a_compound(a_caution(code="organ-transplant", level="contraindicated"))

    screening = screened(compound, a_person(medicines("immunosuppressants")))

    assert screening.outcome is Outcome.OUT


def test_interaction_with_one_antidepressant_spares_who_takes_another():
    compound = a_compound(an_interaction(medicine_classes=("maoi",), severity="major"))

    assert screened(compound, a_person(medicines("ssri-snri"))).outcome is Outcome.IN
    assert screened(compound, a_person(condition("ssri-maoi"))).outcome is Outcome.OUT_UNLESS


def test_reasons_are_all_kept_strictest_first_and_else_in_the_curators_order():
    compound = a_compound(
        a_caution(level="caution", reason="first"),
        a_caution(level="avoid", reason="second"),
        a_caution(level="caution", reason="third"),
        an_interaction(severity="minor"),
        an_interaction(severity="major"),
    )

    screening = screened(compound, a_person(condition("pregnancy"), medicines("statins")))

    told = [getattr(reason.fact, "reason", reason.fact) for reason in screening.reasons]
    major, minor = an_interaction(severity="major"), an_interaction(severity="minor")
    assert told == ["second", major, "first", "third", minor]


@pytest.mark.parametrize(
    "fact",
    [
        a_caution(code="", condition="night driving", level="contraindicated"),
        an_interaction(medicine_classes=(), with_text="fezolinetant", severity="major"),
    ],
)
def test_fact_that_no_answer_can_name_is_shown_to_everyone_and_gates_nobody(fact):
    everything = a_person(
        *map(condition, ("", *made_up_safety.CONDITIONS)),
        *map(medicines, ("", *made_up_safety.CLASSES)),
    )

    for who in (SILENT, everything):
        screening = screened(a_compound(fact), who)

        assert screening.outcome is Outcome.IN
        assert screening.for_everyone == (fact,)
        assert screening.reasons == ()


def test_interaction_with_a_compound_is_not_for_everyone_and_gates_no_person():
    compound = a_compound(an_interaction(medicine_classes=(), other_slug="ginkgo"))

    screening = screened(compound, ON_STATINS)

    assert (screening.outcome, screening.for_everyone) == (Outcome.IN, ())


def test_visitor_may_let_back_in_what_they_should_avoid():
    compound = a_compound(a_caution(level="avoid"))
    knowing = replace(PREGNANT, let_back_in=frozenset({SLUG}))

    screening = screened(compound, knowing)

    assert (screening.outcome, screening.is_let_back_in) == (Outcome.IN_FLAGGED, True)
    assert screening.is_in
    assert screening.reasons == screened(compound, PREGNANT).reasons


@pytest.mark.parametrize("slug", ["another", "SPECIMENOL", "", "specimen"])
def test_letting_another_compound_in_does_not_let_this_one_in(slug):
    knowing = replace(PREGNANT, let_back_in=frozenset({slug}))

    screening = screened(a_compound(a_caution(level="avoid")), knowing)

    assert (screening.outcome, screening.is_let_back_in) == (Outcome.OUT_UNLESS, False)


def test_contraindicated_compound_cannot_be_let_back_in():
    compound = a_compound(a_caution(level="contraindicated"), a_caution(level="avoid"))
    knowing = replace(PREGNANT, let_back_in=frozenset({SLUG}))

    screening = screened(compound, knowing)

    assert (screening.outcome, screening.is_let_back_in) == (Outcome.OUT, False)
    assert not screening.is_in


def test_compound_that_was_never_out_is_not_called_let_back_in():
    knowing = replace(PREGNANT, let_back_in=frozenset({SLUG}))

    screening = screened(a_compound(a_caution(level="caution")), knowing)

    assert (screening.outcome, screening.is_let_back_in) == (Outcome.IN_FLAGGED, False)


def test_answers_of_which_nothing_is_recorded_are_named():
    compound = a_compound(a_caution(), an_interaction(medicine_classes=("maoi",)))
    who = a_person(
        condition("pregnancy"),
        condition("ssri-maoi"),
        condition("organ-transplant"),
        medicines("statins"),
    )

    screening = screened(compound, who)

    assert screening.none_recorded == (condition("organ-transplant"), medicines("statins"))


def test_what_is_banned_in_sport_is_out_for_whom_it_matters():
    compound = a_compound(BANNED)

    tested = screened(compound, preferences=TESTED)

    assert tested.outcome is Outcome.OUT
    assert [(reason.kind, reason.fact) for reason in tested.reasons] == [(ReasonKind.SPORT, BANNED)]
    assert tested.is_out_by_preference
    assert screened(compound).outcome is Outcome.IN


@pytest.mark.parametrize(
    "statuses, is_unrecorded",
    [
        ([], True),
        ([StatusFact(region="US", status="dietary-supplement")], True),
        ([StatusFact(region="sport", status="dietary-supplement")], False),
        ([BANNED], False),
    ],
)
def test_sport_of_which_nothing_is_recorded_is_said_to_whom_it_matters(statuses, is_unrecorded):
    compound = a_compound(*statuses)

    assert screened(compound, preferences=TESTED).is_sport_unrecorded is is_unrecorded
    assert screened(compound).is_sport_unrecorded is False


@pytest.mark.parametrize(
    "routes, outcome, fact",
    [
        (["subcutaneous", "intravenous"], Outcome.OUT, (("subcutaneous", "intravenous"), ())),
        (["intramuscular"], Outcome.OUT, (("intramuscular",), ())),
        (["subcutaneous", "oral"], Outcome.IN, (("subcutaneous",), ("oral",))),
        # Nothing is known, so nothing is promised and nothing refused.
        ([], Outcome.IN, ((), ())),
        (["oral", "topical"], Outcome.IN, None),
    ],
)
def test_compound_without_any_other_route_is_out_where_injections_are(routes, outcome, fact):
    compound = a_compound(routes=routes)

    screening = screened(compound, preferences=NO_INJECTIONS)

    assert screening.outcome is outcome
    told = [reason.fact for reason in screening.reasons]
    assert told == ([] if fact is None else [RouteFact(*fact)])
    assert screened(compound).reasons == ()


def test_injected_routes_are_those_whose_name_says_so():
    into_the_body = {code for code, label in Route.choices if "inject" in label or "vein" in label}

    assert into_the_body == INJECTED


def test_compound_excluded_for_safety_too_is_not_out_by_preference_alone():
    compound = a_compound(BANNED, a_caution(level="contraindicated"))

    assert not screened(compound, PREGNANT, TESTED).is_out_by_preference
    assert not screened(compound, PREGNANT).is_out_by_preference
    assert screened(compound, SILENT, TESTED).is_out_by_preference
    assert not screened(compound).is_out_by_preference


def test_compound_out_by_preference_is_not_let_in_by_name():
    knowing = Person(let_back_in=frozenset({SLUG}))

    assert screened(a_compound(BANNED), knowing, TESTED).outcome is Outcome.OUT


def test_legal_status_is_told_for_the_region_and_gates_nobody():
    compound = a_compound(StatusFact(region="US", status="unapproved"))

    here = screened(compound, preferences=Preferences(region="US"))
    elsewhere = screened(compound, preferences=Preferences(region="JP"))

    assert (here.outcome, here.legal.status, here.legal.place) == (Outcome.IN, "unapproved", "US")
    assert elsewhere.legal == Ruling("JP", elsewhere.legal.reason)
    assert elsewhere.legal.reason == "unknown"
    assert screened(compound).legal is None


def test_screening_all_is_screening_each():
    compounds = [a_compound(a_caution(), slug="a"), a_compound(an_interaction(), slug="b")]

    found = screen_all(compounds, PREGNANT, TESTED, OVERLAPS)

    assert found == {one.slug: screen(one, PREGNANT, TESTED, OVERLAPS) for one in compounds}
