"""Cells are read strictly: what could mean two things is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from evidence.admin.cells import (
    DayCell,
    DecimalCell,
    ListCell,
    NumberCell,
    ReferenceCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from evidence.models import Compound
from tests.factories import make_compound

# A workbook knows no time zones.
MIDNIGHT = datetime.fromisoformat("2026-03-31T00:00")
NOON = datetime.fromisoformat("2026-03-31T12:00")


@pytest.mark.parametrize(
    "cell, value, expected",
    [
        (TextCell(), None, ""),
        (TextCell(), "'=1", "=1"),
        (TextCell(), " a ", "a"),
        (TextCell(), 23691095.0, "23691095"),
        (TextCell(), 7.5, "7.5"),
        (NumberCell(), "-7.06", -7.06),
        (NumberCell(), -0.1, -0.1),
        (NumberCell(), 3, 3.0),
        (NumberCell(), ".5e-3", 0.0005),
        (NumberCell(), " ", None),
        (DecimalCell(), "9.95", Decimal("9.95")),
        (DecimalCell(), 9.95, Decimal("9.95")),
        (WholeCell(), "1683", 1683),
        (WholeCell(), 1683.0, 1683),
        (WholeCell(), "", None),
        (YesNoCell(), "YES", True),
        (YesNoCell(), False, False),
        (YesNoCell(), 1, True),
        (YesNoCell(), None, None),
        (DayCell(), "2026-03-31", date(2026, 3, 31)),
        (DayCell(), MIDNIGHT, date(2026, 3, 31)),
        (DayCell(), date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_cell_that_can_be_read(cell, value, expected):
    assert cell.clean(value) == expected


@pytest.mark.parametrize(
    "cell, value",
    [
        (NumberCell(), "7,06"),
        (NumberCell(), "1_000"),
        (NumberCell(), "١٢"),
        (NumberCell(), True),
        (NumberCell(), float("inf")),
        (NumberCell(), "1e999"),
        (DecimalCell(), "NaN"),
        (WholeCell(), "3.7"),
        (WholeCell(), -1),
        (WholeCell(), 2**31),
        (WholeCell(), True),
        (YesNoCell(), "maybe"),
        (YesNoCell(), 2),
        (DayCell(), "3/4/2026"),
        (DayCell(), "2026-02-30"),
        (DayCell(), NOON),
    ],
)
def test_cell_that_could_mean_two_things_is_refused(cell, value):
    with pytest.raises(ValueError, match=r"^Must be "):
        cell.clean(value)


def test_list_keeps_its_letters():
    assert [ListCell().render(value) for value in (["β-blocker"], [])] == ['["β-blocker"]', ""]


@pytest.mark.django_db
def test_row_is_looked_up_once_by_its_name(django_assert_num_queries):
    compound = make_compound()
    cell = ReferenceCell(Compound, "slug")

    with django_assert_num_queries(2):
        found = [cell.clean("melatonin") for _ in range(3)]
        for _ in range(3):
            with pytest.raises(ValueError, match="There is no compound 'unicorn' here"):
                cell.clean("unicorn")

    assert found == [compound] * 3
    assert cell.clean("") is None
