"""What a comparison is made of, beside its evidence and its safety."""

from decimal import Decimal

import pytest

from evidence.models import SideEffect
from stackbuilder.comparing.comparison import compared, either, in_a_sentence
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from tests.factories import make_article, make_compound, make_finding, make_goal, publish_all
from tests.made_profiles import make_profiles, new_version
from tests.vendor_factories import make_listing, make_protocol, make_status


@pytest.mark.parametrize(
    "names, title",
    [
        (["Melatonin", "Valerian"], "Melatonin or valerian"),
        (["L-theanine", "St John's wort", "Vitamin D"], "L-theanine, St John's wort or vitamin D"),
        (["Zinc"], "Zinc"),
    ],
)
def test_title_names_the_alternatives(names, title):
    assert either(names) == title


@pytest.mark.parametrize(
    "name, inside",
    [
        ("Omega-3 (EPA/DHA)", "omega-3 (EPA/DHA)"),
        ("N-acetylcysteine (NAC)", "N-acetylcysteine (NAC)"),
        ("BPC-157", "BPC-157"),
        ("LL-37", "LL-37"),
        ("5-HTP", "5-HTP"),
        ("", ""),
    ],
)
def test_name_inside_a_sentence_keeps_the_capitals_of_abbreviations(name, inside):
    assert in_a_sentence(name) == inside


@pytest.fixture
def site(db):
    """Melatonin with doses, a listing, a side effect and an article; valerian with a cost."""
    make_goal("sleep", name="Sleep")
    make_finding()
    make_status()
    for dose in ("2 mg", "5 mg", "10 mg"):
        make_protocol(dose=dose)
    make_listing()
    make_article()
    SideEffect.objects.create(
        compound=make_compound(), effect="headache", frequency="common", severity="mild"
    )
    make_compound("valerian", routes=["oral", "topical"], cost_low=Decimal(5), cost_high=Decimal(9))
    return publish_all().version.number


def columns(newest, **choices):
    state = State(members=("melatonin", "valerian"), **choices)
    return compared(state, Person(), newest).columns


def test_columns_hold_what_is_recorded_of_each(site):
    melatonin, valerian = columns(site)

    assert [protocol.dose for protocol in melatonin.protocols] == ["2 mg", "5 mg"]
    assert melatonin.more_protocols == 1
    assert [effect.effect for effect in melatonin.side_effects] == ["headache"]
    assert [article.slug for article in melatonin.articles] == ["melatonin-for-sleep"]
    assert melatonin.routes == ("by mouth",)
    assert valerian.routes == ("by mouth", "on the skin or eye")
    assert (valerian.protocols, valerian.more_protocols) == ((), 0)
    assert (valerian.side_effects, valerian.articles) == ((), ())


def test_price_is_that_of_a_listing_else_a_typical_one_else_unknown(site):
    melatonin, valerian = columns(site)
    in_the_uk, _ = columns(site, region="UK")

    # 2 mg a day is one unit of a pack of 60 for 6.00 USD: 30 ÷ 60 × 6.
    assert (melatonin.price.low, melatonin.price.source) == (Decimal("3.00"), "listing")
    assert (valerian.price.high, valerian.price.source) == (Decimal(9), "typical")
    assert in_the_uk.price is None


def test_links_keep_the_rest_of_the_state(site):
    state = State(members=("melatonin", "valerian"), weights={"sleep": 2}, region="US")

    found = compared(state, Person(), site)

    assert found.columns[0].without_url == "/compare/?goal=sleep:2&in=valerian&region=US"
    assert found.every_goal_url == "/compare/?in=melatonin&in=valerian&region=US"
    assert compared(state.having(weights={}), Person(), site).every_goal_url == ""


def test_comparison_that_is_not_pinned_says_nothing_of_versions(site):
    assert compared(State(members=("melatonin", "valerian")), Person(), site).pin is None


@pytest.mark.django_db
def test_pinned_comparison_says_whether_newer_evidence_exists():
    make_profiles()
    old = new_version()
    new = new_version()
    state = State(members=("strong", "weak"), evidence=old.number)

    then = compared(state, Person(), new.number).pin
    still = compared(state.having(evidence=new.number), Person(), new.number).pin

    assert (then.version, then.is_old) == (old, True)
    assert then.live_url == "/compare/?in=strong&in=weak"
    assert (still.version, still.is_old) == (new, False)
