"""The page of a study."""

import pytest

from evidence.publication import system_user, withdraw_findings
from tests.factories import make_compound, make_finding, make_study, publish_all
from tests.pages import page_of, text_of

pytestmark = pytest.mark.django_db


def test_study_page_of_a_retracted_study_says_so(client):
    study = make_study(status="retracted")
    make_finding(study=study)
    publish_all()

    text = text_of(page_of(client.get(study.get_absolute_url())))

    assert "Nothing in this publication counts for any ranking." in text


def test_study_page_names_what_it_pools(client):
    trial = make_study("pmid:1", design="rct")
    review = make_study("pmid:2", pmid="2", title="A review of one trial")
    review.includes.add(trial)
    make_finding(study=review)
    make_finding(study=trial)
    publish_all()

    assert "It pools" in text_of(page_of(client.get(review.get_absolute_url())))
    assert "A review of one trial" in text_of(page_of(client.get(trial.get_absolute_url())))


@pytest.mark.parametrize("published", [{"published": False}, {"compound": "draft"}])
def test_study_page_without_a_public_finding_is_404(client, published):
    if published.pop("compound", None):
        published["compound"] = make_compound("secret", published=False)
    make_finding(**published)

    assert client.get(make_study().get_absolute_url()).status_code == 404


def test_study_page_of_an_unknown_key_is_404(client):
    assert client.get("/studies/doi:10.1000/nothing/here/").status_code == 404


@pytest.mark.parametrize("findings", [1, 9])
def test_study_page_takes_nine_queries_for_any_number(client, findings, django_assert_num_queries):
    for number in range(findings):
        make_finding(compound=make_compound(f"compound-{number}"))
    publish_all()

    with django_assert_num_queries(9):
        client.get(make_study().get_absolute_url())


def test_study_page_says_that_its_last_finding_was_taken_back(client):
    finding = make_finding()
    publish_all()
    withdraw_findings([finding], by=system_user(), why="Entered twice")

    response = client.get(make_study().get_absolute_url())

    assert response.status_code == 410
    assert "No finding of this study is published here any more" in response.content.decode()
