"""Which findings made a profile come out differently, read from its values before and after.

Profiles keep what they counted as values, so this needs no row of a finding: one that was
deleted since is still named by its key.
"""

from dataclasses import dataclass
from enum import StrEnum

from evidence.choices import Certainty
from evidence.figures import signed


class Turn(StrEnum):
    """What became of a finding, in words for a reader."""

    COUNTED = "now counted"
    UNCOUNTED = "no longer counted"
    EFFECT = "effect changed"
    CERTAINTY = "certainty changed"
    LISTED = "added, not counted"
    REMOVED = "taken out"


@dataclass(frozen=True)
class Cause:
    """One finding behind a move; `detail` says why it is not counted, or what changed."""

    key: str
    turn: Turn
    detail: str = ""


def causes_of(before, after):
    """Return what came, went or changed between two profiles (None where there is none), by key.

    Empty where no finding did: then the way of counting changed, or what they are measured by.
    """
    old, new = _counted(before), _counted(after)
    old_rest, new_rest = _not_counted(before), _not_counted(after)
    keys = sorted({*old, *new, *old_rest, *new_rest})
    turns = (_cause(key, old, new, old_rest, new_rest) for key in keys)
    # What is counted moved the figures, so it is told first.
    return tuple(sorted(filter(None, turns), key=lambda one: one.turn is Turn.LISTED))


def _cause(key, old, new, old_rest, new_rest):
    if key in new:
        return _changed(key, old[key], new[key]) if key in old else Cause(key, Turn.COUNTED)
    if key in old:
        if key in new_rest:
            return Cause(key, Turn.UNCOUNTED, new_rest[key]["why"])
        return Cause(key, Turn.REMOVED)
    if key not in old_rest:
        return Cause(key, Turn.LISTED, new_rest[key]["why"])
    return None if key in new_rest else Cause(key, Turn.REMOVED)


def _changed(key, before, after):
    if before["y"] != after["y"]:
        old, new = signed(before["y"]), signed(after["y"])
        detail = "by under 0.01 MID units" if old == new else f"{old} → {new} MID units"
        return Cause(key, Turn.EFFECT, detail)
    if before["s"] != after["s"]:
        return Cause(key, Turn.EFFECT, "its interval alone")
    if before["certainty"] != after["certainty"]:
        words = (Certainty(one["certainty"]).label for one in (before, after))
        return Cause(key, Turn.CERTAINTY, " → ".join(words))
    return None


def _counted(profile):
    return {entry["key"]: entry for entry in profile.counted} if profile else {}


def _not_counted(profile):
    return {entry["key"]: entry for entry in profile.not_counted} if profile else {}
