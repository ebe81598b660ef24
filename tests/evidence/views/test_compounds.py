"""The page of a compound."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertTemplateUsed

from evidence.models import Alias, Finding, Protocol, RegulatoryStatus, SideEffect, Study
from evidence.publication import publish_findings, system_user, withdraw_compounds
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_condition,
    make_finding,
    make_goal,
    make_interaction,
    make_outcome,
    make_study,
    publish_all,
)
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    number,
    page_of,
    policy_of,
    repeated_ids,
    text_of,
)

pytestmark = pytest.mark.django_db

URL = "/compounds/melatonin/"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov"


@pytest.fixture
def show(client):
    """Return a function that publishes what was made and returns the page of melatonin."""

    def show():
        make_compound()
        publish_all()
        return page_of(client.get(URL))

    return show


def section(tree, name):
    return element(tree, "section", id=name)


def test_compound_page_is_public_once_the_compound_is(client):
    compound = make_compound(published=False)
    make_finding(compound=compound)
    publish_all()

    assert client.get(URL).status_code == 404


def test_compound_page_goes_with_the_compound(client, show):
    show()

    withdraw_compounds([make_compound()], by=system_user(), why="A test")

    assert client.get(URL).status_code == 410


def test_compound_page_without_any_row_says_so_everywhere(show):
    tree = show()

    assert "No study of a ranked goal is recorded here." in text_of(section(tree, "evidence"))
    assert "No dose is recorded here." in text_of(section(tree, "doses"))
    safety = text_of(section(tree, "safety"))
    for fact in ("caution", "interaction", "side effect"):
        assert f"No {fact} is recorded here. That does not mean there is none." in safety
    assert "No legal status is recorded here." in text_of(section(tree, "legal-status"))
    assert "none found" not in text_of(tree).lower()


def test_compound_page_shows_the_stored_profile(show):
    finding = make_finding()

    tree = show()

    profile = finding.compound.profiles.get()
    goal = section(tree, "goal-sleep")
    facts = [text_of(fact) for fact in elements(goal, "dd")]
    assert facts[:2] == [f"{profile.mean:.2f}", f"{profile.dependable:.2f}".replace("-", "−")]
    assert text_of(element(goal, class_="badge")) == f"{profile.letter} {profile.verdict}"
    assert "Melatonin may result in little or no effect on Sleep. Certainty: low." in text_of(goal)


def test_compound_page_shows_what_each_study_adds_and_the_sum(show):
    make_finding()
    trial = make_study("pmid:7", design="rct")
    make_finding(study=trial, estimate=-30, ci_low=-44, ci_high=-16, is_independent=True)

    table = element(show(), "table", class_="forest-table")

    *parts, total = [number(text_of(cell)) for cell in elements(table, "td", class_="num")]
    assert len(parts) == 2
    assert sum(parts) == pytest.approx(total, abs=0.0005 * 3)


def test_compound_page_shows_a_finding_as_its_study_printed_it(show):
    make_finding("melatonin-01", p=0.00002)

    row = element(show(), "tr", id="melatonin-01")

    assert "MD −7.06 min (95 % CI −9.75 to −4.37), p 0.00002" in text_of(row)
    assert "0.35 (0.22 to 0.49)" in text_of(row)


def test_compound_page_says_why_a_finding_is_not_counted(show):
    make_finding("melatonin-01", study=make_study("pmid:7", design="animal"), result="harm")
    make_finding("melatonin-02", set_aside="Printed twice.")

    tree = show()

    first = text_of(element(tree, "li", id="melatonin-01"))
    assert "MD −7.06 min" in first
    assert "not in people" in first
    assert "set aside: Printed twice." in text_of(element(tree, "li", id="melatonin-02"))
    assert "nothing can be counted" in text_of(section(tree, "evidence"))


@pytest.mark.parametrize(
    "values, links",
    [
        ({"pmid": "23691095"}, [f"{PUBMED}/23691095/"]),
        ({"doi": "10.1371/journal.pone.1"}, ["https://doi.org/10.1371/journal.pone.1"]),
        (
            {"pmid": "1", "doi": "10.1000/a"},
            [f"{PUBMED}/1/", "https://doi.org/10.1000/a"],
        ),
        ({"registry": "NCT02333071"}, ["https://clinicaltrials.gov/study/NCT02333071"]),
    ],
)
def test_traced_study_can_be_looked_up_wherever_it_is_named(show, values, links):
    study = make_study("untraced:melatonin-1", **values)
    make_finding("melatonin-01", study=study)
    make_finding("melatonin-02", study=study, set_aside="A test.")
    headache = make_outcome("headache", kind="safety", goal=None)
    make_finding("melatonin-03", study=study, outcome=headache)

    tree = show()

    places = [element(tree, id=f"melatonin-0{n}") for n in (1, 2, 3)]
    for place in [*places, section(tree, "references")]:
        assert hrefs(element(place, class_="links")) == links
        assert "not yet traced" not in text_of(place)


def test_untraced_study_says_so_wherever_it_is_named(show):
    study = make_study("untraced:melatonin-1", is_title_confirmed=False)
    make_finding("melatonin-01", study=study)
    make_finding("melatonin-02", study=study, set_aside="A test.")
    headache = make_outcome("headache", kind="safety", goal=None)
    make_finding("melatonin-03", study=study, outcome=headache)

    tree = show()

    places = [element(tree, id=f"melatonin-0{n}") for n in (1, 2, 3)]
    for place in [*places, section(tree, "references")]:
        assert text_of(element(place, class_="links")) == "not yet traced"
        assert "our description" in text_of(place)


@pytest.mark.parametrize(
    "source, text, links",
    [
        ({}, "not yet traced", []),
        ({"source_quality": "untraced", "source": "pmid:1"}, "PMID 1 not yet traced", ["1"]),
        ({"source_quality": "primary", "source": "pmid:1"}, "PMID 1", ["1"]),
        ({"source_quality": "primary", "source_title": "The label"}, "The label", []),
    ],
)
def test_every_sourced_fact_has_its_source_or_says_that_it_has_none(show, source, text, links):
    compound = make_compound()
    make_caution(compound, **source)
    make_interaction(compound, **source)
    SideEffect.objects.create(
        compound=compound, effect="drowsiness", frequency="common", severity="mild", **source
    )
    Protocol.objects.create(compound=compound, route="oral", dose="3 mg", **source)
    RegulatoryStatus.objects.create(
        compound=compound, region="US", status="dietary-supplement", **source
    )

    sources = elements(show(), class_="source")

    assert len(sources) == 5
    for one in sources:
        assert text_of(one) == text
        assert hrefs(one) == [f"{PUBMED}/{pmid}/" for pmid in links]


def test_mechanisms_have_their_source_or_say_that_they_have_none(show):
    make_compound(mechanisms=["Binds to MT1 [pmid:7].", "Shifts the clock."], slug="melatonin")

    doses = section(show(), "doses")

    assert f"{PUBMED}/7/" in hrefs(doses)
    assert "Shifts the clock. not yet traced" in text_of(doses)


def test_safety_outcomes_are_shown_apart_from_every_goal(show):
    make_finding()
    headache = make_outcome("headache", name="Headache", kind="safety")
    make_finding("melatonin-safe", outcome=headache, result="harm")

    tree = show()

    row = text_of(element(tree, "tr", id="melatonin-safe"))
    assert "Headache" in row
    assert "harm" in row
    assert "Headache" not in text_of(section(tree, "goal-sleep"))


def test_drafts_stay_out_of_the_page(client):
    draft = make_finding("melatonin-draft", published=False, study=make_study("pmid:7"))
    make_finding("melatonin-01")
    publish_all()
    before = client.get(URL).content.decode()

    publish_findings([draft], by=system_user(), why="A test")
    after = client.get(URL).content.decode()

    assert "melatonin-draft" not in before
    assert f"{PUBMED}/7/" not in before
    assert "melatonin-draft" in after


def test_references_come_newest_first_and_those_of_unknown_year_last(show):
    for key, year in (("pmid:1", None), ("pmid:2", 1999), ("pmid:3", 2021)):
        make_finding(study=make_study(key, year=year, title=f"Of {year}", design="rct"))

    references = elements(section(show(), "references"), "cite")

    assert [text_of(title) for title in references] == ["Of 2021", "Of 1999", "Of None"]


def test_interaction_leads_to_the_other_compound_only_if_that_is_public(show):
    public, secret = make_compound("zinc"), make_compound("secret", published=False)
    make_interaction(other_compound=public, with_text="zinc salts")
    make_interaction(other_compound=secret, with_text="another substance")

    safety = section(show(), "safety")

    others = [address for address in hrefs(safety) if address.startswith("/compounds/")]
    assert others == ["/compounds/zinc/"]
    assert "With another substance: moderate." in text_of(safety)


def test_retracted_and_corrected_studies_are_marked(show):
    make_finding(study=make_study("pmid:1", status="retracted"))
    make_finding(study=make_study("pmid:2", status="corrected", design="rct"))

    references = section(show(), "references")

    assert text_of(element(references, class_="tag--retracted")) == "retracted"
    assert text_of(element(references, class_="tag--corrected")) == "corrected"


def test_compound_page_survives_rows_that_are_deleted_meanwhile(client):
    make_finding("melatonin-01")
    make_finding("melatonin-02", study=make_study("pmid:7", design="animal"))
    publish_all()
    Finding.objects.all().delete()
    Study.objects.all().delete()

    response = client.get(URL)

    assert response.status_code == 200
    assert {"melatonin-01", "melatonin-02"} <= {
        dict(one.attributes).get("id") for one in elements(page_of(response))
    }


def fill(compound, count):
    """Give a compound `count` rows of everything its page prints, none standing on another's."""
    for n in range(count):
        own = f"{compound.slug}-{n}"
        pooled = make_study(f"untraced:{own}", design="rct")
        ranked = make_outcome(f"ranked-{own}", goal=make_goal(f"goal-{own}", position=n))
        apart = make_outcome(f"apart-{own}", kind="safety", goal=None)
        for outcome in (ranked, apart):
            for design in ("meta-analysis", "animal"):
                study = make_study(f"untraced:{outcome.slug}-{design}", design=design)
                study.includes.add(pooled)
                make_finding(compound=compound, outcome=outcome, study=study)
        make_caution(compound, condition=make_condition(f"condition-{own}"))
        make_interaction(compound, other_compound=make_compound(f"other-{own}"))
        make_interaction(compound)
        make_article(f"article-{own}", compound=compound, goal=ranked.goal)
        Alias.objects.create(compound=compound, name=f"alias {n}")
        values = {"frequency": "common", "severity": "mild"}
        SideEffect.objects.create(compound=compound, effect=f"effect {n}", **values)
        Protocol.objects.create(compound=compound, route="oral", dose=f"{n} mg")
        RegulatoryStatus.objects.create(compound=compound, region="US", status="unapproved")


