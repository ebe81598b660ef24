"""Made rows of evidence for `/style/`; none of them is ever saved.

Their names say that they are made up, and their addresses lead to example.org, so that no
screenshot of the page can be taken for a finding.
"""

from evidence.charts import benefit_bar, forest_axis, forest_row
from evidence.choices import Certainty
from evidence.models import (
    Caution,
    Compound,
    Finding,
    Goal,
    Interaction,
    Outcome,
    Profile,
    RegulatoryStatus,
    SideEffect,
    Study,
)
from evidence.reasons import Cluster, Line, Reasons, Uncounted
from evidence.sections import GoalSection, Unranked
from evidence.synthesis import Grade

ADDRESS = "https://example.org/made-up-source"
COMPOUND = Compound(slug="examplin", name="Examplin", compound_class="other")
SLEEP = Goal(slug="sleep", name="Sleep")
ONSET = Outcome(slug="made-up-onset", name="Time to fall asleep", kind="clinical", goal=SLEEP)
MARKER = Outcome(slug="made-up-marker", name="Made-up marker", kind="surrogate", goal=SLEEP)

REVIEW = Study(
    pk=1,
    key="made-up-review",
    title="A made-up review of trials",
    url=ADDRESS,
    journal="Journal of Examples",
    year=2020,
    design="meta-analysis",
    n_studies=12,
    n_participants=1400,
    funding="public",
)
CORRECTED = Study(
    pk=2,
    key="made-up-trial",
    title="A made-up trial, corrected since",
    url=ADDRESS,
    registry="MADE-UP-1",
    year=2022,
    design="rct",
    n_participants=80,
    status="corrected",
)
RETRACTED = Study(
    pk=3,
    key="made-up-retraction",
    title="A made-up trial, retracted since",
    year=2019,
    design="rct",
    status="retracted",
    url=ADDRESS,
)
UNTRACED = Study(
    pk=4,
    key="made-up-untraced",
    title="A made-up cohort that nobody has traced",
    is_title_confirmed=False,
    design="cohort",
)

DOWNGRADES = (
    {"domain": "risk_of_bias", "levels": 1, "why": ["judged"]},
    {"domain": "inconsistency", "levels": 2, "why": ["judged", "reviews disagree"]},
    {"domain": "indirectness", "levels": 1, "why": ["surrogate outcome", "co-intervention"]},
    {"domain": "publication_bias", "levels": 0, "why": ["not assessed"]},
)


def goal_section(keys="specimen"):
    """Return a goal's section with two counted studies and three ways not to count.

    The keys of its findings begin with `keys`: they are ids on the page, so no two may agree.
    """
    profile = Profile(
        compound=COMPOUND,
        goal=SLEEP,
        letter="B",
        verdict="benefit that matters",
        mean=1.467,
        sd=0.35,
        dependable=1.173,
        p_matters=0.91,
        p_harm=0.001,
        certainty="moderate",
        is_only_markers=True,
        reviews_disagree_on=[ONSET.slug],
    )
    return GoalSection(profile, benefit_bar(1.467, 0.35), _reasons(keys))


def _reasons(keys):
    """Return made reasons: a review with two findings, one held at the cap, and the uncounted."""
    axis = forest_axis([6.0])
    lines = (
        _line(axis, f"{keys}-01", ONSET, 0.9, "moderate"),
        _line(axis, f"{keys}-02", MARKER, 6.4, "low"),
    )
    values = {"contribution": 0.667, "y": 0.9, "y_before_cap": 0.9, "level": "moderate"}
    held = {"contribution": 0.8, "y": 5.0, "y_before_cap": 6.4, "level": "low"}
    return Reasons(
        axis=axis,
        clusters=(
            Cluster("made-up-review", REVIEW, values, lines[:1]),
            Cluster("made-up-trial", CORRECTED, held, lines[1:]),
        ),
        not_counted=(
            Uncounted(f"{keys}-03", _finding(f"{keys}-03", study=RETRACTED), "retracted", "", None),
            Uncounted(f"{keys}-04", _finding(f"{keys}-04"), "set aside", "made-up reason", None),
            Uncounted(f"{keys}-05", None, "counted inside a review", "", REVIEW),
        ),
    )


def _line(axis, key, outcome, y, certainty):
    """Return one counted finding with its drawing."""
    study = REVIEW if outcome is ONSET else CORRECTED
    values = {"y": y, "basis": "", "certainty": certainty, "downgrades": DOWNGRADES[:2]}
    finding = _finding(key, outcome=outcome, study=study, p=0.012, n_participants=1400)
    return Line(key, finding, values, forest_row(axis, y, 0.2, 0.3))


def _finding(key, *, outcome=ONSET, study=UNTRACED, **values):
    """Return a made finding."""
    figures = {"measure": "MD", "estimate": -18.0, "ci_low": -26.0, "ci_high": -10.0, "unit": "min"}
    return Finding(
        key=key,
        compound=COMPOUND,
        outcome=outcome,
        study=study,
        result="benefit",
        note="A made-up note of the curator.",
        **{**figures, **values},
    )


def unranked():
    """Return findings that stand in no ranking: one with a figure, one with a direction alone."""
    grade = Grade(Certainty.HIGH, Certainty.LOW, Certainty.LOW, DOWNGRADES[:1], 0.0)
    safety = Outcome(slug="made-up-harm", name="Made-up unwanted effect", kind="safety")
    no_figure = {"measure": "", "estimate": None, "ci_low": None, "ci_high": None}
    return [
        Unranked(_finding("specimen-06", outcome=safety, study=REVIEW), grade),
        Unranked(_finding("specimen-07", outcome=safety, **no_figure), grade),
    ]


def safety():
    """Return cautions, interactions and side effects of every level, traced and untraced."""
    levels = {"contraindicated": "Pregnancy", "avoid": "Epilepsy", "caution": "Driving"}
    traced = {"source": ADDRESS, "source_title": "Made-up label", "source_quality": "primary"}
    return {
        "cautions": [
            Caution(
                other_condition=name,
                level=level,
                reason="Made-up reason",
                sources_differ="a made-up source says less" if level == "avoid" else "",
                **(traced if level != "caution" else {}),
            )
            for level, name in levels.items()
        ],
        "interactions": [
            Interaction(
                with_text=f"made-up {level} medicines", severity=level, effect="Made-up effect"
            )
            for level in ("major", "moderate", "minor")
        ],
        "side_effects": [
            SideEffect(effect="made-up headache", frequency="common", severity="mild", **traced),
            SideEffect(effect="made-up rash", frequency="unknown", severity="severe"),
        ],
    }


def statuses():
    """Return legal statuses for a table that folds on a narrow screen."""
    return [
        RegulatoryStatus(
            region="US", status="dietary-supplement", note="Made-up note.", source=ADDRESS
        ),
        RegulatoryStatus(region="EU", status="prescription-only"),
    ]
