"""The rows of the database as the files they came from, written out key by key.

It knows the format and the models and nothing of the loader, so that a key which the loader
drops or alters is missing or different here.
"""

from evidence.models import Compound, Condition, Goal, MedicineClass, Outcome, UnitSynonym

# Keys that a file may leave out where nothing is known.
OPTIONAL = {"source_title", "sources_differ", "url", "basis", "year", "confidence"}
# The numbers and yes-or-no's, and the texts, that a file holds under the name of their column.
STUDY_VALUES = ("year", "n_studies", "n_participants")
STUDY_TEXTS = (
    "key", "pmid", "doi", "registry", "url", "title", "journal", "design", "population",
    "countries", "blinding", "funding", "status",
)  # fmt: skip
FINDING_VALUES = (
    "estimate", "ci_low", "ci_high", "ci_level", "p", "n_participants", "n_studies", "i2",
)  # fmt: skip
FINDING_TEXTS = (
    "key", "comparator", "comparator_kind", "combined_with", "dose", "duration", "population",
    "measure", "unit", "result", "grade_reported", "note", "better", "set_aside",
)  # fmt: skip
CONCERNS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
PROTOCOL_TEXTS = ("route", "dose", "unit", "frequency", "duration", "population")
SOURCE_TEXTS = ("source", "source_title", "source_quality")


def exported_goals():
    """Return the rows of `goals.json`; the outcomes outside every goal come last."""
    goals = [
        {"slug": goal.slug, "name": goal.name, "outcomes": _outcomes(goal)}
        for goal in Goal.objects.order_by("position")
    ]
    return {
        "conditions": [
            {
                "code": row.code,
                "name": row.name,
                "group": row.group,
                "medicine_classes": {one.code for one in row.medicine_classes.all()},
            }
            for row in Condition.objects.order_by("position")
        ],
        "unit_synonyms": dict(UnitSynonym.objects.values_list("printed", "stored")),
        "medicine_classes": list(MedicineClass.objects.order_by("position").values("code", "name")),
        "goals": [*goals, {"slug": None, "outcomes": _outcomes(None)}],
    }


def exported_compound(slug):
    """Return the rows of `compounds/<slug>.json`; findings by key, studies only those in use."""
    compound = Compound.objects.get(slug=slug)
    findings = compound.findings.select_related("outcome", "study").order_by("key")
    return {
        **_texts(compound, ("slug", "name", "summary")),
        "class": compound.compound_class,
        "aliases": [alias.name for alias in compound.aliases.order_by("position")],
        "identifiers": {
            "pubchem_cid": compound.pubchem_cid,
            **_texts(compound, ("cas", "unii")),
        },
        "mechanisms": compound.mechanisms,
        "routes": compound.routes,
        "cost_per_month": _cost(compound),
        "regulatory": [
            {**_texts(row, ("region", "status", "note")), **_source(row)}
            for row in compound.regulatory_statuses.order_by("position")
        ],
        "protocols": [
            {**_texts(row, PROTOCOL_TEXTS), "low": row.low, "high": row.high, **_source(row)}
            for row in compound.protocols.order_by("position")
        ],
        "side_effects": [
            {**_texts(row, ("effect", "frequency", "severity")), **_source(row)}
            for row in compound.side_effects.order_by("position")
        ],
        "cautions": [_caution(row) for row in compound.cautions.order_by("position")],
        "interactions": [_interaction(row) for row in compound.interactions.order_by("position")],
        "findings": {finding.key: exported_finding(finding) for finding in findings},
    }


def exported_finding(finding):
    """Return one finding as its file has it."""
    return {
        **_texts(finding, FINDING_TEXTS),
        **{name: getattr(finding, name) for name in FINDING_VALUES},
        "outcome": finding.outcome.slug,
        "study": finding.study.key,
        "concerns": {name: getattr(finding, name) for name in CONCERNS},
        "independent": finding.is_independent,
    }


def exported_study(study):
    """Return one study as the files have it."""
    return _known({
        **_texts(study, STUDY_TEXTS),
        **{name: getattr(study, name) for name in STUDY_VALUES},
        "title_confirmed": study.is_title_confirmed,
        "includes": {other.key for other in study.includes.all()},
    })  # fmt: skip


def normalised(entry):
    """Return an entry of a file in the form of the exports: no blank ends, no empty options."""
    if isinstance(entry, dict):
        return _known({key: normalised(value) for key, value in entry.items()})
    if isinstance(entry, list):
        return [normalised(value) for value in entry]
    return entry.strip() if isinstance(entry, str) else entry


def _outcomes(goal):
    return [
        {
            **_texts(row, ("slug", "name", "kind", "better", "unit")),
            "common_event": row.is_common_event,
            "ratio_mid": next((_mid(mid) for mid in row.mids.filter(is_ratio=True)), None),
            "mids": [
                {**_mid(mid), **_texts(mid, ("unit", "confidence"))}
                for mid in row.mids.filter(is_ratio=False).order_by("position")
            ],
        }
        for row in Outcome.objects.filter(goal=goal).order_by("position")
    ]


def _mid(mid):
    return {"mid": mid.value, **_texts(mid, ("basis", "source", "note"))}


def _cost(compound):
    return _known({
        "low": None if compound.cost_low is None else float(compound.cost_low),
        "high": None if compound.cost_high is None else float(compound.cost_high),
        "year": compound.cost_year,
        **{
            name: getattr(compound, f"cost_{name}") or None
            for name in ("currency", "source", "basis", "confidence")
        },
    })  # fmt: skip


def _caution(row):
    other = f"other:{row.other_condition}"
    return _known({
        "condition": row.condition.code if row.condition else other,
        **_texts(row, ("level", "reason", "sources_differ")),
        **_source(row),
    })  # fmt: skip


def _interaction(row):
    return {
        **_texts(row, ("with_text", "severity", "effect")),
        "compound": row.other_compound.slug if row.other_compound else None,
        "medicine_classes": {one.code for one in row.medicine_classes.all()},
        **_source(row),
    }


def _source(row):
    return _known(_texts(row, SOURCE_TEXTS))


def _texts(row, names):
    return {name: getattr(row, name) or None for name in names}


def _known(entry):
    return {key: value for key, value in entry.items() if value is not None or key not in OPTIONAL}
