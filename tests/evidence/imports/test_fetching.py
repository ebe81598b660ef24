import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from evidence.imports.fetching import (
    ATTEMPTS,
    LONGEST_WAIT_SECONDS,
    MOST_BYTES,
    USER_AGENT,
    Addresses,
    FetchError,
    fetch_study,
)
from tests.evidence.imports.made_up_sources import NBIB, WORK
from tests.study_services import study_services

DOI = "10.9999/invented.5"


@pytest.fixture
def services():
    with study_services() as services:
        services.pubmed_records["999000001"] = NBIB
        services.crossref_works[DOI] = json.dumps({"status": "ok", "message": WORK})
        yield services


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetch(services, waits):
    """Return a function that fetches from the local server and only notes its waits."""

    def fetch(identifier, **options):
        addresses = Addresses(pubmed=services.address, crossref=services.address)
        return fetch_study(identifier, addresses=addresses, sleep=waits.append, **options)

    return fetch


@pytest.mark.parametrize(
    "identifier", ["999000001", "PMID: 999000001", "https://pubmed.ncbi.nlm.nih.gov/999000001/"]
)
def test_pmid_is_fetched_from_pubmed(fetch, services, identifier):
    read = fetch(identifier)

    (row,) = read.rows
    assert (row.candidate.key, row.candidate.design) == ("pmid:999000001", "rct")
    assert read.name == "PubMed 999000001"
    ((path, headers),) = services.asked
    assert path == (
        "/efetch.fcgi?db=pubmed&id=999000001&rettype=medline&retmode=text&tool=Stackbuilder"
    )
    assert headers["User-Agent"] == USER_AGENT


@pytest.mark.parametrize("identifier", [DOI, f"https://doi.org/{DOI.upper()}", f"doi:{DOI}"])
def test_doi_is_fetched_from_crossref(fetch, services, identifier):
    services.crossref_works[DOI.upper()] = services.crossref_works[DOI]

    (row,) = fetch(identifier).rows

    assert (row.candidate.key, row.candidate.year) == (f"doi:{DOI}", 2022)
    assert row.candidate.registry == "NCT99000005"
    assert services.asked[0][0].lower() == "/works/10.9999%2finvented.5"


@pytest.mark.parametrize("identifier", ["", "melatonin", "10.1", "1234567890", "../etc"])
def test_what_is_no_identifier_is_not_asked_for(fetch, services, identifier):
    with pytest.raises(FetchError, match="neither a PMID"):
        fetch(identifier)

    assert services.asked == []


@pytest.mark.parametrize(
    "identifier, message",
    [("999000002", "PubMed has no record"), ("10.9999/x", "Crossref has no record")],
)
def test_unknown_study_is_said_to_be_unknown(fetch, identifier, message):
    with pytest.raises(FetchError, match=message):
        fetch(identifier)


@pytest.mark.parametrize("trouble", [429, 500, 502, 503, 504])
def test_busy_service_is_asked_again_after_growing_waits(fetch, services, waits, trouble):
    services.troubles = [trouble, trouble]

    read = fetch("999000001")

    assert len(read.rows) == 1
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    "asked, waited",
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "86400"}, LONGEST_WAIT_SECONDS),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": "0"}, 1.0),
    ],
)
def test_wait_that_the_service_asks_for_is_kept_within_reason(
    fetch, services, waits, asked, waited
):
    services.troubles = [(429, asked)]

    fetch("999000001")

    assert waits == [waited]


def test_wait_until_a_moment_is_kept(fetch, services, waits):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    services.troubles = [(429, {"Retry-After": until})]

    fetch("999000001")

    assert 5 < waits[0] <= 9


def test_service_that_stays_busy_is_given_up(fetch, services, waits):
    services.troubles = [503] * ATTEMPTS

    with pytest.raises(FetchError, match=r"busy or out of order \(status 503\).*Asked 3 times"):
        fetch("999000001")

    assert len(services.asked) == ATTEMPTS


def test_service_that_is_slow_is_asked_again_and_given_up(fetch, services):
    services.troubles = ["slow"] * ATTEMPTS

    with pytest.raises(FetchError, match="did not answer in time"):
        fetch("999000001", timeout_seconds=0.05)


def test_request_that_is_refused_is_not_repeated(fetch, services, waits):
    services.troubles = [403]

    with pytest.raises(FetchError, match="status 403"):
        fetch("999000001")

    assert waits == []


def test_no_network_is_said_in_plain_words(waits):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    addresses = Addresses(pubmed=f"http://127.0.0.1:{port}")

    with pytest.raises(FetchError, match="there is no network from here, or the service is down"):
        fetch_study("999000001", addresses=addresses, sleep=waits.append)

    assert waits == [1.0, 2.0]


def test_answer_about_another_study_is_refused(fetch, services):
    services.pubmed_records["999000002"] = NBIB
    services.crossref_works["10.9999/other"] = services.crossref_works[DOI]

    with pytest.raises(FetchError, match="another study"):
        fetch("999000002")
    with pytest.raises(FetchError, match="another study"):
        fetch("10.9999/other")


def test_page_that_asks_for_a_login_is_no_record(fetch, services):
    services.pubmed_records["999000002"] = "<html>Please log in</html>"
    services.crossref_works["10.9999/other"] = "<html>Please log in</html>"

    with pytest.raises(FetchError, match="PubMed has no record"):
        fetch("999000002")
    with pytest.raises(FetchError, match="something else than a record"):
        fetch("10.9999/other")


def test_answer_without_end_is_cut(fetch, services):
    services.pubmed_records["999000002"] = "x" * (MOST_BYTES + 1)

    with pytest.raises(FetchError, match="far more than one record"):
        fetch("999000002")


def test_record_of_a_notice_comes_back_refused_with_its_reason(fetch, services):
    notice = NBIB.replace("PT  - Journal Article", "PT  - Retraction of Publication")
    services.pubmed_records["999000001"] = notice

    (row,) = fetch("999000001").rows

    assert row.candidate is None
    assert "notice" in row.problems[0].message
