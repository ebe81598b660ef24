"""Addresses of the builder: one state, one address, goals in their own order."""

from urllib.parse import urlencode

from django.urls import reverse

DEFAULT_WEIGHT = 1


def builder_url(weights, **extra):
    """Return the builder's address for `weights` (goal slug -> 1, 2 or 3, in the site's order).

    `extra` is added where it has a value, such as why="melatonin" or page=2.
    """
    query = [("goal", f"{slug}:{weight}") for slug, weight in weights.items()]
    query += [(name, value) for name, value in extra.items() if value]
    address = reverse("stackbuilder:builder")
    return f"{address}?{urlencode(query, safe=':')}" if query else address


def with_weight(weights, goals, slug, weight):
    """Return `weights` with `slug` set to `weight` (0 leaves it out), in the order of `goals`."""
    changed = {**weights, slug: weight}
    return {goal: changed[goal] for goal in goals if changed.get(goal)}
