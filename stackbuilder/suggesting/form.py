"""The form that asks for the best stack: the limits, whom to keep, whom to leave out.

It is a GET form; what else stands in the address of the builder travels with it, hidden.
"""

from dataclasses import dataclass

from stackbuilder.candidates import Snapshot
from stackbuilder.forms import BuilderForm
from stackbuilder.links import State

# Sizes to choose from; whoever came with another one keeps it.
USUAL_SIZES = range(1, 11)
OWN_FIELDS = ("size", "budget", "must", "not", "why", "page")


@dataclass(frozen=True)
class Choice:
    """One of several: a size, a currency, a compound to keep or to leave out."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class SuggestForm:
    """What the form prints; without `currencies` the one in the address travels hidden."""

    state: State
    hidden: tuple[tuple[str, str], ...]
    sizes: tuple[Choice, ...]
    size_problem: str
    budget: str
    budget_problem: str
    currencies: tuple[Choice, ...]
    keep: tuple[Choice, ...]
    leave: tuple[Choice, ...]

    @property
    def kept(self) -> int:
        """Return how many must be in."""
        return sum(choice.is_chosen for choice in self.keep)


def suggest_form(
    form: BuilderForm, tables: Snapshot, currencies: tuple[str, ...] = ()
) -> SuggestForm:
    """Return the form for what was asked; a budget that could not be read stays as it was typed."""
    state = form.state
    sizes = sorted({*USUAL_SIZES, state.size})
    codes = dict.fromkeys((*currencies, state.currency)) if currencies else ()
    own = (*OWN_FIELDS, "currency") if codes else OWN_FIELDS
    given = "" if state.budget is None else f"{state.budget.normalize():f}"
    return SuggestForm(
        state=state,
        hidden=tuple(state.pairs_without(*own)),
        sizes=tuple(Choice(str(size), str(size), size == state.size) for size in sizes),
        size_problem=" ".join(form.errors.get("size", ())),
        budget=form["budget"].value() or "" if form.errors.get("budget") else given,
        budget_problem=" ".join(form.errors.get("budget", ())),
        currencies=tuple(Choice(code, code, code == state.currency) for code in codes),
        keep=_choices(tables, (*state.members, *state.must), state.must),
        leave=_choices(tables, state.must_not, state.must_not),
    )


def _choices(
    tables: Snapshot, slugs: tuple[str, ...], chosen: tuple[str, ...]
) -> tuple[Choice, ...]:
    names = {slug: tables.compounds[tables.row_of[slug]].name for slug in dict.fromkeys(slugs)}
    return tuple(Choice(slug, name, slug in chosen) for slug, name in names.items())
