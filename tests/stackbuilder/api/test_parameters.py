"""Bad input is a problem that names its field: never a 500, never another question's answer."""

import pytest

from stackbuilder.api.problems import MEDIA_TYPE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence")]

RANKING, COMPOUNDS, FINDINGS = "/api/v1/ranking/", "/api/v1/compounds/", "/api/v1/findings/"


@pytest.mark.parametrize(
    "url, status, field",
    [
        (RANKING, 422, "goal"),
        (f"{RANKING}?goal=", 422, "goal"),
        (f"{RANKING}?goal=Sleep", 422, "goal"),
        (f"{RANKING}?goal=sleep:4", 422, "goal"),
        (f"{RANKING}?goal=sleep:", 422, "goal"),
        (f"{RANKING}?goal=sleep&goal=sleep:2", 422, "goal"),
        (f"{RANKING}?goal=sleep&goal=sleep", 422, "goal"),
        (f"{RANKING}?goal=flying", 404, "goal"),
        (f"{RANKING}?goal=sleep&goal=flying:3", 404, "goal"),
        (f"{RANKING}?goal={'a' * 63}", 422, "goal"),
        (f"{RANKING}?goal=sleep&region=Atlantis", 422, "region"),
        (f"{RANKING}?goal=sleep&region=", 422, "region"),
        (f"{RANKING}?goal=sleep&region=US&region=UK", 422, "region"),
        (f"{RANKING}?goal=sleep&injections=yes", 422, "injections"),
        (f"{RANKING}?goal=sleep&tested=no", 422, "tested"),
        (f"{RANKING}?goal=sleep&certainty=very-low", 422, "certainty"),
        (f"{RANKING}?goal=sleep&evidence=0", 422, "evidence"),
        (f"{RANKING}?goal=sleep&evidence=2", 404, "evidence"),
        (f"{RANKING}?goal=sleep&evidence=99999999999999999999", 422, "evidence"),
        (f"{RANKING}?goal=sleep&page=0", 422, "page"),
        (f"{RANKING}?goal=sleep&page=-1", 422, "page"),
        (f"{RANKING}?goal=sleep&page=1.0", 422, "page"),
        (f"{RANKING}?goal=sleep&page=%201", 422, "page"),
        (f"{RANKING}?goal=sleep&page=%D9%A1", 422, "page"),
        (f"{RANKING}?goal=sleep&page=1_0", 422, "page"),
        (f"{RANKING}?goal=sleep&page=2", 404, "page"),
        (f"{RANKING}?goal=sleep&page=1&page=1", 422, "page"),
        (f"{RANKING}?goal=sleep&limit=201", 422, "limit"),
        (f"{RANKING}?goal=sleep&size=3", 422, "size"),
        (f"{RANKING}?goal=sleep&in=melatonin", 422, "in"),
        (f"{COMPOUNDS}?goal=flying", 404, "goal"),
        (f"{COMPOUNDS}?kind=potion", 422, "kind"),
        (f"{COMPOUNDS}?region=US", 404, "region"),
        (f"{COMPOUNDS}?region=Atlantis", 422, "region"),
        (f"{COMPOUNDS}?letter=E", 422, "letter"),
        (f"{COMPOUNDS}?sort=price", 422, "sort"),
        (f"{COMPOUNDS}?q=", 422, "q"),
        (f"{COMPOUNDS}?q={'a' * 101}", 422, "q"),
        (f"{COMPOUNDS}?q=%0a", 422, "q"),
        (f"{COMPOUNDS}unheard-of/", 404, "slug"),
        (f"{COMPOUNDS}Melatonin/", 422, "slug"),
        (f"{COMPOUNDS}a%0Ab/", 422, "slug"),
        (f"{COMPOUNDS}melatonin/?goal=sleep", 422, "goal"),
        (f"{FINDINGS}?compound=unheard-of", 404, "compound"),
        (f"{FINDINGS}?goal=flying", 404, "goal"),
        (f"{FINDINGS}?outcome=unheard-of", 404, "outcome"),
        (f"{FINDINGS}?study=pmid:1", 404, "study"),
        (f"{FINDINGS}?study=1", 422, "study"),
        (f"{FINDINGS}?result=cure", 422, "result"),
        (f"{FINDINGS}melatonin-99/", 404, "key"),
        (f"{FINDINGS}melatonin/", 422, "key"),
        ("/api/v1/studies/?compound=unheard-of", 404, "compound"),
        ("/api/v1/studies/?design=guess", 422, "design"),
        ("/api/v1/studies/pmid:1/", 404, "key"),
        ("/api/v1/studies/anything/", 422, "key"),
        ("/api/v1/profiles/?evidence=2", 404, "evidence"),
        ("/api/v1/profiles/?compound=zinc%00", 400, None),
        ("/api/v1/goals/?page=3&limit=2", 404, "page"),
        ("/api/v1/?page=1", 422, "page"),
    ],
)
def test_bad_input_is_a_problem_that_names_its_field(client, url, status, field):
    response = client.get(url)

    assert (response.status_code, response["Content-Type"]) == (status, MEDIA_TYPE)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in response
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"].startswith("/api/#")
    assert problem["title"]
    assert [one["name"] for one in problem["errors"][:1]] == ([field] if field else [])
    assert all(one["reason"].endswith(".") and one["in"] for one in problem["errors"])


@pytest.mark.parametrize(
    "name",
    ["condition", "conditions", "medicine_class", "medication", "pregnancy", "let-in", "about-you",
     "allergies", "health", "drug"],
)  # fmt: skip
@pytest.mark.parametrize("url", [f"{RANKING}?goal=sleep&", f"{COMPOUNDS}?", "/api/v1/?"])
def test_answers_about_health_are_refused_with_the_reason(client, url, name):
    response = client.get(f"{url}{name}=epilepsy")

    assert (response.status_code, response["Content-Type"]) == (422, MEDIA_TYPE)
    problem = response.json()
    assert problem["type"] == "/api/#health-answers"
    assert [one["name"] for one in problem["errors"]] == [name]
    assert "never taken here" in problem["detail"]
    assert "epilepsy" not in response.content.decode()


def test_value_that_is_sent_back_is_short_and_printable(client):
    response = client.get(f"{FINDINGS}?{'%E2%80%AE' * 50}x=1")

    name = response.json()["errors"][0]["name"]
    assert response.status_code == 422
    assert len(name) < 60
    assert name.isprintable()


@pytest.mark.parametrize("host", ["evil.example", "a b"])
def test_host_that_is_not_ours_is_refused_in_the_same_form(client, host):
    response = client.get("/api/v1/goals/", HTTP_HOST=host)

    assert (response.status_code, response["Content-Type"]) == (400, MEDIA_TYPE)
