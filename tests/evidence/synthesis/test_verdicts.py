"""Body level, certainty, letter, verdict and words at their boundaries."""

import pytest

from evidence.synthesis import (
    Certainty,
    Letter,
    NotCountedReason,
    StatementVerb,
    Verdict,
    size_in_words,
    statement_verb,
)
from evidence.synthesis.pooling import Cluster, Pool
from evidence.synthesis.verdicts import (
    Body,
    body,
    body_level,
    letter,
    profile_certainty,
    verdict,
    verdict_of_nothing,
)
from tests.made_up_facts import MARKER, a_finding, a_null

HIGH, MODERATE, LOW, VERY_LOW = reversed(Certainty)


def a_pool(mean, sd):
    return Pool(mean=mean, sd=sd, scale=1.0, contributions=(mean,), weight_shares=(1.0,))


def a_body(mean, sd=0.1, level=HIGH, **changes):
    facts = {"certainty": level, "is_only_markers": False, "has_telling_null": True, **changes}
    return Body(pool=a_pool(mean, sd), level=level, **facts)


def clusters(**weights):
    return [
        Cluster(f"s:{name}", 1.0, 1.0, 1 / weight, Certainty[name.upper()], ("f-01",))
        for name, weight in weights.items()
    ]


@pytest.mark.parametrize(
    "weights, level",
    [
        ({"high": 1.0}, HIGH),
        ({"high": 1.0, "low": 1.0}, LOW),
        ({"high": 1.01, "low": 1.0}, HIGH),
        ({"high": 2.0, "moderate": 1.0, "low": 1.0}, MODERATE),
        ({"high": 1.0, "very_low": 3.0}, VERY_LOW),
        ({"high": 4.0, "moderate": 2.0, "low": 1.0, "very_low": 1.0}, MODERATE),
    ],
)
def test_body_level_is_where_half_of_all_weight_is_reached(weights, level):
    assert body_level(clusters(**weights)) is level


def test_body_level_of_equal_halves_does_not_depend_on_rounding():
    thirds = [Cluster(f"s:{n}", 1.0, 1.0, 0.3, LOW if n < 3 else HIGH, ()) for n in range(6)]

    assert body_level(thirds) is LOW


@pytest.mark.parametrize(
    "mean, sd, certainty",
    [
        # half the interval: 1.959964 sd
        (0.0, 0.1, HIGH),
        (2.0, 0.4, HIGH),  # 1.22 to 2.78
        (1.0, 0.4, HIGH),  # 0.22 to 1.78: holds 1 alone
        (0.5, 0.4, MODERATE),  # -0.28 to 1.28: holds 0 and 1
        (-0.5, 0.4, MODERATE),  # -1.28 to 0.28: holds -1 and 0
        (-1.0, 0.4, HIGH),  # holds -1 alone
        (0.0, 0.6, LOW),  # -1.18 to 1.18: holds -1 and 1
    ],
)
def test_certainty_is_lowered_for_what_the_interval_leaves_open(mean, sd, certainty):
    assert profile_certainty(HIGH, a_pool(mean, sd)) is certainty


def test_certainty_is_never_lowered_below_very_low():
    assert profile_certainty(LOW, a_pool(0.0, 1.5)) is VERY_LOW


@pytest.mark.parametrize(
    "z, expected",
    # p_matters = Φ(z): 0.90 at 1.2816, 0.75 at 0.6745, 0.50 at 0
    [(1.29, "A"), (1.27, "B"), (0.68, "B"), (0.67, "C"), (0.0, "C"), (-0.01, "D")],
)
def test_letter_by_the_chance_of_a_benefit_that_matters(z, expected):
    assert letter(a_body(1 + z, sd=1.0)) is Letter(expected)


@pytest.mark.parametrize(
    "level, expected", [(HIGH, "A"), (MODERATE, "B"), (LOW, "C"), (VERY_LOW, "D")]
)
def test_letter_by_the_body_level(level, expected):
    assert letter(a_body(3.0, level=level)) is Letter(expected)


def test_letter_of_markers_only_is_at_best_c():
    assert letter(a_body(3.0, is_only_markers=True)) is Letter.C
    assert letter(a_body(0.0, is_only_markers=True)) is Letter.D


