"""The page of a compound in schema.org's terms: a supplement or drug inside a medical page.

A letter is no star rating and is left out. So is `lastReviewed`: nobody is recorded as having
reviewed a compound's page as a whole.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone

from evidence.choices import CompoundClass, LegalStatus, SourceQuality, StudyStatus
from evidence.figures import sentence, sentence_and_source, study_links
from stackbuilder import law
from stackbuilder.machines.json_ld import Node, told
from stackbuilder.regions import region_name

SUPPLEMENT, DRUG = "DietarySupplement", "Drug"
# Where no law speaks, these are what only medicines are made of.
MEDICINAL = frozenset({CompoundClass.DRUG, CompoundClass.HORMONE, CompoundClass.PEPTIDE})
NOT_ADVICE = "As used in a study, not advice"
UNTRACED = "Not yet traced to a primary source."
LANGUAGE = "en-GB"

Absolute = Callable[[str], str]


def compound_page(context: Mapping[str, Any], absolute: Absolute) -> list[Node]:
    """Return the page of a compound, with what its template was given; no query of its own."""
    compound, log = context["compound"], context["log"]
    url = absolute(compound.get_absolute_url())
    changed = log.acts[0].at if log.acts else compound.published_at
    page = told(
        {
            "@type": "MedicalWebPage",
            "@id": url,
            "url": url,
            "name": f"{compound.name}: evidence, doses, safety",
            "description": compound.summary,
            "inLanguage": LANGUAGE,
            "datePublished": timezone.localdate(compound.published_at).isoformat(),
            "dateModified": timezone.localdate(changed).isoformat(),
            "breadcrumb": {"@id": f"{url}#breadcrumb"},
            "mainEntity": substance(context, url),
            "citation": citations(context["studies"], absolute),
        }
    )
    return [page]


def substance(context: Mapping[str, Any], url: str) -> Node:
    """Return the compound itself; a supplement's warnings stand under both names they have.

    `warning` is a drug's property in schema.org, `safetyConsideration` a supplement's: whoever
    looks for either finds the cautions.
    """
    compound, statuses = context["compound"], context["statuses"]
    kind = kind_of(compound.compound_class, [row.status for row in statuses])
    warnings = [*map(_caution, context["cautions"]), *_major(context["interactions"])]
    doses = [_dose(kind, protocol) for protocol in context["protocols"]]
    mechanisms = [sentence(sentence_and_source(text)[0]) for text in compound.mechanisms]
    return told(
        {
            "@type": kind,
            "@id": f"{url}#compound",
            "url": url,
            "name": compound.name,
            "alternateName": [alias.name for alias in context["aliases"]],
            "description": compound.summary,
            "mechanismOfAction": " ".join(mechanisms),
            "legalStatus": [_legal_status(row) for row in statuses],
            "doseSchedule" if kind == DRUG else "recommendedIntake": doses,
            "warning": warnings,
            "safetyConsideration": warnings if kind == SUPPLEMENT else [],
        }
    )


def kind_of(compound_class: str, statuses: Iterable[str]) -> str:
    """Return what schema.org calls a compound of this class with these legal statuses.

    What some law calls a dietary supplement is one, unless it is of the class of drugs; what laws
    know only as a medicine, approved or not, is a drug.
    """
    legal = set(statuses) - {LegalStatus.BANNED_IN_SPORT}
    if compound_class == CompoundClass.DRUG:
        return DRUG
    if LegalStatus.DIETARY_SUPPLEMENT in legal:
        return SUPPLEMENT
    return DRUG if legal or compound_class in MEDICINAL else SUPPLEMENT


def citations(studies: Iterable[Any], absolute: Absolute) -> list[Node]:
    """Return the studies that a page rests on; on a retracted one nothing rests."""
    return [
        told(
            {
                "@type": "MedicalScholarlyArticle",
                # A title that nobody confirmed is our description, and is called that.
                "name" if study.is_title_confirmed else "description": study.title,
                "url": absolute(study.get_absolute_url()),
                "sameAs": [link.url for link in study_links(study) if link.url],
                "datePublished": str(study.year or ""),
            }
        )
        for study in studies
        if study.status != StudyStatus.RETRACTED
    ]


def _caution(caution: Any) -> str:
    level = caution.get_level_display().capitalize()
    return _traced(caution, f"{level}: {caution.condition_name}. {sentence(caution.reason)}")


def _major(interactions: Iterable[Any]) -> list[str]:
    return [
        _traced(row, f"Major interaction with {row.with_text}. {sentence(row.effect)}")
        for row in interactions
        if row.severity == "major"
    ]


def _traced(row: Any, text: str) -> str:
    return f"{text} {UNTRACED}" if row.source_quality == SourceQuality.UNTRACED else text


def _legal_status(row: Any) -> Node:
    is_place = row.region not in (law.SPORT, law.WORLD)
    area = {"@type": "AdministrativeArea", "name": region_name(row.region)}
    return told(
        {
            "@type": "DrugLegalStatus",
            "name": row.get_status_display(),
            "description": UNTRACED if row.source_quality == SourceQuality.UNTRACED else None,
            "applicableLocation": area if is_place else None,
        }
    )


def _dose(kind: str, protocol: Any) -> Node:
    """Return a dose as a study used it; a range has no single value, and is told in words."""
    ends = {end for end in (protocol.low, protocol.high) if end is not None}
    parts = [protocol.dose, protocol.get_route_display(), protocol.frequency, protocol.duration]
    return told(
        {
            # What schema.org expects there; the words say whose dose it is.
            "@type": "ReportedDoseSchedule" if kind == DRUG else "RecommendedDoseSchedule",
            "description": f"{NOT_ADVICE}: {', '.join(filter(None, parts))}.",
            "doseValue": ends.pop() if len(ends) == 1 else None,
            "doseUnit": protocol.unit,
            "frequency": protocol.frequency,
            "targetPopulation": protocol.population,
        }
    )
