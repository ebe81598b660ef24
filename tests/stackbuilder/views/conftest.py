"""What the tests of the builder's pages start from."""

import pytest

from tests.about_you_pages import EPILEPSY, SAVE, URL
from tests.factories import (
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_interaction,
    make_medicine_class,
    make_study,
    publish_all,
)


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


@pytest.fixture
def asked():
    """Two groups of conditions and two classes; melatonin is to be avoided with epilepsy."""
    make_finding()
    make_compound("zinc")
    make_condition("pregnancy", name="Pregnant", group="Life stage", position=0)
    make_condition("epilepsy", name="Epilepsy", group="Mind & nerves", position=1)
    make_medicine_class("anticoagulants", name="Blood thinners", position=0)
    make_medicine_class("cyp-substrates", name="Cleared by liver enzymes", position=1)
    make_caution()
    make_caution(condition=make_condition("pregnancy"), level="contraindicated")
    make_interaction(severity="major")
    publish_all()


@pytest.fixture
def known(client, asked):
    """A client whose visitor has said that they have epilepsy."""
    client.post(URL, {**SAVE, **EPILEPSY})
    return client
