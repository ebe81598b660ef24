"""Which pages may be found by search engines, and where each stands in the site.

A page has one address: its path alone. What follows a question mark filters, pages or pins it, and
leads to the same one. A page that is not named here is personal, saved or an act, and is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import ResolverMatch, reverse

HOME = "stackbuilder:builder"

# Pages with one address each, by their names; those without a name here are headed by their view.
FIXED = {
    HOME: "Builder",
    "stackbuilder:goal_list": "Goals",
    "stackbuilder:compound_list": "Compounds",
    "stackbuilder:compare": "Compare",
    "stackbuilder:search": "Search",
    "stackbuilder:method": "Method",
    "stackbuilder:about": "",
    "stackbuilder:privacy": "",
    "stackbuilder:disclaimer": "",
    "stackbuilder:accessibility": "",
    "stackbuilder:data_licence": "",
    "stackbuilder:data": "The data",
    "stackbuilder:api": "The API",
    "evidence:article_list": "Deep dives",
    "evidence:change_list": "What changed",
}
# Pages of one thing each, and the page above them.
ABOVE = {
    "stackbuilder:goal_detail": "stackbuilder:goal_list",
    "evidence:compound_detail": "stackbuilder:compound_list",
    "stackbuilder:vendor_list": "stackbuilder:compound_list",
    "evidence:article_detail": "evidence:article_list",
    "evidence:study_detail": HOME,
    "evidence:change_detail": "evidence:change_list",
    "stackbuilder:compare": "stackbuilder:compound_list",
    "stackbuilder:api": "stackbuilder:data",
}
INDEXED = frozenset({*FIXED, *ABOVE})


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page: what it is called, and its path."""

    name: str
    path: str


def may_be_indexed(match: ResolverMatch, context: Mapping[str, Any]) -> bool:
    """Say whether search engines may list this page: it is public, and no answer to a search."""
    return match.view_name in INDEXED and not context.get("asked")


def canonical_path(match: ResolverMatch) -> str:
    """Return the one path of a page, quoted as an address is."""
    return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


def crumbs(match: ResolverMatch, context: Mapping[str, Any]) -> list[Crumb]:
    """Return the way to an indexed page, from the builder to the page itself."""
    name = match.view_name
    way = [_fixed(HOME)]
    if name == HOME:
        return way
    above = ABOVE.get(name, HOME)
    if above != HOME:
        way.append(_fixed(above))
    if name == "stackbuilder:vendor_list":
        compound = context["compound"]
        way.append(Crumb(compound.name, compound.get_absolute_url()))
    return [*way, Crumb(_name(name, context), canonical_path(match))]


def _fixed(name: str) -> Crumb:
    return Crumb(FIXED[name], reverse(name))


def _name(view_name: str, context: Mapping[str, Any]) -> str:
    match view_name.partition(":")[2]:
        case "goal_detail":
            return str(context["goal"].name)
        case "compound_detail":
            return str(context["compound"].name)
        case "vendor_list":
            return "Find a vendor"
        case "article_detail":
            article = context["article"]
            return f"{article.compound.name} for {article.goal.name}"
        case "study_detail":
            return str(context["study"].title)
        case "change_detail":
            return f"Change {context['act'].number}"
        case _:
            return FIXED[view_name] or str(context["heading"])
