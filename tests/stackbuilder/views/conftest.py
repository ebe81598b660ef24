"""What the tests of the builder's pages start from."""

import pytest

from tests.factories import make_compound, make_finding, make_goal, make_study, publish_all


@pytest.fixture
def evidence():
    """Melatonin and valerian have a figure for sleep, zinc was only tried in mice."""
    make_goal("sleep", position=0, name="Sleep")
    make_goal("mood", position=1, name="Mood & <Calm>")
    make_finding(estimate=-14, ci_low=-18, ci_high=-10)
    make_finding(compound=make_compound("valerian"), study=make_study("untraced:valerian-1"))
    mice = make_study("pmid:7", design="animal")
    make_finding(compound=make_compound("zinc"), study=mice, result="harm")
    publish_all()
