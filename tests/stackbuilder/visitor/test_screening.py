"""Today's safety rows as facts, and what a visitor can answer."""

import pytest

from evidence.models import Caution, Condition, Interaction, MedicineClass, RegulatoryStatus
from evidence.publication import is_public, system_user, withdraw_compounds
from stackbuilder.engine.facts import CautionFact, InteractionFact, StatusFact
from stackbuilder.engine.person import Answer, AnswerKind, Person, Preferences
from stackbuilder.engine.safety import Outcome, screen_all
from stackbuilder.visitor.medicines import MedicineFile
from stackbuilder.visitor.screening import (
    Question,
    medicine_names,
    questions,
    safety_of,
    safety_tables,
)
from tests import one_of_each
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_interaction,
    make_medicine_class,
    publish_all,
)

pytestmark = pytest.mark.django_db

EPILEPTIC = Person(conditions=frozenset({"epilepsy"}))
SOURCE = {"source": "pmid:23691095", "source_title": "A review", "source_quality": "primary"}


def outcomes(who):
    overlaps = questions().overlaps
    screenings = screen_all(safety_of().values(), who, Preferences(), overlaps)
    return {slug: screening.outcome for slug, screening in screenings.items()}


def test_facts_of_a_compound_are_its_rows_in_the_curators_order():
    melatonin = make_compound(routes=["oral", "topical"])
    make_caution(melatonin, position=2, sources_differ="Another says caution", **SOURCE)
    make_caution(melatonin, condition=None, other_condition="night driving", position=1)
    melatonin.regulatory_statuses.create(region="UK", status="prescription-only", **SOURCE)

    safety = safety_of()["melatonin"]

    assert (safety.slug, safety.routes) == ("melatonin", ("oral", "topical"))
    traced = {"source": "pmid:23691095", "source_title": "A review", "is_untraced": False}
    reason = "May raise the risk of seizures"
    assert safety.cautions == (
        CautionFact(
            code="", condition="night driving", level="avoid", reason=reason, is_untraced=True
        ),
        CautionFact(
            code="epilepsy",
            condition="Epilepsy",
            level="avoid",
            reason=reason,
            sources_differ="Another says caution",
            **traced,
        ),
    )
    assert safety.statuses == (StatusFact(region="UK", status="prescription-only", **traced),)


def test_interaction_is_one_fact_however_many_classes_it_names():
    blood, platelets = (
        make_medicine_class("anticoagulants", position=2),
        make_medicine_class("antiplatelets", position=1),
    )
    ginkgo = make_compound("ginkgo")
    make_interaction(medicine_classes=[blood, platelets], severity="major", **SOURCE)
    make_interaction(medicine_classes=[], other_compound=ginkgo, position=1)
    make_interaction(medicine_classes=[], position=2, with_text="grapefruit")

    found = safety_of()["melatonin"].interactions

    effect = "May raise the risk of bleeding"
    assert found[0] == InteractionFact(
        other_slug=None,
        medicine_classes=("antiplatelets", "anticoagulants"),
        with_text="anticoagulants",
        severity="major",
        effect=effect,
        source="pmid:23691095",
        source_title="A review",
    )
    told = [(one.other_slug, one.medicine_classes, one.with_text) for one in found[1:]]
    assert told == [("ginkgo", (), "anticoagulants"), (None, (), "grapefruit")]


def test_facts_are_those_of_public_compounds_that_were_asked_for():
    make_caution(make_compound("melatonin"))
    make_caution(make_compound("valerian"))
    make_caution(make_compound("secret", published=False))

    assert set(safety_of()) == {"melatonin", "valerian"}
    assert set(safety_of(["valerian", "secret", "nonsense", "valerian"])) == {"valerian"}
    assert safety_of([]) == {}


def test_compound_without_any_record_has_no_facts():
    make_compound()

    safety = safety_of()["melatonin"]

    assert (safety.cautions, safety.interactions, safety.statuses) == ((), (), ())


def test_facts_are_read_in_four_queries_however_many_there_are(django_assert_num_queries):
    for number in range(3):
        compound = make_compound(f"compound-{number}")
        for code in ("epilepsy", "asthma"):
            make_caution(compound, condition=make_condition(code))
        make_interaction(
            compound, medicine_classes=[make_medicine_class("maoi"), make_medicine_class("iron")]
        )
        compound.regulatory_statuses.create(region="US", status="unapproved")

    with django_assert_num_queries(4):
        everything = safety_of()
    with django_assert_num_queries(4):
        some = safety_of(["compound-1", "compound-2"])

    assert everything == {**some, "compound-0": everything["compound-0"]}
    assert all(len(one.interactions[0].medicine_classes) == 2 for one in everything.values())


