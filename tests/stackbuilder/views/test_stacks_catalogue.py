"""A saved stack of the shipped catalogue, after ten of its findings were edited."""

import pytest
from django.db.models import Q
from pytest_django.asserts import assertContains

from evidence.figures import signed
from evidence.models import Compound, EvidenceVersion, Finding, Profile
from evidence.publication import system_user, withdraw_compounds
from tests.stack_factories import TOKEN, edit_findings, make_stack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PAGE = f"/stacks/{TOKEN}/"
MEMBERS = ["melatonin", "ashwagandha", "saffron", "magnesium", "valerian"]
GOALS = {"sleep": 2, "stress-anxiety": 1}
FIGURES = ("letter", "verdict", "mean", "sd", "dependable", "certainty")


def members_in(client):
    """Return slug -> figures and key studies by goal, as the JSON file has them."""
    return {one["slug"]: one["goals"] for one in client.get(f"{PAGE}json/").json()["members"]}


@pytest.fixture
def pinned():
    """The stack, saved at the version of today."""
    number = EvidenceVersion.objects.current_number()
    return make_stack(members=MEMBERS, goals=GOALS, evidence_version=number).evidence_version


def edit_ten():
    """Double ten figures of the members for their goals; return the pairs and the version."""
    findings = list(
        Finding.objects.published().filter(
            ~Q(estimate=None), compound__slug__in=MEMBERS, outcome__goal__slug__in=GOALS
        )[:10]
    )
    assert len(findings) == 10
    return edit_findings(findings, by=2.0, why="Ten figures read again")


def test_ten_edited_findings_change_nothing_that_is_pinned(client, pinned):
    before = members_in(client)

    newest = edit_ten()

    assert newest == pinned + 1
    assert list(before) == MEMBERS
    assert members_in(client) == before
    stored = Profile.objects.current(pinned).filter(
        compound__slug="ashwagandha", goal__slug="stress-anxiety"
    )
    (cell,) = [one for one in before["ashwagandha"] if one["goal"] == "stress-anxiety"]
    assert [cell[name] for name in FIGURES] == pytest.approx(list(stored.values_list(*FIGURES)[0]))


def test_page_lists_every_cell_that_the_ten_edits_moved(client, pinned):
    newest = edit_ten()
    moved = Profile.objects.filter(
        version=newest, compound__slug__in=MEMBERS, goal__slug__in=GOALS
    ).select_related("compound", "goal")
    assert moved

    response = client.get(PAGE)

    html = response.content.decode().partition('id="changes"')[2].partition("</section>")[0]
    assert html.count("<tr>") - 1 == len(moved)
    assert html.count("Ten figures read again") == len(moved)
    assertContains(response, f"Newer evidence exists: version {newest}")
    for profile in moved:
        assert f"/compounds/{profile.compound.slug}/#goal-{profile.goal.slug}" in html
        if profile.dependable is not None:
            assert f"<span>{signed(profile.dependable)}</span>" in html


def test_compound_that_was_withdrawn_after_that_is_said(client, pinned):
    edit_ten()
    valerian = Compound.objects.filter(slug="valerian")
    withdraw_compounds(valerian, by=system_user(), why="Under review")

    response = client.get(PAGE)

    assertContains(response, "Withdrawn since: Valerian.")
    assert list(members_in(client)) == MEMBERS[:-1]


def test_page_asks_a_bounded_number_of_questions(client, pinned, django_assert_max_num_queries):
    edit_ten()
    client.get(PAGE)

    with django_assert_max_num_queries(14):
        client.get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(f"{PAGE}print/")
