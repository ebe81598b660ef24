"""Lists and single things: the rows of open data, page by page, and never a draft."""

import pytest

from tests.factories import make_compound, make_finding, make_study, publish_all

pytestmark = pytest.mark.django_db

API = "/api/v1"


def get(client, path):
    response = client.get(f"{API}{path}")
    assert response.status_code == 200, response.content
    return response.json()


def keys(answer, name):
    return [item[name] for item in answer["items"]]


def test_empty_site_has_empty_lists(client):
    for path in ("goals", "compounds", "findings", "studies", "profiles"):
        answer = get(client, f"/{path}/")
        assert (answer["total"], answer["pages"], answer["items"]) == (0, 1, [])
        assert (answer["evidence_version"], answer["next"]) == (0, None)


def test_goals_come_with_outcomes_and_mids(client, evidence):
    answer = get(client, "/goals/")

    assert keys(answer, "goal") == ["sleep", "mood"]
    ((outcome,), none) = [item["outcomes"] for item in answer["items"]]
    assert none == []
    assert outcome["goal"] == "sleep"
    assert [mid["mid"] for mid in outcome["mids"]] == [-20.0]
    assert answer["items"][0]["page_url"] == "http://testserver/?goal=sleep"


def test_findings_keep_the_sign_of_their_source(client, evidence):
    answer = get(client, "/findings/?compound=melatonin&goal=sleep&result=benefit")

    (finding,) = answer["items"]
    assert (finding["finding"], finding["estimate"], finding["unit"]) == (
        "melatonin-01",
        -14,
        "min",
    )
    assert finding["page_url"] == "http://testserver/compounds/melatonin/#melatonin-01"
    one = get(client, "/findings/melatonin-01/")["item"]
    assert one.pop("certainty") in ("high", "moderate", "low", "very-low")
    assert one == finding


def test_study_has_slashes_in_its_key(client, evidence):
    answer = get(client, "/studies/doi:10.1000/a/b/")
    escaped = get(client, "/studies/doi:10.1000%2Fa%2Fb/")

    assert answer == escaped
    (found,) = answer["item"]["findings"]
    assert (found["finding"], found["why_not"]) == ("valerian-01", None)
    assert found["benefit"] == pytest.approx(7.06 / 20)


def test_study_says_why_a_finding_is_not_counted(client, evidence):
    (found,) = get(client, "/studies/pmid:7/")["item"]["findings"]

    assert found["benefit"] is None
    assert found["why_not"]


def test_studies_are_filtered(client, evidence):
    assert keys(get(client, "/studies/?design=animal"), "study") == ["pmid:7"]
    assert keys(get(client, "/studies/?compound=valerian"), "study") == ["doi:10.1000/a/b"]
    assert keys(get(client, "/studies/?status=retracted"), "study") == []


def test_drafts_are_nowhere(client, evidence):
    draft = make_compound("rapamycin", published=False)
    make_finding("rapamycin-01", compound=draft, study=make_study("pmid:5"))
    make_finding("melatonin-77", published=False, study=make_study("pmid:6"))

    for path in ("findings", "studies", "profiles", "compounds"):
        text = client.get(f"{API}/{path}/").content.decode()
        assert not any(word in text for word in ("rapamycin", "melatonin-77", "pmid:5", "pmid:6"))
    for path in ("compounds/rapamycin", "findings/rapamycin-01", "studies/pmid:5"):
        assert client.get(f"{API}/{path}/").status_code == 404


def test_profiles_are_current_unless_a_version_is_asked_for(client, evidence):
    make_finding(study=make_study("pmid:9"), estimate=-1, ci_low=-2, ci_high=0.5)
    publish_all()

    now = get(client, "/profiles/?compound=melatonin&goal=sleep")
    then = get(client, "/profiles/?compound=melatonin&goal=sleep&evidence=1")

    assert (now["evidence_version"], then["evidence_version"]) == (2, 1)
    (new,), (old,) = now["items"], then["items"]
    assert (new["evidence_version"], old["evidence_version"]) == (2, 1)
    assert new["mean"] < old["mean"]
    assert [one["finding"] for one in old["findings"]] == ["melatonin-01"]
    assert old["findings"][0]["study_adds"] == pytest.approx(old["mean"])


def test_pages_follow_each_other(client, evidence):
    url, seen = f"{API}/findings/?limit=2", []
    while url:
        answer = client.get(url).json()
        seen.append(keys(answer, "finding"))
        url = answer["next"]

    assert seen == [["melatonin-01", "valerian-01"], ["zinc-01"]]
    assert (answer["page"], answer["pages"], answer["total"]) == (2, 2, 3)
    assert client.get(answer["previous"]).json()["page"] == 1


@pytest.mark.parametrize(
    "path, most",
    [
        ("/goals/", 6),
        ("/findings/", 4),
        ("/findings/melatonin-01/", 6),
        ("/studies/", 5),
        ("/studies/pmid:23691095/", 12),
        ("/profiles/", 5),
        ("/compounds/", 9),
        ("/compounds/melatonin/", 16),
        ("/ranking/?goal=sleep&region=US&certainty=low", 14),
    ],
)
def test_more_rows_cost_no_more_queries(
    client, evidence, django_assert_max_num_queries, path, most
):
    for number in range(15):
        compound = make_compound(f"compound-{number}")
        make_finding(compound=compound, study=make_study(f"pmid:{number + 100}"))
        make_finding(study=make_study(f"pmid:{number + 200}"))
    publish_all()

    with django_assert_max_num_queries(most):
        get(client, path)
