"""Compounds: the list with the page's own filters, and one with all that is recorded of it."""

from ninja import Path, Query, Router

from evidence.models import Compound, RegulatoryStatus
from evidence.open_data.compound_tables import (
    ALIASES,
    CAUTIONS,
    COMPOUNDS,
    INTERACTIONS,
    PROTOCOLS,
    REGULATORY_STATUSES,
    SIDE_EFFECTS,
)
from evidence.open_data.profile_tables import profiles_at
from evidence.sections import unranked_findings
from stackbuilder.api import schemas
from stackbuilder.api.lists import moment_of, profile_item
from stackbuilder.api.paging import one, page_of, part_of, site_url
from stackbuilder.api.parameters import CompoundsQuery, Slug
from stackbuilder.api.problems import NOT_FOUND, RefusedError, Wrong, nothing_called
from stackbuilder.candidates import snapshot
from stackbuilder.catalogue import catalogue_rows
from stackbuilder.forms import CatalogueForm

router = Router()

# Beside the names, which need no more than themselves.
OWNED = (REGULATORY_STATUSES, PROTOCOLS, SIDE_EFFECTS, CAUTIONS, INTERACTIONS)


@router.get(
    "/compounds/",
    response=schemas.page_schema("Compounds", schemas.Compound),
    summary="Published compounds, filtered and sorted as on the page",
)
def compounds(request, query: Query[CompoundsQuery]):
    """List compounds with what the evidence on each comes to, goal by goal."""
    tables = snapshot(request.evidence_version)
    rows = catalogue_rows(tables, _wanted(request, tables))
    part = part_of(query, len(rows))
    shown = part.of(rows)
    found = Compound.objects.in_bulk([row.pk for row in shown])
    # A compound that went between two queries is on no page any more.
    items = [_item(request, tables, row, found[row.pk]) for row in shown if row.pk in found]
    return page_of(request, part, items)


@router.get(
    "/compounds/{slug}/",
    response=schemas.one_schema("OneCompound", schemas.CompoundDetail),
    summary="One compound, with all that is recorded of it",
)
def compound(request, slug: Path[Slug]):
    """Show one compound: names, legal status, doses, safety and profiles; no row is no promise."""
    row = Compound.objects.published().filter(slug=slug).first()
    if row is None:
        raise nothing_called("slug", slug, "compound", "path")
    moment = moment_of(request)
    owned = {
        table.name: [table.row(part) for part in table.query(moment).filter(compound=row)]
        for table in OWNED
    }
    item = {
        **COMPOUNDS.row(row),
        "aliases": [alias.name for alias in ALIASES.query(moment).filter(compound=row)],
        **owned,
        "profiles": [profile_item(part) for part in profiles_at(moment).filter(compound=row)],
        "unranked_findings": [one.finding.key for one in unranked_findings(row)],
        "page_url": site_url(request, row),
    }
    return one(request, item)


def _wanted(request, tables):
    """Return the filters as the page's form reads them; refuses names that are not here."""
    regions = RegulatoryStatus.objects.order_by("region").values_list("region", flat=True)
    form = CatalogueForm(request.GET, goals=tables.goals, regions=regions.distinct())
    wanted = form.readable()
    if form.errors:
        wrongs = [Wrong(name, " ".join(words)) for name, words in form.errors.items()]
        raise RefusedError(NOT_FOUND, *wrongs)
    return wanted


def _item(request, tables, row, compound):
    index = tables.row_of[row.slug]
    verdicts = [
        {"goal": goal.slug, "letter": letter, "verdict": verdict}
        for column, goal in enumerate(tables.goals)
        for letter, verdict in [tables.verdicts.get((index, column), ("", ""))]
        if verdict
    ]
    return {
        **COMPOUNDS.row(compound),
        "evidence": verdicts,
        "dependable": row.dependable,
        "page_url": site_url(request, compound),
    }
