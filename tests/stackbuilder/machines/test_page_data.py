"""Articles, goals, the dataset and the way to a page in schema.org's terms, field by field."""

from datetime import date

import pytest

from tests.factories import make_article, make_finding, make_goal, publish_all
from tests.heads import json_ld_of, node_of
from tests.schema_org import faults

pytestmark = pytest.mark.django_db

ARTICLE = "/articles/melatonin-for-sleep/"
HERE = "http://testserver"


def test_article_names_its_author_days_subject_and_studies(client):
    make_finding("melatonin-01")
    make_article()
    publish_all()

    response = client.get(ARTICLE)

    node = node_of(response, "MedicalScholarlyArticle")
    assert faults(json_ld_of(response)) == []
    assert node["headline"] == "Melatonin for sleep: what the research says"
    assert node["author"] == {"@type": "Organization", "name": "Stackbuilder editors"}
    assert (node["datePublished"], node["dateModified"]) == ("2025-03-01", "2025-03-01")
    compound, goal = node["about"]
    assert (compound["@type"], compound["name"]) == ("Substance", "Melatonin")
    assert compound["@id"] == f"{HERE}/compounds/melatonin/#compound"
    assert goal == {"@type": "Thing", "name": "Sleep"}
    assert [one["url"] for one in node["citation"]] == [f"{HERE}/studies/pmid:23691095/"]
    assert node["mainEntityOfPage"] == {"@id": HERE + ARTICLE}


def test_article_that_nobody_reviewed_claims_no_review(client):
    make_article()
    publish_all()

    page = node_of(client.get(ARTICLE), "MedicalWebPage")

    assert "lastReviewed" not in page and "reviewedBy" not in page


def test_reviewed_article_says_by_whom_and_when(client):
    make_article(author="Jo Doe", reviewer="Dr Ann Lee", reviewed_on=date(2025, 4, 2))
    publish_all()

    response = client.get(ARTICLE)

    page = node_of(response, "MedicalWebPage")
    assert faults(json_ld_of(response)) == []
    assert page["lastReviewed"] == "2025-04-02"
    assert page["reviewedBy"] == {"@type": "Person", "name": "Dr Ann Lee"}
    assert node_of(response, "MedicalScholarlyArticle")["author"]["@type"] == "Person"


def test_goal_is_a_medical_page_about_it(client):
    make_goal()
    publish_all()

    response = client.get("/goals/sleep/")

    page = node_of(response, "MedicalWebPage")
    assert faults(json_ld_of(response)) == []
    assert page["url"] == f"{HERE}/goals/sleep/"
    assert page["about"] == {"@type": "Thing", "name": "Sleep"}


def test_dataset_has_version_files_and_the_licence_that_was_chosen(client, settings):
    settings.SITE_DATA_LICENCE = "CC-BY-4.0"
    publish_all()

    response = client.get("/data/")

    data = node_of(response, "Dataset")
    assert faults(json_ld_of(response)) == []
    assert data["version"] == "1"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    files = [(one["encodingFormat"], one["contentUrl"]) for one in data["distribution"]]
    assert files == [
        ("application/json", f"{HERE}/data/json/"),
        ("application/zip", f"{HERE}/data/csv/"),
    ]
    for kind, address in files:
        answer = client.get(address.removeprefix(HERE))
        assert b"".join(answer.streaming_content)
        assert answer["Content-Type"].startswith(kind)


def test_dataset_states_no_licence_that_nobody_chose(client, settings):
    settings.SITE_DATA_LICENCE = None

    data = node_of(client.get("/data/"), "Dataset")

    assert not {"license", "version", "dateModified"} & data.keys()


@pytest.mark.parametrize("path", ["/", "/goals/", "/compounds/", "/method/", "/about/", "/search/"])
def test_every_other_page_is_a_page_with_its_way(client, path):
    publish_all()

    response = client.get(path)

    assert faults(json_ld_of(response)) == []
    assert node_of(response, "WebPage")["url"] == HERE + path
    steps = node_of(response, "BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["item"], steps[-1]["item"]) == (f"{HERE}/", HERE + path)
