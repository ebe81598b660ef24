"""What the builder prints, as values: goal chips, ranked cards, reasons, those listed apart."""

from dataclasses import dataclass

from evidence.charts import Bar, benefit_bar
from evidence.models import Finding, Profile
from evidence.reasons import Cluster, Reasons, reasons_of
from evidence.synthesis import Certainty
from stackbuilder.engine.ranking import WEIGHTS, RankedCompound
from stackbuilder.links import DEFAULT_WEIGHT, with_weight
from stackbuilder.visitor.screened import Line, Screened

# A caution that so many of the compounds shown share is said once, above them.
SHARED_BY_AT_LEAST = 3
LEVELS = ("contraindicated", "avoid", "caution")


@dataclass(frozen=True)
class Chip:
    """A goal to choose: its address when toggled, and one address for each weight."""

    slug: str
    name: str
    weight: int
    toggle_url: str
    weight_urls: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class Badge:
    """A goal's letter and verdict; empty where nothing is recorded."""

    goal_slug: str
    goal: str
    letter: str
    verdict: str


@dataclass(frozen=True)
class Card:
    """One ranked compound."""

    ranked: RankedCompound
    name: str
    class_label: str
    low: int
    high: int
    bar: Bar
    badges: tuple[Badge, ...]
    cautions: dict[str, list[str]]
    why_url: str
    why: tuple | None = None
    # Where the compound joins the stack, or leaves it if it is a member.
    stack_url: str = ""
    is_member: bool = False
    # What concerns the visitor, strictest first; and the legal status where they are.
    lines: tuple[Line, ...] = ()
    is_let_back_in: bool = False
    legal: str = ""


@dataclass(frozen=True)
class Apart:
    """A compound that was studied for a chosen goal with nothing that counts."""

    slug: str
    name: str
    badges: tuple[Badge, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True)
class StudyTerm:
    """What one study adds to a compound's combined mean, in MID units."""

    cluster: Cluster
    term: float

    @property
    def certainty(self):
        """Return the lowest certainty among the study's counted findings, all domains counted."""
        found = (Certainty(line.values["certainty"]) for line in self.cluster.lines)
        return min(found, key=lambda certainty: certainty.rank)


@dataclass(frozen=True)
class GoalReasons:
    """Why a compound stands where it does, for one goal; its studies' terms add up to `term`.

    `profile` and `reasons` are None where no study is recorded.
    """

    name: str
    share: float
    term: float
    profile: Profile | None
    reasons: Reasons | None

    @property
    def studies(self):
        """Return the terms of the studies behind this goal."""
        if self.reasons is None:
            return []
        return [
            StudyTerm(cluster, self.share * cluster.values["contribution"])
            for cluster in self.reasons.clusters
        ]


def goal_chips(snapshot, state):
    """Return a chip for each goal, in the site's order."""
    slugs = [goal.slug for goal in snapshot.goals]
    weights = state.weights

    def url(slug, weight):
        return state.asking(weights=with_weight(weights, slugs, slug, weight)).url()

    return [
        Chip(
            slug=goal.slug,
            name=goal.name,
            weight=weights.get(goal.slug, 0),
            toggle_url=url(goal.slug, 0 if goal.slug in weights else DEFAULT_WEIGHT),
            weight_urls=tuple(
                (w, url(goal.slug, w), w <= weights.get(goal.slug, 0)) for w in WEIGHTS
            ),
        )
        for goal in snapshot.goals
    ]


def ranked_cards(snapshot, state, places, found=None):
    """Return the cards of the given `places`; the one of slug `state.why` has its reasons.

    `found` is what screening says of this visitor (`stackbuilder.visitor.screened`).
    """
    ranking, low, high = snapshot.ranked(state.weights)
    found = found or Screened()
    return [
        _card(
            snapshot, state, found, (ranking.at(place), int(low[place - 1]), int(high[place - 1]))
        )
        for place in places
    ]


