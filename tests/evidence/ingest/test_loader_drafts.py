"""A load of drafts shows nothing to the public and changes nothing that the public reads."""

import pytest

from evidence.models import Compound, EvidenceVersion, Finding, OutcomeMid, Profile
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"
FIRST = ("findings", 0)
SLEEP_ONSET = ("goals", 0, "outcomes", 0)


def finding(key="alpha-01"):
    return Finding.objects.get(key=key)


def test_draft_load_into_an_empty_database_publishes_nothing(load_it):
    loaded = load_it(draft=True)

    assert not Compound.objects.published().exists()
    assert not Finding.objects.published().exists()
    assert set(Finding.objects.values_list("state", flat=True)) == {"draft"}
    assert not Profile.objects.exists()
    assert loaded.publication.profiles == []


def test_draft_load_is_published_by_a_later_load(load_it):
    load_it(draft=True)

    loaded = load_it()

    assert Compound.objects.published().count() == 2
    assert set(Finding.objects.values_list("state", "published_by__username")) == {
        ("published", "catalogue-loader")
    }
    assert Profile.objects.current().count() == len(loaded.publication.profiles) == 2


def test_draft_load_after_a_draft_load_mends_it_without_a_new_version(folder, put, load_it):
    load_it(draft=True)
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    loaded = load_it(draft=True)

    assert finding().estimate == -8.0
    assert loaded.tally.left == []
    assert loaded.publication is None
    assert EvidenceVersion.objects.count() == 1


def test_draft_load_after_a_draft_load_mends_goals_too(folder, put, load_it):
    load_it(draft=True)
    put(folder, GOALS, (*SLEEP_ONSET, "mids", 0, "mid"), -10.0)

    load_it(draft=True)

    assert OutcomeMid.objects.get(unit="min").value == -10.0


@pytest.mark.parametrize(
    "file, place, value, listed",
    [
        (ALPHA, ("name",), "Alpha Two", "compound alpha is public"),
        (ALPHA, ("aliases",), [], "the list of aliases of Alpha is public"),
        (ALPHA, ("cautions", 0, "level"), "caution", "the list of cautions of Alpha is public"),
        (ALPHA, ("interactions", 1, "medicine_classes"), [], "the list of interactions of Alpha"),
        (ALPHA, ("studies", 0, "status"), "retracted", "study pmid:101 is public"),
        (ALPHA, ("studies", 1, "includes"), [], "study doi:10.1000/second is public"),
        (ALPHA, (*FIRST, "estimate"), -8.0, "finding alpha-01 is public"),
        (GOALS, ("conditions", 0, "medicine_classes"), [], "condition pregnancy is public"),
        (GOALS, ("medicine_classes", 0, "name"), "Sedatives", "medicine class sedatives is"),
        (GOALS, ("goals", 0, "name"), "Rest", "goal sleep is public"),
        (GOALS, (*SLEEP_ONSET, "better"), "higher", "outcome sleep-onset is public"),
        (GOALS, (*SLEEP_ONSET, "mids"), [], "the list of minimal important differences of Time"),
    ],
)
def test_draft_load_over_public_rows_changes_none_of_them(
    folder, put, load_it, file, place, value, listed
):
    load_it()
    before = stored_rows()
    put(folder, file, place, value)

    loaded = load_it(draft=True, overwrite=True)

    assert changes(before, stored_rows()) == {}
    assert loaded.publication is None
    assert len(loaded.tally.left) == 1
    assert loaded.tally.left[0].startswith(listed)


def test_draft_load_adds_a_finding_and_a_compound_that_wait_for_a_curator(folder, load_it):
    beta = folder.pop(BETA)
    folder[ALPHA]["interactions"] = []
    load_it()
    profiles = profile_values()
    folder[BETA] = beta
    folder[ALPHA]["findings"].append(folder[ALPHA]["findings"][0] | {"key": "alpha-03"})

    loaded = load_it(draft=True)

    assert finding("alpha-03").state == finding("beta-01").state == "draft"
    assert Compound.objects.get(slug="beta").published_at is None
    assert profile_values() == profiles
    assert loaded.publication is None
