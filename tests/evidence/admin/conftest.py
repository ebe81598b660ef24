"""Alice curates in the admin."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from evidence.models import EvidenceVersion
from tests.admin_pages import address, posted
from tests.factories import make_finding, make_user, publish_all
from tests.one_of_each import MAKERS


@pytest.fixture
def alice(db):
    """A curator who may do everything."""
    return make_user("alice", is_superuser=True)


@pytest.fixture
def finding(db):
    """Melatonin's published finding on sleep, and its profile: evidence version 1."""
    finding = make_finding()
    publish_all()
    return finding


@pytest.fixture
def latest(db):
    """Return a function that gives the newest evidence version."""
    return lambda: EvidenceVersion.objects.latest("number")


@pytest.fixture
def admin(client, alice):
    """A browser in which Alice is logged in."""
    client.force_login(alice)
    return client


@pytest.fixture
def change(admin):
    """Return a function that opens a row's form, changes fields by name, and saves it."""

    def change(row, **values):
        url = address(row, "change", row.pk)
        return admin.post(url, {**posted(admin.get(url)), **values})

    return change


@pytest.fixture
def add(admin):
    """Return a function that fills the form of a new row and saves it."""

    def add(model, **values):
        url = address(model, "add")
        return admin.post(url, {**posted(admin.get(url)), **values})

    return add


@pytest.fixture
def delete(admin):
    """Return a function that deletes a row and confirms it."""

    def delete(row):
        return admin.post(address(row, "delete", row.pk), {"post": "yes"})

    return delete


@pytest.fixture
def act(admin):
    """Return a function that runs an action on rows of a list, and confirms it."""

    def act(name, *rows, why=""):
        chosen = {ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
        data = {"action": name, "post": "yes", "why": why, **chosen}
        return admin.post(address(rows[0], "changelist"), data, follow=True)

    return act


@pytest.fixture
def alone(settings):
    """The rule of two people is off: what Alice changes is public at once."""
    settings.TWO_PERSON_REVIEW = False


@pytest.fixture
def make(db):
    """Return a function that makes the i-th row of a model."""
    return lambda model, i=1: MAKERS[model](i)
