"""A compound's page in schema.org's terms, field by field."""

import pytest

from evidence.models import Alias, Protocol, RegulatoryStatus
from stackbuilder.machines.compound_data import DRUG, SUPPLEMENT, kind_of
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_study,
    publish_all,
)
from tests.heads import json_ld_of, node_of
from tests.schema_org import faults

URL = "/compounds/melatonin/"
ABSOLUTE = f"http://testserver{URL}"


@pytest.fixture
def melatonin(db):
    """Melatonin, a supplement in one country and a medicine in another."""
    compound = make_compound(
        mechanisms=["Shifts the body clock [pmid:1]", "Cleared by CYP1A."], compound_class="hormone"
    )
    Alias.objects.create(compound=compound, name="MLT")
    for region, status in (("US", "dietary-supplement"), ("UK", "prescription-only")):
        RegulatoryStatus.objects.create(
            compound=compound, region=region, status=status, source_quality="primary"
        )
    RegulatoryStatus.objects.create(compound=compound, region="sport", status="banned-in-sport")
    return compound


@pytest.fixture
def page(melatonin, client):
    """The page's own node, once all is published."""

    def page():
        publish_all()
        response = client.get(URL)
        assert faults(json_ld_of(response)) == []
        return node_of(response, "MedicalWebPage")

    return page


@pytest.mark.parametrize(
    "compound_class, statuses, kind",
    [
        ("hormone", ["dietary-supplement", "prescription-only"], SUPPLEMENT),
        ("botanical", ["dietary-supplement", "unapproved"], SUPPLEMENT),
        ("botanical", ["approved-drug"], DRUG),
        ("peptide", ["unapproved", "banned-in-sport"], DRUG),
        ("drug", ["dietary-supplement"], DRUG),
        ("peptide", [], DRUG),
        ("vitamin", [], SUPPLEMENT),
        ("vitamin", ["banned-in-sport"], SUPPLEMENT),
    ],
)
def test_kind_follows_the_law_and_then_the_class(compound_class, statuses, kind):
    assert kind_of(compound_class, statuses) == kind


def test_page_says_when_it_changed_and_names_its_compound(page):
    node = page()

    assert node["url"] == node["@id"] == ABSOLUTE
    assert node["dateModified"] >= node["datePublished"] == "2025-03-01"
    assert node["breadcrumb"] == {"@id": f"{ABSOLUTE}#breadcrumb"}
    compound = node["mainEntity"]
    assert compound["@type"] == "DietarySupplement"
    assert (compound["name"], compound["alternateName"]) == ("Melatonin", ["MLT"])
    assert compound["description"] == "Melatonin, taken by mouth in the evening."
    assert compound["url"] == ABSOLUTE
    assert compound["mechanismOfAction"] == "Shifts the body clock. Cleared by CYP1A."


def test_page_claims_no_review_and_no_rating(page):
    make_finding()

    node = page()

    assert "lastReviewed" not in node and "reviewedBy" not in node
    assert "ating" not in str(node)


def test_legal_status_is_told_by_place_and_sport_has_none(page):
    us, uk, sport = page()["mainEntity"]["legalStatus"]

    assert us == {
        "@type": "DrugLegalStatus",
        "name": "dietary supplement",
        "applicableLocation": {"@type": "AdministrativeArea", "name": "United States"},
    }
    assert uk["name"] == "prescription only"
    assert "applicableLocation" not in sport
    assert sport["description"] == "Not yet traced to a primary source."


@pytest.mark.parametrize(
    "compound_class, prop, kind",
    [
        ("hormone", "recommendedIntake", "RecommendedDoseSchedule"),
        ("drug", "doseSchedule", "ReportedDoseSchedule"),
    ],
)
def test_dose_is_told_as_a_study_used_it(page, melatonin, compound_class, prop, kind):
    melatonin.compound_class = compound_class
    melatonin.save()
    values = {"compound": melatonin, "route": "oral", "unit": "mg", "frequency": "nightly"}
    Protocol.objects.create(dose="3 mg", low=3, high=3, population="adults", **values)
    Protocol.objects.create(dose="1-5 mg", low=1, high=5, duration="4 weeks", **values)

    single, span = page()["mainEntity"][prop]

    assert single == {
        "@type": kind,
        "description": "As used in a study, not advice: 3 mg, by mouth, nightly.",
        "doseValue": 3.0,
        "doseUnit": "mg",
        "frequency": "nightly",
        "targetPopulation": "adults",
    }
    assert "doseValue" not in span
    assert span["description"].endswith("1-5 mg, by mouth, nightly, 4 weeks.")


def test_warnings_are_the_cautions_and_the_major_interactions(page, melatonin):
    make_caution(melatonin, source_quality="primary")
    make_caution(melatonin, other_condition="a cold", level="caution", reason="A guess.")
    make_interaction(melatonin, severity="major", with_text="warfarin", source_quality="primary")
    make_interaction(melatonin, severity="minor", with_text="tea")

    compound = page()["mainEntity"]

    assert compound["warning"] == compound["safetyConsideration"]
    assert compound["warning"] == [
        "Avoid: Epilepsy. May raise the risk of seizures.",
        "Caution: a cold. A guess. Not yet traced to a primary source.",
        "Major interaction with warfarin. May raise the risk of bleeding.",
    ]


def test_compound_without_cautions_claims_nothing_of_safety(page):
    compound = page()["mainEntity"]

    assert not {"warning", "safetyConsideration", "recommendedIntake"} & compound.keys()


def test_citations_lead_here_and_to_the_publication_but_not_to_a_retracted_one(page):
    make_finding()
    retracted = make_study("pmid:2", status="retracted", title="Taken back")
    make_finding(study=retracted)
    make_finding(study=make_study("untraced:x", title="Ours", is_title_confirmed=False, year=None))

    citations = page()["citation"]

    assert citations == [
        {
            "@type": "MedicalScholarlyArticle",
            "name": "Meta-analysis: melatonin for the treatment of primary sleep disorders",
            "url": "http://testserver/studies/pmid:23691095/",
            "sameAs": ["https://pubmed.ncbi.nlm.nih.gov/23691095/"],
            "datePublished": "2013",
        },
        {
            "@type": "MedicalScholarlyArticle",
            "description": "Ours",
            "url": "http://testserver/studies/untraced:x/",
        },
    ]
