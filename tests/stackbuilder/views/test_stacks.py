"""Saved stacks as people see them: pinned figures, today's cautions, nothing about anybody."""

import re

import pytest
from django.http import HttpResponse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from evidence.figures import signed
from evidence.models import Finding, Goal
from evidence.publication import system_user, withdraw_compounds
from stackbuilder.engine.person import Person
from stackbuilder.models import SavedStack
from stackbuilder.visitor.about_you import COOKIE, keep
from tests.factories import make_caution, make_compound, publish_all
from tests.stack_factories import TOKEN, edit_findings, make_sleepers, make_stack

pytestmark = pytest.mark.django_db

PAGE = f"/stacks/{TOKEN}/"
PATHS = [PAGE, f"{PAGE}print/", f"{PAGE}csv/", f"{PAGE}json/"]
PRINT = "/print/?goal=sleep:2&in=valerian&in=melatonin"


@pytest.fixture
def stack():
    """Both sleepers, saved at evidence version 1."""
    make_sleepers()
    return make_stack()


@pytest.fixture
def epileptic(client):
    """A visitor whose browser keeps the answer that valerian is to be avoided for."""
    response = HttpResponse()
    keep(response, Person(conditions=frozenset({"epilepsy"})))
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def figures(html):
    """Return every figure of the members' badges and of the matrix."""
    return re.findall(r'<span class="(?:mark mark--|badge badge--)[^"]+">.*?</span></span>', html)


@pytest.mark.parametrize("path", [*PATHS, PRINT, "/stacks/never-was/"])
def test_no_page_of_a_stack_may_be_indexed_or_kept_by_a_shared_cache(client, stack, path):
    response = client.get(path)

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}print/", PRINT, "/stacks/never-was/"])
def test_page_asks_robots_to_leave_it_out(client, stack, path):
    assert b'<meta name="robots" content="noindex, nofollow">' in client.get(path).content


def test_page_names_its_versions_and_how_long_it_stays(client, stack, settings):
    settings.SAVED_STACK_DAYS = 2
    response = client.get(PAGE)

    assertContains(response, "those of evidence version 1, published on")
    assertContains(response, "method 1.")
    kept = timezone.localdate() + timezone.timedelta(days=2)
    assertContains(response, f'Kept until <time datetime="{kept:%Y-%m-%d}">')
    assertNotContains(response, "Newer evidence exists")
    assertNotContains(response, "What changed since")


def test_page_shows_its_figures_after_newer_evidence_and_lists_what_changed(client, stack):
    before = client.get(PAGE).content.decode()
    edit_findings(Finding.objects.filter(compound__slug="melatonin"), why="Read it <again>")

    response = client.get(PAGE)

    html = response.content.decode()
    assert figures(before)
    assert figures(html.partition('id="changes"')[0]) == figures(before.partition("Clashes")[0])[:2]
    assertContains(response, "Newer evidence exists: version 2")
    assertContains(response, "Read it &lt;again&gt;")
    profiles = make_compound().profiles.order_by("version_id")
    for profile in profiles:
        assertContains(response, f"<span>{signed(profile.dependable)}</span>")
    assertContains(response, 'href="/?goal=sleep:2&amp;in=valerian&amp;in=melatonin"')
    assertContains(
        response, 'href="/?goal=sleep:2&amp;in=valerian&amp;in=melatonin&amp;evidence=1"'
    )


def test_cautions_of_a_saved_stack_are_todays(client, stack):
    make_caution(make_compound(), other_condition="night work", level="caution")
    publish_all()

    for path in PATHS:
        assert "ight work" in client.get(path).content.decode()


def test_member_that_was_withdrawn_is_named_and_serves_nothing(client, stack):
    withdraw_compounds([make_compound("melatonin")], by=system_user(), why="Doubted")

    response = client.get(PAGE)

    assertContains(response, "Withdrawn since: Melatonin.")
    assertNotContains(response, 'id="member-melatonin"')
    assert client.get(f"{PAGE}json/").json()["gone"]["members"] == [
        {"slug": "melatonin", "name": "Melatonin"}
    ]
    assertContains(client.get(f"{PAGE}print/"), "Withdrawn from the site since it was saved")


def test_member_that_was_deleted_is_named_by_its_slug(client, stack):
    make_compound("melatonin").delete()
    publish_all()

    assertContains(client.get(PAGE), "Withdrawn since: melatonin.")


def test_stack_whose_members_are_all_gone_still_answers(client, stack):
    withdraw_compounds(
        [make_compound("melatonin"), make_compound("valerian")], by=system_user(), why="Doubted"
    )

    for path in PATHS:
        assert client.get(path).status_code == 200
    assertContains(client.get(PAGE), "None of its members is listed here any more.")


def test_goal_that_is_gone_is_named(client, stack):
    Goal.objects.filter(slug="sleep").update(slug="slumber")
    publish_all()

    assertContains(client.get(PAGE), "No longer a goal here: sleep.")


