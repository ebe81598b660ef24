"""The prices of the shipped catalogue, beside its own files."""

from decimal import ROUND_CEILING, Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from stackbuilder.models import Listing
from stackbuilder.prices import currencies, monthly_prices, sum_of
from tests.catalogue_facts import CATALOGUE, ROOT, read_json

pytestmark = pytest.mark.django_db

VENDORS = ROOT / "stackbuilder" / "data" / "vendors.json"


def printed_costs():
    """Return each compound's cost of a month as its file has it, if it has one."""
    files = [read_json(path) for path in (CATALOGUE / "compounds").glob("*.json")]
    costs = {compound["slug"]: compound["cost_per_month"] for compound in files}
    return {slug: cost for slug, cost in costs.items() if cost["low"] is not None}


def test_every_price_of_the_files_is_typical_and_no_other_is_made_up(catalogue):
    printed = printed_costs()

    prices = monthly_prices(region="US")

    assert len(printed) > 15
    assert prices.keys() == printed.keys()
    for slug, cost in printed.items():
        low, high = Decimal(str(cost["low"])), Decimal(str(cost["high"]))
        price = prices[slug]
        assert (price.low, price.high, price.source) == (low, high, "typical")
        assert price.cents == (high * 100).to_integral_value(ROUND_CEILING)
        assert price.typical.year == cost.get("year")
        assert price.typical.basis == (cost.get("basis") or "")


def test_registers_change_no_price(catalogue):
    before = monthly_prices()

    call_command("load_vendors", VENDORS, verbosity=0, stdout=StringIO())

    assert Listing.objects.count() > 50
    assert monthly_prices() == before
    assert currencies() == ("USD",)


def test_stack_of_five_names_how_many_prices_are_unknown(catalogue):
    members = ["creatine", "melatonin", "semaglutide", "zinc", "vitamin-d"]
    prices = monthly_prices(members)

    cost = sum_of([prices.get(slug) for slug in members])

    printed = printed_costs()
    known = [printed[slug] for slug in members if slug in printed]
    assert (cost.known, cost.unknown) == (len(known), 5 - len(known))
    assert cost.high == sum(Decimal(str(one["high"])) for one in known)
