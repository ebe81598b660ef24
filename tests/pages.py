"""Reads a response as a reader's browser would: elements, their classes, the text inside them."""

import re

from django.test.html import Element, parse_html

# A block of data, which no browser runs and the policy does not ask about (HTML, “data block”).
DATA_BLOCK = "application/ld+json"

# What the policy forbids a page to hold: style=, on…=, and scripts without a file of their own.
INLINE_ATTRIBUTES = re.compile(r"style|on[a-z]+|hx-on.*")


def page_of(response):
    """Return the tree of a response; raises if an end tag has no beginning."""
    # Large pages take a while to read, and several questions are asked of the same one.
    if not hasattr(response, "page_read_before"):
        response.page_read_before = parse_html(response.content.decode())
    return response.page_read_before


def elements(tree, name=None, **attributes):
    """Return the elements below `tree`, in order, that have this name and these attributes.

    An underscore in an attribute's name stands for a hyphen; `class_` means one of the classes.
    """
    wanted_class = attributes.pop("class_", None)
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    return [
        element
        for element in _below(tree)
        if name in (None, element.name)
        and (wanted_class is None or wanted_class in classes_of(element))
        and wanted.items() <= dict(element.attributes).items()
    ]


def element(tree, name=None, **attributes):
    """Return the only such element; fails if there is none, or more than one."""
    (only,) = elements(tree, name, **attributes)
    return only


def classes_of(element):
    """Return the classes of an element."""
    return (dict(element.attributes).get("class") or "").split()


def text_of(tree):
    """Return the text inside `tree` in reading order, with single spaces."""
    parts = [
        child if isinstance(child, str) else text_of(child)
        for child in getattr(tree, "children", ())
    ]
    return " ".join(" ".join(parts).split())


def hrefs(tree):
    """Return where the links below `tree` lead, in order."""
    return [dict(link.attributes).get("href") for link in elements(tree, "a")]


def ranked_names(tree):
    """Return the names of the compounds that the builder ranks on this page, best first."""
    titles = [element(card, "h3") for card in elements(tree, "li", class_="card")]
    return [text_of(element(title, "a")) for title in titles]


def number(text):
    """Return a printed number, its minus sign being a true one."""
    return float(text.replace("−", "-"))


def inline_parts(response):
    """Return whatever a page holds inline that its policy would refuse to run or apply."""
    found = []
    for one in _below(page_of(response)):
        attributes = dict(one.attributes)
        found += [f"<{one.name} {key}>" for key in attributes if INLINE_ATTRIBUTES.fullmatch(key)]
        found += [
            f"<{one.name} {key}={value}>"
            for key, value in attributes.items()
            if (value or "").strip().lower().startswith("javascript:")
        ]
        is_run = one.name == "script" and attributes.get("type") != DATA_BLOCK
        if one.name == "style" or (is_run and not attributes.get("src")):
            found.append(f"<{one.name}>")
    return found


def policy_of(response):
    """Return the Content-Security-Policy of a response as {directive: sources}."""
    directives = response["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in (one.split() for one in directives)}


def repeated_ids(response):
    """Return the ids that stand on more than one element."""
    ids = [dict(one.attributes).get("id") for one in _below(page_of(response))]
    return sorted({one for one in ids if one and ids.count(one) > 1})


def bare_letters(response):
    """Return the badges whose letter stands without a verdict in words."""
    return [
        text_of(badge)
        for badge in elements(page_of(response), class_="badge")
        if not any(text_of(verdict) for verdict in elements(badge, class_="badge__verdict"))
    ]


def _below(tree):
    for child in getattr(tree, "children", ()):
        if isinstance(child, Element):
            yield child
            yield from _below(child)
