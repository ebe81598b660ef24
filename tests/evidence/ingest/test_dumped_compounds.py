"""`compounds/<slug>.json` from the rows of one compound."""

import pytest

from evidence.ingest.dumped_compounds import Surroundings, compound_content
from evidence.ingest.rows import finding_values
from evidence.ingest.schema import FindingEntry
from tests import factories

pytestmark = pytest.mark.django_db

ALONE = Surroundings(unit_synonyms={}, compounds=frozenset({"melatonin"}))


def content_of(compound, around=ALONE):
    studies = {finding.study for finding in compound.findings.all()}
    return compound_content(compound, compound.findings.all(), studies, around)


def test_price_says_how_it_came_about_only_where_that_is_known():
    bare = content_of(factories.make_compound(cost_low="25.00", cost_high="99.50"))
    told = content_of(factories.make_compound("zinc", cost_year=2026))

    assert bare["cost_per_month"] == {
        "low": 25, "high": 99.5, "currency": "USD", "source": None
    }  # fmt: skip
    assert told["cost_per_month"] == {
        "low": None, "high": None, "currency": "USD", "source": None,
        "basis": None, "year": 2026, "confidence": None,
    }  # fmt: skip


@pytest.mark.parametrize("dumped, slug", [({"melatonin", "zinc"}, "zinc"), ({"melatonin"}, None)])
def test_interaction_names_the_other_compound_only_where_that_is_dumped_too(dumped, slug):
    factories.make_interaction(
        other_compound=factories.make_compound("zinc"), with_text="zinc", medicine_classes=[]
    )

    content = content_of(factories.make_compound(), Surroundings({}, dumped))

    assert content["interactions"][0]["compound"] == slug
    assert content["interactions"][0]["with_text"] == "zinc"


def test_caution_has_its_condition_by_code_or_in_words():
    factories.make_caution(position=1, sources_differ="Another says less")
    factories.make_caution(other_condition="night driving")

    words, code = content_of(factories.make_compound())["cautions"]

    assert (words["condition"], code["condition"]) == ("other:night driving", "epilepsy")
    assert "sources_differ" not in words
    assert code["sources_differ"] == "Another says less"


def test_studies_stand_by_key_with_an_address_only_where_there_is_one():
    factories.make_finding(study=factories.make_study("pmid:9", url="https://example.org/9"))
    factories.make_finding(study=factories.make_study("doi:10.1000/1", is_title_confirmed=False))

    doi, pmid = content_of(factories.make_compound())["studies"]

    assert (doi["key"], pmid["key"]) == ("doi:10.1000/1", "pmid:9")
    assert ("url" in doi, pmid["url"]) == (False, "https://example.org/9")
    assert (doi["title_confirmed"], pmid["title_confirmed"]) == (False, True)


def test_units_of_findings_and_doses_are_as_a_load_would_store_them():
    compound = factories.make_finding().compound
    compound.protocols.create(route="oral", dose="3 mg", low=3, high=3, unit="min")

    content = content_of(compound, Surroundings({"min": "minutes"}, frozenset()))

    assert content["findings"][0]["unit"] == content["protocols"][0]["unit"] == "minutes"


def test_reason_of_a_concern_comes_out_and_goes_in_again():
    finding = factories.make_finding(
        risk_of_bias="serious", risk_of_bias_reason="Nobody was blinded."
    )

    (told,) = content_of(finding.compound)["findings"]
    values = finding_values(FindingEntry.model_validate(told))

    assert told["concern_reasons"] == {"risk_of_bias": "Nobody was blinded."}
    assert values["risk_of_bias_reason"] == "Nobody was blinded."
    assert values["imprecision_reason"] == ""


def test_finding_without_reasons_is_dumped_as_the_starter_files_have_it():
    (told,) = content_of(factories.make_finding().compound)["findings"]

    assert "concern_reasons" not in told
