"""What can be read from the builder's address, and what is said of the rest."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from stackbuilder.forms import MOST_MEMBERS, BuilderForm, shortened
from stackbuilder.links import State

GOALS = ["sleep", "mood", "stress-anxiety"]
MANY = [f"compound-{n}" for n in range(MOST_MEMBERS + 1)]
TABLES = SimpleNamespace(
    goals=[SimpleNamespace(slug=slug) for slug in GOALS],
    row_of={slug: row for row, slug in enumerate(["melatonin", "zinc", *MANY])},
)


def form_of(data):
    """Return the validated form for the values of an address."""
    form = BuilderForm(data, tables=TABLES, version=7)
    form.is_valid()
    return form


def read(query):
    """Return the validated form for the query of an address."""
    return form_of(QueryDict(query))


@pytest.mark.parametrize(
    "query, weights",
    [
        ("", {}),
        ("goal=sleep", {"sleep": 1}),
        ("goal=sleep:", {"sleep": 1}),
        ("goal=sleep:3", {"sleep": 3}),
        ("goal=sleep%3A2&goal=stress-anxiety:1", {"sleep": 2, "stress-anxiety": 1}),
        ("colour=red&goal=mood:2", {"mood": 2}),
    ],
)
def test_form_reads_goals_with_weights(query, weights):
    form = read(query)

    assert form.state.weights == weights
    assert form.problems == []


def test_form_puts_goals_in_the_sites_order():
    assert list(read("goal=stress-anxiety:1&goal=sleep:2").state.weights) == [
        "sleep",
        "stress-anxiety",
    ]


@pytest.mark.parametrize(
    "value, message",
    [
        ("", "There is no goal called “”."),
        ("Sleep", "There is no goal called “Sleep”."),
        ("sleep2", "There is no goal called “sleep2”."),
        ("flight:2", "There is no goal called “flight”."),
        ("sleep:0", "The weight of sleep must be 1, 2 or 3, not “0”."),
        ("sleep:4", "The weight of sleep must be 1, 2 or 3, not “4”."),
        ("sleep:99", "The weight of sleep must be 1, 2 or 3, not “99”."),
        ("sleep:-1", "The weight of sleep must be 1, 2 or 3, not “-1”."),
        ("sleep:1.0", "The weight of sleep must be 1, 2 or 3, not “1.0”."),
        ("sleep:abc", "The weight of sleep must be 1, 2 or 3, not “abc”."),
        ("sleep:2:3", "The weight of sleep must be 1, 2 or 3, not “2:3”."),
        ("sleep:２", "The weight of sleep must be 1, 2 or 3, not “２”."),
        ("mood:2", "The goal mood is given twice."),
    ],
)
def test_form_names_what_is_wrong_with_a_goal_and_keeps_the_others(value, message):
    data = QueryDict(mutable=True)
    data.setlist("goal", ["mood:3", value])
    form = form_of(data)

    assert not form.is_valid()
    assert form.problems == [message]
    assert form.state.weights == {"mood": 3}


def test_form_names_a_few_problems_and_counts_the_rest():
    form = read("&".join(f"goal=bad-{n}" for n in range(1000)) + "&goal=sleep")

    assert form.problems == [
        "There is no goal called “bad-0”.",
        "There is no goal called “bad-1”.",
        "There is no goal called “bad-2”.",
        "And 997 more like these.",
    ]
    assert form.state.weights == {"sleep": 1}


@pytest.mark.parametrize("page", ["1", "2", "100000", ""])
def test_form_reads_a_page(page):
    assert read(f"page={page}").problems == []


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "9" * 21, "9" * 5000, "%00", "%ff"])
def test_form_names_a_page_that_is_none_and_keeps_the_goals(page):
    form = read(f"goal=sleep&page={page}")

    assert len(form.problems) == 1
    assert form.problems[0].startswith("page: ")
    assert form.state.weights == {"sleep": 1}


@pytest.mark.parametrize("why", ["../../x", "%00", "%ff", "a b", "<b>", "a" * 61])
def test_form_names_reasons_of_what_cannot_be_a_compound(why):
    form = read(f"goal=sleep&why={why}")

    assert form.problems
    assert all(problem.startswith("why: ") for problem in form.problems)
    assert form.state.weights == {"sleep": 1}


@pytest.mark.parametrize(
    "query, expected",
    [
        ("in=zinc&in=melatonin", State(members=("zinc", "melatonin"))),
        ("in=zinc&in=zinc", State(members=("zinc",))),
        (
            "region=US&injections=no&tested=yes",
            State(region="US", no_injections=True, is_tested=True),
        ),
        ("certainty=moderate&size=3", State(certainty="moderate", size=3)),
        ("budget=0&currency=EUR", State(budget=Decimal(0), currency="EUR")),
        ("budget=40.50", State(budget=Decimal("40.50"))),
        ("must=zinc&not=melatonin", State(must=("zinc",), must_not=("melatonin",))),
        ("evidence=7", State(evidence=7)),
        ("region=&injections=&tested=&certainty=&size=&budget=&currency=&in", State()),
    ],
)
def test_form_reads_members_and_preferences(query, expected):
    form = read(query)

    if query.endswith("&in"):
        assert form.problems == ["There is no compound called “” here now."]
    else:
        assert form.problems == []
    assert form.state == expected


@pytest.mark.parametrize(
    "query, message",
    [
        ("in=unheard-of", "There is no compound called “unheard-of” here now."),
        ("must=%00", "There is no compound called “�” here now."),
        ("not=<b>", "There is no compound called “<b>” here now."),
        ("region=Atlantis", "region: There is no such choice."),
        ("injections=yes", "injections: There is no such choice."),
        ("tested=no", "tested: There is no such choice."),
        ("certainty=very-low", "certainty: There is no such choice."),
        ("size=0", "size: "),
        ("size=1000", "size: "),
        ("size=many", "size: "),
        ("budget=-1", "budget: "),
        ("budget=NaN", "budget: "),
        ("budget=1e400", "budget: "),
        ("budget=0.001", "budget: "),
        ("currency=dollars", "currency: Write three capitals, such as USD."),
        ("evidence=8", "evidence: The newest evidence version is 7."),
        ("evidence=0", "evidence: "),
        ("evidence=-7", "evidence: "),
    ],
)
def test_form_names_what_is_wrong_and_keeps_the_rest(query, message):
    form = read(
        f"goal=sleep:2&in=zinc&region=US&{query}"
        if "region" not in query
        else f"goal=sleep:2&in=zinc&{query}"
    )

    assert len(form.problems) == 1
    assert form.problems[0].startswith(message)
    assert form.state.weights == {"sleep": 2}
    assert form.state.members == ("zinc",)


def test_form_keeps_as_many_members_as_fit_and_counts_the_rest():
    form = read("&".join(f"in={slug}" for slug in MANY))

    assert form.problems == [f"At most {MOST_MEMBERS} compounds fit here; 1 more was left out."]
    assert form.state.members == tuple(MANY[:MOST_MEMBERS])


def test_form_counts_a_thousand_strange_members_beyond_the_first():
    form = read("in=melatonin&" + "&".join(f"in=strange-{n}" for n in range(999)))

    assert len(form.problems) == 4
    assert form.problems[-1] == "And 996 more like these."
    assert form.state.members == ("melatonin",)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("sleep", "sleep"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 40 + "…"),
        ("a\x00b\nc", "a�b�c"),
        ("\u202eright to left", "�right to left"),
        ("\ud800", "�"),
    ],
)
def test_shortened_text_is_printable_and_fits_a_line(text, shown):
    assert shortened(text) == shown
