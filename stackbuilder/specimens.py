"""Made values for `/style/`: every part of the pages in every state, and none of it evidence."""

from dataclasses import dataclass

from evidence.charts import benefit_bar, forest_axis, forest_row
from evidence.choices import Certainty, Letter, Verdict
from evidence.synthesis.constants import Z_DEPENDABLE
from stackbuilder.cards import Apart, Badge, Card, Chip, GoalReasons
from stackbuilder.engine.ranking import GoalTerm, RankedCompound
from stackbuilder.links import builder_url
from stackbuilder.specimen_evidence import DOWNGRADES, goal_section

LONG_NAME = "Examplin hydroxybutyrate monohydrate of a rather long name"


@dataclass(frozen=True)
class Specimen:
    """A part in one state: what to call it, and the value it is drawn from."""

    caption: str
    value: object


BARS = (
    Specimen("benefit that matters", benefit_bar(1.6, 0.3)),
    Specimen("no effect, and sure of it", benefit_bar(0.05, 0.1)),
    Specimen("harm", benefit_bar(-1.4, 0.25)),
    Specimen("wide", benefit_bar(0.4, 1.2)),
    Specimen("cut at both ends", benefit_bar(0.5, 3.0)),
    Specimen("beyond the axis", benefit_bar(4.2, 0.4)),
    Specimen("nothing to draw", None),
)
USUAL, WIDE = forest_axis([0.9]), forest_axis([6.0])
FOREST_ROWS = (
    Specimen("benefit", forest_row(USUAL, 0.9, 0.15, 0.05)),
    Specimen("harm", forest_row(USUAL, -1.2, 0.2, 0.09)),
    Specimen("wide with possible bias", forest_row(USUAL, 0.3, 0.2, 0.9)),
    Specimen("cut at both ends", forest_row(USUAL, 0.3, 0.9, 4.0)),
    Specimen("on the wider axis", forest_row(WIDE, 4.5, 0.5, 0.6)),
    Specimen("beyond the axis", forest_row(WIDE, 9.0, 0.5, 0.6)),
)
CERTAINTIES = (
    *(
        Specimen(level.label, (level.value, DOWNGRADES[:count]))
        for count, level in enumerate(Certainty)
    ),
    Specimen("every kind of cause", ("very-low", DOWNGRADES)),
)


def badges():
    """Return the letters for every verdict, and the state without any."""
    return [Specimen(verdict.label, [letter.value for letter in Letter]) for verdict in Verdict]


def chips():
    """Return goals: one not chosen, and one with each weight."""
    names = ("Not chosen", "Weight one", "Weight two", "Weight three")
    return [
        Chip(
            slug=f"specimen-{weight}",
            name=name,
            weight=weight,
            toggle_url=builder_url({"sleep": 1}),
            weight_urls=tuple((w, builder_url({"sleep": w}), w <= weight) for w in (1, 2, 3)),
        )
        for weight, name in enumerate(names)
    ]


def cards():
    """Return cards: with its reasons open, with every level of caution, and with a long name."""
    everything = {
        "contraindicated": ["pregnancy"],
        "avoid": ["epilepsy", "bleeding disorders", "surgery", "asthma", "kidney disease"],
        "caution": ["driving"],
    }
    return [
        _card(1, "Examplin", benefit_bar(1.1, 0.35), why=_goal_reasons()),
        _card(2, "Specimenol", benefit_bar(0.2, 0.6), cautions=everything),
        _card(3, LONG_NAME, benefit_bar(-0.6, 0.2)),
    ]


def _card(place, name, bar, *, cautions=None, why=None):
    """Return one card; its slug is its place, so that no two share an id."""
    slug = f"specimen-{place}"
    sd = (bar.mean - bar.dependable) / Z_DEPENDABLE
    terms = (GoalTerm("sleep", 0.75, bar.mean, True), GoalTerm("stress-anxiety", 0.25, 0.0, False))
    return Card(
        ranked=RankedCompound(place, place - 1, slug, bar.mean, sd, bar.dependable, terms),
        name=name,
        class_label="botanical",
        low=place,
        high=place if place == 3 else place + 4,
        bar=bar,
        badges=(
            Badge("sleep", "Sleep", "B", "benefit that matters"),
            Badge("stress-anxiety", "Stress & Anxiety", "", ""),
        ),
        cautions=cautions or {},
        why_url=builder_url({"sleep": 1}),
        why=why,
    )


def _goal_reasons():
    """Return the reasons of the open card: one goal with studies, one without any."""
    section = goal_section("reason")
    return (
        GoalReasons("Sleep", 0.75, 1.1, section.profile, section.reasons),
        GoalReasons("Stress & Anxiety", 0.25, 0.0, None, None),
    )


def apart():
    """Return a compound that is listed apart."""
    badge = Badge("sleep", "Sleep", Letter.NONE.value, Verdict.NO_USABLE_FIGURE.value)
    return [
        Apart("examplin", "Examplin", (badge,), ("2 trials: no clear difference", "1 trial: harm"))
    ]
