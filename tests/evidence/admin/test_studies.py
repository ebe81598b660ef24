"""A study is identified once, and says what it pools."""

import pytest

from evidence.models import EvidenceVersion, Profile
from tests.admin_pages import address
from tests.factories import make_finding, make_study, publish_all


def test_key_is_kept_for_ever(change, db):
    study = make_study()

    change(study, key="pmid:1", journal="PLoS ONE")

    study.refresh_from_db()
    assert (study.key, study.journal) == ("pmid:23691095", "PLoS ONE")


def test_study_added_to_what_a_review_pools(change, db, alice):
    trial = make_study("pmid:1", design="rct", year=2020)
    inside, review = make_finding(study=trial), make_finding().study
    publish_all()

    change(review, includes=[trial.pk])

    after = Profile.objects.newest().get()
    version = EvidenceVersion.objects.latest("number")
    assert inside.key in {entry["key"] for entry in after.not_counted}
    assert version.why.endswith("(2013) changed: pools")
    pooled = review.history.first().includes.all()
    assert [link.to_study for link in pooled] == [trial]
    assert review.history.first().history_user == alice


@pytest.mark.parametrize("values", [{"pmid": "1"}, {"doi": "10.1000/ABC"}, {"year": "20133"}])
def test_second_study_of_one_publication_is_refused(values, change, db):
    make_study("pmid:1", doi="10.1000/abc")
    study = make_study()

    response = change(study, **values)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert not EvidenceVersion.objects.exists()


def test_address_typed_without_its_scheme(change, db):
    study = make_study()

    change(study, url="example.org/paper")

    study.refresh_from_db()
    assert study.url == "https://example.org/paper"


def test_study_links_to_its_page_once_it_has_one(admin, db):
    public, unused = make_finding().study, make_study("pmid:1")

    pages = [admin.get(address(study, "change", study.pk)) for study in (public, unused)]

    assert [page.context["has_absolute_url"] for page in pages] == [True, False]
