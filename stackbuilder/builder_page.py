"""All that the builder shows for one state and one visitor, as the context of its templates."""

from math import ceil

from evidence.models import EvidenceVersion
from stackbuilder.candidates import snapshot_at
from stackbuilder.cards import apart_cards, goal_chips, ranked_cards, shared_cautions
from stackbuilder.stacks.panel import stack_panel
from stackbuilder.suggesting.form import suggest_form
from stackbuilder.visitor.screened import Screened, concerns, left_out, preference_words, screened
from stackbuilder.visitor.screening import safety_tables

CARDS_A_PAGE = 50
# Of each kind; more are counted.
LEFT_OUT_SHOWN = 100


def builder_page(form, person, newest):
    """Return the context; `newest` is the number of the newest evidence version.

    Tables of safety are read only where something asks for them: a member, an answer, or a
    preference that safety decides.
    """
    state = form.state
    tables = snapshot_at(state.evidence or newest, newest)
    is_screened = concerns(state, person)
    safety = safety_tables(newest) if is_screened or state.members else None
    found = screened(tables, state, person, safety) if is_screened or state.certainty else None
    return {
        "form": form,
        "problems": form.problems,
        "state": state,
        "weights": state.weights,
        "chips": goal_chips(tables, state),
        "preferences": preference_words(state),
        "answers": len(person.answers),
        "pinned": _pinned(state, newest),
        **(_results(tables, state, found or Screened()) if state.weights else {}),
        "suggest_form": suggest_form(form, tables) if state.weights else None,
        "panel": stack_panel(tables, state, person, safety) if state.members else None,
    }


def _pinned(state, newest):
    """Return the version that the address pins the figures to, and whether a newer one exists."""
    if not state.evidence:
        return None
    version = EvidenceVersion.objects.filter(pk=state.evidence).first()
    is_old = state.evidence < newest
    return {"version": version, "is_old": is_old, "live_url": state.having(evidence=None).url()}


def _results(tables, state, found):
    """Return one page of the ranking, who is left out, and after the last page those apart."""
    ranking, _, _ = tables.ranked(state.weights)
    places = [place for place, slug in enumerate(ranking.slugs, start=1) if found.is_in(slug)]
    pages = max(1, ceil(len(places) / CARDS_A_PAGE))
    page = min(state.page, pages)
    state = state.having(page=page)
    cards = ranked_cards(tables, state, places[(page - 1) * CARDS_A_PAGE :][:CARDS_A_PAGE], found)
    return {
        "count": len(ranking),
        "cards": cards,
        "shared_cautions": shared_cautions(cards),
        "page": page,
        "pages": pages,
        "previous_url": page > 1 and state.having(page=page - 1, why="").url(),
        "next_url": page < pages and state.having(page=page + 1, why="").url(),
        "apart": apart_cards(tables, state.weights, found) if page == pages else [],
        **_left_out(tables, state, found),
    }


def _left_out(tables, state, found):
    """Return who is left out: for the visitor's health, and by what they prefer."""
    out = left_out(tables, state, found)
    groups = {
        "left_out": [one for one in out if not one.is_by_preference],
        "left_out_by_preference": [one for one in out if one.is_by_preference],
    }
    shown = {name: group[:LEFT_OUT_SHOWN] for name, group in groups.items()}
    more = {f"{name}_more": len(group) - LEFT_OUT_SHOWN for name, group in groups.items()}
    return {"left_out_count": len(out), **shown, **more}
