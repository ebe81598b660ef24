"""What is foretold of the shipped catalogue, held against the ranking that readers see."""

import pytest

from evidence.models import Finding, Profile
from evidence.movements import effect_of, standings_of
from evidence.publication import VALUES, all_pairs, system_user
from evidence.workflow import publish, withdraw
from stackbuilder.candidates import snapshot
from tests.factories import make_user
from tests.loaded_catalogue import loaded_catalogue
from tests.stored_rows import profile_values

pytestmark = pytest.mark.django_db
catalogue = pytest.fixture(scope="module")(loaded_catalogue)


def test_places_are_those_of_the_ranking_for_each_goal(catalogue):
    standings = standings_of(all_pairs())

    placed = {}
    for one in standings.values():
        if one.place:
            placed.setdefault(one.profile.goal.slug, {})[one.place] = one.profile.compound.slug

    tables = snapshot()
    assert placed == {
        goal.slug: {line.place: line.slug for line in tables.ranked({goal.slug: 1})[0]}
        for goal in tables.goals
    }


@pytest.mark.parametrize("slug", ["melatonin", "creatine", "metformin"])
def test_withdrawing_each_finding_comes_out_as_foretold_and_back(slug, catalogue):
    before, bob = profile_values(), make_user("bob")
    for finding in Finding.objects.published().filter(compound__slug=slug):
        foretold = effect_of(withdrawn=[finding])
        withdraw([finding], by=bob, why="To see")
        for movement in foretold:
            stored = Profile.objects.current().filter(
                compound=movement.compound, goal=movement.goal
            )
            expected = [movement.after.profile] if movement.after else []
            assert [[getattr(row, name) for name in VALUES] for row in stored] == [
                [getattr(row, name) for name in VALUES] for row in expected
            ]
        Finding.objects.filter(pk=finding.pk).update(state="draft")
        publish([finding], by=system_user())

    assert profile_values() == before
