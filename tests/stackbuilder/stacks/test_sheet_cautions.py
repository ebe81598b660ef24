"""Cautions of a sheet: the firmest first, and each condition once."""

from types import SimpleNamespace

from stackbuilder.engine.facts import CautionFact, CompoundSafety
from stackbuilder.stacks.sheet_cautions import caution_groups


def member(name, **levels):
    """Return a member with a caution by condition and level."""
    cautions = tuple(
        CautionFact(code=code, condition=code, level=level, reason="")
        for code, level in levels.items()
    )
    return SimpleNamespace(name=name, safety=CompoundSafety(name.lower(), cautions=cautions))


def told(*members):
    return [(group.level, group.label, group.conditions) for group in caution_groups(members)]


def test_levels_come_firmest_first_and_the_most_shared_condition_before_others():
    valerian = member("Valerian", asthma="caution", gout="contraindicated", epilepsy="avoid")
    zinc = member("Zinc", asthma="contraindicated", gout="contraindicated")

    assert told(valerian, zinc) == [
        (
            "contraindicated",
            "contraindicated",
            (("gout", ("Valerian", "Zinc"), True), ("asthma", ("Zinc",), False)),
        ),
        ("avoid", "avoid", (("epilepsy", ("Valerian",), False),)),
        ("caution", "caution", (("asthma", ("Valerian",), False),)),
    ]


def test_only_member_is_named_rather_than_all():
    assert told(member("Zinc", gout="avoid")) == [("avoid", "avoid", (("gout", ("Zinc",), False),))]


def test_level_that_is_not_known_counts_as_the_firmest():
    groups = told(member("Zinc", gout="caution", asthma="forbidden"))

    assert [level for level, _, _ in groups] == ["forbidden", "caution"]
    assert groups[0][1] == "forbidden"


def test_members_without_cautions_have_no_group():
    assert told(member("Zinc")) == []
