"""Pictures as they are sent: kept for an hour, known again while the evidence is the same."""

from io import BytesIO

import pytest
from PIL import Image

from stackbuilder.machines import pictures
from tests.factories import make_article, make_compound, make_finding, publish_all

pytestmark = pytest.mark.django_db

COMPOUND = "/share/compound/melatonin.png"
ARTICLE = "/share/article/melatonin-for-sleep.png"


@pytest.fixture(autouse=True)
def published():
    make_finding("melatonin-01")
    make_article()
    publish_all()


@pytest.mark.parametrize("path", [COMPOUND, ARTICLE])
def test_picture_is_sent_as_one_and_may_be_kept(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert not response.cookies


@pytest.mark.parametrize("path", [COMPOUND, ARTICLE])
def test_picture_is_sent_again_only_with_new_evidence(client, path, monkeypatch):
    known = {"If-None-Match": client.get(path)["ETag"]}
    monkeypatch.setattr("stackbuilder.views.share.png", pictures.png.__wrapped__)
    before = client.get(path, headers=known)
    publish_all()

    after = client.get(path, headers=known)

    assert (before.status_code, after.status_code) == (304, 200)
    assert before.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/share/compound/unheard-of.png",
        "/share/article/unheard-of.png",
        "/share/compound/secret.png",
        "/share/compound/melatonin",
        "/share/compound/..%2Fmelatonin.png",
        "/share/goal/sleep.png",
    ],
)
def test_picture_of_nothing_public_is_404(client, path):
    make_compound("secret", published=False)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [COMPOUND, ARTICLE])
def test_picture_is_only_read(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", [COMPOUND, ARTICLE])
def test_picture_takes_three_queries(client, path, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(path)
