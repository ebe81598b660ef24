"""Limits that clash: each is named, and the address beside it settles it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from stackbuilder.engine.assembly import AssemblyError, Limit, LimitClash, assemble
from stackbuilder.suggesting.limit_remedies import named_clashes
from tests.made_up_tables import PREGNANT, a_question, made_up_prices, made_up_safety

BOTH = ("melatonin", "saffron")
START = "/suggest/?goal=sleep:1&goal=mood:1"


def clashes_of(question):
    with pytest.raises(AssemblyError) as raised:
        assemble(question.problem)
    return named_clashes(question, raised.value.clashes)


@pytest.mark.parametrize(
    "limits, limit, names, remedy",
    [
        (
            {"size": 1},
            Limit.MUST_HAVES_OVER_SIZE,
            ("Melatonin", "Saffron"),
            "&size=2&must=m&must=s",
        ),
        ({"must_not": ("saffron",)}, Limit.MUST_HAVE_IS_MUST_NOT, ("Saffron",), "&must=m&must=s"),
        (
            {"budget": Decimal(9), "prices": made_up_prices(saffron="1")},
            Limit.MUST_HAVE_UNPRICED,
            ("Melatonin",),
            "&must=m&must=s",
        ),
        (
            {"budget": Decimal(9), "prices": made_up_prices(saffron="5", melatonin="5")},
            Limit.MUST_HAVES_OVER_BUDGET,
            ("Melatonin", "Saffron"),
            "&must=m&must=s",
        ),
        (
            {"safety": made_up_safety(clashing=[BOTH])},
            Limit.MUST_HAVES_CONFLICT,
            ("Melatonin", "Saffron"),
            "&must=m",
        ),
        (
            {"safety": made_up_safety(avoided=["melatonin"]), "person": PREGNANT},
            Limit.MUST_HAVE_EXCLUDED,
            ("Melatonin",),
            "&must=s",
        ),
    ],
)
def test_clash_is_named_and_its_remedy_settles_it(limits, limit, names, remedy):
    (clash,) = clashes_of(a_question(must=BOTH, **limits))

    assert (clash.limit, clash.names) == (limit, names)
    long = {"must=m": "must=melatonin", "must=s": "must=saffron"}
    expected = "&".join(long.get(part, part) for part in remedy.split("&"))
    assert clash.remedy_url == START + expected


def test_who_gives_way_is_named():
    safety = made_up_safety(clashing=[BOTH])

    (clash,) = clashes_of(a_question(safety=safety, must=("saffron", "melatonin")))

    assert clash.gives_way == ("Melatonin",)


def test_cost_of_those_that_are_kept_is_told():
    prices = made_up_prices(saffron="5.50", melatonin="5")

    (clash,) = clashes_of(a_question(must=BOTH, budget=Decimal(9), prices=prices))

    assert clash.cost == Decimal("10.50")


def test_every_limit_that_clashes_is_named():
    question = a_question(must=BOTH, must_not=("melatonin",), size=1, budget=Decimal(0))

    assert [clash.limit for clash in clashes_of(question)] == [
        Limit.MUST_HAVE_IS_MUST_NOT,
        Limit.MUST_HAVES_OVER_SIZE,
        Limit.MUST_HAVE_UNPRICED,
    ]


def test_compound_that_went_meanwhile_is_no_longer_kept():
    question = a_question(must=BOTH)
    found = [LimitClash(Limit.MUST_HAVE_UNKNOWN, ("saffron",))]

    (clash,) = named_clashes(replace(question), found)

    assert (clash.gives_way, clash.remedy_url) == (("Saffron",), f"{START}&must=melatonin")
