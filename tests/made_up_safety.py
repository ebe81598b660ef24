"""Made-up safety facts and people, for tests of the engine that need no database.

The overlaps are those of the catalogue that are not one to one: taking antidepressants is said by
two classes, and one class says two conditions.
"""

from dataclasses import replace

from hypothesis import strategies as st

from stackbuilder.engine.facts import CautionFact, CompoundSafety, InteractionFact, StatusFact
from stackbuilder.engine.person import Answer, AnswerKind, Person

OVERLAPS = frozenset({
    ("ssri-maoi", "ssri-snri"),
    ("ssri-maoi", "maoi"),
    ("organ-transplant", "immunosuppressants"),
    ("immunosuppressants", "immunosuppressants"),
})  # fmt: skip

CONDITIONS = ("ssri-maoi", "organ-transplant", "immunosuppressants", "pregnancy")
CLASSES = ("ssri-snri", "maoi", "immunosuppressants", "statins")
SLUG = "specimenol"

CAUTION = CautionFact(
    code="pregnancy", condition="Pregnant or trying to be", level="avoid", reason="Not studied"
)
INTERACTION = InteractionFact(
    other_slug=None,
    medicine_classes=("statins",),
    with_text="simvastatin",
    severity="moderate",
    effect="May raise its level",
)
BANNED = StatusFact(region="sport", status="banned-in-sport", note="At all times")


def condition(code):
    """Return the answer that names a condition."""
    return Answer(AnswerKind.CONDITION, code)


def medicines(code):
    """Return the answer that names a class of medicines."""
    return Answer(AnswerKind.MEDICINE_CLASS, code)


def a_person(*answers, let_back_in=()):
    """Return somebody who gave these answers."""
    of_kind = {kind: {one.code for one in answers if one.kind is kind} for kind in AnswerKind}
    return Person(
        conditions=frozenset(of_kind[AnswerKind.CONDITION]),
        medicine_classes=frozenset(of_kind[AnswerKind.MEDICINE_CLASS]),
        let_back_in=frozenset(let_back_in),
    )


def a_caution(**changes):
    """Return a caution in pregnancy with `changes`."""
    return replace(CAUTION, **changes)


def an_interaction(**changes):
    """Return an interaction with statins with `changes`."""
    return replace(INTERACTION, **changes)


def a_compound(*facts, slug=SLUG, routes=("oral",)):
    """Return a compound of which these facts are recorded."""
    return CompoundSafety(
        slug=slug,
        routes=tuple(routes),
        cautions=tuple(fact for fact in facts if isinstance(fact, CautionFact)),
        interactions=tuple(fact for fact in facts if isinstance(fact, InteractionFact)),
        statuses=tuple(fact for fact in facts if isinstance(fact, StatusFact)),
    )


cautions = st.builds(
    a_caution,
    code=st.sampled_from(("", *CONDITIONS)),
    level=st.sampled_from(("contraindicated", "avoid", "caution")),
    is_untraced=st.booleans(),
)
interactions = st.builds(
    an_interaction,
    medicine_classes=st.lists(st.sampled_from(CLASSES), unique=True, max_size=3).map(tuple),
    severity=st.sampled_from(("major", "moderate", "minor")),
    is_untraced=st.booleans(),
)
statuses = st.builds(
    StatusFact,
    region=st.sampled_from(("US", "EU", "sport")),
    status=st.sampled_from(("dietary-supplement", "unapproved", "banned-in-sport")),
)
facts = st.lists(st.one_of(cautions, interactions, statuses), max_size=6)
compounds = st.builds(
    lambda found, routes: a_compound(*found, routes=routes),
    facts,
    st.lists(st.sampled_from(("oral", "subcutaneous", "intravenous")), unique=True),
)
answers = st.lists(
    st.one_of(st.sampled_from(CONDITIONS).map(condition), st.sampled_from(CLASSES).map(medicines)),
    unique=True,
    max_size=4,
)
people = st.builds(
    lambda given, let_in: a_person(*given, let_back_in=let_in),
    answers,
    st.sampled_from(((), (SLUG,), ("another",))),
)
