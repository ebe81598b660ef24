"""Safety is a gate: whatever the figures say, nobody who is out comes back in."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from stackbuilder.engine.person import Person
from stackbuilder.suggesting.benefit_curves import curve_of_budgets, curve_of_sizes
from stackbuilder.suggesting.suggestions import suggest
from tests.made_up_tables import (
    PREGNANT,
    STORY,
    a_question,
    made_up_prices,
    made_up_safety,
    made_up_tables,
)

few = settings(deadline=None, max_examples=60)

benefits = st.one_of(st.none(), st.floats(-5, 5), st.just(5.0))
scores = st.fixed_dictionaries({slug: st.tuples(benefits, benefits) for slug in STORY})
some = st.sets(st.sampled_from(sorted(STORY)))
PRICES = made_up_prices(melatonin="3", saffron="9", valerian="0", zinc="1")


def names_of(slugs):
    return {slug.capitalize() for slug in slugs}


@few
@given(scores=scores, avoided=some, members=some, weight=st.integers(1, 3), size=st.integers(1, 5))
def test_no_change_of_scores_lets_an_excluded_compound_back_in(
    scores, avoided, members, weight, size
):
    question = a_question(
        tables=made_up_tables(scores),
        safety=made_up_safety(avoided=sorted(avoided)),
        person=PREGNANT,
        prices=PRICES,
        weights={"sleep": weight, "mood": 1},
        members=tuple(sorted(members)),
        size=size,
    )

    found = suggest(question)
    curves = [curve_of_sizes(question), curve_of_budgets(question)]

    named = {member.name for member in found.members}
    for other in filter(None, (found.next_best, found.more)):
        named |= set(other.entering)
    for row in (row for curve in curves if curve for row in curve.rows):
        named |= set(row.names)
    assert not named & names_of(avoided)
    assert not {f"in={slug}" for slug in avoided} & set(found.take_url.split("&"))


@few
@given(scores=scores, clashing=st.sampled_from([("zinc", "saffron"), ("melatonin", "valerian")]))
def test_no_change_of_scores_brings_together_what_clashes(scores, clashing):
    question = a_question(tables=made_up_tables(scores), safety=made_up_safety(clashing=[clashing]))

    named = {member.name for member in suggest(question).members}

    assert not names_of(clashing) <= named


@few
@given(scores=scores, let_in=some)
def test_without_a_budget_no_price_changes_the_stack(scores, let_in):
    person = Person(let_back_in=frozenset(let_in))
    tables = made_up_tables(scores)

    free = suggest(a_question(tables=tables, person=person))
    priced = suggest(a_question(tables=tables, person=person, prices=PRICES))

    assert [m.slug for m in free.members] == [m.slug for m in priced.members]


@few
@given(scores=scores, budget=st.decimals(0, 15, places=2))
def test_no_stack_costs_more_than_the_budget(scores, budget):
    question = a_question(tables=made_up_tables(scores), prices=PRICES, budget=Decimal(budget))

    assert suggest(question).cost <= budget
