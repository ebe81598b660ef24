import json

import pytest
from django.core.management import CommandError, call_command

from evidence.models import Study
from tests.evidence.imports.made_up_sources import NBIB, WORK
from tests.factories import make_finding, make_user, publish_all
from tests.study_services import study_services

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Return a function that runs the command against a local server and gives its output."""
    with study_services() as services:
        services.pubmed_records["999000001"] = NBIB
        services.crossref_works[WORK["DOI"]] = json.dumps({"message": WORK})

        def run(*arguments):
            address = services.address
            where = ("--pubmed-address", address, "--crossref-address", address)
            try:
                call_command("fetch_study", *arguments, *where)
            finally:
                run.services = services
            return capsys.readouterr().out

        run.services = services
        yield run


def test_fetched_study_is_shown_and_not_written(run):
    output = run("999000001")

    assert "New: Invented herb alpha for imaginary sleep" in output
    assert "rct, pmid:999000001" in output
    assert not Study.objects.exists()


def test_fetched_study_is_saved_by_whoever_is_named(run):
    alice = make_user("alice")

    output = run("999000001", "--save", "--by", "alice")

    assert "Added." in output
    assert Study.objects.get().history.get().history_user == alice


def test_design_that_the_source_does_not_say_is_given(run):
    make_user("alice")

    without = run(WORK["DOI"], "--save", "--by", "alice")
    given = run(WORK["DOI"], "--save", "--by", "alice", "--design", "rct")

    assert "Choose how the study was made" in without
    assert "Added." in given
    assert Study.objects.get().design == "rct"


def test_known_study_changes_only_what_is_taken_and_is_published(run):
    make_user("alice")
    study = make_finding().study
    publish_all()
    record = NBIB.replace("999000001", study.pmid)
    run.services.pubmed_records[study.pmid] = record

    output = run(study.pmid, "--save", "--by", "alice", "--take", "year", "--take", "doi")

    study.refresh_from_db()
    assert "year: here '2013', there '2021'" in output
    assert "Evidence version 2" in output
    assert (study.year, study.doi, study.journal) == (2021, "10.9999/invented.1", "PLoS One")


def test_study_that_cannot_be_had_does_not_stop_the_rest(run):
    make_user("alice")

    with pytest.raises(CommandError, match="999000009: PubMed has no record"):
        run("999000009", "999000001", "--save", "--by", "alice")

    assert Study.objects.count() == 1


@pytest.mark.parametrize("by", [(), ("--by", "nobody")])
def test_saving_needs_somebody(run, by):
    with pytest.raises(CommandError, match="--save needs --by"):
        run("999000001", "--save", *by)

    assert run.services.asked == []
