"""Reads what the head of a page tells machines."""

import json
import re

from tests.pages import element, elements, page_of

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def json_ld_of(response):
    """Return the JSON-LD document of a page; fails unless there is exactly one."""
    (text,) = DATA.findall(response.content.decode())
    return json.loads(text)


def node_of(response, kind):
    """Return the only node of this type at the top of a page's document."""
    (node,) = [node for node in json_ld_of(response)["@graph"] if node["@type"] == kind]
    return node


def canonical_of(response):
    """Return the canonical address of a page, None without one; fails if there are several."""
    links = elements(page_of(response), "link", rel="canonical")
    assert len(links) <= 1
    return dict(links[0].attributes)["href"] if links else None


def robots_of(response):
    """Return what a page asks of robots, empty where it asks nothing; fails if it does so twice."""
    metas = [dict(one.attributes) for one in elements(page_of(response), "meta")]
    found = [one["content"] for one in metas if one.get("name") == "robots"]
    assert len(found) <= 1, found
    return found[0] if found else ""


def meta_of(response, name):
    """Return the content of the only Open Graph or card property of this name."""
    key = "name" if name.startswith("twitter:") else "property"
    found = [
        one
        for one in elements(element(page_of(response), "head"), "meta")
        if dict(one.attributes).get(key) == name
    ]
    (only,) = found
    return dict(only.attributes)["content"]
