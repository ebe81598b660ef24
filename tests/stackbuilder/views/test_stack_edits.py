"""Saving, changing and deleting a stack: what is stored, who may, and what nobody is told."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from evidence.models import Finding
from stackbuilder.engine.person import Person
from stackbuilder.models import SavedStack
from stackbuilder.stacks import saved as saved_stacks
from stackbuilder.visitor.about_you import COOKIE, keep
from tests.factories import make_compound, make_condition, make_medicine_class, publish_all
from tests.stack_factories import SECRET, TOKEN, edit_findings, make_sleepers, make_stack

pytestmark = pytest.mark.django_db

QUERY = "goal=sleep:2&in=valerian&in=melatonin&region=US"
NEW = f"/stacks/new/?{QUERY}"
EDIT = f"/stacks/edit/{SECRET}/"
DELETE = f"{EDIT}delete/"


@pytest.fixture(autouse=True)
def sleepers():
    """Evidence version 1."""
    make_sleepers()


@pytest.fixture
def stack():
    return make_stack()


def secret_of(response):
    """Return the secret in the address that a redirect leads to."""
    return re.fullmatch(r"/stacks/edit/([\w-]+)/", response.url)[1]


def test_page_says_what_would_be_saved_and_saves_nothing(client):
    response = client.get(NEW)

    assertContains(response, "Valerian, Melatonin")
    assertContains(response, "Sleep (2 of 3)")
    assertContains(response, "United States")
    assertContains(response, "Version 1 of")
    assertContains(response, "Nothing about you")
    assert not SavedStack.objects.exists()


def test_saving_leads_to_both_links(client):
    response = client.post(NEW)

    stack = SavedStack.objects.get()
    secret = secret_of(response)
    page = client.get(response.url)
    assertContains(page, f'value="http://testserver/stacks/{stack.token}/"')
    assertContains(page, f'value="http://testserver/stacks/edit/{secret}/"')
    assert stack.members == ["valerian", "melatonin"]
    assert stack.region == "US"


def test_saving_needs_the_token_of_the_form():
    client = Client(enforce_csrf_checks=True)

    assert client.post(NEW).status_code == 403
    assert not SavedStack.objects.exists()


def test_stack_without_a_member_is_refused_in_words(client):
    assertContains(client.get("/stacks/new/?goal=sleep"), "There is nothing to save yet")

    response = client.post("/stacks/new/?goal=sleep")

    assertContains(response, "There is nothing to save yet", status_code=422)
    assert not SavedStack.objects.exists()


@pytest.mark.parametrize("slip", ["in=unobtainium", "goal=levitation", "evidence=99", "size=-1"])
def test_address_with_a_slip_saves_nothing(client, slip):
    response = client.post(f"{NEW}&{slip}")

    assertContains(response, "so nothing was saved", status_code=400)
    assert not SavedStack.objects.exists()


def test_day_that_is_full_saves_nothing_and_loses_nothing(client, monkeypatch):
    monkeypatch.setattr(saved_stacks, "SAVED_A_DAY", 1)
    client.post(NEW)

    response = client.post(NEW)

    assertContains(response, "too many were saved today", status_code=429)
    assertContains(response, f'href="/?{QUERY.replace("&", "&amp;")}', status_code=429)
    assert SavedStack.objects.count() == 1


def test_nothing_of_the_person_is_stored_while_their_answers_are_in_the_cookie(client):
    make_condition("canary-condition")
    make_medicine_class("canary-class")
    answers = HttpResponse()
    person = Person(frozenset({"canary-condition"}), frozenset({"canary-class"}))
    keep(answers, person)
    client.cookies[COOKIE] = answers.cookies[COOKIE].value
    assert "canary-condition" in client.cookies[COOKIE].value

    edit_url = client.post(f"{NEW}&tested=yes&injections=no&budget=10").url

    stack = SavedStack.objects.get()
    page = f"/stacks/{stack.token}/"
    texts = [str(SavedStack.objects.values_list().get()), edit_url]
    texts += [client.get(f"{page}{what}/").content.decode() for what in ("csv", "json", "print")]
    texts.append(client.get(edit_url).content.decode())
    assert not [text for text in texts if re.search("canary", text, re.IGNORECASE)]
    assert set(stack.goals) == {"sleep"}


def test_page_of_the_secret_link_may_not_be_kept_or_indexed(client, stack):
    response = client.get(EDIT)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assertContains(response, '<meta name="robots" content="noindex, nofollow">')


def test_no_link_of_the_page_carries_the_secret_on(client, stack):
    html = client.get(EDIT).content.decode()

    assert SECRET not in " ".join(re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize("secret", ["never-was", SECRET[:-1], TOKEN, "x" * 3_000])
def test_wrong_secret_gets_the_same_answer_as_a_deleted_stack(client, stack, secret):
    wrong = f"/stacks/edit/{secret}/"
    answers = [client.get(wrong), client.post(wrong), client.post(f"{wrong}delete/")]
    client.post(DELETE)
    answers += [client.get(EDIT), client.post(EDIT), client.post(DELETE)]

    assert {response.status_code for response in answers} == {404}
    pages = {re.sub(r"\?page=[^\"]*", "", r.content.decode()) for r in answers}
    assert len(pages) == 1
    assert "There is no stack at this address" in pages.pop()


def test_wrong_secret_leaves_the_stack_alone(client, stack):
    client.post(f"/stacks/edit/{SECRET}x/", {"remove-valerian": "on"})
    client.post(f"/stacks/edit/{SECRET}x/delete/")

    stack.refresh_from_db()
    assert stack.members == ["valerian", "melatonin"]


def test_form_changes_the_stack_and_says_so(client, stack):
    data = {"act": "save", "place-melatonin": "1", "goal-sleep": "3"}

    response = client.post(EDIT, data, follow=True)

    assertRedirects(response, f"{EDIT}?changed=yes")
    assertContains(response, "Your changes are saved.")
    stack.refresh_from_db()
    assert (stack.members, stack.goals) == (["melatonin", "valerian"], {"sleep": 3})
    assert timezone.now() - stack.edited_at < timedelta(minutes=1)
    assert stack.evidence_version == 1


def test_form_with_a_slip_changes_nothing_and_keeps_what_was_typed(client, stack):
    response = client.post(EDIT, {"add": "unobtainium", "place-melatonin": "1"})

    assertContains(response, "Nothing was changed.", status_code=422)
    assertContains(response, 'value="unobtainium"', status_code=422)
    stack.refresh_from_db()
    assert (stack.members, stack.edited_at) == (["valerian", "melatonin"], None)


def test_pinning_takes_todays_figures(client, stack):
    newest = edit_findings(Finding.objects.all())
    assertContains(client.get(EDIT), 'value="pin"')

    client.post(EDIT, {"act": "pin"})

    stack.refresh_from_db()
    assert (stack.evidence_version, stack.members) == (newest, ["valerian", "melatonin"])
    assertNotContains(client.get(EDIT), 'value="pin"')
    assertNotContains(client.get(f"/stacks/{TOKEN}/"), "Newer evidence exists")


def test_two_edits_follow_one_another_each_whole(client, stack):
    make_compound("zinc")
    publish_all()
    first = {"act": "save", "place-valerian": "1", "place-melatonin": "2", "add": "zinc"}
    # The second form was opened before the first was sent, and knows of no zinc.
    second = {"act": "save", "place-valerian": "2", "place-melatonin": "1", "goal-sleep": "1"}

    client.post(EDIT, first)
    client.post(EDIT, second)

    stack.refresh_from_db()
    assert (stack.members, stack.goals) == (["melatonin", "valerian", "zinc"], {"sleep": 1})


def test_deleting_ends_both_links_and_says_so(client, stack):
    response = client.post(DELETE, follow=True)

    assertRedirects(response, "/stacks/deleted/")
    assertContains(response, "The stack is deleted")
    assert not SavedStack.objects.exists()
    assert client.get(EDIT).status_code == client.get(f"/stacks/{TOKEN}/").status_code == 404


def test_deleting_needs_a_form_of_the_site(stack):
    client = Client(enforce_csrf_checks=True)

    assert client.post(DELETE).status_code == 403
    assert client.get(DELETE).status_code == 405
    assert SavedStack.objects.exists()


def test_opening_the_secret_link_keeps_the_stack_too(client, stack):
    client.get(EDIT)

    stack.refresh_from_db()
    assert stack.last_opened_on == timezone.localdate()
