"""A movement is a sentence: from which letter, verdict and place to which."""

import pytest

from evidence.admin.movement_words import movement_words
from evidence.models import Compound, Goal, Profile
from evidence.movements import Movement, Standing

MELATONIN, SLEEP = Compound(name="Melatonin"), Goal(name="Sleep")


def standing(letter="C", verdict="possible benefit", *, place=4, mean=0.5):
    profile = Profile(letter=letter, verdict=verdict, mean=mean, sd=1.0, clusters=[])
    return Standing(profile, place, 7)


B = standing("B", "benefit that matters", place=2, mean=1.8)
C = standing()


@pytest.mark.parametrize(
    "before, after, said",
    [
        (
            C,
            B,
            "This would move Melatonin for Sleep from C possible benefit (place 4 of 7) "
            "to B benefit that matters (place 2 of 7).",
        ),
        (None, B, "This would enter Melatonin for Sleep as B benefit that matters (place 2 of 7)."),
        (
            C,
            None,
            "This would take Melatonin for Sleep off the list, from C possible benefit "
            "(place 4 of 7).",
        ),
        (C, C, "Melatonin for Sleep stays as it is: C possible benefit (place 4 of 7)."),
        (
            C,
            standing(mean=0.6),
            "Melatonin for Sleep stays C possible benefit (place 4 of 7), with other figures.",
        ),
        (None, None, "Melatonin for Sleep has no evidence, before or after."),
    ],
)
def test_movement_in_words(before, after, said):
    assert movement_words(Movement(MELATONIN, SLEEP, before, after)) == said


def test_profile_without_a_place_says_why():
    empty = standing("–", "studied, no usable figure", place=None, mean=None)
    draft = standing(place=None)

    assert movement_words(Movement(MELATONIN, SLEEP, None, empty)).endswith(
        "as – studied, no usable figure (nothing counted)."
    )
    assert movement_words(Movement(MELATONIN, SLEEP, None, draft)).endswith(
        "as C possible benefit (no place: the compound is not public)."
    )
