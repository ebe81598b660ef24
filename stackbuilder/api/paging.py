"""Pages of a list: which part is asked for, and the links to those beside it."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from evidence.synthesis import METHOD_VERSION
from stackbuilder.api.problems import NOT_FOUND, RefusedError, Wrong


@dataclass(frozen=True)
class Part:
    """One page of `total` items: those from `start` to `end`."""

    total: int
    page: int
    limit: int

    @property
    def pages(self):
        """Return how many pages there are; an empty list has one."""
        return max(1, ceil(self.total / self.limit))

    @property
    def start(self):
        """Return the index of the first item."""
        return (self.page - 1) * self.limit

    def of(self, items: Any):
        """Return the items of this page."""
        return items[self.start : self.start + self.limit]


def part_of(query, total):
    """Return the part asked for; refuses one past the last."""
    part = Part(total, query.page, query.limit)
    if part.page > part.pages:
        raise RefusedError(NOT_FOUND, Wrong("page", f"The last page is {part.pages}."))
    return part


def page_of(request, part, items, **more):
    """Return the answer with the items of one page."""
    return {
        **versions(request),
        "total": part.total,
        "page": part.page,
        "pages": part.pages,
        "limit": part.limit,
        "next": _url(request, part.page + 1) if part.page < part.pages else None,
        "previous": _url(request, part.page - 1) if part.page > 1 else None,
        "items": items,
        **more,
    }


def one(request, item):
    """Return the answer with one thing."""
    return {**versions(request), "item": item}


def versions(request):
    """Return what the figures are of."""
    return {"evidence_version": request.evidence_version, "method_version": METHOD_VERSION}


def site_url(request, row):
    """Return the page of a row on the site."""
    return request.build_absolute_uri(row.get_absolute_url())


def _url(request, page):
    """Return the address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode(safe=':')}")
