"""Rights by migration: made where Django has not made them yet, and the same the second time."""

from importlib import import_module

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stackbuilder.accounts.grants import grant

pytestmark = pytest.mark.django_db
roles = import_module("stackbuilder.migrations.0005_roles")


def state_of_migration():
    """Return the apps as the migration of the roles sees them."""
    executor = MigrationExecutor(connection)
    plan = [("stackbuilder", "0005_roles")]
    return executor.loader.project_state(plan).apps


def stored_rights():
    """Return {role: its permissions}."""
    return {
        role.name: sorted(role.permissions.values_list("content_type__app_label", "codename"))
        for role in Group.objects.all()
    }


def test_migration_run_again_changes_nothing():
    before = stored_rights()

    count = Permission.objects.count()

    roles.give_roles(state_of_migration(), Editor())

    assert set(before) == {"Curator", "Reviewer", "Vendor manager", "Administrator"}
    assert (stored_rights(), Permission.objects.count()) == (before, count)


def test_migration_makes_permissions_that_are_not_there_yet():
    before = stored_rights()
    Group.objects.all().delete()
    Permission.objects.all().delete()
    ContentType.objects.filter(app_label__in=("evidence", "stackbuilder", "auth")).delete()
    ContentType.objects.clear_cache()

    roles.give_roles(state_of_migration(), Editor())

    assert stored_rights() == before


def test_migration_takes_no_right_that_an_administrator_gave():
    permission = Permission.objects.get(codename="add_vendor")
    Group.objects.get(name="Curator").permissions.add(permission)

    roles.give_roles(state_of_migration(), Editor())

    assert permission in Group.objects.get(name="Curator").permissions.all()


def test_grant_refuses_a_right_that_no_model_has():
    with pytest.raises(ObjectDoesNotExist):
        grant(state_of_migration(), Editor(), {"Curator": {"evidence.goal": ("publish",)}})


class Editor:
    """Stands for the schema editor, of which only the connection is asked."""

    connection = connection
