"""The form that changes a saved stack: order, members, goals, figures; and what it refuses."""

import pytest

from evidence.models import Alias
from evidence.publication import system_user, withdraw_compounds
from stackbuilder.candidates import snapshot
from stackbuilder.models import SavedStack
from stackbuilder.stacks.edit_form import StackEditForm
from stackbuilder.stacks.saved import opened
from tests.factories import make_compound, make_goal, publish_all
from tests.stack_factories import SAVED_ON, make_sleepers, make_stack

pytestmark = pytest.mark.django_db


def form_of(data=None, **changes):
    """Return the form of the stack as it is, sent with `data`."""
    stack = SavedStack.objects.first() or make_stack(**changes)
    tables = snapshot()
    return StackEditForm(data, opened=opened(stack, tables, SAVED_ON), tables=tables)


def changed(data, **changes):
    """Return the stack after the form was applied to it."""
    form = form_of(data, **changes)
    assert form.is_valid(), form.errors
    form.apply_to(form.opened.stack)
    return form.opened.stack


@pytest.fixture(autouse=True)
def five():
    """Five compounds; the first two of the stack have a study."""
    make_sleepers()
    for slug in ("zinc", "garlic", "ginkgo"):
        make_compound(slug)
    publish_all()


FIVE = {"members": ["valerian", "melatonin", "zinc", "garlic"]}


@pytest.mark.parametrize(
    "places, order",
    [
        ({}, "valerian melatonin zinc garlic"),
        ({"garlic": 1}, "garlic valerian melatonin zinc"),
        ({"valerian": 3}, "melatonin zinc valerian garlic"),
        ({"valerian": 4}, "melatonin zinc garlic valerian"),
        ({"valerian": 2, "melatonin": 1}, "melatonin valerian zinc garlic"),
        ({"valerian": 4, "melatonin": 3, "zinc": 2, "garlic": 1}, "garlic zinc melatonin valerian"),
    ],
)
def test_members_take_the_places_that_were_chosen(places, order):
    data = {f"place-{slug}": str(place) for slug, place in places.items()}

    assert changed(data, **FIVE).members == order.split()


def test_member_is_taken_out_and_another_added():
    stack = changed({"remove-melatonin": "on", "add": "ginkgo"}, **FIVE)

    assert stack.members == ["valerian", "zinc", "garlic", "ginkgo"]


@pytest.mark.parametrize("name", ["Zinc", "ZINC", "zinc", " zinc ", "Zinc gluconate"])
def test_compound_is_added_by_name_slug_or_other_name(name):
    Alias.objects.create(compound=make_compound("zinc"), name="Zinc Gluconate")

    assert changed({"add": name}).members == ["valerian", "melatonin", "zinc"]


@pytest.mark.parametrize(
    "name, why",
    [
        ("unobtainium", "There is no compound called “unobtainium” here now."),
        ("<b>", "There is no compound called “<b>” here now."),
        ("Valerian", "Valerian is in the stack already."),
        ("x" * 121, "at most 120 characters"),
    ],
)
def test_compound_that_cannot_be_added_is_named(name, why):
    form = form_of({"add": name})

    assert not form.is_valid()
    assert why in " ".join(form.errors["add"])


def test_stack_cannot_lose_its_last_member():
    form = form_of({"remove-valerian": "on", "remove-melatonin": "on"})

    assert not form.is_valid()
    assert "at least one member" in form.errors["__all__"][0]


def test_last_member_can_make_room_for_another():
    data = {"remove-valerian": "on", "remove-melatonin": "on", "add": "zinc"}

    assert changed(data).members == ["zinc"]


def test_stack_of_twenty_takes_no_more():
    slugs = [f"compound-{number}" for number in range(20)]
    for slug in slugs:
        make_compound(slug)
    publish_all()
    form = form_of({"add": "zinc"}, members=slugs)

    assert not form.is_valid()
    assert "At most 20" in form.errors["__all__"][0]


def test_goals_get_and_lose_their_weights():
    make_goal("mood", position=1)
    publish_all()

    assert changed({"goal-mood": "3"}).goals == {"sleep": 2, "mood": 3}
    assert changed({"goal-sleep": "0", "goal-mood": "1"}).goals == {"mood": 1}


@pytest.mark.parametrize(
    "data", [{"place-valerian": "9"}, {"place-valerian": "x"}, {"goal-sleep": "4"}]
)
def test_choice_that_is_none_is_refused(data):
    form = form_of(data)

    assert not form.is_valid()
    assert form.errors[next(iter(data))] == ["There is no such choice."]


def test_what_was_not_sent_stays_as_it_is():
    stack = changed({})

    assert (stack.members, stack.goals) == (["valerian", "melatonin"], {"sleep": 2})
    assert (stack.evidence_version, stack.method_version) == (1, "1")


def test_member_and_goal_that_are_gone_stay_until_they_are_taken_out():
    withdraw_compounds([make_compound("valerian")], by=system_user(), why="Doubted")
    form = form_of(goals={"sleep": 2, "vigour": 1})

    assert [(row.name, row.is_gone) for row in form.member_rows] == [
        ("Valerian", True),
        ("Melatonin", False),
    ]
    assert [field.label for field in form.chosen_goals][-1] == "vigour (no longer a goal here)"
    assert changed({}).goals == {"sleep": 2, "vigour": 1}
    assert changed({"remove-valerian": "on", "goal-vigour": "0"}).members == ["melatonin"]


def test_pin_takes_the_figures_of_another_version():
    form = form_of({})
    assert form.is_valid()

    form.apply_to(form.opened.stack, pin=2)

    assert form.opened.stack.evidence_version == 2
