"""The pages of the studies of the shipped catalogue."""

import pytest

from evidence.models import Study
from tests.loaded_catalogue import loaded_catalogue
from tests.pages import inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

catalogue = pytest.fixture(scope="module")(loaded_catalogue)


def test_study_page_of_every_study_with_a_finding_opens(catalogue, client):
    for study in Study.objects.public():
        response = client.get(study.get_absolute_url())
        assert response.status_code == 200, study.key


def test_study_page_shows_what_it_found_and_where_it_counts(catalogue, client):
    response = client.get("/studies/pmid:39814420/")

    text = text_of(page_of(response))
    assert "HR 0.97 (95 % CI 0.76 to 1.24), p 0.82" in text
    assert "Anti-Inflammation : not counted, counted inside a review" in text
    assert "Corrected after publication" in text
    assert not inline_parts(response)
    assert not repeated_ids(response)
