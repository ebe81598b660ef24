"""Articles, goals, the catalogue as a whole and all other pages in schema.org's terms."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from stackbuilder.machines.compound_data import LANGUAGE, Absolute, citations
from stackbuilder.machines.crumbs import Crumb
from stackbuilder.machines.json_ld import Node, told

# How a byline ends that names no single person.
COLLECTIVE = ("editors", "staff", "team", "desk", "foundation")
DATASET_NAME = "Stackbuilder: the published catalogue"
DATASET_ABOUT = (
    "Graded evidence on supplements, peptides and medicines for health goals: compounds, studies, "
    "findings with their estimates and intervals, their synthesis per goal, cautions and "
    "interactions. For information, not medical advice."
)
# The files by their routes, and their media types.
DOWNLOADS = (
    ("JSON", "stackbuilder:data_json", "application/json"),
    ("CSV, zipped", "stackbuilder:data_csv", "application/zip"),
)


def article_page(context: Mapping[str, Any], absolute: Absolute) -> list[Node]:
    """Return an article; the page around it says who reviewed it, if anybody did."""
    article, page = context["article"], context["page"]
    url = absolute(article.get_absolute_url())
    about = _named(
        "Substance", article.compound.name, absolute(article.compound.get_absolute_url())
    )
    changed = max(article.updated_on, page.figures_updated_on or article.updated_on)
    text = {
        "@type": "MedicalScholarlyArticle",
        "@id": f"{url}#article",
        "url": url,
        "headline": article.title,
        "description": article.summary,
        "inLanguage": LANGUAGE,
        "author": _author(article.author),
        "datePublished": timezone.localdate(article.published_at).isoformat(),
        "dateModified": changed.isoformat(),
        "about": [about, {"@type": "Thing", "name": article.goal.name}],
        "citation": citations(page.studies, absolute),
        "mainEntityOfPage": {"@id": url},
    }
    around = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": article.title,
        "inLanguage": LANGUAGE,
        "lastReviewed": article.reviewed_on.isoformat() if article.reviewed_on else None,
        "reviewedBy": _author(article.reviewer) if article.reviewer else None,
        "dateModified": changed.isoformat(),
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
    }
    return [told(text), told(around)]


def goal_page(context: Mapping[str, Any], url: str) -> list[Node]:
    """Return the page of one goal."""
    goal = context["goal"]
    page = _page("MedicalWebPage", f"{goal.name}: compounds ranked by evidence", url)
    return [{**page, "about": {"@type": "Thing", "name": goal.name}}]


def data_page(context: Mapping[str, Any], url: str, files: list[str]) -> list[Node]:
    """Return the catalogue as a dataset; `files` are the addresses of `DOWNLOADS` in order.

    Without a licence that the operator chose it states none.
    """
    version, licence = context["version"], context["licence"]
    downloads = [
        {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": file}
        for (name, _, kind), file in zip(DOWNLOADS, files, strict=True)
    ]
    dataset = {
        "@type": "Dataset",
        "@id": f"{url}#dataset",
        "url": url,
        "name": DATASET_NAME,
        "description": DATASET_ABOUT,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "license": licence.url if licence else None,
        "version": str(version.number) if version else None,
        "dateModified": timezone.localdate(version.at).isoformat() if version else None,
        "distribution": downloads,
    }
    return [told(dataset)]


def plain_page(name: str, url: str) -> list[Node]:
    """Return a page that is about nothing that schema.org has a word for."""
    return [_page("WebPage", name, url)]


def breadcrumbs(way: list[Crumb], absolute: Absolute) -> Node:
    """Return the way to a page."""
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.name, "item": absolute(crumb.path)}
        for place, crumb in enumerate(way, start=1)
    ]
    url = absolute(way[-1].path)
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": steps}


def _page(kind: str, name: str, url: str) -> Node:
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": LANGUAGE,
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
    }


def _author(name: str) -> Node:
    is_collective = name.lower().endswith(COLLECTIVE)
    return {"@type": "Organization" if is_collective else "Person", "name": name}


def _named(kind: str, name: str, url: str) -> Node:
    return {"@type": kind, "@id": f"{url}#compound", "name": name, "url": url}
