"""What publication stored can be read in the admin, and by nobody changed."""

import pytest

from evidence.models import EvidenceVersion, Profile
from tests.admin_pages import address
from tests.factories import make_finding, publish_all


@pytest.fixture
def profiles(db):
    """Two profiles of melatonin for sleep; the second replaced the first."""
    finding = make_finding()
    publish_all(why="First")
    finding.study.status = "retracted"
    finding.study.save()
    publish_all(why="Retraction noticed")
    return list(Profile.objects.order_by("version__number"))


@pytest.mark.parametrize("model", [EvidenceVersion, Profile])
def test_stored_row_can_be_read_only(model, profiles, admin):
    row = model.objects.first()
    change, delete = address(row, "change", row.pk), address(row, "delete", row.pk)

    shown = admin.get(change)
    refused = [admin.post(change, {}), admin.post(delete, {"post": "yes"})]
    refused.append(admin.get(address(model, "add")))

    assert shown.status_code == 200
    assert shown.context["adminform"].form.fields == {}
    assert {response.status_code for response in refused} == {403}
    assert model.objects.count() == 2


def test_stored_rows_cannot_be_deleted_from_their_list(profiles, admin):
    response = admin.get(address(Profile, "changelist"))

    assert response.context["action_form"] is None


def test_versions_say_how_many_profiles_they_made(profiles, admin):
    publish_all(why="Nothing new")

    rows = admin.get(address(EvidenceVersion, "changelist")).context["cl"].result_list

    assert [(row.why, row.count_of_profiles) for row in rows] == [
        ("Nothing new", 0),
        ("Retraction noticed", 1),
        ("First", 1),
    ]


@pytest.mark.parametrize("standing, expected", [("current", [1]), ("replaced", [0]), ("", [1, 0])])
def test_profiles_are_listed_by_their_standing(standing, expected, profiles, admin):
    url = address(Profile, "changelist")

    response = admin.get(url, {"standing": standing} if standing else {})

    assert list(response.context["cl"].result_list) == [profiles[i] for i in expected]
