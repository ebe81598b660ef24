"""Tables of what the evidence comes to: current profiles, what each counts, and the versions."""

from dataclasses import dataclass
from typing import Any

from evidence.choices import Certainty, Letter, Verdict
from evidence.models import EvidenceVersion, Profile
from evidence.open_data.columns import (
    Column,
    Kind,
    Table,
    codes,
    numbers,
    texts,
    wholes,
)

MID = "MID (1 is just enough to matter; negative is harm)"
_NOTHING = "nothing is counted"


@dataclass(frozen=True)
class ProfileFinding:
    """A finding's part in a profile; `entry` is what the synthesis stored of it."""

    profile: Profile
    entry: dict[str, Any]
    is_counted: bool
    contribution: float | None


def profiles_at(moment):
    """Return the profiles current at a version, of compounds that are public."""
    rows = Profile.objects.current(moment.version).filter(compound__published_at__lte=moment.at)
    rows = rows.select_related("compound", "goal")
    return rows.order_by("compound__slug", "goal__position", "goal__slug")


def findings_of(profile):
    """Return the findings of a profile: those counted by key, then the others as they lie."""
    adds = {one["study"]: one["contribution"] for one in profile.clusters}
    counted = [
        ProfileFinding(profile, entry, True, adds.get(entry["study"])) for entry in profile.counted
    ]
    others = [ProfileFinding(profile, entry, False, None) for entry in profile.not_counted]
    return counted + others


def _entry(name, missing=None):
    return lambda row: row.entry.get(name, missing)


PROFILES = Table(
    "profiles",
    "What all counted findings of one compound for one goal come to.",
    (
        texts("compound", "The compound.", path="compound.slug"),
        texts("goal", "The goal.", path="goal.slug"),
        codes("letter", "A to F, – where nothing counts; never without its verdict.", Letter),
        codes("verdict", "What it comes to, in words.", Verdict),
        numbers("mean", "The expected benefit.", MID, empty=_NOTHING),
        numbers("sd", "Its standard deviation.", MID, empty=_NOTHING),
        numbers("dependable", "The benefit left when doubt is taken off.", MID, empty=_NOTHING),
        numbers("p_matters", "Chance of a benefit that matters.", "probability", empty=_NOTHING),
        numbers("p_harm", "Chance of harm that matters.", "probability", empty=_NOTHING),
        numbers("scale", "S², by which disagreement widens it.", "none", empty=_NOTHING),
        codes("certainty", "GRADE's certainty, all domains counted.", Certainty, empty=_NOTHING),
        codes("body_level", "Certainty of the body of evidence, without imprecision.", Certainty,
              empty=_NOTHING),
        Column("is_only_markers", Kind.YES_NO, "Whether only markers (surrogates) are counted."),
        Column("reviews_disagree_on", Kind.TEXTS, "Outcomes on which reviews disagree."),
        wholes("n_findings", "Published findings, counted or not.", "findings"),
        wholes("evidence_version", "The evidence version that made it.", "a version's number",
               path="version_id"),
        texts("method_version", "The version of the method that made it."),
    ),
    profiles_at,
)  # fmt: skip
PROFILE_FINDINGS = Table(
    "profile_findings",
    "Which findings a profile counts and with what, and why it does not count the others.",
    (
        texts("compound", "The compound.", path="profile.compound.slug"),
        texts("goal", "The goal.", path="profile.goal.slug"),
        Column("finding", Kind.TEXT, "The finding's key.", read=_entry("key")),
        Column("study", Kind.TEXT, "The study's key.", read=_entry("study")),
        Column("outcome", Kind.TEXT, "The outcome.", read=_entry("outcome")),
        Column("is_counted", Kind.YES_NO, "Whether it is counted."),
        Column("benefit", Kind.NUMBER, "The finding as a benefit to the person.", MID,
               "its figures cannot be read", read=_entry("y")),
        Column("standard_error", Kind.NUMBER, "Its standard error.", MID,
               "its figures cannot be read", read=_entry("s")),
        Column("variance", Kind.NUMBER, "Its variance with that of possible bias.",
               "MID squared", "it is not counted", read=_entry("v")),
        Column("share_in_study", Kind.NUMBER, "What it weighs among the study's own findings.",
               "share of 1", "it is not counted", read=_entry("share")),
        numbers("study_adds", "What its whole study adds to the profile's mean.", MID,
                empty="it is not counted", path="contribution"),
        Column("certainty", Kind.TEXT, "Its certainty, all domains counted.",
               empty="it is not counted", codes=tuple(Certainty.values), read=_entry("certainty")),
        Column("why_not", Kind.TEXT, "Why it is not counted.", empty="it is counted",
               read=_entry("why")),
        Column("detail", Kind.TEXT, "A curator's reason, or the review that it lies in.",
               empty="there is no more to say", read=_entry("detail")),
    ),
    profiles_at,
    findings_of,
)  # fmt: skip
EVIDENCE_VERSIONS = Table(
    "evidence_versions",
    "Every act that changed public evidence.",
    (
        wholes("evidence_version", "Its number.", "a version's number", path="number"),
        Column("published_on", Kind.DAY, "The day, in UTC.", read=lambda row: row.at.date()),
        texts("why", "The reason given."),
    ),
    lambda moment: EvidenceVersion.objects.filter(number__lte=moment.version).order_by("number"),
)
