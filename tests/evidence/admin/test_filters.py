"""The filter that leads from the desk to a list."""

import pytest
from django.contrib.auth.models import Permission

from evidence.models import Finding
from tests.admin_pages import address
from tests.factories import make_finding, make_user

pytestmark = pytest.mark.django_db


def rows_of(response):
    return {row.key for row in response.context["cl"].queryset}


def test_list_keeps_the_rows_of_the_question(admin):
    make_finding("melatonin-01", next_review_on="2020-01-01")
    make_finding("melatonin-02", next_review_on="2999-01-01")

    response = admin.get(address(Finding, "changelist"), {"desk": "due"})

    assert rows_of(response) == {"melatonin-01"}


def test_question_unheard_of_keeps_every_row(admin):
    make_finding("melatonin-01")

    response = admin.get(address(Finding, "changelist"), {"desk": "levitation"})

    assert rows_of(response) == {"melatonin-01"}


def test_list_offers_no_question_that_is_none_of_the_users_business(client):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(reader)

    (filters,) = (
        spec
        for spec in client.get(address(Finding, "changelist")).context["cl"].filter_specs
        if spec.title == "on the desk"
    )

    codes = {code for code, _ in filters.lookup_choices}
    assert "due" in codes
    assert not codes & {"to-review", "my-drafts"}
