"""What the method page prints: every number of the method as the code has it, and one example.

Nothing here is typed twice. Constants are read from the modules that use them at each request, so
the page cannot say one thing while the ranking does another.
"""

from dataclasses import dataclass
from statistics import NormalDist

from django.db.models import Count

from evidence import choices
from evidence.charts import benefit_bar
from evidence.figures import source_links
from evidence.models import Compound, OutcomeMid, Profile
from evidence.reasons import Cluster, Line
from evidence.sections import GoalSection, goal_sections
from evidence.summaries import facts_for
from evidence.synthesis import (
    Certainty,
    ClusterShare,
    Concern,
    Design,
    constants,
    statement_verb,
)
from evidence.synthesis.grading import start_of
from evidence.synthesis.pooling import Cluster as WeighedCluster
from evidence.synthesis.worked import WorkedExample, worked_example
from evidence.synthesis.worked_finding import WorkedFinding
from stackbuilder.engine import assembly, person, places, ranking
from stackbuilder.method_words import CONVENTIONS, MID_BASES, NOT_COUNTED, SOURCES, VERDICTS

# The example's compound and goal; the page works without them.
EXAMPLE = ("thymosin-alpha-1", "anti-inflammation")
ENGINE_CONSTANTS = (
    ("DRAWS", places, "number", "guesses at the truth behind likely places"),
    ("LOW_PERCENTILE", places, "percentile", "best end of the likely places"),
    ("HIGH_PERCENTILE", places, "percentile", "worst end of the likely places"),
    ("SEED", places, "number", "where the draws start, always the same"),
    ("PRIOR_MEAN", ranking, "MID", "what the prior expects before any evidence"),
    ("MEMBER_CHARGE", assembly, "MID", "what every member of a proposed stack has to be worth"),
    ("USUAL_SIZE", person, "members", "most members of a proposed stack, unless you say otherwise"),
)


@dataclass(frozen=True)
class Example:
    """The worked example: its section as on the compound's page, and the arithmetic behind it.

    `findings` puts each finding of the heaviest study beside its line in the section, `clusters`
    each study beside its share and its entry there; None where a publication came in between.
    """

    compound: Compound
    section: GoalSection
    worked: WorkedExample
    findings: tuple[tuple[WorkedFinding, Line | None], ...]
    clusters: tuple[tuple[WeighedCluster, ClusterShare, Cluster | None], ...]


def method_page(number):
    """Return what the page prints as of evidence version `number`, in six queries."""
    numbers = constants_in_force()
    bases = mid_bases()
    return {
        "c": numbers,
        "derived": derived_figures(numbers),
        "constants": constant_rows(numbers),
        "version": constants.METHOD_VERSION,
        "history": constants.METHOD_HISTORY,
        "mid_bases": bases,
        "mids": sum(basis.count for basis in bases),
        "conventions": sum(basis.count for basis in bases if basis.is_convention),
        "not_counted": NOT_COUNTED,
        "starts": starting_levels(),
        "levels": {concern.name: concern.levels for concern in Concern},
        "verdicts": VERDICTS,
        "verbs": [(level, statement_verb(level)) for level in reversed(Certainty)],
        "prior_bar": benefit_bar(numbers["PRIOR_MEAN"], numbers["PRIOR_SD"]),
        "sources": SOURCES,
        "example": worked_page_example(number),
    }


def constants_in_force():
    """Return {name: value} of the constants of the synthesis and of the ranking."""
    synthesis = {
        name: value
        for name, value in vars(constants).items()
        if name.isupper() and isinstance(value, int | float)
    }
    engine = {name: getattr(module, name) for name, module, _, _ in ENGINE_CONSTANTS}
    return {**synthesis, **engine, "WEIGHTS": ranking.WEIGHTS}


def derived_figures(numbers):
    """Return what follows from the constants and is easier to picture than they are."""
    cdf = NormalDist().cdf
    *weights, last = numbers["WEIGHTS"]
    return {
        "sure": cdf(numbers["Z_DEPENDABLE"]),
        "interval": 2 * cdf(numbers["Z_INTERVAL"]) - 1,
        "prior_chance": cdf((numbers["PRIOR_MEAN"] - numbers["IMPORTANT"]) / numbers["PRIOR_SD"]),
        "ratio_fall": 1 - numbers["DEFAULT_RATIO_MID_LOWER"],
        "ratio_rise": numbers["DEFAULT_RATIO_MID_HIGHER"] - 1,
        "weights": f"{', '.join(map(str, weights))} or {last}",
        "draws": f"{numbers['DRAWS']:,}",
    }


def constant_rows(numbers):
    """Return (meaning, value, unit, links) of every constant, in the method's order."""
    rows = [
        (one.meaning, one.value, one.unit, source_links(one.source)) for one in constants.CONSTANTS
    ]
    rows += [(meaning, numbers[name], unit, []) for name, _, unit, meaning in ENGINE_CONSTANTS]
    return rows


@dataclass(frozen=True)
class Basis:
    """What so many MIDs rest on; a convention was agreed on, not measured."""

    label: str
    count: int
    meaning: str
    is_convention: bool


def mid_bases():
    """Return each basis with how many MIDs rest on it, in one query."""
    counts = dict(OutcomeMid.objects.order_by().values_list("basis").annotate(Count("pk")))
    return [
        Basis(basis.label, counts.get(basis, 0), meaning, basis in CONVENTIONS)
        for basis, meaning in MID_BASES
    ]


def starting_levels():
    """Return (level, its designs in words) for the designs that can count, best level first."""
    designs = {level: [] for level in reversed(Certainty)}
    for design in Design:
        if design.is_in_people:
            designs[start_of(design)].append(choices.Design(design).label)
    return [(level, labels) for level, labels in designs.items() if labels]


def worked_page_example(number):
    """Return the example, or None where the catalogue has nothing to count for it."""
    compound_slug, goal_slug = EXAMPLE
    profile = (
        Profile.objects.current(number)
        .public()
        .filter(compound__slug=compound_slug, goal__slug=goal_slug, mean__isnull=False)
        .select_related("compound", "goal")
        .first()
    )
    if profile is None:
        return None
    (section,) = goal_sections([profile])
    facts = facts_for([profile.compound_id]).get((profile.compound_id, profile.goal_id), [])
    worked = worked_example(facts)
    if worked is None:
        return None
    lines = {line.key: line for cluster in section.reasons.clusters for line in cluster.lines}
    studies = {cluster.key: cluster for cluster in section.reasons.clusters}
    return Example(
        compound=profile.compound,
        section=section,
        worked=worked,
        findings=tuple((one, lines.get(one.counted.key)) for one in worked.findings),
        clusters=tuple(
            (one, share, studies.get(one.study))
            for one, share in zip(worked.clusters, worked.profile.clusters, strict=True)
        ),
    )
