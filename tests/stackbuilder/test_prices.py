"""What a month of a compound costs, where the price comes from, and what a stack costs."""

from decimal import Decimal

import pytest

from stackbuilder.listings import vendor_page
from stackbuilder.models import Listing
from stackbuilder.prices import (
    MonthlyPrice,
    PriceSource,
    StackCost,
    currencies,
    monthly_prices,
    sum_of,
)
from tests.factories import make_compound
from tests.vendor_factories import (
    NO_PACK,
    make_listing,
    make_protocol,
    make_register,
    make_status,
    make_vendor,
)

TYPICAL = {
    "cost_low": Decimal("12.50"),
    "cost_high": Decimal("40.00"),
    "cost_year": 2021,
    "cost_confidence": "fair",
    "cost_basis": "2 mg x 30",
    "cost_source": "https://example.com/survey",
}


def price_of(slug="melatonin", **limits):
    return monthly_prices(**limits).get(slug)


def a_price(low, high=None, currency="USD"):
    return MonthlyPrice(Decimal(low), Decimal(high or low), currency, PriceSource.TYPICAL)


@pytest.fixture
def sold(db):
    """Melatonin at 2 to 4 mg a night, a supplement in the US with a shop and a typical price."""
    compound = make_compound(**TYPICAL)
    make_status()
    make_protocol(compound, low=2.0, high=4.0)
    make_listing()
    return compound


def test_price_is_that_of_a_listing_with_all_that_a_page_shows(sold):
    price = price_of()

    assert (price.low, price.high, price.currency) == (Decimal("3.00"), Decimal("6.00"), "USD")
    assert (price.source, price.is_range, price.typical) == ("listing", True, None)
    assert price.listed.listing_pk == Listing.objects.get().pk
    assert (price.listed.vendor, price.listed.product) == ("Example Shop", "Melatonin 2 mg")
    assert (price.listed.region, price.listed.last_checked) == ("United States", None)
    assert price.listed.cost == vendor_page(sold).sellers[0].cost


def test_price_without_a_listing_is_the_typical_one_with_how_it_came_about(db):
    make_compound(**TYPICAL)

    price = price_of()

    assert (price.low, price.high, price.currency) == (Decimal("12.50"), Decimal("40.00"), "USD")
    assert (price.source, price.listed) == ("typical", None)
    assert (price.typical.year, price.typical.confidence) == (2021, "fair")
    assert (price.typical.basis, price.typical.source) == (
        "2 mg x 30",
        "https://example.com/survey",
    )


def test_compound_without_a_price_is_absent_and_a_draft_too(db):
    make_compound()
    make_compound("valerian", published=False, **TYPICAL)
    make_status(compound=make_compound("valerian"))
    make_protocol(make_compound("valerian"))
    make_listing(compound=make_compound("valerian"))

    assert monthly_prices() == {}


def test_prices_are_of_the_named_compounds_alone(sold):
    make_compound("valerian", **TYPICAL)

    assert set(monthly_prices()) == {"melatonin", "valerian"}
    assert set(monthly_prices(["valerian", "nowhere"])) == {"valerian"}
    assert set(monthly_prices(iter(["melatonin"]))) == {"melatonin"}
    assert monthly_prices([]) == {}


@pytest.mark.parametrize("status", ["unapproved", "research-only", "withdrawn", "approved-drug"])
def test_listing_that_became_unlawful_gives_no_price(sold, status):
    sold.regulatory_statuses.update(status=status)

    assert price_of().source == "typical"


@pytest.mark.parametrize(
    "region, low",
    [
        ("", "1.00"),
        ("US", "3.00"),
        ("DE", "1.00"),
        ("FR", "2.00"),
        ("EU", "2.00"),
        ("UK", "4.00"),
        ("world", "4.00"),
        # How the law calls a country without a row of its own.
        ("ZZ", "4.00"),
    ],
)
def test_price_is_of_what_reaches_the_region(db, region, low):
    make_protocol()
    for place, price in {"DE": 2, "EU": 4, "US": 6, "world": 8}.items():
        make_status(place)
        make_listing(region=place, product=f"Shop of {place}", price=Decimal(price))

    assert price_of(region=region).low == Decimal(low)


def test_listing_of_a_wide_region_gives_no_price_where_the_law_of_the_place_is_stricter(db):
    make_protocol()
    make_status("world")
    make_listing(region="world")
    make_status("FR", "prescription-only")

    assert price_of(region="FR") is None
    assert price_of(region="DE") is None


def test_medicine_is_priced_by_a_pharmacy_and_never_by_a_retailer(sold):
    sold.regulatory_statuses.update(status="prescription-only")
    make_listing(kind="pharmacy", product="Tablets", price=Decimal("60.00"))

    price = price_of(region="US")

    assert (price.listed.product, price.low) == ("Tablets", Decimal("30.00"))


def test_register_out_of_use_or_unpriced_listing_gives_no_price(sold):
    Listing.objects.update(is_active=False)
    make_register()
    make_listing(product="No price", **NO_PACK)

    assert price_of().source == "typical"


