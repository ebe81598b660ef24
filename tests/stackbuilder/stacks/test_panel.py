"""The panel of a stack as values: what it reaches, costs and clashes, for one visitor."""

from datetime import date
from decimal import Decimal

import pytest

from evidence.models import Profile
from evidence.publication import system_user, withdraw_compounds
from stackbuilder import candidates
from stackbuilder.engine.person import Person
from stackbuilder.links import State
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_medicine_class,
    make_outcome,
    publish_all,
)
from tests.stacks import make_profile, panel_of
from tests.vendor_factories import make_listing, make_protocol, make_status

pytestmark = pytest.mark.django_db

WEIGHTS = {"sleep": 3, "mood": 1}
PREGNANT = Person(conditions=frozenset({"pregnancy"}))
EPILEPTIC = Person(conditions=frozenset({"epilepsy"}))


def state_of(*slugs, **changes):
    return State(**{"weights": WEIGHTS, "members": slugs, **changes})


@pytest.fixture
def three():
    """Saffron 0.4992 and valerian 0.1992 for sleep, zinc 0.2992 for mood, all to be counted on."""
    make_profile("saffron", 0.92, certainty="moderate")
    make_profile("valerian", 0.62)
    make_profile("zinc", 0.72, goal="mood", certainty="very-low", verdict="unclear", letter="D")


def test_goal_is_reached_through_its_best_member(three):
    sleep, mood = panel_of(state_of("valerian", "saffron", "zinc")).goals

    assert (sleep.name, sleep.share, sleep.best.name) == ("Sleep", 0.75, "Saffron")
    assert sleep.benefit == pytest.approx(0.4991895)
    assert (sleep.bar.mean, sleep.bar.dependable) == (0.92, pytest.approx(0.4991895))
    assert sleep.runner_up.name == "Valerian"
    assert [cell.kind for cell in sleep.cells] == ["less", "serves", "unstudied"]
    assert (mood.best.name, mood.runner_up) == ("Zinc", None)


def test_value_is_what_is_served_less_the_charge(three):
    panel = panel_of(state_of("valerian", "saffron", "zinc"))

    # 0.75 × 0.4991895 + 0.25 × 0.2991895, and three times 0.02.
    assert panel.served == pytest.approx(0.4491895)
    assert panel.value == pytest.approx(0.3891895)
    assert [member.name for member in panel.redundant] == ["Valerian"]


def test_goal_that_nobody_serves_is_said(three):
    panel = panel_of(state_of("valerian"))

    assert [goal.name for goal in panel.unserved] == ["Mood"]
    (mood,) = panel.unserved
    assert (mood.benefit, mood.bar, mood.best, mood.runner_up) == (0, None, None, None)


def test_members_without_a_goal_have_nothing_to_cover(three):
    panel = panel_of(state_of("saffron", weights={}))

    assert (panel.goals, panel.served, panel.redundant, panel.weakest) == ((), 0, (), None)
    assert panel.members[0].name == "Saffron"


def test_stack_without_members_asks_the_database_nothing(three, django_assert_num_queries):
    panel_of(state_of())

    with django_assert_num_queries(1):  # the number of the newest version, which the helper asks
        panel = panel_of(state_of())

    assert (panel.members, panel.plan, panel.cost.known, panel.cost.unknown) == ((), (), 0, 0)


def test_weakest_link_is_the_least_certain_of_those_that_serve(three):
    weakest = panel_of(state_of("saffron", "valerian", "zinc")).weakest
    alike = panel_of(state_of("saffron", weights={"sleep": 1})).weakest

    assert (weakest.certainty, [link.name for link in weakest.links]) == ("very-low", ["Zinc"])
    assert alike.certainty == "moderate"


def test_key_explains_the_kinds_that_occur(three):
    panel = panel_of(state_of("saffron", "valerian"))

    assert panel.key == (
        ("serves", "0.5", "serves it"),
        ("less", "0.5", "another serves it better"),
        ("unstudied", "·", "no study recorded here"),
    )


