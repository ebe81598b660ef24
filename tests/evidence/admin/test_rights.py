"""What the public reads is deleted only by those who may publish; drafts by whoever may delete."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission

from evidence.models import Caution, Finding
from tests.admin_pages import address, posted
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db
OWN = ("finding", "compound", "caution", "alias", "study")
ACTS = ("add", "change", "delete", "view")


@pytest.fixture
def writer(client):
    """A browser of somebody who may write all this and publish nothing."""
    user = make_user("writer")
    names = [f"{act}_{name}" for act in ACTS for name in OWN]
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="evidence", codename__in=names)
    )
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def caution():
    """A caution on a published compound."""
    return make_caution(make_compound())


def let_publish(browser, name):
    """Give the right to publish one kind of row."""
    browser.user.user_permissions.add(Permission.objects.get(codename=f"publish_{name}"))


def delete(browser, row):
    """Send the page that deletes a row."""
    return browser.post(address(row, "delete", row.pk), {"post": "yes"})


def delete_in_list(browser, row):
    """Run the list's own act of deletion."""
    chosen = {"action": "delete_selected", "post": "yes", ACTION_CHECKBOX_NAME: [row.pk]}
    return browser.post(address(row, "changelist"), chosen)


@pytest.mark.parametrize("way", [delete, delete_in_list])
def test_draft_is_deleted_by_whoever_may_delete(writer, way):
    finding = make_finding(published=False)

    way(writer, finding)

    assert not Finding.objects.exists()


@pytest.mark.parametrize("way", [delete, delete_in_list])
def test_published_row_stays_without_the_right_to_publish(writer, way):
    finding = make_finding()

    assert way(writer, finding).status_code in (200, 403)

    assert Finding.objects.exists()


def test_published_row_goes_with_the_right_to_publish_it(writer):
    finding = make_finding()
    let_publish(writer, "article")
    assert delete(writer, finding).status_code == 403

    let_publish(writer, "finding")

    assert delete(writer, finding).status_code == 302
    assert not Finding.objects.exists()


def test_caution_of_a_public_compound_stays_without_the_right_to_publish_compounds(writer, caution):
    assert delete(writer, caution).status_code == 403
    assert Caution.objects.exists()

    let_publish(writer, "compound")

    assert delete(writer, caution).status_code == 302
    assert not Caution.objects.exists()


@pytest.mark.parametrize("may_publish", [False, True])
def test_caution_beside_its_public_compound_is_guarded_too(writer, caution, may_publish):
    if may_publish:
        let_publish(writer, "compound")
    url = address(caution.compound, "change", caution.compound.pk)
    data = posted(writer.get(url))
    prefix = next(name.removesuffix("-id") for name in data if name.endswith("cautions-0-id"))

    writer.post(url, {**data, f"{prefix}-DELETE": "on"})

    assert Caution.objects.exists() is not may_publish


def test_caution_of_a_draft_is_deleted_by_whoever_may_delete(writer):
    caution = make_caution(make_compound("draft", published=False))

    assert delete(writer, caution).status_code == 302


def test_study_that_nothing_rests_on_is_deleted_by_whoever_may_delete(writer):
    assert delete(writer, make_study()).status_code == 302


def test_list_offers_publication_to_whoever_may_publish_that_kind(writer):
    finding = make_finding(published=False)
    send = {"action": "publish", ACTION_CHECKBOX_NAME: [finding.pk]}
    writer.post(address(finding, "changelist"), send)
    finding.refresh_from_db()
    assert finding.published_at is None

    let_publish(writer, "compound")
    writer.post(address(finding, "changelist"), send)

    finding.refresh_from_db()
    assert finding.published_at is None
