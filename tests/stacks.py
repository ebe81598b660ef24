"""Profiles with figures of one's own, and the panel of a stack that stands on them.

With a standard deviation of 0.5 the dependable benefit is the mean less 0.4208105.
"""

from evidence.models import EvidenceVersion, Profile
from stackbuilder.candidates import snapshot_at
from stackbuilder.engine.person import Person
from stackbuilder.stacks.panel import stack_panel
from stackbuilder.visitor.screening import safety_tables
from tests.factories import make_compound, make_goal, publish_all

SD = 0.5
NOBODY = Person()


def make_profile(compound, mean, *, goal="sleep", **changes):
    """Return a profile of a compound for a goal, both by slug; a mean of None counts nothing."""
    is_counted = mean is not None
    values = {
        "version": EvidenceVersion.objects.first() or publish_all().version,
        "method_version": "1",
        "n_findings": 1,
        "letter": "C" if is_counted else "–",
        "verdict": "possible benefit" if is_counted else "studied, no usable figure",
        "certainty": "low" if is_counted else "",
        "mean": mean,
        "sd": SD if is_counted else None,
        "dependable": mean - 0.841621 * SD if is_counted else None,
        "is_only_markers": False,
    }
    pair = {"compound": make_compound(compound), "goal": make_goal(goal)}
    return Profile.objects.create(**pair, **{**values, **changes})


def panel_of(state, person=NOBODY):
    """Return the panel of a state for a visitor, by default one who said nothing."""
    number = EvidenceVersion.objects.current_number()
    tables = snapshot_at(state.evidence or number, number)
    return stack_panel(tables, state, person, safety_tables(number))
