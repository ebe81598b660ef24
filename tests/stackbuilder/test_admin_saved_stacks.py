"""Staff can look at saved stacks and delete them; no secret is shown, nothing can be changed."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from stackbuilder.models import SavedStack
from tests.stack_factories import TOKEN, make_stack

pytestmark = pytest.mark.django_db
LIST = "/admin/stackbuilder/savedstack/"


def url_of(stack):
    return reverse("admin:stackbuilder_savedstack_change", args=[stack.pk])


@pytest.fixture
def stack():
    return make_stack()


def test_list_and_row_show_the_stack_and_no_secret(admin_client, stack):
    for url in (LIST, url_of(stack)):
        response = admin_client.get(url)

        assertContains(response, "valerian, melatonin")
        assertContains(response, f'href="/stacks/{TOKEN}/"')
        assertNotContains(response, stack.secret_hash)
        assertNotContains(response, "/stacks/edit/")


def test_stack_cannot_be_added_or_changed(admin_client, stack):
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(url_of(stack), {"region": "US"}).status_code == 403


def test_stack_can_be_deleted(admin_client, stack):
    url = reverse("admin:stackbuilder_savedstack_delete", args=[stack.pk])

    admin_client.post(url, {"post": "yes"})

    assert not SavedStack.objects.exists()
