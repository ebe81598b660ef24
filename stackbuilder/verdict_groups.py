"""A goal's compounds by verdict, each apart: tested without effect is not untested."""

from dataclasses import dataclass

from evidence.charts import Bar, benefit_bar
from evidence.choices import Verdict

# The page of a goal stays readable, and its size bounded, whatever the catalogue holds.
ENTRIES_SHOWN = 50

# In this order on the page. The last two hold what was studied and cannot be quantified.
GROUPS = (
    (Verdict.BENEFIT, "Benefit that matters", "More likely than not by far, on solid evidence."),
    (Verdict.POSSIBLE_BENEFIT, "Possible benefit", "More likely than not."),
    (Verdict.UNCLEAR, "Unclear", "The evidence does not tell either way."),
    (
        Verdict.NO_BENEFIT,
        "No benefit that matters",
        "Tested: a benefit large enough to matter is unlikely. Not the same as untested.",
    ),
    (Verdict.POSSIBLE_HARM, "Possible harm", "Harm is more likely than not."),
    (Verdict.HARM, "Harm", "Harm that matters is likely."),
    (
        Verdict.NO_USABLE_FIGURE,
        "Studied, no usable figure",
        "Trials exist, but what they printed cannot be put on the scale.",
    ),
    (
        Verdict.NO_CONTROLLED,
        "No placebo-controlled evidence",
        "Studied in animals or cells, without comparison, or against another treatment.",
    ),
)


@dataclass(frozen=True)
class Entry:
    """One compound of a group; without figures `bar` is None and there is no place."""

    slug: str
    name: str
    class_label: str
    letter: str
    place: int | None = None
    low: int | None = None
    high: int | None = None
    bar: Bar | None = None


@dataclass(frozen=True)
class Group:
    """All compounds of one verdict, best first."""

    slug: str
    title: str
    meaning: str
    verdict: str
    entries: tuple[Entry, ...]
    more: int

    @property
    def size(self):
        """Return how many compounds have this verdict, shown or not."""
        return len(self.entries) + self.more


def verdict_groups(snapshot, goal_slug):
    """Return the groups of one goal that have a compound; no query."""
    column = next(i for i, goal in enumerate(snapshot.goals) if goal.slug == goal_slug)
    ranking, low, high = snapshot.ranked({goal_slug: 1})
    entries = {verdict: [] for verdict, _, _ in GROUPS}
    for row in ranking:
        letter, verdict = snapshot.verdicts[row.index, column]
        compound = snapshot.compounds[row.index]
        entries[verdict].append(
            Entry(
                slug=compound.slug,
                name=compound.name,
                class_label=compound.class_label,
                letter=letter,
                place=row.place,
                low=int(low[row.place - 1]),
                high=int(high[row.place - 1]),
                bar=benefit_bar(row.mean, row.sd),
            )
        )
    for index in ranking.apart_index.tolist():
        letter, verdict = snapshot.verdicts[index, column]
        compound = snapshot.compounds[index]
        entries[verdict].append(Entry(compound.slug, compound.name, compound.class_label, letter))
    return [_group(*words, entries[words[0]]) for words in GROUPS if entries[words[0]]]


def _group(verdict, title, meaning, entries):
    """Return one group, its first entries on the page and the others counted."""
    return Group(
        slug=verdict.name.lower().replace("_", "-"),
        title=title,
        meaning=meaning,
        verdict=verdict,
        entries=tuple(entries[:ENTRIES_SHOWN]),
        more=max(0, len(entries) - ENTRIES_SHOWN),
    )


@dataclass(frozen=True)
class GoalSummary:
    """A goal with how many compounds were studied for it, by verdict, in the order of GROUPS."""

    slug: str
    name: str
    studied: int
    counts: tuple[tuple[str, int], ...]


def goal_summaries(snapshot):
    """Return a summary of each goal, in the site's order; no query."""
    tallies = [dict.fromkeys((verdict for verdict, _, _ in GROUPS), 0) for _ in snapshot.goals]
    for (_, column), (_, verdict) in snapshot.verdicts.items():
        tallies[column][verdict] += 1
    return [
        GoalSummary(
            slug=goal.slug,
            name=goal.name,
            studied=sum(tally.values()),
            counts=tuple((title, tally[verdict]) for verdict, title, _ in GROUPS if tally[verdict]),
        )
        for goal, tally in zip(snapshot.goals, tallies, strict=True)
    ]
