"""What was uploaded comes back to who uploaded it, and to nobody else."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from evidence.admin.kept_upload import drop, keep, kept
from tests.factories import make_user

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@pytest.fixture
def request_of(rf):
    """Return a function that makes a request of a user."""

    def request_of(user):
        request = rf.get("/")
        request.user, request.session = user, SessionStore()
        return request

    return request_of


@pytest.fixture
def request_of_alice(request_of, db):
    """A request of Alice."""
    return request_of(make_user("alice"))


def test_text_comes_back_and_leaves_the_own_session_small(request_of_alice):
    token = keep(request_of_alice, "studies", "Ärger\n" * 1000)

    assert kept(request_of_alice, "studies", token) == "Ärger\n" * 1000
    assert not request_of_alice.session.keys()


def test_text_of_somebody_else_or_for_something_else(request_of, request_of_alice):
    token = keep(request_of_alice, "studies", "text")

    assert kept(request_of(make_user("bob")), "studies", token) is None
    assert kept(request_of_alice, "findings", token) is None


@pytest.mark.parametrize("token", ["", "a" * 32, "../../etc/passwd", "A" * 32, "a" * 33])
def test_token_of_nothing(token, request_of_alice):
    assert kept(request_of_alice, "studies", token) is None


def test_text_that_was_dropped(request_of, request_of_alice):
    token = keep(request_of_alice, "studies", "text")
    drop(request_of(make_user("bob")), "studies", token)
    assert Session.objects.count() == 1

    drop(request_of_alice, "studies", token)

    assert kept(request_of_alice, "studies", token) is None
    assert not Session.objects.exists()