def test_screened_out_member_is_shown_but_counts_in_no_sum(three):
    saffron = make_compound("saffron")
    make_caution(saffron, level="contraindicated")
    make_protocol(saffron)
    make_protocol(make_compound("valerian"), dose="450 mg", frequency="1 h before bedtime")
    for compound in (saffron, make_compound("valerian")):
        compound.cost_low = compound.cost_high = 10
        compound.save()

    before, after = (
        panel_of(state_of("saffron", "valerian"), who) for who in (Person(), EPILEPTIC)
    )

    assert [goal.best and goal.best.name for goal in before.goals] == ["Saffron", None]
    assert [goal.best and goal.best.name for goal in after.goals] == ["Valerian", None]
    assert [member.name for member in after.members] == ["Saffron", "Valerian"]
    assert [member.name for member in after.out] == ["Saffron"]
    assert (before.cost.low, after.cost.low) == (20, 10)
    assert [entry.name for part in before.plan for entry in part.entries] == ["Saffron", "Valerian"]
    assert [entry.name for part in after.plan for entry in part.entries] == ["Valerian"]
    assert after.value == pytest.approx(0.75 * 0.1991895 - 0.02)
    assert (before.is_screened, after.is_screened) == (False, True)


@pytest.mark.parametrize("mean", [0.0, 0.92, 50.0])
def test_no_benefit_brings_an_excluded_member_back(mean):
    make_profile("saffron", mean)
    make_profile("valerian", 0.62)
    make_caution(make_compound("saffron"), level="contraindicated")

    panel = panel_of(state_of("saffron", "valerian", weights={"sleep": 1}), EPILEPTIC)

    assert [member.is_in for member in panel.members] == [False, True]
    assert panel.served == pytest.approx(0.1991895)


def test_clash_is_told_also_with_a_member_that_is_out(three):
    make_caution(make_compound("saffron"), level="contraindicated")
    make_interaction(
        make_compound("valerian"),
        other_compound=make_compound("saffron"),
        medicine_classes=[],
        severity="major",
    )

    panel = panel_of(state_of("saffron", "valerian"), EPILEPTIC)

    (clash,) = panel.safety.clashes
    assert (clash.names, clash.is_major) == (("Saffron", "Valerian"), True)
    assert clash.notes[0].about == "Valerian"


def test_answers_of_which_nothing_is_recorded_are_named(three):
    make_caution(make_compound("saffron"))
    make_medicine_class("statins", name="Statins")
    publish_all()
    who = Person(conditions=frozenset({"epilepsy"}), medicine_classes=frozenset({"statins"}))

    found = panel_of(state_of("saffron", "valerian"), who).safety.unrecorded

    assert [(one.answer, one.names) for one in found] == [
        ("Epilepsy", ("Valerian",)),
        ("Statins", ("Saffron", "Valerian")),
    ]


def test_cost_adds_up_and_counts_what_is_unknown(three):
    make_compound("l-theanine", cost_low=Decimal(4), cost_high=Decimal(6))
    make_status("US", compound=make_compound("saffron"))
    make_protocol(make_compound("saffron"))
    make_listing(
        compound=make_compound("saffron"), is_commission=True, last_checked=date(2025, 3, 1)
    )

    panel = panel_of(state_of("saffron", "l-theanine", "zinc", region="US"))

    # 2 mg a day of capsules of 2 mg, 60 for 6.00.
    assert (panel.cost.low, panel.cost.high) == (Decimal("7.00"), Decimal("9.00"))
    assert (panel.cost.known, panel.cost.unknown, panel.unpriced) == (2, 1, ("Zinc",))
    listed = panel.members[0].price.listed
    assert (listed.vendor, listed.is_commission) == ("Example Shop", True)
    assert panel.place == "United States"


def test_plan_lays_the_first_doses_out_and_names_who_has_none(three):
    saffron = make_compound("saffron")
    make_protocol(saffron, dose="30 mg", frequency="15 mg morning and evening", position=0)
    make_protocol(saffron, dose="100 mg", frequency="nightly", position=1)

    panel = panel_of(state_of("saffron", "zinc"))

    assert [(part.name, [e.use.dose for e in part.entries]) for part in panel.plan] == [
        ("Morning", ["30 mg"]),
        ("Evening", ["30 mg"]),
    ]
    assert panel.plan[0].entries[0].also_in == ("evening",)
    assert panel.undosed == ("Zinc",)


