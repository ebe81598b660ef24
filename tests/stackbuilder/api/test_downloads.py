"""The catalogue as one file: what it says of itself, and that it is whole."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from evidence.open_data.catalogue import TABLES
from stackbuilder.api.downloads import NO_LICENCE
from tests.factories import make_finding, make_study
from tests.vendor_factories import make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence")]

MOST_QUERIES = 30


def whole(response):
    return b"".join(response.streaming_content)


def as_json(client):
    return json.loads(whole(client.get("/data/json/")))


def as_zip(client):
    return ZipFile(BytesIO(whole(client.get("/data/csv/"))))


@pytest.mark.parametrize(
    "url, name, media_type",
    [
        ("/data/json/", "stackbuilder-evidence-1.json", "application/json"),
        ("/data/csv/", "stackbuilder-evidence-1.zip", "application/zip"),
    ],
)
def test_file_is_an_attachment_named_by_its_version(client, url, name, media_type):
    response = client.get(url)

    assert len(whole(response)) == int(response["Content-Length"])
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == media_type


@pytest.mark.parametrize(
    "chosen, words", [(None, NO_LICENCE), ("CC-BY-4.0", "Creative Commons Attribution 4.0")]
)
def test_file_says_what_it_is(client, settings, chosen, words):
    settings.SITE_DATA_LICENCE = chosen

    about = as_json(client)["about"]

    assert (about["evidence_version"], about["method_version"]) == (1, "1")
    assert about["licence"] == words
    assert about["address"] == "http://testserver/data/"
    with as_zip(client) as archive:
        readme = archive.read("README.txt").decode()
    assert f"licence: {words}\n" in readme


def test_both_files_hold_the_same(client):
    data = as_json(client)

    with as_zip(client) as archive:
        names = {f"{table.name}.csv" for table in TABLES}
        assert set(archive.namelist()) == {"README.txt", "dictionary.csv", *names}
        assert archive.testzip() is None
        for table in TABLES:
            text = archive.read(f"{table.name}.csv").decode("utf-8-sig")
            head, *rows = csv.reader(StringIO(text, newline=""))
            assert head == [column.name for column in table.columns]
            assert len(rows) == len(data["tables"][table.name])
    assert {row["table"] for row in data["dictionary"]} == {table.name for table in TABLES}


def test_api_and_file_say_the_same(client):
    data = as_json(client)["tables"]

    items = client.get("/api/v1/findings/").json()["items"]
    for item in items:
        del item["page_url"]
    assert items == data["findings"]
    profiles = client.get("/api/v1/profiles/").json()["items"]
    parts = [part for one in profiles for part in one.pop("findings")]
    assert profiles == data["profiles"]
    assert parts == data["profile_findings"]


def test_vendors_are_in_no_file(client):
    make_listing(is_commission=True)

    data = as_json(client)

    text = json.dumps(data["tables"]).casefold()
    assert not any(word in text for word in ("example.com", "commission", "listing"))


@pytest.mark.parametrize("url", ["/data/json/", "/data/csv/"])
def test_file_of_more_rows_costs_no_more_queries(client, url, django_assert_max_num_queries):
    for number in range(20):
        make_finding(study=make_study(f"pmid:{number + 50}"))

    with django_assert_max_num_queries(MOST_QUERIES):
        whole(client.get(url))


def test_file_that_fails_is_not_half_sent(client, monkeypatch):
    def broken(*args):
        yield "{"
        raise RuntimeError("broken")

    monkeypatch.setattr("stackbuilder.api.downloads.json_chunks", broken)

    with pytest.raises(RuntimeError, match="broken"):
        client.get("/data/json/")
