"""The regions a visitor can choose."""

import pytest

from stackbuilder import law
from stackbuilder.regions import RegionForm, in_order, place_name, place_of, region_name


def test_region_form_offers_every_member_state_and_only_regions_of_the_law():
    codes = [code for code, _ in RegionForm({}).fields["region"].choices]

    assert set(codes) >= {"", *law.EU_MEMBER_STATES, "US", "UK", "EU", "world"}
    assert all(law.is_region(code) for code in codes if code)


@pytest.mark.parametrize("code", ["US", "DE", "world", ""])
def test_region_form_gives_the_chosen_region(code):
    assert RegionForm({"region": code}).chosen() == code


@pytest.mark.parametrize("code", ["sport", "XX", "us", "GB", "\x00", "US\r\n", "é" * 1000])
def test_region_form_reads_an_unknown_region_as_none_and_says_so(code):
    form = RegionForm({"region": code})

    assert form.chosen() == ""
    assert form.errors["region"] == ["There is no region of this name here."]


def test_region_form_offers_a_region_that_the_database_has_besides():
    assert RegionForm({"region": "BR"}, further=["BR"]).chosen() == "BR"


def test_regions_stand_in_one_order_everywhere():
    assert in_order(["world", "DE", "BR", "AU", "UK", "US", "US"]) == [
        "US",
        "UK",
        "AU",
        "BR",
        "DE",
        "world",
    ]


def test_world_is_everywhere_for_a_listing_and_any_other_country_for_a_visitor():
    assert region_name("world") == "Worldwide"
    assert place_name("world") == "Any other country"
    assert place_of("world") == law.ELSEWHERE
    assert place_of("US") == "US"
