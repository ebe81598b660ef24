"""All profiles made again, after the method or something behind our back has changed."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence.management.commands import synthesise
from evidence.models import EvidenceVersion, Finding, OutcomeMid, Profile
from evidence.publication import system_user
from evidence.synthesis import profile as synthesis_profile
from tests.factories import make_compound, make_finding, make_goal, make_outcome, publish_all
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db


def run(*options):
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("synthesise", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def three_pairs():
    """Two compounds for sleep, one of them also for mood, all published."""
    mood = make_outcome("depressive-symptoms", goal=make_goal("mood"), kind="patient-reported")
    make_finding()
    make_finding(outcome=mood)
    make_finding(compound=make_compound("magnesium"))
    publish_all()


@pytest.fixture
def method_2(monkeypatch):
    """As if a constant of the method had changed with this release."""
    monkeypatch.setattr(synthesis_profile, "METHOD_VERSION", "2")
    monkeypatch.setattr(synthesise, "METHOD_VERSION", "2")


def test_new_method_version_gives_every_current_profile_a_new_row(three_pairs, method_2):
    before = stored_rows()["evidence.Profile"]

    printed = run()

    after = stored_rows()["evidence.Profile"]
    assert printed == "3 profiles checked, 3 changed, evidence version 2.\n"
    assert len(after) == 6
    assert before.items() <= after.items()
    assert set(Profile.objects.current().values_list("method_version", "version")) == {("2", 2)}


def test_new_method_version_is_published_as_the_system_user_with_its_reason(three_pairs, method_2):
    run()

    version = EvidenceVersion.objects.get(number=2)
    assert version.by == system_user()
    assert version.why == "All profiles made again, method version 2"


def test_unchanged_method_stores_nothing_and_opens_no_version(three_pairs):
    before = stored_rows()

    printed = run()

    assert printed == "3 profiles checked, none changed.\n"
    assert changes(before, stored_rows()) == {}


def test_change_made_behind_our_back_is_caught_up_with(three_pairs):
    # An update writes no history and calls nobody.
    OutcomeMid.objects.update(value=-10.0)
    before = profile_values()

    printed = run()

    after = profile_values()
    assert "3 profiles checked, 3 changed" in printed
    assert all(after[pair]["mean"] > before[pair]["mean"] for pair in before)


def test_pair_without_findings_behind_our_back_becomes_a_row_without_findings(three_pairs):
    Finding.objects.filter(compound__slug="magnesium").delete()

    run()

    assert Profile.objects.current().count() == 2
    assert Profile.objects.newest().get(compound__slug="magnesium").n_findings == 0


def test_if_needed_does_nothing_while_all_profiles_are_of_this_method(
    three_pairs, django_assert_num_queries
):
    before = stored_rows()

    with django_assert_num_queries(1):
        printed = run("--if-needed")

    assert printed == "All profiles are of method version 1.\n"
    assert changes(before, stored_rows()) == {}


def test_if_needed_makes_profiles_of_another_method_again(three_pairs, method_2):
    first = run("--if-needed")
    second = run("--if-needed")

    assert "3 changed" in first
    assert second == "All profiles are of method version 2.\n"


def test_nothing_published_is_nothing_to_make():
    assert run() == "0 profiles checked, none changed.\n"
    assert not EvidenceVersion.objects.exists()
