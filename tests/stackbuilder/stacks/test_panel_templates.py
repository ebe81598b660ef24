"""The panel of a stack as a reader sees it."""

import pytest
from django.template.loader import render_to_string
from django.test.html import parse_html

from stackbuilder.engine.person import Person
from stackbuilder.links import State
from tests.factories import make_caution, make_compound, make_condition, make_goal, make_interaction
from tests.pages import element, elements, hrefs, text_of
from tests.stacks import NOBODY, make_profile, panel_of
from tests.vendor_factories import make_protocol

pytestmark = pytest.mark.django_db

SLEEP = {"sleep": 1}
BOTH = {"sleep": 3, "mood": 1}
EPILEPTIC = Person(conditions=frozenset({"epilepsy"}))


@pytest.fixture
def three():
    make_goal("mood", position=1)
    make_profile("saffron", 0.92)
    make_profile("valerian", 0.62)
    make_profile("zinc", 0.1)


def stack(*slugs, person=NOBODY, **changes):
    """Return the tree of the panel."""
    state = State(**{"weights": SLEEP, "members": slugs, **changes})
    panel = panel_of(state, person) if slugs else None
    context = {"panel": panel, "state": state, "weights": state.weights}
    return parse_html(render_to_string("stackbuilder/_stack.html", context))


def section(tree, title):
    """Return the part of the panel under the heading of this id."""
    return element(tree, "section", aria_labelledby=title)


def test_empty_stack_says_how_to_fill_it(three):
    tree = stack()

    assert text_of(tree) == (
        "Your stack Nothing is in it yet. Add compounds from the list, or let the best stack for "
        "your goals be worked out."
    )


def test_member_leaves_and_moves_by_plain_links_that_htmx_follows(three):
    tree = stack("saffron", "valerian")

    link = element(tree, "a", id="remove-saffron")
    assert dict(link.attributes)["href"] == "/?goal=sleep:1&in=valerian#stack"
    assert dict(link.attributes)["hx-get"] == "/?goal=sleep:1&in=valerian"
    assert text_of(link) == "× Remove Saffron"
    down = dict(element(tree, "a", id="down-saffron").attributes)
    assert down["hx-get"] == "/?goal=sleep:1&in=valerian&in=saffron"
    # At an end the link stays, so that the focus does, and leads nowhere else.
    up = dict(element(tree, "a", id="up-saffron").attributes)
    assert (up["hx-get"], up["aria-disabled"]) == ("/?goal=sleep:1&in=saffron&in=valerian", "true")


def test_only_member_cannot_move(three):
    tree = stack("saffron")

    assert elements(tree, id="remove-saffron")
    assert not elements(tree, id="up-saffron")


@pytest.mark.parametrize(
    "slug, words",
    [
        ("saffron", "Serves Sleep (0.50)"),
        ("valerian", "Adds nothing: Saffron does more for Sleep (0.50 against 0.20)."),
        ("zinc", "counted on: Sleep tested, no benefit to count on."),
        ("biotin", "counted on: Sleep no study recorded here."),
    ],
)
def test_each_member_says_what_it_adds(three, slug, words):
    make_compound("biotin")

    tree = stack("saffron", "valerian", "zinc", "biotin")

    assert words in text_of(element(tree, id=f"member-{slug}"))


def test_members_that_do_as_much_say_so():
    make_profile("saffron", 0.92)
    make_profile("valerian", 0.92)

    tree = stack("saffron", "valerian")

    words = text_of(element(tree, id="member-valerian"))
    assert "Adds nothing: Saffron does as much for Sleep (0.50)." in words


def test_matrix_has_a_row_a_goal_and_a_column_a_member(three):
    table = element(stack("zinc", "saffron", weights=BOTH), "table")

    head, sleep, mood = elements(table, "tr")
    assert text_of(head) == "Goal 1 Zinc 2 Saffron"
    assert text_of(sleep) == "Sleep 0 tested, no benefit to count on 0.50 serves it"
    assert text_of(mood) == "Mood · no study recorded here · no study recorded here"


def test_reach_shows_the_bar_of_who_serves_and_says_where_nobody_does(three):
    part = section(stack("saffron", "valerian", weights=BOTH), "cover-title")

    (bar,) = elements(part, "svg")
    assert "80 % sure of at least 0.50" in dict(bar.attributes)["aria-label"]
    assert "Saffron: 80 % sure of at least 0.50 of what matters. C possible benefit" in text_of(
        part
    )
    assert "Without it Valerian would serve it: 0.20." in text_of(part)
    assert "No member serves it: none has a benefit to count on." in text_of(part)
    assert "Weakest link: Saffron for Sleep, low certainty" in text_of(part)


def test_stack_without_a_goal_asks_for_one(three):
    tree = stack("saffron", weights={})

    assert "Choose a goal to see what each member is for." in text_of(tree)
    assert not elements(tree, "table")


def test_no_clash_is_never_none_without_recorded_here(three):
    part = text_of(section(stack("saffron", "valerian"), "clashes-title"))

    assert part.endswith("None recorded here. That does not mean there is none.")