def _card(snapshot, state, found, placed):
    ranked, low, high = placed
    compound = snapshot.compounds[ranked.index]
    is_open, is_member = compound.slug == state.why, compound.slug in state.members
    screening = found.screenings.get(compound.slug)
    change = state.without if is_member else state.adding
    return Card(
        ranked=ranked,
        name=compound.name,
        class_label=compound.class_label,
        low=low,
        high=high,
        bar=benefit_bar(ranked.mean, ranked.sd),
        badges=_badges(snapshot, ranked.index, state.weights),
        cautions=_by_level(compound.cautions),
        why_url=state.having(why="" if is_open else compound.slug).url(),
        why=_reasons(snapshot, ranked) if is_open else None,
        stack_url=change(compound.slug).url(),
        is_member=is_member,
        lines=found.lines(compound.slug),
        is_let_back_in=bool(screening and screening.is_let_back_in),
        legal=found.legal(compound.slug),
    )


def apart_cards(snapshot, weights, found=None):
    """Return the compounds listed apart, with what their studies reported; one query."""
    ranking, _, _ = snapshot.ranked(weights)
    found = found or Screened()
    indices = [i for i in ranking.apart_index.tolist() if found.is_in(snapshot.compounds[i].slug)]
    compounds = [snapshot.compounds[index] for index in indices]
    reports = _reports(compounds, weights)
    return [
        Apart(
            slug=compound.slug,
            name=compound.name,
            badges=_badges(snapshot, index, weights),
            reports=reports.get(compound.pk, ()),
        )
        for compound, index in zip(compounds, indices, strict=True)
    ]


def shared_cautions(cards):
    """Take cautions that every card has out of the cards; return them as {level: names}."""
    shared = {level: [] for level in LEVELS}
    if len(cards) < SHARED_BY_AT_LEAST:
        return {}
    for level in LEVELS:
        everyone = set.intersection(*(set(card.cautions.get(level, ())) for card in cards))
        for card in cards:
            if level in card.cautions:
                card.cautions[level] = [n for n in card.cautions[level] if n not in everyone]
        shared[level] = sorted(everyone)
    return {level: names for level, names in shared.items() if names}


def _badges(snapshot, index, weights):
    """Return a badge for each chosen goal."""
    return tuple(
        Badge(goal.slug, goal.name, *snapshot.verdicts.get((index, column), ("", "")))
        for column, goal in enumerate(snapshot.goals)
        if goal.slug in weights
    )


def _by_level(cautions):
    """Return the names of conditions by level, firmest level first."""
    return {level: [c.condition for c in cautions if c.level == level] for level in LEVELS}


def _reasons(snapshot, ranked):
    """Return the reasons of one place, goal by goal; two queries."""
    compound = snapshot.compounds[ranked.index]
    goals = {goal.slug: goal for goal in snapshot.goals}
    profiles = {
        profile.goal_id: profile
        for profile in Profile.objects.current(snapshot.version).filter(compound=compound.pk)
    }
    reasons = reasons_of(profiles.values())
    return tuple(
        GoalReasons(
            name=goals[term.goal].name,
            share=term.share,
            term=term.term,
            profile=profiles.get(goals[term.goal].pk),
            reasons=reasons.get(goals[term.goal].pk),
        )
        for term in ranked.terms
    )


def _reports(compounds, weights):
    """Return what the studies of compounds listed apart reported: "1 trial: harm"."""
    findings = (
        Finding.objects.published()
        .filter(compound__in=[c.pk for c in compounds], outcome__goal__slug__in=weights)
        .exclude(outcome__kind="safety")
        .values_list("compound_id", "study__design", "result", "study_id")
        .order_by("key")
    )
    counts = {}
    for compound_id, design, result, study_id in findings:
        counts.setdefault(compound_id, {}).setdefault((_sort(design), result), set()).add(study_id)
    return {
        compound_id: tuple(
            f"{_counted(len(studies), sort)}: {result.replace('-', ' ')}"
            for (sort, result), studies in reported.items()
        )
        for compound_id, reported in counts.items()
    }


def _counted(number, sort):
    """Return "1 trial", "2 trials", "2 animal studies"."""
    if number == 1:
        return f"1 {sort}"
    plural = sort.replace("study", "studies") if "study" in sort else f"{sort}s"
    return f"{number} {plural}"


def _sort(design):
    """Return a design in one plain word."""
    if design.endswith("meta-analysis"):
        return "review"
    if design.endswith(("rct", "trial")):
        return "trial"
    return {"animal": "animal study", "in-vitro": "laboratory study"}.get(design, "other study")
