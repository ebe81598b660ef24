"""Which findings made a profile come out differently."""

from types import SimpleNamespace

import pytest

from evidence.changes.causes import Cause, Turn, causes_of


def profile(counted=(), not_counted=()):
    return SimpleNamespace(counted=list(counted), not_counted=list(not_counted))


def counted(key, y=0.5, s=0.2, certainty="low"):
    return {"key": key, "y": y, "s": s, "certainty": certainty}


def uncounted(key, why="retracted"):
    return {"key": key, "why": why}


@pytest.mark.parametrize(
    "before, after, cause",
    [
        (None, profile([counted("a")]), Cause("a", Turn.COUNTED)),
        (profile(not_counted=[uncounted("a")]), profile([counted("a")]), Cause("a", Turn.COUNTED)),
        (
            profile([counted("a")]),
            profile(not_counted=[uncounted("a")]),
            Cause("a", Turn.UNCOUNTED, "retracted"),
        ),
        (profile([counted("a")]), None, Cause("a", Turn.REMOVED)),
        (profile(not_counted=[uncounted("a")]), profile(), Cause("a", Turn.REMOVED)),
        (
            None,
            profile(not_counted=[uncounted("a", "no usable figure")]),
            Cause("a", Turn.LISTED, "no usable figure"),
        ),
        (
            profile([counted("a", y=0.5)]),
            profile([counted("a", y=-0.25)]),
            Cause("a", Turn.EFFECT, "0.50 → −0.25 MID units"),
        ),
        (
            profile([counted("a", y=0.501)]),
            profile([counted("a", y=0.502)]),
            Cause("a", Turn.EFFECT, "by under 0.01 MID units"),
        ),
        (
            profile([counted("a", s=0.2)]),
            profile([counted("a", s=0.3)]),
            Cause("a", Turn.EFFECT, "its interval alone"),
        ),
        (
            profile([counted("a", certainty="low")]),
            profile([counted("a", certainty="very-low")]),
            Cause("a", Turn.CERTAINTY, "low → very low"),
        ),
    ],
)
def test_finding_that_came_went_or_changed_is_a_cause(before, after, cause):
    assert causes_of(before, after) == (cause,)


def test_finding_that_stayed_as_it_was_is_no_cause():
    same = profile([counted("a")], [uncounted("b")])

    assert causes_of(same, same) == ()


def test_what_other_findings_did_to_its_weight_is_no_cause():
    before = profile([{**counted("a"), "share": 1.0}])
    after = profile([{**counted("a"), "share": 0.5}, counted("b")])

    assert causes_of(before, after) == (Cause("b", Turn.COUNTED),)


def test_causes_come_by_key_those_that_are_not_counted_last():
    after = profile([counted("c"), counted("b")], [uncounted("a")])

    assert [one.key for one in causes_of(None, after)] == ["b", "c", "a"]
