"""Clusters, disagreement, the sceptical prior and contributions, by hand."""

from dataclasses import replace

import pytest

from evidence.synthesis import Certainty, Concern
from evidence.synthesis.pooling import Cluster, birge_scale, cluster, pool, weigh
from evidence.synthesis.selection import select
from tests.made_up_facts import MARKER, PAIN, a_difference, a_finding, a_study

OTHER_PAIN = replace(PAIN, slug="other-pain")


def counted(*findings):
    return [weigh(one, reviews_disagree=False) for one in select(findings).counted]


def a_cluster(y, v, level=Certainty.HIGH, key="s:one"):
    return Cluster(study=key, y=y, y_before_cap=y, v=v, level=level, findings=("f-01",))


def test_weighed_finding_adds_possible_bias_to_its_variance():
    (one,) = counted(a_finding(risk_of_bias=Concern.SERIOUS))

    # b² = 0.25² + 0.75² = 0.625; v = 0.5² + 0.625
    assert one.bias_variance == pytest.approx(0.625)
    assert one.v == pytest.approx(0.875, abs=1e-6)
    assert (one.share, one.certainty) == (1.0, Certainty.MODERATE)


def test_findings_of_one_study_are_one_cluster():
    findings = [
        a_difference(1.0, 0.5, key="f-01"),
        a_difference(3.0, 1.0, key="f-02", outcome=OTHER_PAIN, inconsistency=Concern.SERIOUS),
        a_difference(0.0, 0.5, key="f-03", study=a_study(key="s:another")),
    ]

    one, another = cluster(counted(*findings))

    # y = (1 + 3) / 2; v = (0.25 + 0.0625 + 1 + 0.625) / 2 = 1.9375 / 2
    assert (one.y, one.v) == pytest.approx((2.0, 0.96875), abs=1e-6)
    assert (one.study, one.level, one.findings) == ("s:trial", "moderate", ("f-01", "f-02"))
    assert (another.study, another.findings) == ("s:another", ("f-03",))


def test_surrogate_outcome_weighs_half_inside_its_cluster():
    findings = [
        a_difference(1.0, 0.5, key="f-01"),
        a_difference(4.0, 0.5, key="f-02", outcome=MARKER),
    ]

    (one,) = cluster(counted(*findings))

    # y = (1×1 + ½×4) / 1.5 = 2; v = (1×0.3125 + ½×(0.25 + 0.625)) / 1.5 = 0.75 / 1.5
    assert (one.y, one.v) == pytest.approx((2.0, 0.5), abs=1e-6)


def test_level_of_a_cluster_ignores_imprecision():
    (one,) = cluster(counted(a_finding(imprecision=Concern.VERY_SERIOUS)))

    assert one.level is Certainty.HIGH


@pytest.mark.parametrize("y, capped", [(7.0, 5.0), (-7.0, -5.0), (4.9, 4.9)])
def test_cluster_is_capped_at_five_times_what_matters(y, capped):
    (one,) = cluster(counted(a_difference(y, 0.5)))

    assert one.y == pytest.approx(capped)
    assert one.y_before_cap == pytest.approx(y)


def test_cap_comes_after_the_mean_of_the_cluster():
    findings = [
        a_difference(9.0, 0.5, key="f-01"),
        a_difference(-3.0, 0.5, key="f-02", outcome=OTHER_PAIN),
    ]

    (one,) = cluster(counted(*findings))

    # (9 - 3) / 2, not (5 - 3) / 2
    assert one.y == pytest.approx(3.0)


@pytest.mark.parametrize(
    "clusters, scale",
    [
        # Q = 0: max(1, 3 / 3)
        ([a_cluster(2.0, 0.5)], 1.0),
        # ybar = 1, Q = 1 + 1 = 2: (2 + 3) / 4 = 1.25
        ([a_cluster(0.0, 1.0), a_cluster(2.0, 1.0)], 1.25),
        # ybar = 0.5, Q = 0.25 + 0.25: 3.5 / 4 is below 1
        ([a_cluster(0.0, 1.0), a_cluster(1.0, 1.0)], 1.0),
        # w = 1, 4: ybar = 12 / 5 = 2.4, Q = 5.76 + 4 × 0.36 = 7.2: 10.2 / 4
        ([a_cluster(0.0, 1.0), a_cluster(3.0, 0.25)], 2.55),
    ],
)
def test_birge_scale(clusters, scale):
    assert birge_scale(clusters) == pytest.approx(scale)


def test_pool_of_one_cluster():
    pooled = pool([a_cluster(2.0, 0.75)])

    # w = 4/3, prior 4/9: P = 16/9; sd = 3/4; mean = (4/3 × 2) / (16/9) = 1.5
    assert (pooled.mean, pooled.sd, pooled.scale) == pytest.approx((1.5, 0.75, 1.0))
    assert pooled.contributions == pytest.approx((1.5,))
    assert pooled.weight_shares == pytest.approx((0.75,))
    # 1.5 - 0.841621 × 0.75
    assert pooled.dependable == pytest.approx(0.86878425)
    # Φ(0.5 / 0.75) = Φ(0.666667); Φ(-2.5 / 0.75) = Φ(-3.333333)
    assert pooled.p_matters == pytest.approx(0.747507, abs=1e-6)
    assert pooled.p_harm == pytest.approx(0.000429, abs=1e-6)


def test_pool_of_clusters_that_disagree():
    pooled = pool([a_cluster(0.0, 1.0), a_cluster(3.0, 0.25)])

    # S² = 2.55: w/S² = 0.392157, 1.568627; P = 1.960784 + 0.444444 = 2.405229
    # mean = 1.568627 × 3 / 2.405229; sd = 2.405229^-½
    assert pooled.contributions == pytest.approx((0.0, 1.956522), abs=1e-6)
    assert (pooled.mean, pooled.sd) == pytest.approx((1.956522, 0.644796), abs=1e-6)


def test_pool_of_enormous_variances_is_the_prior():
    pooled = pool([a_cluster(5.0, 1e200), a_cluster(-5.0, 1e200)])

    # P = 0 + 1/1.5², so sd = 1.5 and the mean stays at 0
    assert (pooled.mean, pooled.sd) == pytest.approx((0.0, 1.5))
    # Φ(-1 / 1.5) both ways
    assert pooled.p_matters == pooled.p_harm == pytest.approx(0.252493, abs=1e-6)
