"""The whole synthesis of a few findings, by hand, and the values it hands over."""

import json
from dataclasses import replace

import pytest

from evidence.synthesis import (
    METHOD_VERSION,
    Concern,
    Design,
    Letter,
    NotCountedReason,
    OutcomeKind,
    Size,
    SynthesisError,
    Verdict,
    synthesise,
)
from tests.made_up_facts import MARKER, PAIN, REVIEW, a_difference, a_finding, a_study

SIDE_EFFECTS = replace(PAIN, slug="side-effects", kind=OutcomeKind.SAFETY)


def test_profile_of_one_trial():
    profile = synthesise([a_finding()])

    # v = 0.25 + 0.0625 = 0.3125; w = 3.2; P = 3.2 + 4/9 = 3.644444; share = 0.878049
    # mean = 1.5 × 0.878049; sd = 3.644444^-½; dependable = mean - 0.841621 sd
    assert profile.mean == pytest.approx(1.317073, abs=1e-6)
    assert profile.sd == pytest.approx(0.523823, abs=1e-6)
    assert profile.dependable == pytest.approx(0.876213, abs=1e-6)
    # Φ(0.317073 / 0.523823) = Φ(0.605306)
    assert profile.p_matters == pytest.approx(0.727512, abs=1e-6)
    # 0.290 to 2.344 holds 1 but not 0, so the certainty stays at the body level
    assert (profile.certainty, profile.body_level) == ("high", "high")
    assert (profile.letter, profile.verdict) == (Letter.C, Verdict.POSSIBLE_BENEFIT)
    assert profile.size is Size.SMALL_BENEFIT
    assert profile.only_markers is False
    assert profile.method_version == METHOD_VERSION


def test_profile_explains_its_mean_by_clusters():
    profile = synthesise([a_finding()])

    (one,) = profile.clusters
    assert (one.study, one.findings, one.level) == ("s:trial", ("f-01",), "high")
    assert one.weight_share == pytest.approx(0.878049, abs=1e-6)
    assert one.contribution == pytest.approx(one.weight_share * one.y) == profile.mean


def test_profileleaves_of_safety_outcomes_out_altogether():
    profile = synthesise([a_finding(), a_finding(key="f-02", outcome=SIDE_EFFECTS)])

    assert [one.key for one in profile.counted] == ["f-01"]
    assert profile.not_counted == ()


@pytest.mark.parametrize("findings", [[], [a_finding(outcome=SIDE_EFFECTS)]])
def test_profile_of_nothing_has_no_figures(findings):
    profile = synthesise(findings)

    assert (profile.letter, profile.verdict) == ("–", "no placebo-controlled evidence")
    assert profile.mean is profile.sd is profile.dependable is profile.scale is None
    assert profile.p_matters is profile.p_harm is profile.certainty is None
    assert profile.body_level is profile.only_markers is profile.size is None
    assert profile.clusters == profile.counted == profile.not_counted == ()


def test_profile_of_findings_without_figures_says_that_it_was_studied():
    profile = synthesise([a_finding(ci_low=None, ci_high=None)])

    assert (profile.letter, profile.verdict) == ("–", "studied, no usable figure")
    assert [one.why for one in profile.not_counted] == [NotCountedReason.NO_USABLE_FIGURE]


def test_profile_doubts_the_review_that_another_contradicts():
    findings = [
        a_difference(3.0, 0.1, key="f-01", study=replace(REVIEW, key="s:new", year=2024)),
        a_difference(0.0, 0.1, key="f-02", study=replace(REVIEW, key="s:old")),
        a_difference(1.0, 0.1, key="f-03", study=a_study(design=Design.COHORT)),
    ]

    profile = synthesise(findings)

    assert profile.reviews_disagree_on == ("pain",)
    review, cohort = profile.counted
    assert (review.key, review.certainty) == ("f-01", "moderate")
    assert review.downgrades[0].why == ("reviews disagree",)
    # 0.1² + 0.25² + 0.75²; the cohort on the same outcome is not blamed: 0.1² + 0.25² + 1.5²
    assert (review.v, cohort.v) == pytest.approx((0.635, 2.3225), abs=1e-6)


def test_profile_of_markers_only_says_so():
    profile = synthesise([a_difference(4.0, 0.2, outcome=MARKER)])

    assert profile.only_markers is True
    assert (profile.letter, profile.verdict) == (Letter.C, Verdict.POSSIBLE_BENEFIT)


def test_profile_orders_clusters_by_their_first_finding():
    findings = [
        a_finding(key="f-03", study=a_study(key="s:a")),
        a_finding(key="f-01", study=a_study(key="s:b")),
        a_finding(key="f-02", study=a_study(key="s:a"), outcome=replace(PAIN, slug="ache")),
    ]

    profile = synthesise(findings)

    assert [one.findings for one in profile.clusters] == [("f-01",), ("f-02", "f-03")]
    assert [one.key for one in profile.counted] == ["f-01", "f-02", "f-03"]


def test_profile_of_two_findings_with_one_key_is_an_error():
    with pytest.raises(SynthesisError, match="two findings have the key f-01"):
        synthesise([a_finding(), a_finding(study=a_study(key="s:another"))])


def test_profile_as_values_survives_json_unchanged():
    findings = [
        a_finding(outcome=MARKER, risk_of_bias=Concern.SERIOUS),
        a_finding(key="f-02", set_aside="a copy"),
        a_finding(key="f-03", study=a_study(design=Design.ANIMAL)),
    ]

    values = synthesise(findings).as_values()

    assert json.loads(json.dumps(values, allow_nan=False)) == values
    assert values["counted"][0]["downgrades"] == [
        {"domain": "risk_of_bias", "levels": 1, "why": ["judged"]},
        {"domain": "indirectness", "levels": 1, "why": ["surrogate outcome"]},
    ]


def test_profile_as_values_holds_no_enums():
    values = synthesise([a_finding(), a_finding(key="f-02", set_aside="a copy")]).as_values()

    assert {type(leaf) for leaf in leaves_of(values)} <= {str, float, bool, int, type(None)}


def leaves_of(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves_of(item)]
    return [value]
