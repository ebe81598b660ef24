"""What each role may do to each kind of row: asked of the admin, held against a table by hand."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from stackbuilder.accounts.roles import ADMINISTRATOR, CURATOR, REVIEWER, ROLES, VENDOR_MANAGER
from tests.factories import make_user
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

# Letters: add, change, delete, view, publish; a dot is nothing. A curator's d is one to drafts.
TABLE = """
                               Curator  Reviewer  Vendors  Administrator
auth.group                     .        .         .        acdv
auth.user                      .        .         .        acv
evidence.alias                 acdv     v         .        acdv
evidence.article               acdv     vp        .        acdvp
evidence.caution               acdv     v         .        acdv
evidence.compound              acdv     vp        v        acdvp
evidence.condition             acv      v         .        acdv
evidence.evidenceversion       v        v         .        v
evidence.finding               acdv     vp        .        acdvp
evidence.goal                  acv      v         .        acdv
evidence.interaction           acdv     v         .        acdv
evidence.medicineclass         acv      v         .        acdv
evidence.outcome               acv      v         .        acdv
evidence.outcomemid            acv      v         .        acdv
evidence.profile               v        v         .        v
evidence.proposal              v        vp        .        vp
evidence.protocol              acdv     v         .        acdv
evidence.regulatorystatus      acdv     v         .        acdv
evidence.sideeffect            acdv     v         .        acdv
evidence.study                 acdv     v         .        acdv
evidence.unitsynonym           acdv     v         .        acdv
stackbuilder.auditentry        .        .         .        v
stackbuilder.clickcount        .        .         v        v
stackbuilder.errorreport       cv       v         cv       cdv
stackbuilder.listing           .        .         acdv     acdv
stackbuilder.savedstack        .        .         .        dv
stackbuilder.vendor            .        .         acdv     acdv
"""
ROWS = [line.split() for line in TABLE.splitlines()[2:]]
ACTS = {"a": "add", "c": "change", "d": "delete", "v": "view"}
COLUMNS = {CURATOR: 1, REVIEWER: 2, VENDOR_MANAGER: 3, ADMINISTRATOR: 4}


def rights_in_table(role):
    """Return {model: letters} of one column."""
    return {row[0]: row[COLUMNS[role]].strip(".") for row in ROWS}


def rights_in_admin(user):
    """Return {model: letters} as the admin answers for this user."""
    request = RequestFactory().get("/admin/")
    request.user = user
    found = {}
    for model, model_admin in admin.site._registry.items():
        letters = [
            letter
            for letter, act in ACTS.items()
            if getattr(model_admin, f"has_{act}_permission")(request)
        ]
        if is_published(model_admin) and model_admin.has_publish_permission(request):
            letters.append("p")
        found[model._meta.label_lower] = "".join(letters)
    return found


def is_published(model_admin):
    """Say whether rows of this kind are published: an act in their list asks for that right."""
    acts = [getattr(model_admin, name) for name in model_admin.actions]
    return any("publish" in getattr(act, "allowed_permissions", ()) for act in acts)


def test_table_has_every_registered_model_once():
    registered = sorted(model._meta.label_lower for model in admin.site._registry)

    assert [row[0] for row in ROWS] == registered


@pytest.mark.parametrize("role", ROLES)
def test_role_has_the_rights_of_the_table_and_no_others(role):
    user = make_staff("alice", role)

    assert rights_in_admin(user) == rights_in_table(role)


def test_administrator_has_every_right_of_the_other_roles():
    everything = rights_in_table(ADMINISTRATOR)

    for role in ROLES:
        for model, letters in rights_in_table(role).items():
            assert set(letters) <= set(everything[model])


@pytest.mark.parametrize("kind", ["nobody", "account", "staff", "inactive"])
def test_whoever_has_no_role_may_do_nothing(kind):
    user = {
        "nobody": AnonymousUser,
        "account": lambda: make_user("plain", is_staff=False),
        "staff": lambda: make_user("new"),
        "inactive": lambda: make_staff("gone", *ROLES, is_active=False),
    }[kind]()

    assert set(rights_in_admin(user).values()) == {""}


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_to_a_role_as_the_table_says(client, role):
    client.force_login(make_staff("alice", role))

    for model, letters in rights_in_table(role).items():
        page = f"admin:{model.replace('.', '_')}"
        listed = client.get(reverse(f"{page}_changelist")).status_code
        added = client.get(reverse(f"{page}_add")).status_code
        assert (listed, added) == (200 if letters else 403, 200 if "a" in letters else 403), model


def test_pages_lead_anonymous_and_plain_users_to_the_log_in(client):
    plain = make_user("plain", is_staff=False)

    for who in (None, plain):
        if who:
            client.force_login(who)
        for row in ROWS:
            page = f"admin:{row[0].replace('.', '_')}"
            for kind in ("changelist", "add"):
                answer = client.get(reverse(f"{page}_{kind}"))
                assert answer.status_code == 302
                assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize("role, offered", [(CURATOR, False), (REVIEWER, True)])
def test_lists_offer_publication_to_whoever_may_publish(client, role, offered):
    client.force_login(make_staff("alice", role))

    for name in ("finding", "article", "compound"):
        request = client.get(reverse(f"admin:evidence_{name}_changelist")).wsgi_request
        acts = admin.site.get_model_admin(model_of(name)).get_actions(request)
        assert ("publish" in acts, "withdraw" in acts) == (offered, offered)


def model_of(name):
    """Return a model of the evidence."""
    return next(model for model in admin.site._registry if model._meta.model_name == name)
