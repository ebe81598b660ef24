"""What a person has edited is theirs: a load leaves it, lists it, and takes it only if told so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import (
    Compound,
    Condition,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    Profile,
    Study,
)
from evidence.publication import publish_findings, withdraw_findings
from tests.curators import delete, edit
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ALPHA = "compounds/alpha.json"
FIRST = ("findings", 0)


@pytest.fixture
def alice():
    return make_user()


def finding(key="alpha-01"):
    return Finding.objects.get(key=key)


def test_finding_that_a_person_edited_is_left_and_listed(folder, put, load_it, alice):
    load_it()
    edit(finding(), by=alice, estimate=-6.0, note="Read again.")
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    loaded = load_it()

    assert (finding().estimate, finding().note) == (-6.0, "Read again.")
    assert loaded.tally.left == ["finding alpha-01 was edited by a person: estimate, note"]
    assert loaded.publication is None


def test_finding_that_a_person_edited_is_overwritten_if_told_so_and_then_the_loaders_again(
    folder, put, load_it, alice
):
    load_it()
    edit(finding(), by=alice, estimate=-6.0)

    overwritten = load_it(overwrite=True)
    after_overwriting = finding().estimate
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)
    mended = load_it()

    assert after_overwriting == -7.0
    assert finding().estimate == -8.0
    assert overwritten.tally.left == mended.tally.left == []


def test_person_is_respected_even_if_the_clock_of_their_machine_is_behind(load_it, alice):
    load_it()
    one = finding()
    one._history_date = timezone.now() - timedelta(days=1)

    edit(one, by=alice, estimate=-6.0)
    load_it()

    assert finding().estimate == -6.0


def test_edit_by_nobody_known_is_respected_too(load_it):
    load_it()

    edit(finding(), by=None, estimate=-6.0)
    load_it()

    assert finding().estimate == -6.0


def test_finding_that_a_person_withdrew_stays_withdrawn(load_it, alice):
    load_it()
    withdraw_findings([finding()], by=alice, why="The figure is under review")

    loaded = load_it()

    assert finding().state == "withdrawn"
    assert loaded.tally.left == [
        "finding alpha-01 was edited by a person: published_at, published_by_id, state"
    ]


def test_draft_that_a_person_published_is_theirs(folder, put, load_it, alice):
    load_it(draft=True)
    publish_findings([finding()], by=alice, why="Checked")
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    loaded = load_it()

    assert (finding().estimate, finding().published_by) == (-7.0, alice)
    assert loaded.tally.left == ["finding alpha-01 was edited by a person: estimate"]


def test_finding_that_a_person_deleted_is_not_resurrected(load_it, alice):
    load_it()
    delete(finding(), by=alice)

    loaded = load_it()

    assert not Finding.objects.filter(key="alpha-01").exists()
    assert loaded.tally.left == ["finding alpha-01 was deleted by a person"]


def test_finding_that_a_person_deleted_comes_back_if_told_so(load_it, alice):
    load_it()
    delete(finding(), by=alice)

    load_it(overwrite=True)
    again = load_it()

    assert finding().state == "published"
    assert again.tally.left == []


def add_caution(compound, by):
    caution = compound.cautions.model(
        compound=compound, other_condition="driving", level="caution", reason="Drowsy", position=2
    )
    edit(caution, by=by)


def edit_caution(compound, by):
    edit(compound.cautions.first(), by=by, level="contraindicated")


def delete_caution(compound, by):
    delete(compound.cautions.first(), by=by)


def move_caution(compound, by):
    edit(compound.cautions.last(), by=by, compound=Compound.objects.get(slug="beta"))


PERSONS_ACTS = [add_caution, edit_caution, delete_caution, move_caution]


@pytest.mark.parametrize("act", PERSONS_ACTS)
def test_list_that_a_person_touched_is_left_whole_and_listed(folder, put, load_it, alice, act):
    load_it()
    compound = Compound.objects.get(slug="alpha")
    act(compound, alice)
    before = list(compound.cautions.values())
    put(folder, ALPHA, ("cautions", 1, "reason"), "Very drowsy")

    loaded = load_it()

    assert list(compound.cautions.values()) == before
    assert "the list of cautions of Alpha was edited by a person" in loaded.tally.left


@pytest.mark.parametrize("act", PERSONS_ACTS)
def test_list_that_a_person_touched_is_overwritten_if_told_so_and_then_the_loaders_again(
    folder, put, load_it, alice, act
):
    load_it()
    compound = Compound.objects.get(slug="alpha")
    act(compound, alice)

    load_it(overwrite=True)
    put(folder, ALPHA, ("cautions", 1, "reason"), "Very drowsy")
    mended = load_it()

    assert [(one.level, one.reason) for one in compound.cautions.all()] == [
        ("avoid", "Not studied"),
        ("caution", "Very drowsy"),
    ]
    assert mended.tally.left == []


def untie_review(by):
    review = Study.objects.get(key="doi:10.1000/second")
    review._history_user = by
    review.includes.clear()
    return review.includes, "study doi:10.1000/second was edited by a person: includes"


def untie_condition(by):
    condition = Condition.objects.get()
    condition._history_user = by
    condition.medicine_classes.clear()
    listed = "condition pregnancy was edited by a person: medicine_classes"
    return condition.medicine_classes, listed


def untie_interaction(by):
    interaction = Interaction.objects.get(compound__slug="alpha", other_compound=None)
    interaction._history_user = by
    interaction.medicine_classes.clear()
    return interaction.medicine_classes, "the list of interactions of Alpha was edited by a person"


@pytest.mark.parametrize("untie", [untie_review, untie_condition, untie_interaction])
def test_link_that_a_person_removed_stays_removed(load_it, alice, untie):
    load_it()
    links, listed = untie(alice)

    loaded = load_it()

    assert not links.exists()
    assert loaded.tally.left == [listed]


def test_interaction_that_a_person_moved_to_the_front_keeps_its_own_classes(load_it, alice):
    load_it()
    first, second = Interaction.objects.filter(compound__slug="alpha").order_by("position")
    edit(first, by=alice, position=1)
    edit(second, by=alice, position=0)

    load_it()

    assert not first.medicine_classes.exists()
    assert [one.code for one in second.medicine_classes.all()] == ["sedatives"]


def test_compound_that_a_person_deleted_stays_deleted_and_the_rest_is_loaded(
    folder, put, load_it, alice
):
    load_it()
    Profile.objects.all().delete()
    delete(Compound.objects.get(slug="beta"), by=alice)
    put(folder, ALPHA, (*FIRST, "estimate"), -8.0)

    loaded = load_it()

    assert list(Compound.objects.values_list("slug", flat=True)) == ["alpha"]
    assert finding().estimate == -8.0
    assert loaded.tally.left == [
        "compound beta was deleted by a person",
        "the list of interactions of Alpha was edited by a person",
    ]


def test_study_and_outcome_that_a_person_deleted_take_their_findings_with_them(load_it, alice):
    load_it()
    for one in Finding.objects.all():
        delete(one, by=None)
    delete(Study.objects.get(key="pmid:202"), by=alice)
    delete(Outcome.objects.get(slug="mood"), by=alice)

    loaded = load_it()

    assert {
        "outcome mood was deleted by a person",
        "study pmid:202 was deleted by a person",
        "finding alpha-02 rests on an outcome or a study that a person deleted",
        "finding beta-01 rests on an outcome or a study that a person deleted",
    } < set(loaded.tally.left)


def test_vocabulary_that_a_person_deleted_is_done_without(load_it, alice):
    load_it()
    for compound in Compound.objects.all():
        for caution in compound.cautions.all():
            delete(caution, by=alice)
    delete(Condition.objects.get(), by=alice)
    delete(MedicineClass.objects.get(), by=alice)
    for one in Outcome.objects.filter(goal__isnull=False):
        edit(one, by=alice, goal=None)
    Profile.objects.all().delete()
    delete(Goal.objects.get(), by=alice)

    loaded = load_it()

    assert {
        "condition pregnancy was deleted by a person",
        "medicine class sedatives was deleted by a person",
        "goal sleep was deleted by a person",
        "the list of cautions of Alpha names a condition that a person deleted",
    } < set(loaded.tally.left)
    assert not Condition.objects.exists()
