"""Which part of a list a page is."""

from types import SimpleNamespace

import pytest

from stackbuilder.api.paging import Part, part_of
from stackbuilder.api.problems import RefusedError


@pytest.mark.parametrize(
    "total, page, limit, pages, items",
    [
        (0, 1, 50, 1, []),
        (5, 1, 2, 3, [0, 1]),
        (5, 3, 2, 3, [4]),
        (4, 2, 2, 2, [2, 3]),
    ],
)
def test_part_holds_its_items(total, page, limit, pages, items):
    part = Part(total, page, limit)

    assert (part.pages, part.of(list(range(total)))) == (pages, items)


@pytest.mark.parametrize("total, page", [(0, 2), (2, 2), (3, 100_000)])
def test_part_past_the_last_is_refused(total, page):
    with pytest.raises(RefusedError):
        part_of(SimpleNamespace(page=page, limit=3), total)
