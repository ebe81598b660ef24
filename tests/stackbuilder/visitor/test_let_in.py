"""What may be let back in, and in which words the rest is refused."""

import pytest

from evidence.models import Compound, EvidenceVersion
from evidence.publication import system_user, withdraw_compounds
from stackbuilder.engine.person import Person
from stackbuilder.visitor.let_in import LetInForm
from stackbuilder.visitor.screening import safety_tables
from tests.factories import make_caution, make_compound, make_condition, make_finding, publish_all

pytestmark = pytest.mark.django_db

EPILEPTIC = Person(conditions=frozenset({"epilepsy"}))
LET_IN = Person(EPILEPTIC.conditions, let_back_in=frozenset({"melatonin"}))


@pytest.fixture
def evidence():
    """Melatonin is to be avoided with epilepsy and ruled out in pregnancy; zinc says nothing."""
    make_finding()
    make_compound("zinc")
    make_caution()
    pregnancy = make_condition("pregnancy", name="Pregnant")
    make_caution(condition=pregnancy, level="contraindicated")
    publish_all()


def form_of(kept=EPILEPTIC, **changes):
    """Return the form as the builder sends it, looked at."""
    tables = safety_tables(EvidenceVersion.objects.current_number())
    form = LetInForm({"compound": "melatonin", "act": "in", **changes}, tables=tables, kept=kept)
    form.is_valid()
    return form


def test_what_is_left_out_unless_let_in_can_be_let_in(evidence):
    form = form_of()

    assert form.is_valid()
    assert form.person == LET_IN


def test_what_is_let_in_already_stays_so(evidence):
    form = form_of(LET_IN)

    assert form.is_valid()
    assert form.person == LET_IN


@pytest.mark.parametrize("kept", [LET_IN, EPILEPTIC])
def test_what_is_let_in_can_be_left_out_again(evidence, kept):
    form = form_of(kept, act="out")

    assert form.is_valid()
    assert form.person == EPILEPTIC


def test_what_is_ruled_out_cannot_be_let_in(evidence):
    form = form_of(Person(conditions=frozenset({"epilepsy", "pregnancy"})))

    assert form.problem == (
        "Melatonin cannot be let back in: it is contraindicated for somebody who told us "
        "“Pregnant”."
    )
    assert not form.is_unknown


@pytest.mark.parametrize("kept, slug", [(Person(), "melatonin"), (EPILEPTIC, "zinc")])
def test_what_nothing_leaves_out_cannot_be_let_in(evidence, kept, slug):
    form = form_of(kept, compound=slug)

    assert form.problem == (
        f"Nothing you told us leaves {slug.capitalize()} out, so there is nothing to let back in."
    )


@pytest.mark.parametrize("act", ["in", "out"])
@pytest.mark.parametrize("slug", ["unobtainium", "draft"])
def test_unknown_compound_is_named(evidence, act, slug):
    make_compound("draft", published=False)

    form = form_of(compound=slug, act=act)

    assert form.problem == f"There is no compound called “{slug}”."
    assert form.is_unknown


def test_compound_that_was_withdrawn_can_be_left_out_and_not_let_in(evidence):
    withdraw_compounds(
        Compound.objects.filter(slug="melatonin"),
        by=system_user(),
        why="Not what it seemed",
    )

    assert form_of(LET_IN, act="out").person == EPILEPTIC
    assert form_of(LET_IN, act="in").is_unknown


@pytest.mark.parametrize(
    "changes",
    [
        {"compound": ""},
        {"compound": "no slug"},
        {"compound": "nul\0"},
        {"compound": "x" * 61},
        {"act": ""},
        {"act": "sideways"},
    ],
)
def test_form_that_cannot_be_read_says_so(evidence, changes):
    form = form_of(**changes)

    assert form.problem == "The form did not say which compound, or what to do with it."
    assert not form.is_unknown


def test_form_asks_the_database_only_for_a_name_it_has_to_say(evidence, django_assert_num_queries):
    safety_tables(EvidenceVersion.objects.current_number())

    with django_assert_num_queries(1):
        form_of()
    with django_assert_num_queries(2):
        form_of(Person())
