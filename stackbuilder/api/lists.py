"""Goals, findings, studies and profiles, as the tables of open data hold them."""

from django.utils import timezone
from ninja import Path, Query, Router

from evidence.models import Compound, Goal, Outcome, Study
from evidence.open_data.columns import Moment
from evidence.open_data.goal_tables import GOALS, OUTCOME_MIDS, OUTCOMES
from evidence.open_data.profile_tables import (
    PROFILE_FINDINGS,
    PROFILES,
    findings_of,
    profiles_at,
)
from evidence.open_data.study_tables import FINDINGS, STUDIES, findings_at, studies_at
from evidence.sections import grade_of
from evidence.standing import standings
from stackbuilder.api import schemas
from stackbuilder.api.paging import one, page_of, part_of, site_url
from stackbuilder.api.parameters import (
    FindingKey,
    FindingsQuery,
    PageQuery,
    ProfilesQuery,
    StudiesQuery,
    StudyKey,
)
from stackbuilder.api.problems import NOT_FOUND, RefusedError, Wrong, nothing_called

router = Router()


def moment_of(request, version=None):
    """Return what is public now, with profiles as of `version` (the newest if None)."""
    return Moment(timezone.now(), version or request.evidence_version)


def check_version(request, version):
    """Refuse an evidence version that does not exist yet."""
    newest = request.evidence_version
    if version and version > newest:
        reason = f"The newest evidence version is {newest}."
        raise RefusedError(NOT_FOUND, Wrong("evidence", reason))


def _known(rows, field, name, value):
    """Refuse a filter by something that is not here."""
    if value is not None and not rows.filter(**{field: value}).exists():
        raise nothing_called(name, value, name)
    return value


def _matching(rows, filters):
    return rows.filter(**{path: value for path, value in filters.items() if value is not None})


@router.get(
    "/goals/",
    response=schemas.page_schema("Goals", schemas.Goal),
    summary="Goals, with their outcomes and the smallest differences that matter",
)
def goals(request, query: Query[PageQuery]):
    """List what a person may want to improve, in the site's order."""
    moment = moment_of(request)
    rows = GOALS.query(moment)
    part = part_of(query, rows.count())
    shown = list(part.of(rows))
    mids, outcomes = {}, {}
    measured = OUTCOMES.query(moment).filter(goal__in=shown)
    for mid in OUTCOME_MIDS.query(moment).filter(outcome__in=measured.values("pk")):
        mids.setdefault(mid.outcome_id, []).append(OUTCOME_MIDS.row(mid))
    for row in measured:
        outcome = {**OUTCOMES.row(row), "mids": mids.get(row.pk, [])}
        outcomes.setdefault(row.goal_id, []).append(outcome)
    items = [
        {**GOALS.row(row), "outcomes": outcomes.get(row.pk, []), "page_url": site_url(request, row)}
        for row in shown
    ]
    return page_of(request, part, items)


@router.get(
    "/findings/",
    response=schemas.page_schema("Findings", schemas.Finding),
    summary="Published findings",
)
def findings(request, query: Query[FindingsQuery]):
    """List effects as their studies reported them, with their own signs, by key."""
    compounds = Compound.objects.published()
    filters = {
        "compound__slug": _known(compounds, "slug", "compound", query.compound),
        "outcome__goal__slug": _known(Goal.objects, "slug", "goal", query.goal),
        "outcome__slug": _known(Outcome.objects, "slug", "outcome", query.outcome),
        "study__key": _known(Study.objects.public(), "key", "study", query.study),
        "result": query.result,
    }
    rows = _matching(findings_at(moment_of(request)), filters)
    part = part_of(query, rows.count())
    items = [{**FINDINGS.row(row), "page_url": site_url(request, row)} for row in part.of(rows)]
    return page_of(request, part, items)


@router.get(
    "/findings/{key}/",
    response=schemas.one_schema("OneFinding", schemas.FindingDetail),
    summary="One finding, with its certainty",
)
def finding(request, key: Path[FindingKey]):
    """Show one finding by its key, which articles cite."""
    rows = findings_at(moment_of(request))
    row = rows.prefetch_related("outcome__mids", "study__includes").filter(key=key).first()
    if row is None:
        raise nothing_called("key", key, "finding", "path")
    certainty = str(grade_of(row).certainty)
    item = {**FINDINGS.row(row), "certainty": certainty, "page_url": site_url(request, row)}
    return one(request, item)


@router.get(
    "/studies/",
    response=schemas.page_schema("Studies", schemas.Study),
    summary="Studies that a published finding rests on",
)
def studies(request, query: Query[StudiesQuery]):
    """List publications by their keys, retracted ones too."""
    rows = studies_at(moment_of(request))
    if query.compound:
        compounds = Compound.objects.published()
        slug = _known(compounds, "slug", "compound", query.compound)
        wanted = findings_at(moment_of(request)).filter(compound__slug=slug)
        rows = rows.filter(pk__in=wanted.order_by().values("study"))
    rows = _matching(rows, {"design": query.design, "status": query.status})
    part = part_of(query, rows.count())
    items = [{**STUDIES.row(row), "page_url": site_url(request, row)} for row in part.of(rows)]
    return page_of(request, part, items)


@router.get(
    "/studies/{path:key}/",
    response=schemas.one_schema("OneStudy", schemas.StudyDetail),
    summary="One study, with what it found and where that counts",
)
def study(request, key: Path[StudyKey]):
    """Show one study by its key; slashes in it may stand as they are."""
    row = studies_at(moment_of(request)).filter(key=key).first()
    if row is None:
        raise nothing_called("key", key, "study", "path")
    found = [
        {
            "finding": standing.finding.key,
            "compound": standing.finding.compound.slug,
            "outcome": standing.finding.outcome.slug,
            "certainty": str(standing.grade.certainty),
            "benefit": standing.benefit,
            "why_not": standing.why or None,
        }
        for standing in standings(row, request.evidence_version)
    ]
    return one(request, {**STUDIES.row(row), "findings": found, "page_url": site_url(request, row)})


def profile_item(profile):
    """Return a profile with the findings that it counts, and those that it does not."""
    found = [PROFILE_FINDINGS.row(one) for one in findings_of(profile)]
    return {**PROFILES.row(profile), "findings": found}


@router.get(
    "/profiles/",
    response=schemas.page_schema("Profiles", schemas.Profile),
    summary="What the evidence comes to, by compound and goal",
)
def profiles(request, query: Query[ProfilesQuery]):
    """List current profiles, or those of an earlier evidence version, with what each counts."""
    check_version(request, query.evidence)
    compounds = Compound.objects.published()
    filters = {
        "compound__slug": _known(compounds, "slug", "compound", query.compound),
        "goal__slug": _known(Goal.objects, "slug", "goal", query.goal),
    }
    rows = _matching(profiles_at(moment_of(request, query.evidence)), filters)
    part = part_of(query, rows.count())
    answer = page_of(request, part, [profile_item(row) for row in part.of(rows)])
    return answer | {"evidence_version": query.evidence or request.evidence_version}