@pytest.mark.parametrize(
    "changes, expected",
    # p_harm = Φ((-1 - mean) / sd) with sd 1: 0.75 at mean -1.6745
    [
        ({"mean": -1.68}, "F"),
        ({"mean": -1.67}, "D"),
        ({"mean": -1.68, "level": LOW}, "F"),
        ({"mean": -1.68, "level": VERY_LOW}, "D"),
        ({"mean": -1.68, "is_only_markers": True}, "D"),
    ],
)
def test_letter_f_needs_probable_harm_in_more_than_markers(changes, expected):
    assert letter(a_body(sd=1.0, **changes)) is Letter(expected)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"mean": -1.68}, Verdict.HARM),
        ({"mean": -1.68, "level": VERY_LOW}, Verdict.UNCLEAR),
        ({"mean": -1.68, "is_only_markers": True}, Verdict.POSSIBLE_HARM),
        ({"mean": -1.0}, Verdict.POSSIBLE_HARM),
        ({"mean": 1.68}, Verdict.BENEFIT_THAT_MATTERS),
        ({"mean": 1.68, "level": MODERATE}, Verdict.BENEFIT_THAT_MATTERS),
        ({"mean": 1.68, "level": LOW}, Verdict.POSSIBLE_BENEFIT),
        ({"mean": 1.68, "is_only_markers": True}, Verdict.POSSIBLE_BENEFIT),
        ({"mean": 1.67}, Verdict.POSSIBLE_BENEFIT),
        ({"mean": 1.0}, Verdict.POSSIBLE_BENEFIT),
        ({"mean": 0.99}, Verdict.UNCLEAR),
        # p_matters = Φ((mean - 1) / sd) <= 0.10 from mean -0.2816 down
        ({"mean": -0.28}, Verdict.UNCLEAR),
        ({"mean": -0.29}, Verdict.NO_BENEFIT_THAT_MATTERS),
        ({"mean": -0.29, "certainty": LOW}, Verdict.NO_BENEFIT_THAT_MATTERS),
        ({"mean": -0.29, "certainty": VERY_LOW}, Verdict.UNCLEAR),
        ({"mean": -0.29, "has_telling_null": False}, Verdict.UNCLEAR),
    ],
)
def test_verdict_is_the_first_that_fits(changes, expected):
    assert verdict(a_body(sd=1.0, **changes)) is expected


@pytest.mark.parametrize(
    "finding, expected",
    [
        (a_finding(n_participants=None), True),
        (a_null(n_participants=399), False),
        (a_null(n_participants=400), True),
        (a_null(n_participants=30, estimate=-3.0), True),
    ],
)
def test_null_tells_by_a_printed_estimate_or_by_many_participants(finding, expected):
    whole = body(a_pool(0.0, 0.5), clusters(high=1.0), [finding])

    assert whole.has_telling_null is expected


def test_body_is_only_markers_while_every_counted_finding_is():
    pooled, some = a_pool(0.0, 0.5), clusters(high=1.0)

    assert body(pooled, some, [a_finding(outcome=MARKER)]).is_only_markers
    assert not body(pooled, some, [a_finding(outcome=MARKER), a_finding()]).is_only_markers


@pytest.mark.parametrize(
    "reasons, expected",
    [
        ([], "no placebo-controlled evidence"),
        (
            [
                "not in people",
                "retracted",
                "no comparison group",
                "compared with another treatment",
            ],
            "no placebo-controlled evidence",
        ),
        (["not in people", "no usable figure"], "studied, no usable figure"),
        (["no MID in this unit"], "studied, no usable figure"),
        (["set aside"], "studied, no usable figure"),
    ],
)
def test_verdict_where_nothing_is_counted(reasons, expected):
    assert verdict_of_nothing(NotCountedReason(reason) for reason in reasons) == expected


@pytest.mark.parametrize(
    "mean, words",
    [
        (0.0, "little or no effect"),
        (0.99, "little or no effect"),
        (-0.99, "little or no effect"),
        (1.0, "small benefit"),
        (-1.0, "small harm"),
        (1.99, "small benefit"),
        (2.0, "moderate benefit"),
        (-3.49, "moderate harm"),
        (3.5, "large benefit"),
        (-3.5, "large harm"),
    ],
)
def test_size_in_words(mean, words):
    assert size_in_words(mean) == words


def test_statement_verb_of_each_certainty():
    assert [statement_verb(certainty) for certainty in Certainty] == [
        StatementVerb.VERY_UNCERTAIN,
        "may result in",
        "likely results in",
        "results in",
    ]