def test_listing_in_another_unit_gives_no_price(sold):
    Listing.objects.update(dose_unit="IU")

    assert price_of().source == "typical"


def test_listing_without_a_daily_dose_gives_no_price(sold):
    sold.protocols.update(frequency="once weekly")

    assert price_of().source == "typical"


def test_cheapest_listing_decides_whatever_the_commission(sold):
    make_listing(product="Cheap", price=Decimal("5.00"))
    make_listing(product="Dear", price=Decimal("9.00"), is_commission=True)
    make_listing(product="Unknown", is_commission=True, **NO_PACK)

    before = price_of()
    Listing.objects.update(is_commission=False)
    Listing.objects.filter(product="Cheap").update(is_commission=True)
    after = price_of()

    assert before.listed.product == after.listed.product == "Cheap"
    assert (before.low, before.cents) == (after.low, after.cents) == (Decimal("2.50"), 500)
    assert (before.listed.is_commission, after.listed.is_commission) == (False, True)


def test_cheapest_is_by_the_month_and_the_first_of_the_page_of_vendors(sold):
    make_listing(vendor=make_vendor("a-shop"), product="Same price")
    make_listing(product="Small pack", price=Decimal("2.00"), units_per_pack=10)

    assert price_of().listed.product == vendor_page(sold).sellers[0].listing.product == "Same price"


def test_dear_listing_comes_before_a_typical_price(sold):
    Listing.objects.update(price=Decimal("500.00"))

    assert price_of().low == Decimal("250.00")


def test_price_is_in_the_currency_asked_for_and_nothing_is_converted(sold):
    make_listing(product="In pounds", price=Decimal("100.00"), currency="GBP")

    assert price_of(currency="USD").low == Decimal("3.00")
    assert price_of(currency="GBP").low == Decimal("50.00")
    assert price_of(currency="GBP").currency == "GBP"
    assert price_of(currency="EUR") is None


def test_typical_price_in_another_currency_is_unknown(db):
    make_compound(**TYPICAL, cost_currency="EUR")

    assert price_of() is None
    assert price_of(currency="EUR").high == Decimal("40.00")


@pytest.mark.parametrize(
    "low, high, cents",
    [
        ("3", "6", 600),
        ("0.05", "0.29", 29),
        ("0", "0", 0),
        ("1", "1135.71", 113571),
        ("1", "2.001", 201),
        ("1", "2.0099", 201),
    ],
)
def test_cents_hold_the_higher_end_rounded_up(low, high, cents):
    assert a_price(low, high).cents == cents


def test_queries_do_not_grow_with_compounds_or_listings(db, django_assert_num_queries):
    def sell(number):
        compound = make_compound(f"compound-{number}", **TYPICAL)
        make_status(compound=compound)
        make_protocol(compound)
        make_listing(compound=compound)
        make_listing(compound=compound, product="Another", price=Decimal("5.00"))

    sell(0)
    with django_assert_num_queries(4):
        assert len(monthly_prices()) == 1
    for number in range(1, 60):
        sell(number)

    with django_assert_num_queries(4):
        prices = monthly_prices(region="US")
    with django_assert_num_queries(4):
        named = monthly_prices(prices)

    assert len(prices) == 60
    assert {price.low for price in prices.values()} == {Decimal("2.50")}
    assert set(named) == set(prices)


def test_sum_counts_who_has_a_price_and_who_has_none():
    cost = sum_of([a_price("3", "6"), None, a_price("12.50", "40")])

    assert cost == StackCost(Decimal("15.50"), Decimal("46.00"), "USD", known=2, unknown=1)
    assert (cost.is_range, cost.is_complete, cost.is_unknown) == (True, False, False)


@pytest.mark.parametrize(
    "prices, is_complete, is_unknown",
    [([], True, False), ([None, None], False, True), ([a_price("3")], True, False)],
)
def test_sum_says_whether_it_is_whole_or_unknown(prices, is_complete, is_unknown):
    cost = sum_of(prices, currency="USD")

    assert (cost.is_complete, cost.is_unknown) == (is_complete, is_unknown)
    assert not cost.is_range


def test_sum_refuses_another_currency():
    with pytest.raises(ValueError, match="cannot add EUR to USD"):
        sum_of([a_price("3"), a_price("3", currency="EUR")])


def test_currencies_are_those_of_any_price_with_dollars_first(db, django_assert_num_queries):
    make_compound(**TYPICAL)
    make_compound("valerian", **TYPICAL, cost_currency="EUR")
    make_compound("zinc", cost_currency="CHF")
    make_compound("ginkgo", published=False, **TYPICAL, cost_currency="NOK")
    make_listing(currency="GBP")
    make_listing(product="Again", currency="GBP")
    make_listing(product="Out of use", currency="AUD", is_active=False)
    make_register()

    with django_assert_num_queries(2):
        found = currencies()

    assert found == ("USD", "EUR", "GBP")


def test_currencies_without_any_price_are_none(db):
    make_compound()

    assert currencies() == ()
