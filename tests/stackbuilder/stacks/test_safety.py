"""What is recorded against the members of a stack, for each other and for anybody."""

from stackbuilder.engine.person import Preferences
from stackbuilder.engine.safety import screen_all
from stackbuilder.stacks.safety import ConditionNote, Unrecorded, stack_safety
from tests.made_up_safety import (
    OVERLAPS,
    a_caution,
    a_compound,
    a_person,
    an_interaction,
    condition,
    medicines,
)

NAMES = {"garlic": "Garlic", "ginkgo": "Ginkgo biloba", "zinc": "Zinc"}
ANSWERS = {condition("pregnancy"): "Pregnant", medicines("statins"): "Statins"}


def safety_of(*members, person=None, preferences=None):
    screenings = screen_all(members, person or a_person(), preferences or Preferences(), OVERLAPS)
    return stack_safety(members, screenings, names=NAMES, answers=ANSWERS)


def with_ginkgo(severity="moderate", **changes):
    return an_interaction(
        other_slug="ginkgo",
        medicine_classes=(),
        with_text="ginkgo leaf",
        severity=severity,
        **changes,
    )


def test_clash_names_both_members_and_where_it_is_recorded():
    traced = with_ginkgo(effect="More bleeding", source="pmid:1", source_title="A review")

    found = safety_of(a_compound(slug="ginkgo"), a_compound(traced, slug="garlic"))

    (clash,) = found.clashes
    assert (clash.names, clash.label, clash.is_major) == (
        ("Garlic", "Ginkgo biloba"),
        "moderate",
        False,
    )
    (note,) = clash.notes
    assert (note.about, note.subject, note.text) == ("Garlic", "Ginkgo biloba", "More bleeding")
    assert (note.source, note.source_title, note.source_quality) == ("pmid:1", "A review", "")
    assert found.medicines == ()


def test_clash_that_is_not_traced_says_so_and_is_as_major_as_any():
    garlic = a_compound(with_ginkgo("major", is_untraced=True), slug="garlic")

    (clash,) = safety_of(garlic, a_compound(slug="ginkgo")).clashes

    assert clash.is_major
    assert clash.notes[0].source_quality == "untraced"


def test_members_without_a_record_of_each_other_have_no_clash():
    found = safety_of(a_compound(with_ginkgo(), slug="garlic"), a_compound(slug="zinc"))

    assert found.clashes == ()


def test_what_no_answer_can_name_is_for_everyone():
    garlic = a_compound(
        a_caution(code="", condition="night driving"),
        a_caution(),
        an_interaction(medicine_classes=(), with_text="grapefruit"),
        slug="garlic",
    )

    found = safety_of(garlic)

    told = [(one.about, one.subject, one.label, one.is_interaction) for one in found.everyone]
    assert told == [
        ("Garlic", "night driving", "avoid", False),
        ("Garlic", "grapefruit", "moderate", True),
    ]


def test_conditions_name_their_members_by_level_firmest_first():
    found = safety_of(
        a_compound(
            a_caution(code="asthma", condition="Asthma", level="caution"),
            a_caution(condition="Pregnant", level="avoid"),
            slug="garlic",
        ),
        a_compound(a_caution(condition="Pregnant", level="contraindicated"), slug="zinc"),
    )

    assert found.conditions == (
        ConditionNote(
            "Pregnant",
            (
                ("contraindicated", "contraindicated", ("Zinc",)),
                ("avoid", "avoid", ("Garlic",)),
            ),
        ),
        ConditionNote("Asthma", (("caution", "caution", ("Garlic",)),)),
    )


def test_condition_of_more_members_comes_first_among_equals():
    both = a_caution(code="zoster", condition="Zoster")
    one = a_caution(code="asthma", condition="Asthma")

    found = safety_of(a_compound(one, both, slug="garlic"), a_compound(both, slug="zinc"))

    assert [note.name for note in found.conditions] == ["Zoster", "Asthma"]


def test_major_interactions_with_medicines_are_told_and_the_others_counted():
    garlic = a_compound(
        an_interaction(severity="minor"),
        an_interaction(severity="major", with_text="warfarin"),
        an_interaction(),
        slug="garlic",
    )

    found = safety_of(garlic)

    assert [note.subject for note in found.medicines] == ["warfarin"]
    assert found.more_medicines == 2


def test_answer_without_a_record_names_the_members():
    pregnant = a_person(condition("pregnancy"), medicines("statins"))

    found = safety_of(
        a_compound(a_caution(), slug="garlic"), a_compound(slug="zinc"), person=pregnant
    )

    assert found.unrecorded == (
        Unrecorded("Pregnant", ("Zinc",)),
        Unrecorded("Statins", ("Garlic", "Zinc")),
    )


def test_sport_is_unrecorded_only_for_somebody_who_is_tested():
    tested = Preferences(is_tested_for_doping=True)

    assert safety_of(a_compound(slug="zinc")).sport_unrecorded == ()
    assert safety_of(a_compound(slug="zinc"), preferences=tested).sport_unrecorded == ("Zinc",)


def test_level_that_is_not_known_counts_as_the_firmest_and_stands_as_written():
    found = safety_of(
        a_compound(a_caution(level="never"), slug="garlic"),
        a_compound(a_caution(level="caution"), slug="zinc"),
    )

    assert [level for level, _, _ in found.conditions[0].levels] == ["never", "caution"]
