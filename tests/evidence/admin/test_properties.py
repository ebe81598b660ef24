"""What is true of every page of the admin: it is there, it is guarded, it asks a fixed number."""

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.models import EvidenceVersion, Profile, Proposal, PublicationLock, SearchEntry
from tests.admin_pages import address
from tests.factories import make_user
from tests.one_of_each import FIRST_VERSION, MAKERS

MODELS = sorted(MAKERS, key=lambda model: model.__name__)
EDITABLE = [model for model in MODELS if model not in (EvidenceVersion, Profile, Proposal)]

# What nobody curates: the lock of publication, and the index that follows it.
KEPT_BY_ITSELF = (PublicationLock, SearchEntry)


def name_of(model):
    return model.__name__


def count_queries(admin, url):
    admin.get(url)  # fills Django's own caches
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = admin.get(url)
    assert response.status_code == 200
    return len(queries)


def test_every_model_of_the_evidence_is_registered():
    models = {
        model
        for model in apps.get_app_config("evidence").get_models()
        if model not in KEPT_BY_ITSELF and not model.__name__.startswith("Historical")
    }

    assert models == set(MAKERS)
    assert all(django_admin.site.is_registered(model) for model in models)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_list_asks_as_often_for_thirty_rows_as_for_three(model, admin, make):
    for i in range(3):
        make(model, i)
    for_three = count_queries(admin, address(model, "changelist"))

    for i in range(3, 30):
        make(model, i)
    for_thirty = count_queries(admin, address(model, "changelist"))

    assert for_thirty == for_three


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_list_can_be_searched(model, admin, make):
    row = make(model)

    response = admin.get(address(model, "changelist"), {"q": "1"})

    assert response.status_code == 200
    assert row in response.context["cl"].result_list or "1" not in str(row)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_form_of_a_row_opens(model, admin, make):
    row = make(model)

    response = admin.get(address(model, "change", row.pk))

    assert response.status_code == 200


@pytest.mark.parametrize("model", EDITABLE, ids=name_of)
def test_form_of_a_new_row_opens(model, admin):
    assert admin.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", EDITABLE, ids=name_of)
def test_form_saved_untouched_writes_nothing(model, admin, change, make):
    row = make(model)
    records = row.history.count()

    response = change(row)

    assert response.status_code == 302
    assert row.history.count() == records
    assert not EvidenceVersion.objects.filter(number__lt=FIRST_VERSION).exists()


@pytest.mark.parametrize("model", EDITABLE, ids=name_of)
def test_history_opens_and_cannot_be_written_back(model, admin, make):
    row = make(model)
    past = row.history.first()
    url = address(model, "simple_history", row.pk, past.pk)

    listed, shown = admin.get(address(model, "history", row.pk)), admin.get(url)
    refused = admin.post(url, {})

    assert (listed.status_code, shown.status_code, refused.status_code) == (200, 200, 403)
    assert b'type="submit" value="Revert"' not in shown.content


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_stranger_is_sent_to_the_login(model, page, client, db):
    response = client.get(address(model, page))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_staff_without_permission_are_refused(model, page, client, db):
    client.force_login(make_user("bob"))

    assert client.get(address(model, page)).status_code == 403


def test_admin_keeps_the_policy_of_the_site(admin, client):
    site_wide = client.get("/").headers["Content-Security-Policy"]

    policy = admin.get("/admin/").headers["Content-Security-Policy"]

    assert policy == site_wide
    assert "unsafe" not in policy
