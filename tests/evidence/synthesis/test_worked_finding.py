"""One finding worked through: the steps shown lead to what the synthesis counts."""

from dataclasses import replace
from math import log

import pytest

from evidence.synthesis import Concern, Design, Measure, synthesise
from evidence.synthesis.worked_finding import worked_finding
from tests.catalogue_facts import catalogue_findings, planted_findings
from tests.made_up_facts import MARKER, PAIN, a_finding, a_null, a_study

CLOSE = 1e-9


def worked(finding):
    (counted,) = synthesise([finding]).counted
    return worked_finding(finding, counted)


@pytest.fixture(scope="module")
def all_worked():
    """Every counted finding of the catalogue and of the planted one."""
    together = [*catalogue_findings().values(), *planted_findings().values()]
    facts = [{finding.key: finding for finding in findings} for findings in together]
    return [
        worked_finding(by_key[counted.key], counted)
        for by_key in facts
        for counted in synthesise(by_key.values()).counted
    ]


def test_every_reading_of_the_catalogue_leads_to_what_is_counted(all_worked):
    divided = [one for one in all_worked if one.reading and one.reading.mid is not None]

    assert len(divided) > 50
    for one in divided:
        reading = one.reading
        assert one.counted.y == pytest.approx(reading.value / reading.mid, abs=CLOSE)
        assert one.counted.s == pytest.approx(reading.error / abs(reading.mid), abs=CLOSE)


def test_every_bias_of_the_catalogue_is_the_sum_of_its_terms(all_worked):
    for one in all_worked:
        terms = sum(term.variance for term in one.bias)
        assert one.counted.bias_variance == pytest.approx(terms, abs=CLOSE), one.counted.key
        assert one.counted.v == pytest.approx(one.own_variance + terms, abs=CLOSE)


def test_catalogue_has_readings_of_several_kinds(all_worked):
    assert any(one.reading is None for one in all_worked)
    assert any(one.reading and one.reading.low is None for one in all_worked)
    assert any(one.reading and one.reading.is_halved for one in all_worked)
    assert any(term.start for one in all_worked for term in one.bias)


def test_reading_of_a_difference_keeps_its_unit_and_its_bounds():
    one = worked(a_finding())

    assert (one.reading.value, one.reading.mid, one.reading.is_halved) == (-3.0, -2.0, False)
    assert one.reading.high - one.reading.low == pytest.approx(2 * one.reading.z)
    assert one.reading.error == pytest.approx(1.0)


def test_reading_of_a_common_odds_ratio_is_halved_and_its_mid_is_not():
    common = a_finding(
        outcome=replace(PAIN, is_common_event=True, ratio_mid=0.9),
        measure=Measure.OR,
        estimate=0.82,
        ci_low=0.65,
        ci_high=1.03,
        unit=None,
    )

    reading = worked(common).reading

    assert reading.is_halved
    assert reading.value == pytest.approx(0.5 * log(0.82))
    assert reading.mid == pytest.approx(log(0.9))
    assert reading.mid_ratio == pytest.approx(0.9)


def test_reading_without_an_interval_goes_by_p():
    one = worked(a_finding(ci_low=None, ci_high=None, p=0.05))

    assert (one.reading.low, one.reading.high) == (None, None)
    assert one.reading.z == pytest.approx(1.959964, abs=1e-6)
    assert one.reading.error == pytest.approx(3 / 1.959964, abs=1e-6)


def test_reading_in_a_unit_without_a_mid_has_none():
    one = worked(a_finding(unit="litres", n_participants=100))

    assert one.reading.mid is None
    assert one.reading.mid_ratio is None


def test_null_without_a_figure_has_no_reading():
    assert worked(a_null()).reading is None


def test_bias_terms_name_every_doubt_but_imprecision():
    cohort = a_finding(
        study=a_study(design=Design.COHORT),
        outcome=MARKER,
        risk_of_bias=Concern.UNKNOWN,
        inconsistency=Concern.VERY_SERIOUS,
        imprecision=Concern.SERIOUS,
    )

    terms = worked(cohort).bias

    assert [term.sd for term in terms] == [0.25, 1.5, 0.5, 1.5, 0.75]
    assert [term.start for term in terms[:2]] == [None, "low"]
    assert [term.downgrade.domain for term in terms[2:]] == [
        "risk_of_bias",
        "inconsistency",
        "indirectness",
    ]


def test_risk_of_bias_that_caps_the_level_is_one_term_only():
    terms = worked(a_finding(risk_of_bias=Concern.UNKNOWN)).bias

    assert [term.sd for term in terms] == [0.25, 0.5]