def test_ways_on_keep_the_goals_and_pin_only_what_is_shared(three):
    panel = panel_of(state_of("saffron", "valerian", why="zinc", page=3))

    version = panel.version
    rest = "goal=sleep:3&goal=mood:1&in=saffron&in=valerian"
    assert panel.onward.compare_url == f"/compare/?{rest}"
    assert panel.onward.share_url == f"/?{rest}&evidence={version}"
    assert panel.onward.save_url == f"/stacks/new/?{rest}"
    assert panel.onward.print_url == f"/print/?{rest}"


def test_compare_takes_the_first_four_and_needs_two(three):
    slugs = [f"compound-{n}" for n in range(5)]
    for slug in slugs:
        make_compound(slug)

    five, one = panel_of(state_of(*slugs, weights={})), panel_of(state_of("saffron"))

    assert five.onward.compare_url == "/compare/?" + "&".join(f"in={s}" for s in slugs[:4])
    assert one.onward.compare_url == ""


def test_addresses_never_tell_what_the_visitor_said(three):
    make_caution(make_compound("saffron"), level="caution")

    panel = panel_of(state_of("saffron", "valerian"), EPILEPTIC)

    addresses = [
        *vars(panel.onward).values(),
        *(str(value) for member in panel.members for value in vars(member.ways).values()),
    ]
    assert panel.members[0].lines
    assert not [one for one in addresses if "epilepsy" in one]


def test_compound_that_is_gone_is_named_and_left_out():
    make_finding()
    make_finding(compound=make_compound("valerian"))
    publish_all()
    withdraw_compounds([make_compound("melatonin")], by=system_user(), why="A test")
    candidates.forget()

    panel = panel_of(state_of("melatonin", "valerian", weights={"sleep": 1}))

    assert panel.gone == ("melatonin",)
    assert [member.name for member in panel.members] == ["Valerian"]


def test_goal_that_is_gone_is_left_out():
    make_profile("saffron", 0.92)

    panel = panel_of(state_of("saffron"))

    assert [(goal.slug, goal.share) for goal in panel.goals] == [("sleep", 1.0)]
    assert "mood" not in panel.onward.save_url


def test_pinned_figures_stand_while_safety_is_todays():
    make_finding()
    make_outcome("mood", goal=None, mid=None)
    first = publish_all().version.number
    old = Profile.objects.get(version=first)
    make_caution(make_compound(), level="contraindicated")
    second = publish_all().version.number
    make_profile("melatonin", old.mean + 2, version=type(old.version).objects.get(number=second))

    pinned = panel_of(state_of("melatonin", weights={"sleep": 1}, evidence=first), EPILEPTIC)
    live = panel_of(state_of("melatonin", weights={"sleep": 1}), Person())

    assert (pinned.version, live.version) == (first, second)
    assert live.goals[0].bar.mean == pytest.approx(old.mean + 2)
    assert not pinned.members[0].is_in


def make_full(slug):
    """Make a compound with everything that a panel reads of one."""
    make_profile(slug, 0.9)
    compound = make_compound(slug)
    compound.cost_low = compound.cost_high = 10
    compound.save()
    make_status("US", compound=compound)
    make_caution(compound)
    make_interaction(compound)
    make_protocol(compound)
    make_protocol(compound, position=1)
    make_listing(compound=compound, product=slug)


def test_panel_costs_the_same_queries_for_one_member_and_for_twenty(django_assert_num_queries):
    slugs = [f"compound-{n:02}" for n in range(20)]
    for slug in slugs:
        make_full(slug)
    panel_of(state_of())  # the tables are read

    # The newest version; doses; typical prices; listings with their statuses and protocols.
    with django_assert_num_queries(6):
        one = panel_of(state_of(slugs[0], region="US"), EPILEPTIC)
    with django_assert_num_queries(6):
        twenty = panel_of(state_of(*slugs, region="US"), EPILEPTIC)

    assert (len(one.members), len(twenty.members)) == (1, 20)
    assert all(member.dose and member.price.listed for member in twenty.members)
