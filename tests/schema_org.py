"""As much of schema.org's vocabulary as the pages use, kept by hand, and what breaks it.

Types, the types they belong to, and each property's domain and range as schema.org 2023 prints
them (https://schema.org/<name>; the medical ones: data/ext/health-lifesci/med-health-core.ttl of
github.com/schemaorg/schemaorg at 046ce72f). Only what a range says of nodes is kept here.
"""

from collections.abc import Iterator

PARENTS = {
    "AdministrativeArea": ["Place"],
    "Article": ["CreativeWork"],
    "BreadcrumbList": ["ItemList"],
    "CreativeWork": ["Thing"],
    "DataDownload": ["MediaObject"],
    "Dataset": ["CreativeWork"],
    "DietarySupplement": ["Substance"],
    "DoseSchedule": ["MedicalIntangible"],
    "Drug": ["Substance"],
    "DrugLegalStatus": ["MedicalIntangible"],
    "Intangible": ["Thing"],
    "ItemList": ["Intangible"],
    "ListItem": ["Intangible"],
    "MediaObject": ["CreativeWork"],
    "MedicalEntity": ["Thing"],
    "MedicalIntangible": ["MedicalEntity"],
    "MedicalScholarlyArticle": ["ScholarlyArticle"],
    "MedicalWebPage": ["WebPage"],
    "Organization": ["Thing"],
    "Person": ["Thing"],
    "Place": ["Thing"],
    "RecommendedDoseSchedule": ["DoseSchedule"],
    "ReportedDoseSchedule": ["DoseSchedule"],
    "ScholarlyArticle": ["Article"],
    "Substance": ["MedicalEntity"],
    "Thing": [],
    "WebPage": ["CreativeWork"],
}
# Property: (types that have it, types of the nodes it may hold; none if it holds text alone).
PROPERTIES = {
    "about": (["CreativeWork"], ["Thing"]),
    "alternateName": (["Thing"], []),
    "applicableLocation": (["DrugLegalStatus"], ["AdministrativeArea"]),
    "author": (["CreativeWork"], ["Organization", "Person"]),
    "breadcrumb": (["WebPage"], ["BreadcrumbList"]),
    "citation": (["CreativeWork"], ["CreativeWork"]),
    "contentUrl": (["MediaObject"], []),
    "dateModified": (["CreativeWork"], []),
    "datePublished": (["CreativeWork"], []),
    "description": (["Thing"], []),
    "distribution": (["Dataset"], ["DataDownload"]),
    "doseSchedule": (["Drug"], ["DoseSchedule"]),
    "doseUnit": (["DoseSchedule"], []),
    "doseValue": (["DoseSchedule"], []),
    "encodingFormat": (["CreativeWork"], []),
    "frequency": (["DoseSchedule"], []),
    "headline": (["CreativeWork"], []),
    "inLanguage": (["CreativeWork"], []),
    "isAccessibleForFree": (["CreativeWork"], []),
    "item": (["ListItem"], ["Thing"]),
    "itemListElement": (["ItemList"], ["ListItem"]),
    "lastReviewed": (["WebPage"], []),
    "legalStatus": (["DietarySupplement", "Drug"], ["DrugLegalStatus"]),
    "license": (["CreativeWork"], []),
    "mainEntity": (["CreativeWork"], ["Thing"]),
    "mainEntityOfPage": (["Thing"], ["CreativeWork"]),
    "mechanismOfAction": (["DietarySupplement", "Drug"], []),
    "name": (["Thing"], []),
    "position": (["ListItem"], []),
    "recommendedIntake": (["DietarySupplement"], ["RecommendedDoseSchedule"]),
    "reviewedBy": (["WebPage"], ["Organization", "Person"]),
    "safetyConsideration": (["DietarySupplement"], []),
    "sameAs": (["Thing"], []),
    "targetPopulation": (["DoseSchedule"], []),
    "url": (["Thing"], []),
    "version": (["CreativeWork"], []),
    "warning": (["Drug"], []),
}
# Used beyond their domain on purpose, with the reason.
BEYOND = {
    ("DietarySupplement", "warning"): "beside safetyConsideration, for readers who know one name",
}


def faults(document: dict) -> list[str]:
    """Return what in a JSON-LD document is no type, no property of its type, or out of range."""
    kinds = {
        node["@id"]: node["@type"] for node in nodes(document) if "@id" in node and "@type" in node
    }
    found = []
    for node in nodes(document):
        kind = node.get("@type")
        if kind is None:
            if set(node) - {"@id"} or node["@id"] not in kinds:
                found.append(f"a node without a type: {node}")
            continue
        if kind not in PARENTS:
            found.append(f"no type: {kind}")
            continue
        for name, value in node.items():
            if not name.startswith("@"):
                found += _property_faults(kind, name, value, kinds)
    return found


def nodes(document: dict) -> Iterator[dict]:
    """Yield every node of a document, those inside others too."""
    waiting = list(document["@graph"])
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _property_faults(kind, name, value, kinds):
    if name not in PROPERTIES:
        return [f"no property: {name}"]
    domain, span = PROPERTIES[name]
    found = []
    if not _lineage(kind) & set(domain) and (kind, name) not in BEYOND:
        found.append(f"{kind} has no {name}")
    for one in value if isinstance(value, list) else [value]:
        if one in ("", None) or one == []:
            found.append(f"{name} is empty")
        if isinstance(one, dict):
            inner = one.get("@type") or kinds.get(one.get("@id"), "Thing")
            if not _lineage(inner) & set(span):
                found.append(f"{name} may not hold a {inner}")
    return found


def _lineage(kind):
    return {kind}.union(*(_lineage(parent) for parent in PARENTS.get(kind, [])))