@pytest.mark.parametrize("token", ["never-was", TOKEN[:-1], TOKEN + "x", "é", "x" * 3_000])
@pytest.mark.parametrize("what", ["", "print/", "csv/", "json/"])
def test_wrong_token_gets_the_same_answer_as_one_that_never_was(client, stack, token, what):
    expected = client.get(f"/stacks/another-that-never-was/{what}")

    response = client.get(f"/stacks/{token}/{what}")

    assert response.status_code == expected.status_code == 404
    # The link to the form for errors names the page that one is on.
    told = [re.sub(r"\?page=[^\"]*", "", r.content.decode()) for r in (response, expected)]
    assert told[0] == told[1]
    assert "There is no stack at this address" in told[0]


def test_deleted_stack_gets_that_answer_too(client, stack):
    stack.delete()

    response = client.get(PAGE)

    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]
    assertContains(response, "There is no stack at this address", status_code=404)


def test_page_is_answered_304_until_something_on_it_changes(client, stack):
    for path in PATHS:
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304

    edit_findings(Finding.objects.all())

    for path in (PAGE, f"{PAGE}print/", f"{PAGE}json/"):
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_opening_a_stack_is_noted_by_the_day(client, stack):
    client.get(PAGE)

    stack.refresh_from_db()
    assert stack.last_opened_on == timezone.localdate()


def test_page_screens_members_for_the_visitor_and_tells_no_cache(epileptic, stack):
    response = epileptic.get(PAGE)

    assertContains(response, "left out for you")
    assertContains(response, "Epilepsy")
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


def test_page_shows_another_visitor_nothing_of_it(epileptic, stack):
    epileptic.get(PAGE)
    del epileptic.cookies[COOKIE]

    response = epileptic.get(PAGE)

    assertNotContains(response, "left out for you")
    assertNotContains(response, "You said")


@pytest.mark.parametrize("path", [*PATHS[1:], PRINT])
def test_sheet_and_files_are_the_same_whatever_a_visitor_said(client, stack, path):
    plain = client.get(path)
    response = HttpResponse()
    keep(response, Person(frozenset({"epilepsy"}), frozenset({"anticoagulants"})))
    client.cookies[COOKIE] = response.cookies[COOKIE].value

    told = client.get(path)

    assert told.content == plain.content
    assert told["ETag"] == plain["ETag"]


def test_files_are_downloads_named_by_their_version(client, stack):
    csv, json = client.get(f"{PAGE}csv/"), client.get(f"{PAGE}json/")

    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert csv["Content-Disposition"] == 'attachment; filename="stack-evidence-1.csv"'
    assert csv.content.startswith(b"\xef\xbb\xbfmember,")
    assert json["Content-Type"] == "application/json"
    assert json["Content-Disposition"] == 'attachment; filename="stack-evidence-1.json"'


def test_numbers_of_the_files_are_those_of_the_page(client, stack):
    html = client.get(PAGE).content.decode()
    printed = client.get(f"{PAGE}print/").content.decode()

    found = client.get(f"{PAGE}json/").json()

    assert found["address"] == f"http://testserver{PAGE}"
    for one in found["members"]:
        for goal in one["goals"]:
            assert f"({signed(goal['dependable'])})" in printed
    (served,) = found["goals"]
    assert f"<strong>{signed(served['benefit'])}</strong> of what matters" in html


def test_sheet_holds_doses_studies_interactions_and_the_code_of_its_address(client, stack):
    response = client.get(f"{PAGE}print/")

    for text in ("450 mg", "PMID 1008", "PMID 1009", "Both make sleepy", "anticoagulants"):
        assertContains(response, text)
    assertContains(response, f"http://testserver{PAGE}</p>")
    assertContains(response, '<svg viewBox="0 0')
    assertContains(response, "Not checked.")


def test_sheet_of_an_unsaved_stack_leads_to_the_builder_pinned(client, stack):
    response = client.get(f"{PRINT}&tested=yes&injections=no")

    address = "/?goal=sleep:2&amp;in=valerian&amp;in=melatonin&amp;evidence=1"
    assertContains(response, f'href="http://testserver{address}"')
    assertNotContains(response, "tested=yes")
    assert not SavedStack.objects.exclude(pk=stack.pk).exists()


def test_sheet_of_an_address_with_a_slip_says_so(client, stack):
    response = client.get(f"{PRINT}&in=unobtainium")

    assert response.status_code == 400
    assertContains(response, "unobtainium", status_code=400)
    assertContains(response, "450 mg", status_code=400)


def test_sheet_without_a_member_says_that_there_is_nothing_to_print(client, stack):
    assertContains(client.get("/print/"), "There is nothing to print")


@pytest.mark.parametrize("path", PATHS)
def test_stack_is_only_to_be_looked_at(client, stack, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_queries_do_not_grow_with_the_members(client, stack, path, django_assert_max_num_queries):
    SavedStack.objects.update(members=["melatonin"])
    client.get(path)
    with django_assert_max_num_queries(14) as one:
        client.get(path)
    SavedStack.objects.update(members=["melatonin", "valerian"])

    with django_assert_max_num_queries(len(one)):
        client.get(path)