def test_clash_says_how_bad_what_and_from_where(three):
    make_interaction(
        make_compound("valerian"),
        other_compound=make_compound("saffron"),
        medicine_classes=[],
        severity="major",
        source="pmid:23691095",
        source_quality="primary",
    )

    part = section(stack("saffron", "valerian"), "clashes-title")

    assert "Saffron with Valerian: major. No stack that we propose holds both." in text_of(part)
    assert "May raise the risk of bleeding." in text_of(part)
    assert hrefs(part) == ["https://pubmed.ncbi.nlm.nih.gov/23691095/"]


def test_cost_that_nobody_knows_is_unknown(three):
    zinc = make_compound("zinc")
    zinc.cost_low, zinc.cost_high = 3, 5
    zinc.save()

    nothing, part = (
        text_of(section(stack(*slugs), "cost-title"))
        for slugs in (("saffron", "valerian"), ("saffron", "zinc"))
    )

    assert nothing == "Cost a month Unknown for all 2."
    assert "3.00 to 5.00 USD for 1 of 2; unknown for Saffron." in part
    assert "Zinc 3.00 to 5.00 USD: a typical retail price (year not recorded)" in part


def test_day_of_doses_is_what_trials_gave(three):
    make_protocol(make_compound("saffron"), dose="30 mg", frequency="morning and evening")

    tree = stack("saffron", "valerian")

    assert text_of(element(tree, "dl")) == (
        "Morning Saffron 30 mg also: evening Evening Saffron 30 mg also: morning"
    )
    assert "not what you should take" in text_of(tree)
    assert "No dose is recorded here for Valerian." in text_of(tree)


def test_caution_that_gates_nobody_says_so(three):
    make_caution(make_compound("saffron"), condition=None, other_condition="night driving")

    part = text_of(section(stack("saffron"), "everyone-title"))

    assert "they leave nobody out" in part
    assert "Saffron, night driving: avoid. May raise the risk of seizures." in part


def test_what_was_not_checked_is_said_to_a_visitor_who_told_nothing(three):
    part = section(stack("saffron"), "unchecked-title")

    assert "you have told us of none" in text_of(part)
    assert hrefs(part) == ["/about-you/?goal=sleep:1&in=saffron"]
    assert "allergies, food, and the quality of any product" in text_of(part)


def test_visitor_reads_who_is_left_out_and_of_what_nothing_is_recorded(three):
    make_caution(make_compound("saffron"), level="contraindicated")

    tree = stack("saffron", "valerian", person=EPILEPTIC)

    saffron = text_of(element(tree, id="member-saffron"))
    assert "left out for you It serves nothing here and is in no sum." in saffron
    assert "Epilepsy: contraindicated." in saffron
    assert "Serves Sleep (0.20)" in text_of(element(tree, id="member-valerian"))
    unchecked = text_of(section(tree, "unchecked-title"))
    assert "Epilepsy: nothing is recorded here for Valerian." in unchecked
    assert "told us of none" not in unchecked


def test_member_to_be_avoided_can_be_let_back_in_from_the_panel(three):
    make_caution(make_compound("saffron"), level="avoid")
    knowing = Person(conditions=EPILEPTIC.conditions, let_back_in=frozenset({"saffron"}))

    out, back = (stack("saffron", person=one) for one in (EPILEPTIC, knowing))

    assert [dict(b.attributes)["value"] for b in elements(out, "button")] == ["in"]
    assert [dict(b.attributes)["value"] for b in elements(back, "button")] == ["out"]


def test_more_than_two_reasons_fold(three):
    codes = ("asthma", "epilepsy", "gout")
    for code in codes:
        make_caution(make_compound("saffron"), condition=make_condition(code))

    ill = Person(conditions=frozenset(codes))
    member = element(stack("saffron", person=ill), id="member-saffron")

    assert text_of(element(member, "summary")) == "1 more that concerns you : Saffron"
    assert text_of(element(member, "details")).endswith(
        "Gout: avoid. May raise the risk of seizures. You said: Gout. not yet traced"
    )


def test_harm_is_said_in_words():
    make_profile("saffron", -2.0, letter="F", verdict="harm")

    member = text_of(element(stack("saffron"), id="member-saffron"))

    assert "Harm for Sleep." in member


def test_compound_that_is_gone_is_named(three):
    tree = stack("saffron", "unobtainium")

    assert "No longer here, and left out: unobtainium." in text_of(tree)


def test_ways_on_are_links_of_which_only_the_builders_swap(three):
    links = elements(element(stack("saffron", "valerian"), class_="stack__ways"), "a")

    assert [dict(link.attributes)["id"] for link in links] == [
        "stack-compare",
        "stack-share",
        "stack-save",
        "stack-print",
    ]
    assert ["hx-get" in dict(link.attributes) for link in links] == [False, True, False, False]


def test_panel_never_says_safe(three):
    make_protocol(make_compound("saffron"))

    assert "safe" not in text_of(stack("saffron", "valerian", person=EPILEPTIC)).lower()