def test_compound_page_costs_the_same_queries_however_much_was_found(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    fill(make_compound("few"), 2)
    fill(make_compound("many"), 12)
    publish_all()

    # Version, compound and aliases; profiles and their findings; those in no ranking, their MIDs
    # and what their studies pool; then one query for each other kind of row that is printed.
    with django_assert_max_num_queries(18) as few:
        client.get("/compounds/few/")
    with django_assert_num_queries(len(few)):
        client.get("/compounds/many/")


def test_compound_page_that_still_stands_is_not_sent_again(client, show):
    make_finding()
    show()
    etag = client.get(URL)["ETag"]

    again = client.get(URL, headers={"If-None-Match": etag})
    publish_all()
    later = client.get(URL, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "no-cache"
    assert later.status_code == 200
    assert later["ETag"] != etag


def test_compressed_compound_page_that_still_stands_is_not_sent_again(client, show):
    show()
    headers = {"Accept-Encoding": "gzip"}
    first = client.get(URL, headers=headers)

    again = client.get(URL, headers={**headers, "If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304


def test_compound_page_keeps_the_rules_of_a_page(client, show):
    fill(make_compound(), 2)
    show()

    response = client.get(URL)

    assertTemplateUsed(response, "evidence/compound_detail.html")
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)
    assert policy_of(response)["script-src"] == ["'self'"]
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_compound_page_is_only_read(client, show):
    show()

    assert client.post(URL).status_code == 405
    head = client.head(URL)
    assert (head.status_code, head.content) == (200, b"")


def test_compound_knows_the_address_of_its_page():
    compound = make_compound()

    assert compound.get_absolute_url() == reverse("evidence:compound_detail", args=["melatonin"])
    assert compound.get_absolute_url() == URL
