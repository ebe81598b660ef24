"""Profiles with figures that one can reckon with by hand, past the synthesis.

The standing story: strong has 1.0 give or take 0.6 for sleep, close 0.9 ± 0.6, weak 0.0 ± 0.8.
"""

from evidence.models import EvidenceVersion, Profile
from evidence.publication import publish_change, system_user
from evidence.synthesis.constants import Z_DEPENDABLE
from tests.factories import make_compound, make_goal

FIGURES = {"strong": (1.0, 0.6), "close": (0.9, 0.6), "weak": (0.0, 0.8)}


def make_profile(compound, mean, sd, *, goal=None, **changes):
    """Return a stored profile with these figures, or with none where `mean` is None."""
    values = {"letter": "C", "verdict": "possible benefit", "certainty": "low"}
    if mean is None:
        values = {"letter": "–", "verdict": "studied, no usable figure"}
    return Profile.objects.create(
        compound=compound,
        goal=goal or make_goal("sleep"),
        version=EvidenceVersion.objects.order_by("-number").first() or new_version(),
        method_version="1",
        n_findings=1,
        mean=mean,
        sd=sd,
        dependable=None if mean is None else mean - Z_DEPENDABLE * sd,
        is_only_markers=False,
        **{**values, **changes},
    )


def make_profiles():
    """Return the compounds of the standing story by slug."""
    found = {slug: make_compound(slug) for slug in FIGURES}
    for slug, (mean, sd) in FIGURES.items():
        make_profile(found[slug], mean, sd)
    return found


def new_version():
    """Return a new evidence version in which no profile changed."""
    return publish_change(by=system_user(), why="Made for a test", pairs=[]).version
