"""Findings of one compound for one goal → its profile, the whole synthesis in one call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from evidence.synthesis.constants import METHOD_VERSION
from evidence.synthesis.facts import FindingFacts, SynthesisError
from evidence.synthesis.pooling import Cluster, CountedFinding, cluster, pool, weigh
from evidence.synthesis.selection import NotCounted, Selection, select
from evidence.synthesis.verdicts import (
    Size,
    body,
    letter,
    size_in_words,
    verdict,
    verdict_of_nothing,
)
from evidence.synthesis.vocabulary import Certainty, Letter, OutcomeKind, Verdict


@dataclass(frozen=True, slots=True)
class ClusterShare:
    """One study's part in a profile: its cluster and what that adds to the mean (MID units).

    `weight_share` is its part of all precision, the prior's included, so that
    contribution = weight_share × y.
    """

    study: str
    y: float
    y_before_cap: float
    v: float
    level: Certainty
    findings: tuple[str, ...]
    contribution: float
    weight_share: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything counted about one compound for one goal, synthesised.

    Benefits are in MID units, `scale` is S². From `mean` to `is_only_markers` all are None where
    nothing is counted. Clusters come by their first finding, `counted` by key, `not_counted` by
    study, outcome and key.
    """

    method_version: str
    letter: Letter
    verdict: Verdict
    mean: float | None
    sd: float | None
    dependable: float | None
    p_matters: float | None
    p_harm: float | None
    scale: float | None
    certainty: Certainty | None
    body_level: Certainty | None
    only_markers: bool | None
    reviews_disagree_on: tuple[str, ...]
    clusters: tuple[ClusterShare, ...]
    counted: tuple[CountedFinding, ...]
    not_counted: tuple[NotCounted, ...]

    @property
    def size(self) -> Size | None:
        """The mean in words, None where nothing is counted."""
        return None if self.mean is None else size_in_words(self.mean)

    def as_values(self) -> dict[str, Any]:
        """Return it as JSON's own types: what is stored equals what is read back."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def synthesise(findings: Iterable[FindingFacts]) -> Profile:
    """Return the profile of one compound for one goal, the same for any order of `findings`.

    Findings on safety outcomes are left out altogether. No findings give a profile that counts
    nothing; whether to show one is the caller's to decide. Raises SynthesisError for a key used
    twice and for figures that entry should have refused.
    """
    facts = {}
    for finding in findings:
        if finding.key in facts:
            raise SynthesisError(f"two findings have the key {finding.key}")
        facts[finding.key] = finding
    selection = select(
        finding for finding in facts.values() if finding.outcome.kind is not OutcomeKind.SAFETY
    )
    if not selection.counted:
        return _empty_profile(selection)
    return _profile(selection)


def _profile(selection: Selection) -> Profile:
    counted = tuple(
        weigh(
            candidate,
            reviews_disagree=candidate.finding.study.design.is_review
            and candidate.finding.outcome.slug in selection.reviews_disagree_on,
        )
        for candidate in selection.counted
    )
    clusters = cluster(counted)
    pooled = pool(clusters)
    whole = body(pooled, clusters, [candidate.finding for candidate in selection.counted])
    shares = zip(clusters, pooled.contributions, pooled.weight_shares, strict=True)
    return Profile(
        method_version=METHOD_VERSION,
        letter=letter(whole),
        verdict=verdict(whole),
        mean=pooled.mean,
        sd=pooled.sd,
        dependable=pooled.dependable,
        p_matters=pooled.p_matters,
        p_harm=pooled.p_harm,
        scale=pooled.scale,
        certainty=whole.certainty,
        body_level=whole.level,
        only_markers=whole.is_only_markers,
        reviews_disagree_on=selection.reviews_disagree_on,
        clusters=tuple(_share(*share) for share in shares),
        counted=counted,
        not_counted=selection.not_counted,
    )


def _share(one: Cluster, contribution: float, weight_share: float) -> ClusterShare:
    return ClusterShare(**asdict(one), contribution=contribution, weight_share=weight_share)


def _empty_profile(selection: Selection) -> Profile:
    return Profile(
        method_version=METHOD_VERSION,
        letter=Letter.NOT_RATED,
        verdict=verdict_of_nothing(one.why for one in selection.not_counted),
        mean=None,
        sd=None,
        dependable=None,
        p_matters=None,
        p_harm=None,
        scale=None,
        certainty=None,
        body_level=None,
        only_markers=None,
        reviews_disagree_on=selection.reviews_disagree_on,
        clusters=(),
        counted=(),
        not_counted=selection.not_counted,
    )


def _plain(value: object) -> object:
    """Tuples become lists and enums their text, as JSON would make them."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
