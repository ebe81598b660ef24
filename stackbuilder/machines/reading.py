"""What the head of one page tells machines: its address, what it is, how it looks when shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from stackbuilder.machines.compound_data import Absolute, compound_page
from stackbuilder.machines.crumbs import Crumb, crumbs, may_be_indexed
from stackbuilder.machines.json_ld import Node, json_ld
from stackbuilder.machines.page_data import (
    DOWNLOADS,
    article_page,
    breadcrumbs,
    data_page,
    goal_page,
    plain_page,
)


@dataclass(frozen=True)
class Card:
    """How a link to a page looks where it is shared; the picture's text equivalent is `told`."""

    title: str
    description: str
    kind: str
    picture: str
    told: str
    published_on: date | None = None
    changed_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """What machines are told of an indexed page; `card` is None where it has no picture."""

    url: str
    json_ld: SafeString
    card: Card | None


def reading(request: HttpRequest | None, context: Mapping[str, Any]) -> Reading | None:
    """Return what machines are told of this page; None where they are to leave it out."""
    match = request.resolver_match if request else None
    if request is None or match is None or not may_be_indexed(match, context):
        return None
    absolute = request.build_absolute_uri
    way = crumbs(match, context)
    nodes = [*_nodes(match.view_name, context, way, absolute), breadcrumbs(way, absolute)]
    card = _card(match.view_name, context, absolute)
    return Reading(absolute(way[-1].path), json_ld(nodes), card)


def _nodes(
    view_name: str, context: Mapping[str, Any], way: list[Crumb], absolute: Absolute
) -> list[Node]:
    url = absolute(way[-1].path)
    match view_name:
        case "evidence:compound_detail":
            return compound_page(context, absolute)
        case "evidence:article_detail":
            return article_page(context, absolute)
        case "stackbuilder:goal_detail":
            return goal_page(context, url)
        case "stackbuilder:data":
            return data_page(context, url, [absolute(reverse(name)) for _, name, _ in DOWNLOADS])
        case _:
            return plain_page(way[-1].name, url)


def _card(view_name: str, context: Mapping[str, Any], absolute: Absolute) -> Card | None:
    match view_name:
        case "evidence:compound_detail":
            compound = context["compound"]
            return Card(
                title=f"{compound.name}: evidence, doses, safety",
                description=compound.summary,
                kind="website",
                picture=absolute(reverse("machines:compound_picture", args=[compound.slug])),
                told=f"{compound.name} with its letter and verdict for each goal.",
            )
        case "evidence:article_detail":
            article = context["article"]
            return Card(
                title=article.title,
                description=article.summary,
                kind="article",
                picture=absolute(reverse("machines:article_picture", args=[article.slug])),
                told=f"{article.title}, with the letter and verdict for {article.goal.name}.",
                published_on=timezone.localdate(article.published_at),
                changed_on=article.updated_on,
            )
        case _:
            return None
