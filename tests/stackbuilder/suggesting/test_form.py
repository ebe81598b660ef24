"""The form that asks for the best stack: nothing of the address is lost in it."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from stackbuilder.forms import BuilderForm
from stackbuilder.suggesting.form import suggest_form
from tests.made_up_tables import made_up_tables


def form_of(query, currencies=()):
    tables = made_up_tables()
    return suggest_form(BuilderForm(QueryDict(query), tables=tables), tables, currencies)


def sent(form):
    """Return what a browser would send, as the builder's form reads it."""
    pairs = [
        *form.hidden,
        *(("size", choice.value) for choice in form.sizes if choice.is_chosen),
        ("budget", form.budget),
        *(("currency", choice.value) for choice in form.currencies if choice.is_chosen),
        *(("must", choice.value) for choice in form.keep if choice.is_chosen),
        *(("not", choice.value) for choice in form.leave if choice.is_chosen),
    ]
    return BuilderForm(QueryDict(urlencode(pairs)), tables=made_up_tables()).state


@pytest.mark.parametrize("currencies", [(), ("USD", "EUR")])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "goal=sleep:2&goal=mood",
        "goal=sleep&in=zinc&in=saffron&must=saffron&not=melatonin&region=US&injections=no",
        "goal=sleep&tested=yes&certainty=low&size=15&budget=29.90&currency=GBP&evidence=1",
    ],
)
def test_form_sends_the_state_that_it_was_made_of(query, currencies):
    state = BuilderForm(QueryDict(query), tables=made_up_tables()).state

    assert sent(form_of(query, currencies)) == state


def test_form_starts_from_the_top():
    assert not {"why", "page"} & {name for name, _ in form_of("goal=sleep&why=zinc&page=3").hidden}


def test_size_that_is_not_among_the_usual_is_kept():
    sizes = [choice.value for choice in form_of("size=15").sizes]

    assert sizes == [*map(str, range(1, 11)), "15"]


@pytest.mark.parametrize("size", ["0", "99", "abc"])
def test_size_that_cannot_be_is_named(size):
    form = form_of(f"size={size}")

    assert form.size_problem
    assert [choice.value for choice in form.sizes if choice.is_chosen] == ["5"]


@pytest.mark.parametrize("budget", ["-5", "abc", "1e9", "1.234"])
def test_budget_that_cannot_be_stays_as_it_was_typed(budget):
    form = form_of(f"budget={budget}")

    assert form.budget == budget
    assert form.budget_problem


def test_those_who_are_in_can_be_kept_and_those_left_out_let_in():
    form = form_of("in=zinc&in=saffron&must=saffron&must=valerian&not=melatonin")

    assert [(choice.label, choice.is_chosen) for choice in form.keep] == [
        ("Zinc", False),
        ("Saffron", True),
        ("Valerian", True),
    ]
    assert form.kept == 2
    assert [choice.value for choice in form.leave] == ["melatonin"]


def test_currency_is_a_choice_where_there_are_several_and_hidden_elsewhere():
    assert ("currency", "GBP") in form_of("currency=GBP").hidden
    assert [choice.value for choice in form_of("currency=GBP", ("USD", "EUR")).currencies] == [
        "USD",
        "EUR",
        "GBP",
    ]
