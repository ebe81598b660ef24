"""The members of a stack: what each is for, its dose, its price, what concerns the visitor."""

import doctest
from decimal import Decimal

import pytest

from stackbuilder.engine.person import Person
from stackbuilder.links import State
from stackbuilder.stacks import members as module
from stackbuilder.stacks.members import doses_of, printed_benefit
from tests.factories import make_caution, make_compound
from tests.stacks import NOBODY, make_profile, panel_of
from tests.vendor_factories import make_protocol, make_status

SLEEP = {"sleep": 1}
EPILEPTIC = Person(conditions=frozenset({"epilepsy"}))


@pytest.fixture
def members(db):
    """Saffron before valerian for sleep: 0.5 and 0.2 can be counted on."""
    make_profile("saffron", 0.92, certainty="moderate")
    make_profile("valerian", 0.62)


def members_of(*slugs, person=NOBODY, **changes):
    state = State(**{"weights": SLEEP, "members": slugs, **changes})
    return panel_of(state, person).members


def test_member_says_what_it_is_for_with_letter_verdict_and_certainty(members):
    saffron, valerian = members_of("saffron", "valerian")

    (cell,) = saffron.serves
    assert (cell.goal, cell.kind, cell.figure) == ("Sleep", "serves", "0.50")
    assert (cell.letter, cell.verdict, cell.certainty) == ("C", "possible benefit", "moderate")
    assert not saffron.is_redundant
    assert valerian.is_redundant
    (instead,) = valerian.instead
    assert (instead.goal, instead.by) == ("Sleep", "Saffron")
    assert (instead.figure, instead.by_figure) == ("0.20", "0.50")


@pytest.mark.parametrize(
    "mean, changes, mark, words",
    [
        (0.92, {}, "0.50", "serves it"),
        (0.422, {}, "<0.01", "serves it"),
        (0.1, {}, "0", "tested, no benefit to count on"),
        (-2.0, {"letter": "F", "verdict": "harm"}, "harm", "harm"),
        (-1.0, {"verdict": "possible harm"}, "harm", "possible harm"),
        (None, {}, "–", "studied, nothing counts"),
    ],
)
@pytest.mark.django_db
def test_cell_tells_what_was_found_from_what_was_not(mean, changes, mark, words):
    make_profile("saffron", mean, **changes)

    (member,) = members_of("saffron")

    assert (member.goals[0].mark, member.goals[0].words) == (mark, words)


def test_cell_without_a_profile_is_unstudied(members):
    make_compound("zinc")

    (zinc,) = members_of("zinc")

    (cell,) = zinc.goals
    assert (cell.kind, cell.mark, cell.words) == ("unstudied", "·", "no study recorded here")
    assert (cell.letter, cell.verdict, cell.certainty) == ("", "", "")


def test_evidence_less_certain_than_wanted_serves_nothing(members):
    saffron, valerian = members_of("saffron", "valerian", certainty="moderate")

    assert saffron.is_in
    assert (valerian.is_in, valerian.goals[0].kind) == (False, "too-uncertain")
    assert [line.kind for line in valerian.lines] == ["certainty"]


def test_member_moves_and_leaves_on_the_page_that_was_shown(members):
    first, last = members_of("saffron", "valerian", why="valerian", page=2)

    rest = "&why=valerian&page=2"
    assert first.ways.url == "/compounds/saffron/"
    assert first.ways.remove_url == f"/?goal=sleep:1&in=valerian{rest}"
    assert first.ways.down_url == f"/?goal=sleep:1&in=valerian&in=saffron{rest}"
    assert first.ways.up_url == f"/?goal=sleep:1&in=saffron&in=valerian{rest}"
    assert (first.ways.is_first, first.ways.is_last) == (True, False)
    assert last.ways.up_url == first.ways.down_url
    assert (last.ways.is_first, last.ways.is_last) == (False, True)


def test_dose_is_the_first_of_its_curator_and_the_others_are_counted(members):
    saffron = make_compound("saffron")
    make_protocol(saffron, dose="30 mg", position=2, source="pmid:1", source_quality="primary")
    make_protocol(saffron, dose="28 mg", position=1, population="adults", duration="8 weeks")

    first, second = doses_of(["saffron", "valerian"])["saffron"]
    (member,) = members_of("saffron")

    assert (first.use.dose, first.route, first.use.population) == ("28 mg", "by mouth", "adults")
    assert first.source_quality == "untraced"
    assert (second.source, second.source_quality) == ("pmid:1", "primary")
    assert (member.dose, member.more_doses) == (first, 1)


def test_member_without_a_dose_or_a_price_has_none(members):
    (member,) = members_of("saffron")

    assert (member.dose, member.more_doses, member.price) == (None, 0, None)


def test_price_is_of_the_currency_asked_for(members):
    make_compound("zinc", cost_low=3, cost_high=5, cost_currency="EUR")

    (euros,), (dollars,) = members_of("zinc", currency="EUR"), members_of("zinc")

    assert (euros.price.low, euros.price.high) == (Decimal(3), Decimal(5))
    assert dollars.price is None


def test_member_out_for_the_visitor_stays_and_serves_nothing(members):
    make_caution(make_compound("saffron"), level="contraindicated")

    saffron, valerian = members_of("saffron", "valerian", person=EPILEPTIC)

    assert (saffron.number, saffron.is_in, saffron.is_redundant) == (1, False, False)
    assert saffron.goals[0].kind == "left-out"
    assert (saffron.lines[0].subject, saffron.lines[0].level) == ("Epilepsy", "contraindicated")
    assert not saffron.can_be_let_in
    assert [cell.goal for cell in valerian.serves] == ["Sleep"]


def test_member_to_be_avoided_can_be_let_in_and_then_serves(members):
    make_caution(make_compound("saffron"), level="avoid")
    let_in = Person(conditions=EPILEPTIC.conditions, let_back_in=frozenset({"saffron"}))

    (out,), (back,) = (members_of("saffron", person=one) for one in (EPILEPTIC, let_in))

    assert (out.is_in, out.can_be_let_in, out.is_let_back_in) == (False, True, False)
    assert (back.is_in, back.can_be_let_in, back.is_let_back_in) == (True, False, True)
    assert back.lines
    assert back.serves


def test_nothing_concerns_a_visitor_who_said_nothing(members):
    make_caution(make_compound("saffron"), level="contraindicated")

    (saffron,) = members_of("saffron")

    assert (saffron.is_in, saffron.lines, saffron.legal) == (True, (), "")
    assert [fact.condition for fact in saffron.safety.cautions] == ["Epilepsy"]


def test_legal_status_is_told_where_a_region_is_chosen(members):
    make_status("US", compound=make_compound("saffron"))

    saffron, valerian = members_of("saffron", "valerian", region="US")

    assert saffron.legal == "dietary supplement"
    assert valerian.legal == "no legal status recorded here"


def test_printed_benefit_above_nothing_never_reads_as_nothing():
    printed = [printed_benefit(one) for one in (0.0, 1e-9, 0.0049, 0.005, 0.0149, 1.0)]

    assert printed == ["0", "<0.01", "<0.01", "0.01", "0.01", "1.00"]


def test_examples_in_the_docstrings_hold():
    results = doctest.testmod(module)

    assert (results.failed, results.attempted) == (0, 1)
