"""What the tests of the API stand on: nobody is refused for asking often unless a test says so."""

import pytest

from stackbuilder.api.answers import ASKING
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_goal,
    make_interaction,
    make_study,
    publish_all,
)


@pytest.fixture(autouse=True)
def no_requests_before():
    """Every test asks from one address."""
    ASKING.forget()
    yield
    ASKING.forget()


@pytest.fixture
def evidence():
    """Melatonin and valerian have a figure for sleep, zinc was only tried in mice."""
    make_goal("sleep", position=0, name="Sleep")
    make_goal("mood", position=1, name="Mood")
    make_finding(estimate=-14, ci_low=-18, ci_high=-10)
    make_finding(compound=make_compound("valerian"), study=make_study("doi:10.1000/a/b"))
    mice = make_study("pmid:7", design="animal")
    make_finding(compound=make_compound("zinc"), study=mice, result="harm")
    make_caution()
    make_interaction()
    publish_all()
