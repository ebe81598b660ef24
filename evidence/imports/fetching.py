"""One study over the network: by PMID from PubMed, by DOI from Crossref.

What comes back is read like a file, so that it is previewed and chosen like one. A server that is
busy or slow is asked again, each time after a longer wait; then the reason is said in plain words.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit

import httpx

from evidence.imports.identifiers import folded_doi, plain_doi, plain_pmid
from evidence.imports.reading import read_crossref, read_pubmed
from evidence.imports.rows import FileRead

# Both services ask that a program says what it is.
USER_AGENT = "Stackbuilder/1 (looks up studies for curators of evidence)"
TOOL = "Stackbuilder"
TIMEOUT_SECONDS = 10.0
ATTEMPTS = 3
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 20.0
MOST_BYTES = 2_000_000
_BUSY = frozenset({429, 500, 502, 503, 504})
_PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)


class FetchError(Exception):
    """A study could not be had; the message says why and what to do."""


@dataclass(frozen=True)
class Addresses:
    """Where the two services are; a mirror or a test has its own. No slash at the end."""

    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    crossref: str = "https://api.crossref.org"


PUBLIC = Addresses()


def fetch_study(
    identifier: str,
    *,
    addresses: Addresses = PUBLIC,
    timeout_seconds: float = TIMEOUT_SECONDS,
    sleep: Callable[[float], object] = time.sleep,
) -> FileRead:
    """Return the one row that PubMed (of a PMID) or Crossref (of a DOI) has; else FetchError."""
    number, doi = plain_pmid(identifier), plain_doi(identifier)
    with httpx.Client(
        headers={"User-Agent": USER_AGENT}, timeout=timeout_seconds, follow_redirects=True
    ) as client:
        ask = _Asker(client, sleep)
        if _PMID.fullmatch(number):
            return _from_pubmed(ask, addresses.pubmed, number)
        if _DOI.fullmatch(doi):
            return _from_crossref(ask, addresses.crossref, doi)
    raise FetchError(f"{identifier!r} is neither a PMID such as 23691095 nor a DOI such as 10.1/x.")


def _from_pubmed(ask: "_Asker", address: str, number: str) -> FileRead:
    question = {"db": "pubmed", "id": number, "rettype": "medline", "retmode": "text"}
    answer = ask(f"{address}/efetch.fcgi", {**question, "tool": TOOL})
    read = read_pubmed(answer or "", f"PubMed {number}")
    given = [row.candidate.pmid for row in read.rows if row.candidate]
    if answer is None or (not given and f"PMID- {number}" not in answer):
        raise FetchError(f"PubMed has no record of the PMID {number}.")
    if given and given != [number]:
        raise FetchError(f"PubMed answered with another study than {number}.")
    return read


def _from_crossref(ask: "_Asker", address: str, doi: str) -> FileRead:
    answer = ask(f"{address}/works/{quote(doi, safe='')}", {})
    if answer is None:
        raise FetchError(f"Crossref has no record of the DOI {doi}; PubMed may, by its PMID.")
    read = read_crossref(answer, f"Crossref {doi}")
    if read.problems:
        raise FetchError(f"Crossref answered with something else than a record of {doi}.")
    given = [row.candidate.doi for row in read.rows if row.candidate and row.candidate.doi]
    if given and folded_doi(given[0]) != folded_doi(doi):
        raise FetchError(f"Crossref answered with another study than {doi}: {given[0]}.")
    return read


@dataclass(frozen=True)
class _Asker:
    """Asks a server for text, again after a wait where that may help."""

    client: httpx.Client
    sleep: Callable[[float], object]

    def __call__(self, address: str, question: Mapping[str, str]) -> str | None:
        """Return the text at an address, None if the server has nothing of that name."""
        host = urlsplit(address).netloc
        wait = FIRST_WAIT_SECONDS
        for attempt in range(1, ATTEMPTS + 1):
            try:
                status, text, asked_wait = self._once(address, question)
            except httpx.TimeoutException:
                why, asked_wait = f"{host} did not answer in time.", None
            except httpx.TransportError as error:
                why, asked_wait = _unreachable(host, error), None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise FetchError(f"{host} could not be asked: {error}") from error
            else:
                if status == 200:
                    return text
                if status in (400, 404):
                    return None
                why = f"{host} is busy or out of order (status {status}); try again later."
                if status not in _BUSY:
                    raise FetchError(f"{host} refused the request (status {status}).")
            if attempt < ATTEMPTS:
                self.sleep(min(max(wait, asked_wait or 0), LONGEST_WAIT_SECONDS))
                wait *= 2
        raise FetchError(f"{why} Asked {ATTEMPTS} times.")

    def _once(self, address: str, question: Mapping[str, str]) -> tuple[int, str, float | None]:
        """Return status, text and the wait that the server asks for, in seconds."""
        data = b""
        with self.client.stream("GET", address, params=dict(question)) as response:
            for part in response.iter_bytes():
                data += part
                if len(data) > MOST_BYTES:
                    raise FetchError(f"{response.url.host} sent far more than one record.")
        text = data.decode("utf-8", errors="replace")
        return response.status_code, text, _asked_wait(response)


def _unreachable(host: str, error: httpx.TransportError) -> str:
    return (
        f"{host} cannot be reached ({error or type(error).__name__}): there is no network from "
        "here, or the service is down. Import a file instead, or try again later."
    )


def _asked_wait(response: httpx.Response) -> float | None:
    """Return the seconds of a Retry-After; a date counts from that of the answer."""
    asked = response.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return float(asked[:6])
    try:
        until = parsedate_to_datetime(asked)
        return (until - parsedate_to_datetime(response.headers.get("Date", ""))).total_seconds()
    except (TypeError, ValueError):
        return None
