"""What an act moves, or would move: each profile it touches and its place, before and after.

`effect_of` asks the real synthesis and stores nothing, so what it foretells is what publication
then stores, to the last digit. Places are those of a ranking for that goal alone: by dependable
benefit, then the surer, then the slug.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from math import sqrt

from django.utils import timezone

from evidence.models import Compound, Goal, Outcome, Profile
from evidence.publication import VALUES, pairs_touched_by, profile_of
from evidence.summaries import facts_of, findings_for_ranking, study_facts
from evidence.synthesis.constants import Z_DEPENDABLE

# The key of a finding that has none yet: it sorts behind all that have one.
NOT_YET_NAMED = "~"


@dataclass(frozen=True)
class Standing:
    """A profile and its place among the `of` compounds ranked for its goal.

    `place` is None where nothing is counted, or the compound is not public.
    """

    profile: Profile
    place: int | None
    of: int


@dataclass(frozen=True)
class Movement:
    """One pair before an act and after it; None where no public finding supports a profile."""

    compound: Compound
    goal: Goal
    before: Standing | None
    after: Standing | None

    @property
    def is_move(self):
        """Say whether a reader would see a difference."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        if self.before.place != self.after.place:
            return True
        rows = self.before.profile, self.after.profile
        return any(getattr(rows[0], name) != getattr(rows[1], name) for name in VALUES)


def effect_of(*, published=(), withdrawn=(), changed=(), studies=()):
    """Return what these acts together would move, without storing anything.

    `published` and `changed` are findings with the values they would have, stored or not (each
    with compound, outcome and study); `withdrawn` are public findings; `studies` are stored
    studies with values they would have. Raises SynthesisError for figures that entry refuses.
    """
    coming = [row for row in (*published, *changed) if _is_ranked(row)]
    leaving = [row for row in (*withdrawn, *changed) if row.pk]
    pairs = {(row.compound_id, row.outcome.goal_id) for row in coming}
    for row in (*leaving, *studies):
        pairs |= pairs_touched_by(row)
    gone = {row.pk for row in (*leaving, *coming) if row.pk}
    stay = [
        row
        for row in findings_for_ranking({compound_id for compound_id, _ in pairs})
        if row.pk not in gone
    ]
    facts = facts_of([*stay, *_named(coming)], {study.pk: study_facts(study) for study in studies})
    after = {pair: profile_of(pair, facts[pair]) for pair in pairs if pair in facts}
    return movements(pairs, standings_of(pairs), after)


def movements(pairs, before, after):
    """Return the movement of each pair from earlier standings to these profiles.

    Both are by pair, without the pairs that have no profile. In order of goal and compound.
    """
    goals = Goal.objects.in_bulk({goal_id for _, goal_id in pairs})
    compounds = Compound.objects.in_bulk({compound_id for compound_id, _ in pairs})
    placed = _standings(pairs, after)
    found = [
        Movement(compounds[pair[0]], goals[pair[1]], before.get(pair), placed.get(pair))
        for pair in pairs
    ]
    return sorted(found, key=lambda one: (one.goal.position, one.goal.slug, one.compound.name))


def standings_of(pairs):
    """Return the standing of each of these pairs as it is stored now, where there is one."""
    return _standings(pairs, current_profiles(pairs))


def current_profiles(pairs):
    """Return the current profile of each of these pairs, where there is one."""
    rows = Profile.objects.current().filter(
        compound__in={compound_id for compound_id, _ in pairs},
        goal__in={goal_id for _, goal_id in pairs},
    )
    found = {(row.compound_id, row.goal_id): row for row in rows}
    return {pair: found[pair] for pair in pairs if pair in found}


def _standings(pairs, profiles):
    """Place profiles among what is stored of all other compounds."""
    public = Compound.objects.published()
    slugs = dict(public.filter(pk__in={c for c, _ in pairs}).values_list("pk", "slug"))
    keys = _stored_keys({goal_id for _, goal_id in pairs})
    for compound_id, goal_id in pairs:
        keys[goal_id].pop(compound_id, None)
    for (compound_id, goal_id), profile in profiles.items():
        if compound_id in slugs and profile.mean is not None:
            keys[goal_id][compound_id] = _key(profile.mean, profile.sd, slugs[compound_id])
    places = {
        goal_id: {pk: i for i, pk in enumerate(sorted(by, key=by.__getitem__), start=1)}
        for goal_id, by in keys.items()
    }
    return {
        pair: Standing(profile, places[pair[1]].get(pair[0]), len(places[pair[1]]))
        for pair, profile in profiles.items()
    }


def _stored_keys(goal_ids):
    """Return what orders the ranked compounds of each goal: {goal id: {compound id: key}}."""
    rows = Profile.objects.current().filter(
        goal__in=goal_ids, mean__isnull=False, compound__published_at__lte=timezone.now()
    )
    keys = defaultdict(dict, {goal_id: {} for goal_id in goal_ids})
    for goal_id, compound_id, mean, sd, slug in rows.order_by().values_list(
        "goal_id", "compound_id", "mean", "sd", "compound__slug"
    ):
        keys[goal_id][compound_id] = _key(mean, sd, slug)
    return keys


def _key(mean, sd, slug):
    # By the ranking's own steps, so that a tie is a tie here too.
    sd = sqrt(sd * sd)
    return -(mean - Z_DEPENDABLE * sd), sd, slug


def _is_ranked(finding):
    """Say whether a finding is complete enough to be read, and can move a rank."""
    if None in (finding.compound_id, finding.outcome_id, finding.study_id):
        return False
    return Outcome.objects.for_ranking().filter(pk=finding.outcome_id).exists()


def _named(findings):
    """Return findings each of which has a key."""
    rows = []
    for number, finding in enumerate(findings):
        row = copy(finding)
        row.key = row.key or f"{NOT_YET_NAMED}{number}"
        rows.append(row)
    return rows
