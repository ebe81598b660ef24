"""The rows of a few compounds or articles with all that their files hold, in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from evidence.choices import FindingState
from evidence.models import Article, Caution, Compound, Finding, Interaction, Study

_UNTRACED = "untraced"
# How many ids one query names at most; databases have their limits.
_IDS_AT_A_TIME = 500


@dataclass(frozen=True)
class CompoundRows:
    """One compound, the findings to dump, and the studies that those rest on or pool."""

    compound: Compound
    findings: list[Finding]
    studies: list[Study]


def compounds_of(
    slugs: Iterable[str], at: datetime | None, unused: Mapping[str, Collection[int]]
) -> Iterator[CompoundRows]:
    """Yield these compounds, by slug, with their findings public at `at`; if None, drafts too.

    `unused` is as `unused_studies` returns it: what belongs to a compound goes with it.
    """
    compounds = sorted(_with_all_they_own(slugs), key=lambda one: one.slug)
    findings = _findings([compound.pk for compound in compounds], at)
    roots = {
        compound.pk: {finding.study_id for finding in findings[compound.pk]}
        | set(unused.get(compound.slug, ()))
        for compound in compounds
    }
    studies = _studies_from({pk for ids in roots.values() for pk in ids})
    for compound in compounds:
        reached = _reached(roots[compound.pk], studies)
        yield CompoundRows(compound, findings[compound.pk], reached)


def unused_studies() -> dict[str, dict[int, str]]:
    """Return the studies that no finding and no review names: {slug: {id: key}}.

    The key of an untraced one says for which compound it was read; the others stand under "".
    """
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = Study.objects.filter(findings=None, included_in=None).order_by()
    for pk, key in rows.values_list("pk", "key"):
        scheme, _, name = key.partition(":")
        slug = name.rpartition("-")[0] if scheme == _UNTRACED else ""
        found[slug][pk] = key
    return dict(found)


def articles_of(slugs: Iterable[str]) -> list[Article]:
    """Return these articles, by slug."""
    articles = Article.objects.filter(slug__in=slugs).select_related("compound", "goal")
    return sorted(articles, key=lambda one: one.slug)


def _with_all_they_own(slugs: Iterable[str]) -> QuerySet[Compound]:
    interactions = Interaction.objects.select_related("other_compound")
    return Compound.objects.filter(slug__in=slugs).prefetch_related(
        "aliases",
        "regulatory_statuses",
        "protocols",
        "side_effects",
        Prefetch("cautions", Caution.objects.select_related("condition")),
        Prefetch("interactions", interactions.prefetch_related("medicine_classes")),
    )


def _findings(compound_ids: Collection[int], at: datetime | None) -> dict[int, list[Finding]]:
    """Return the findings by compound."""
    rows = Finding.objects.filter(compound__in=compound_ids).select_related("outcome", "study")
    found: dict[int, list[Finding]] = defaultdict(list)
    withdrawn = FindingState.WITHDRAWN
    for row in rows.exclude(state=withdrawn) if at is None else rows.published(at):
        found[row.compound_id].append(row)
    return found


def _studies_from(ids: Collection[int]) -> dict[int, Study]:
    """Return these studies and all that they pool, and what those pool in turn."""
    found: dict[int, Study] = {}
    pooled = Prefetch("includes", Study.objects.only("key"))
    waiting = sorted(ids)
    while waiting:
        asked, waiting = waiting[:_IDS_AT_A_TIME], waiting[_IDS_AT_A_TIME:]
        rows = Study.objects.filter(pk__in=asked).prefetch_related(pooled)
        found |= {row.pk: row for row in rows}
        named = {other.pk for pk in asked for other in found[pk].includes.all()}
        waiting += sorted(named - found.keys() - set(waiting))
    return found


def _reached(roots: Iterable[int], studies: Mapping[int, Study]) -> list[Study]:
    """Return the studies that `roots` are or pool, however indirectly."""
    found: dict[int, Study] = {}
    waiting = list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found[pk] = studies[pk]
            waiting += [other.pk for other in studies[pk].includes.all()]
    return list(found.values())