def test_facts_are_todays_without_any_new_evidence_version():
    caution = make_caution(level="caution")
    publish_all()
    before = outcomes(EPILEPTIC)

    caution.level = "contraindicated"
    caution.save()

    assert before == {"melatonin": Outcome.IN_FLAGGED}
    assert outcomes(EPILEPTIC) == {"melatonin": Outcome.OUT}


def test_withdrawn_compound_is_not_screened():
    make_finding()
    publish_all()

    withdraw_compounds([make_compound()], by=system_user(), why="A test")

    assert safety_of() == {}


def test_no_figure_however_good_lets_an_excluded_compound_back_in():
    for slug, level in (("melatonin", "contraindicated"), ("valerian", "avoid")):
        make_caution(make_compound(slug), level=level)
        make_finding(compound=make_compound(slug), estimate=-1, ci_low=-2, ci_high=-0.5)
    publish_all()
    before = outcomes(EPILEPTIC)

    for slug in ("melatonin", "valerian"):
        (finding,) = make_compound(slug).findings.all()
        finding.estimate, finding.ci_low, finding.ci_high = -900, -901, -899
        finding.save()
    publish_all()

    assert before == {"melatonin": Outcome.OUT, "valerian": Outcome.OUT_UNLESS}
    assert outcomes(EPILEPTIC) == before


def test_questions_are_asked_in_the_curators_order():
    make_condition("asthma", group="Organs", position=2)
    make_condition("epilepsy", group="Mind and nerves", position=1)
    make_medicine_class("iron", position=2)
    make_medicine_class("maoi", position=1)

    asked = questions()

    assert asked.conditions == (
        Question("epilepsy", "Epilepsy", "Mind and nerves"),
        Question("asthma", "Asthma", "Organs"),
    )
    assert asked.medicine_classes == (Question("maoi", "Maoi"), Question("iron", "Iron"))
    assert asked.overlaps == frozenset()


def test_questions_know_what_says_the_same():
    for code in ("organ-transplant", "immunosuppressants"):
        make_condition(code).medicine_classes.add(make_medicine_class("immunosuppressants"))
    make_condition("epilepsy").medicine_classes.set(
        [make_medicine_class("anticonvulsants"), make_medicine_class("sedatives")]
    )

    assert questions().overlaps == {
        ("organ-transplant", "immunosuppressants"),
        ("immunosuppressants", "immunosuppressants"),
        ("epilepsy", "anticonvulsants"),
        ("epilepsy", "sedatives"),
    }


def test_questions_take_three_queries_however_many_there_are(django_assert_num_queries):
    for number in range(3):
        one_of_each.MAKERS[Condition](number)

    with django_assert_num_queries(3):
        asked = questions()

    assert len(asked.conditions) == len(asked.medicine_classes) == len(asked.overlaps) == 3


def test_table_of_medicine_names_is_read_once():
    table = medicine_names()

    assert isinstance(table, MedicineFile)
    assert medicine_names() is table


def test_tables_are_read_once_for_a_version_and_again_when_it_moves(django_assert_num_queries):
    make_caution()
    with django_assert_num_queries(7):
        first = safety_tables(1)
    make_caution(condition=make_condition("surgery"))

    with django_assert_num_queries(0):
        again = safety_tables(1)
    moved = safety_tables(2)

    assert again is first
    assert len(first.facts["melatonin"].cautions) == 1
    assert len(moved.facts["melatonin"].cautions) == 2


def test_tables_name_what_a_visitor_can_answer():
    make_condition("epilepsy", name="Epilepsy or seizures")
    make_medicine_class("maoi", name="MAO inhibitors")

    names = safety_tables(1).names

    assert names == {
        Answer(AnswerKind.CONDITION, "epilepsy"): "Epilepsy or seizures",
        Answer(AnswerKind.MEDICINE_CLASS, "maoi"): "MAO inhibitors",
    }


SAFETY_MODELS = [Caution, Interaction, RegulatoryStatus, Condition, MedicineClass]


@pytest.mark.parametrize("model", SAFETY_MODELS, ids=lambda model: model.__name__)
def test_whatever_screening_reads_of_the_public_counts_as_public(model):
    """So its every change opens a version (`evidence.admin.publishing`), and tables are today's."""
    row = one_of_each.MAKERS[model](1)

    assert is_public(row)
