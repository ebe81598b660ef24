"""The one way by which public evidence changes.

Whoever changes a finding, a study, an outcome, a MID, a goal, a compound or its safety
calls `publish_change` in the transaction that holds the change: it takes the lock that
puts publications in their order, opens an evidence version, and stores a new profile
for every pair whose synthesis came out differently. Nothing else writes profiles.

Whoever reads a row before changing it calls `wait_for_turn` first: two people may then
edit the same compound, or even the same finding, and each synthesis sees what was there.

Who may publish what is not asked here but in `evidence.workflow`, which people go through;
a load of files comes straight to this module.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from evidence.choices import FindingState
from evidence.models import (
    Compound,
    EvidenceVersion,
    Finding,
    Goal,
    Outcome,
    OutcomeMid,
    Profile,
    PublicationLock,
    Study,
    UnitSynonym,
)
from evidence.models.base import Published
from evidence.searching.index import refresh_index
from evidence.summaries import facts_for
from evidence.synthesis import synthesise

SYSTEM_USERNAME = "catalogue-loader"

# Profiles are made for so many compounds at a time: memory stays flat over a large catalogue.
COMPOUNDS_AT_A_TIME = 200

# What makes one profile differ from another; the version and the key do not.
VALUES = (
    "method_version",
    "n_findings",
    "letter",
    "verdict",
    "mean",
    "sd",
    "dependable",
    "p_matters",
    "p_harm",
    "scale",
    "certainty",
    "body_level",
    "is_only_markers",
    "reviews_disagree_on",
    "clusters",
    "counted",
    "not_counted",
)


@dataclass(frozen=True)
class Publication:
    """What one act did: the version it opened and the profiles it stored."""

    version: EvidenceVersion
    profiles: list[Profile]


def system_user():
    """Return the account that loads and re-synthesises; nobody can log in with it."""
    user, _ = get_user_model().objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"is_active": False, "password": "!"}
    )
    return user


def is_public(row):
    """Say whether the public reads `row`: drafts and what belongs to a draft it does not.

    Synonyms of units are applied when a file is read, and shown nowhere.
    """
    if isinstance(row, Published):
        return row.published_at is not None
    if hasattr(row, "compound"):
        return is_public(row.compound)
    return not isinstance(row, UnitSynonym)


def pairs_touched_by(row):
    """Return the pairs whose profile may change when `row` does.

    Ask before the change and after it: a finding that moves touches both its places.
    Rows that no synthesis reads, such as a caution, touch none.
    """
    published = Finding.objects.published().filter(outcome__in=Outcome.objects.for_ranking())
    if row.pk is None:
        return set()
    if isinstance(row, Finding):
        findings = published.filter(pk=row.pk)
    elif isinstance(row, Study):
        # A review's list of what it pools decides which trials count beside it.
        findings = published.filter(Q(study=row.pk) | Q(study__includes=row.pk))
    elif isinstance(row, Outcome):
        findings = published.filter(outcome=row.pk)
    elif isinstance(row, OutcomeMid):
        findings = published.filter(outcome=row.outcome_id)
    elif isinstance(row, Goal):
        findings = published.filter(outcome__goal=row.pk)
    else:
        return set()
    return set(findings.order_by().values_list("compound_id", "outcome__goal_id").distinct())


def all_pairs():
    """Return every pair that has a published finding or ever had a profile."""
    published = Finding.objects.published().filter(outcome__in=Outcome.objects.for_ranking())
    pairs = set(published.order_by().values_list("compound_id", "outcome__goal_id").distinct())
    return pairs | set(Profile.objects.order_by().values_list("compound_id", "goal_id").distinct())


def compounds_touched_by(row):
    """Return the ids of the compounds whose change log should tell of a change of `row`."""
    if isinstance(row, Compound):
        return {row.pk}
    if hasattr(row, "compound_id"):
        return {row.compound_id}
    return {compound_id for compound_id, _ in pairs_touched_by(row)}


@transaction.atomic
def publish_change(*, by, why, pairs=(), progress=None, compounds=()):
    """Record one act of publication and re-synthesise `pairs` in its transaction.

    The version is told of the compounds whose profiles moved and of `compounds` (ids).
    `progress`, if given, is called with the number of compounds done. Raises whatever
    the synthesis raises; then nothing of the transaction stays.
    """
    wait_for_turn()
    number = EvidenceVersion.objects.current_number() + 1
    version = EvidenceVersion.objects.create(number=number, at=timezone.now(), by=by, why=why)
    stored = []
    pairs = sorted(pairs)
    compound_ids = sorted({compound_id for compound_id, _ in pairs})
    for start in range(0, len(compound_ids), COMPOUNDS_AT_A_TIME):
        chosen = set(compound_ids[start : start + COMPOUNDS_AT_A_TIME])
        stored += _synthesise_pairs([pair for pair in pairs if pair[0] in chosen], version)
        if progress:
            progress(len(chosen))
    _tell_compounds(version, {row.compound_id for row in stored}, set(compounds))
    refresh_index(touched={*compound_ids, *compounds})
    return Publication(version, stored)


def publish_findings(findings, *, by, why, at=None):
    """Make draft findings public as of `at` (aware; now if None), as one act."""
    return _publish(findings, by=by, why=why, at=at)


def withdraw_findings(findings, *, by, why):
    """Take published findings back, as one act; their profiles do without them."""
    return _withdraw(findings, by=by, why=why)


def publish_compounds(compounds, *, by, why, at=None):
    """Make draft compounds public as of `at` (aware; now if None), as one act.

    Profiles rest on findings, which are published by themselves: none changes.
    """
    return _publish(compounds, by=by, why=why, at=at)


def withdraw_compounds(compounds, *, by, why):
    """Make public compounds drafts again, as one act; profiles and findings stay."""
    return _withdraw(compounds, by=by, why=why)


def publish_articles(articles, *, by, why, at=None):
    """Make draft articles public as of `at` (aware; now if None), as one act."""
    return _publish(articles, by=by, why=why, at=at)


def withdraw_articles(articles, *, by, why):
    """Take public articles back, as one act."""
    return _withdraw(articles, by=by, why=why)


def wait_for_turn():
    """Hold the lock until the transaction ends, so that versions commit in their order."""
    PublicationLock.objects.get_or_create(pk=1)
    PublicationLock.objects.select_for_update().get(pk=1)


@transaction.atomic
def _publish(rows, *, by, why, at):
    wait_for_turn()
    at, pairs, compounds = at or timezone.now(), set(), set()
    for row in rows:
        _stamp(row, FindingState.PUBLISHED, by=by, at=at, why=why)
        pairs |= pairs_touched_by(row)
        compounds |= compounds_touched_by(row)
    return publish_change(by=by, why=why, pairs=pairs, compounds=compounds)


@transaction.atomic
def _withdraw(rows, *, by, why):
    wait_for_turn()
    pairs, compounds = set(), set()
    for row in rows:
        pairs |= pairs_touched_by(row)
        compounds |= compounds_touched_by(row)
        _stamp(row, FindingState.WITHDRAWN, by=by, at=None, why=why)
    return publish_change(by=by, why=why, pairs=pairs, compounds=compounds)


def _stamp(row, state, *, by, at, why):
    """Save whether `row` is public and since when; one by one, for their history."""
    row.published_at = at
    row.published_by = by if at else None
    row._history_user, row._change_reason = by, why
    fields = ["published_at", "published_by"]
    if hasattr(row, "state"):
        row.state = state
        fields.append("state")
    row.save(update_fields=fields)


def _tell_compounds(version, moved, named):
    """Note which compounds an act is about; one that was deleted meanwhile is left out."""
    ids = moved | set(Compound.objects.filter(pk__in=named - moved).values_list("pk", flat=True))
    link = EvidenceVersion.compounds.through
    rows = [link(evidenceversion=version, compound_id=pk) for pk in sorted(ids)]
    link.objects.bulk_create(rows, batch_size=500)


def _synthesise_pairs(pairs, version):
    """Store a new profile for each pair that came out differently; return those stored."""
    compound_ids = {compound_id for compound_id, _ in pairs}
    facts = facts_for(compound_ids)
    newest = {
        (profile.compound_id, profile.goal_id): profile
        for profile in Profile.objects.filter(compound__in=compound_ids).newest()
    }
    rows = []
    for pair in pairs:
        before = newest.get(pair)
        if before is None and pair not in facts:
            continue
        row = profile_of(pair, facts.get(pair, []), version)
        if before is None or any(getattr(before, v) != getattr(row, v) for v in VALUES):
            rows.append(row)
    return Profile.objects.bulk_create(rows, batch_size=500)


def profile_of(pair, facts, version=None):
    """Return the profile that these facts give one pair, without storing it."""
    values = synthesise(facts).as_values()
    compound_id, goal_id = pair
    return Profile(
        compound_id=compound_id,
        goal_id=goal_id,
        version=version,
        n_findings=len(facts),
        certainty=values.pop("certainty") or "",
        body_level=values.pop("body_level") or "",
        is_only_markers=bool(values.pop("only_markers")),
        **values,
    )
