"""What must be true is a constraint of the database, and each has the row that it refuses."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from evidence.models import (
    Alias,
    Article,
    EvidenceVersion,
    Goal,
    MedicineClass,
    OutcomeMid,
    Profile,
    Protocol,
    SearchEntry,
    UnitSynonym,
)
from evidence.publication import system_user
from tests.factories import (
    PUBLISHED_AT,
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_interaction,
    make_mid,
    make_outcome,
    make_proposal,
    make_study,
)

pytestmark = pytest.mark.django_db

# History keeps what was, and so is held to nothing.
MODELS = [
    model
    for model in apps.get_app_config("evidence").get_models()
    if not hasattr(model, "history_user")
]
CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in MODELS
    for constraint in model._meta.constraints
}
UNIQUE = [
    (model, field.name)
    for model in MODELS
    for field in model._meta.fields
    if field.unique and not field.primary_key
]


def make_profile(**changes):
    version, _ = EvidenceVersion.objects.get_or_create(
        number=1, defaults={"at": PUBLISHED_AT, "by": system_user(), "why": "Made for a test"}
    )
    values = {
        "compound": make_compound(),
        "goal": make_goal(),
        "version": version,
        "method_version": "1",
        "n_findings": 1,
        "letter": "B",
        "verdict": "benefit that matters",
        "mean": 1.5,
        "sd": 0.4,
        "dependable": 1.16,
        "is_only_markers": False,
    }
    return Profile.objects.create(**{**values, **changes})


def make_article(**changes):
    values = {
        "slug": "melatonin-for-sleep",
        "title": "Melatonin for sleep",
        "summary": "Some minutes sooner.",
        "compound": make_compound(),
        "goal": make_goal(),
        "body": "Some minutes sooner asleep.",
        "author": "Alice",
        "updated_on": date(2025, 3, 1),
    }
    return Article.objects.create(**{**values, **changes})


def twice(make, **values):
    make(**values)
    make(**values)


def make_alias():
    return Alias.objects.create(compound=make_compound(), name="N-acetyl-5-methoxytryptamine")


def make_search_entry():
    return SearchEntry.objects.create(kind="compound", slug="zinc", title="Zinc")


def make_protocol(**range_):
    return Protocol.objects.create(
        compound=make_compound(), route="oral", dose="2 to 5 mg", unit="mg", **range_
    )


def make_second_mid(**changes):
    return make_mid(make_outcome(), **changes)


def interval(low, high, estimate=-7.0):
    return lambda: make_finding(estimate=estimate, ci_low=low, ci_high=high)


def ratio(measure, estimate, low=None, high=None):
    return lambda: make_finding(
        measure=measure, unit="", estimate=estimate, ci_low=low, ci_high=high
    )


# A constraint, and something that it must refuse; several where there are several ways around it.
REFUSED = [
    ("compound_published_by_whom_and_when", lambda: make_compound("zinc", published_by=None)),
    ("compound_published_by_whom_and_when", lambda: make_compound("zinc", published_at=None)),
    ("compound_cost_is_a_range", lambda: make_compound("zinc", cost_low=9, cost_high=3)),
    ("compound_cost_is_a_range", lambda: make_compound("zinc", cost_low=-1, cost_high=3)),
    ("compound_cost_is_a_range", lambda: make_compound("zinc", cost_low=3)),
    ("compound_cost_is_a_range", lambda: make_compound("zinc", cost_high=3)),
    ("alias_is_given_once", lambda: twice(make_alias)),
    ("search_entry_is_the_only_one", lambda: twice(make_search_entry)),
    ("protocol_dose_range_is_ordered", lambda: make_protocol(low=5, high=2)),
    ("mid_is_not_zero", lambda: make_second_mid(unit="SMD", value=0)),
    ("mid_ratio_is_positive_and_not_one", lambda: make_second_mid(is_ratio=True, unit="", value=1)),
    (
        "mid_ratio_is_positive_and_not_one",
        lambda: make_second_mid(is_ratio=True, unit="", value=-0.8),
    ),
    ("mid_has_a_unit_or_is_a_ratio", lambda: make_second_mid(is_ratio=True, unit="%", value=0.8)),
    ("mid_has_a_unit_or_is_a_ratio", lambda: make_second_mid(unit="")),
    ("mid_is_the_only_one_in_its_unit", lambda: make_second_mid(unit="min")),
    ("mid_is_the_only_one_in_its_unit", lambda: make_second_mid(unit=" MIN ")),
    (
        "mid_is_the_only_one_in_its_unit",
        lambda: twice(make_second_mid, is_ratio=True, unit="", value=0.8),
    ),
    ("study_pmid_is_unique", lambda: make_study("doi:10.1000/1", pmid=make_study().pmid)),
    ("study_doi_is_unique", lambda: (make_study("doi:10.1000/a"), make_study("doi:10.1000/A"))),
    ("study_year_is_plausible", lambda: make_study("pmid:1", year=1066)),
    ("study_year_is_plausible", lambda: make_study("pmid:1", year=2101)),
    ("finding_published_by_whom_and_when", lambda: make_finding(published_by=None)),
    (
        "finding_published_by_whom_and_when",
        lambda: make_finding(published=False, published_by=system_user()),
    ),
    ("finding_published_has_a_date", lambda: make_finding(published=False, state="published")),
    ("finding_published_has_a_date", lambda: make_finding(state="draft")),
    ("finding_published_has_a_date", lambda: make_finding(state="in-review")),
    ("finding_interval_brackets_estimate", interval(-6.0, -4.0)),
    ("finding_interval_brackets_estimate", interval(-9.0, -8.0)),
    ("finding_interval_brackets_estimate", interval(-4.0, -9.0)),
    ("finding_interval_brackets_estimate", interval(-7.0, -7.0)),
    ("finding_interval_brackets_estimate", interval(None, -4.0)),
    ("finding_interval_brackets_estimate", interval(-9.0, None)),
    ("finding_interval_brackets_estimate", interval(-9.0, -4.0, estimate=None)),
    ("finding_ratio_is_positive", ratio("RR", 0.0)),
    ("finding_ratio_is_positive", ratio("OR", -0.5)),
    ("finding_ratio_is_positive", ratio("HR", 0.5, -0.1, 1.1)),
    ("finding_ratio_is_positive", ratio("HR", 0.5, 0.0, 1.1)),
    ("finding_estimate_has_a_measure", lambda: make_finding(measure="")),
    ("finding_p_is_a_probability", lambda: make_finding(p=0)),
    ("finding_p_is_a_probability", lambda: make_finding(p=1)),
    ("finding_interval_level_is_a_percentage", lambda: make_finding(ci_level=0)),
    ("finding_interval_level_is_a_percentage", lambda: make_finding(ci_level=100)),
    ("finding_has_two_participants", lambda: make_finding(n_participants=1)),
    ("finding_i2_is_a_percentage", lambda: make_finding(i2=-1)),
    ("finding_i2_is_a_percentage", lambda: make_finding(i2=101)),
    ("profile_is_made_once_a_version", lambda: twice(make_profile)),
    ("profile_has_figures_or_no_letter", lambda: make_profile(letter="–")),
    ("profile_has_figures_or_no_letter", lambda: make_profile(mean=None)),
    ("profile_has_figures_or_no_letter", lambda: make_profile(sd=None)),
    ("profile_has_figures_or_no_letter", lambda: make_profile(sd=0)),
    ("profile_has_figures_or_no_letter", lambda: make_profile(dependable=None)),
    ("caution_names_one_condition", lambda: make_caution(condition=None)),
    (
        "caution_names_one_condition",
        lambda: make_caution(condition=make_condition(), other_condition="night driving"),
    ),
    ("caution_is_given_once", lambda: twice(make_caution)),
    (
        "interaction_is_with_another_compound",
        lambda: make_interaction(make_compound(), other_compound=make_compound()),
    ),
    ("article_published_by_whom_and_when", lambda: make_article(published_by=system_user())),
    (
        "article_published_by_whom_and_when",
        lambda: make_article(published_at=PUBLISHED_AT, state="published"),
    ),
    ("article_reviewed_by_whom_and_when", lambda: make_article(reviewer="Bob")),
    ("article_reviewed_by_whom_and_when", lambda: make_article(reviewed_on=date(2025, 3, 1))),
    ("article_published_has_a_date", lambda: make_article(state="published")),
    (
        "article_published_has_a_date",
        lambda: make_article(published_at=PUBLISHED_AT, published_by=system_user()),
    ),
    ("proposal_is_about_one_row", lambda: make_proposal(finding=None)),
    ("proposal_is_about_one_row", lambda: make_proposal(article=make_article())),
    ("proposal_decided_by_whom_and_when", lambda: make_proposal(state="accepted")),
    ("proposal_decided_by_whom_and_when", lambda: make_proposal(decided_at=PUBLISHED_AT)),
    ("proposal_decided_by_whom_and_when", lambda: make_proposal(decided_by=system_user())),
]
# What comes close to a refusal and must be stored: unknown is never wrong.
ACCEPTED = [
    lambda: make_compound("zinc", published=False),
    lambda: make_compound("zinc", cost_low=0, cost_high=0),
    lambda: make_protocol(low=5),
    lambda: make_protocol(high=5),
    lambda: make_protocol(low=5, high=5),
    lambda: make_second_mid(unit="SMD", value=-0.3),
    lambda: make_second_mid(is_ratio=True, unit="", value=0.8),
    lambda: make_second_mid(is_ratio=True, unit="", value=1.25),
    lambda: (make_study("registry:NCT1"), make_study("registry:NCT2", year=None)),
    interval(None, None),
    interval(None, None, estimate=None),
    interval(-7.0, -4.0),
    interval(-9.0, -7.0),
    ratio("RR", 0.5),
    ratio("OR", 1.4, 1.1, 1.8),
    ratio("MD", -7.0, -9.0, 2.0),
    lambda: make_finding(measure="", estimate=None, ci_low=None, ci_high=None, p=0.5),
    lambda: make_finding(ci_level=90, i2=100, n_participants=2),
    lambda: make_finding(n_participants=None),
    lambda: make_finding(published=False, state="in-review"),
    lambda: make_profile(letter="–", mean=None, sd=None, dependable=None),
    lambda: make_profile(mean=-1.5, dependable=-1.8),
    lambda: make_caution(other_condition="night driving"),
    lambda: twice(make_caution, other_condition="night driving"),
    lambda: make_interaction(other_compound=make_compound("zinc")),
    lambda: twice(make_interaction),
    lambda: make_article(reviewer="Bob", reviewed_on=date(2025, 3, 1)),
    lambda: make_article(state="published", published_at=PUBLISHED_AT, published_by=system_user()),
    lambda: make_finding(published=False, state="withdrawn"),
    lambda: make_proposal(finding=None, article=make_article()),
    lambda: make_proposal(state="declined", decided_at=PUBLISHED_AT, decided_by=system_user()),
]


def as_reported(name):
    """Return what the database says when this constraint refuses a row.

    SQLite names the columns of a plain unique constraint, and all others by their name.
    """
    model, constraint = CONSTRAINTS[name]
    is_plain = isinstance(constraint, models.UniqueConstraint) and not constraint.expressions
    if connection.vendor == "sqlite" and is_plain:
        columns = (model._meta.get_field(field).column for field in constraint.fields)
        return "UNIQUE constraint failed: " + ", ".join(
            f"{model._meta.db_table}.{column}" for column in columns
        )
    return name


@pytest.mark.parametrize("name, store", REFUSED, ids=[name for name, _ in REFUSED])
def test_constraint_refuses_the_row_that_breaks_it(name, store):
    with pytest.raises(IntegrityError, match=rf"{re.escape(as_reported(name))}\b"):
        store()


@pytest.mark.parametrize("store", ACCEPTED)
def test_constraints_accept_the_row_that_only_comes_close(store):
    store()


def test_every_constraint_of_the_models_has_its_refused_row():
    assert {name for name, _ in REFUSED} == CONSTRAINTS.keys()


def test_every_constraint_is_known_to_the_database():
    with connection.cursor() as cursor:
        stored = {
            name
            for model in MODELS
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }

    assert CONSTRAINTS.keys() <= stored


def two_of(model):
    """Return two different rows of a model that has a unique field."""
    makers = {
        "Compound": lambda i: make_compound(f"compound-{i}"),
        "Goal": lambda i: make_goal(f"goal-{i}"),
        "Outcome": lambda i: make_outcome(f"outcome-{i}"),
        "UnitSynonym": lambda i: UnitSynonym.objects.create(printed=f"unit {i}", stored="min"),
        "Study": lambda i: make_study(f"pmid:{i}"),
        "Finding": lambda i: make_finding(f"melatonin-{i}"),
        "MedicineClass": lambda i: MedicineClass.objects.create(code=f"class-{i}", name="Class"),
        "Condition": lambda i: make_condition(f"condition-{i}"),
        "Article": lambda i: make_article(slug=f"article-{i}"),
    }
    return [makers[model.__name__](i) for i in (1, 2)]


@pytest.mark.parametrize(
    "model, name", UNIQUE, ids=[f"{model.__name__}-{name}" for model, name in UNIQUE]
)
def test_unique_field_refuses_what_another_row_has(model, name):
    first, second = two_of(model)
    setattr(second, name, getattr(first, name))

    with pytest.raises(IntegrityError, match=rf"{model._meta.db_table}[._]{name}"):
        second.save()


def test_rows_that_others_stand_on_cannot_be_deleted_under_them():
    finding = make_finding()
    caution = make_caution()

    for row in (finding.outcome, finding.outcome.goal, finding.study, caution.condition):
        with pytest.raises(models.ProtectedError):
            row.delete()


def test_mid_goes_with_its_outcome_and_nothing_else_goes_with_a_goal():
    outcome = make_outcome()

    outcome.delete()

    assert not OutcomeMid.objects.exists()
    assert Goal.objects.count() == 1
