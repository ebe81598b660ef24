"""Getting studies in by the admin: read, look, tick, store; damaged files are only messages."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.admin.studies import StudyAdmin
from evidence.admin.study_import import ROWS_A_PAGE
from evidence.imports.fetching import Addresses
from evidence.models import EvidenceVersion, Study
from tests.evidence.imports.damaged_files import DAMAGE
from tests.evidence.imports.made_up_sources import CSV, NBIB, RIS, as_json, table
from tests.factories import make_finding, make_study, make_user, publish_all
from tests.study_services import study_services

GET = reverse("admin:evidence_study_get")
GOOD = {
    "a.nbib": NBIB.encode(),
    "a.ris": RIS.encode(),
    "a.csv": CSV.encode(),
    "a.json": as_json(),
}


@pytest.fixture
def read(admin):
    """Return a function that uploads a file and follows to its preview."""

    def read(data, name="a.csv"):
        return admin.post(GET, {"file": SimpleUploadedFile(name, data)}, follow=True)

    return read


@pytest.fixture
def save(admin):
    """Return a function that sends the form of a preview as it stands, with some ticks more."""

    def save(preview, *, untick=(), **ticks):
        context = preview.context
        sent = {"from": context["first"]}
        for row in context["rows"]:
            sent[f"mark-{row.number}"] = row.mark
            if row.state == "new" and row.number not in untick:
                sent[f"take-{row.number}"] = "on"
        sent |= {name.replace("_", "-"): value for name, value in ticks.items()}
        return admin.post(context["here"], sent)

    return save


@pytest.mark.parametrize("name", GOOD)
def test_file_is_read_looked_at_and_stored(name, read, save, alice):
    preview = read(GOOD[name], name)
    assert [row.state for row in preview.context["rows"]] == ["new"]
    assert not Study.objects.exists()

    report = save(preview, design_1="meta-analysis")

    study = Study.objects.get()
    assert [(row.done, row.study) for row in report.context["stored"].rows] == [("added", study)]
    assert study.history.get().history_user == alice
    assert study.title in report.content.decode()


def test_text_is_pasted(admin, save):
    preview = admin.post(GET, {"text": NBIB}, follow=True)

    save(preview)

    assert Study.objects.get().pmid == "999000001"


@pytest.mark.parametrize("sent", [{}, {"text": "  \n"}, {"text": NBIB, "file": "too"}])
def test_one_source_is_asked_for(sent, admin, db):
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("a.nbib", NBIB.encode())}

    response = admin.post(GET, sent)

    assert response.status_code == 200
    assert response.context["file_form"].non_field_errors()


def test_row_that_is_not_ticked_stays_out(read, save):
    preview = read(table("1,One herb,2020", "2,Two herbs,2021"))

    save(preview, untick=[2], design_2="rct", design_3="rct")

    assert Study.objects.get().pmid == "2"


def test_design_is_asked_for_where_the_source_does_not_say(read, save):
    preview = read(table("1,One herb,2020"))
    assert b'name="design-2"' in preview.content

    without, with_one = save(preview), save(preview, design_2="rct")

    (left,), (added,) = without.context["stored"].rows, with_one.context["stored"].rows
    assert (left.done, added.done) == ("left", "added")
    assert "Choose how the study was made" in without.content.decode()
    assert Study.objects.get().design == "rct"


def test_design_that_does_not_exist_is_a_message(read, save):
    report = save(read(table("1,One herb,2020")), design_2="levitation")

    assert report.status_code == 200
    assert report.context["stored"].rows[0].done == "left"
    assert not Study.objects.exists()


def test_known_study_takes_over_only_what_is_ticked(read, save):
    study = make_study("pmid:1", title="One herb", year=2020, journal="", n_participants=10)
    csv = table("1,One herb,2021,J Invent", heading="pmid,title,year,journal")

    preview = read(csv)
    (row,) = preview.context["rows"]
    report = save(preview, field_2=["journal"])

    study.refresh_from_db()
    assert row.state == "conflicting"
    assert {one.field: (one.held, one.given) for one in row.differences} == {
        "year": ("2020", "2021"),
        "journal": ("", "J Invent"),
    }
    assert (study.year, study.journal) == (2020, "J Invent")
    assert report.context["stored"].rows[0].done == "changed"


def test_public_study_is_changed_by_an_evidence_version(read, save, latest):
    make_finding(study=make_study("pmid:1", title="One herb", year=2020, journal=""))
    publish_all()

    preview = read(table("1,One herb,J", heading="pmid,title,journal"))
    report = save(preview, field_2=["journal"])

    assert "which is public" in preview.content.decode()
    assert f"evidence version {latest().number}" in report.content.decode()
    assert "Studies changed by an import from a.csv" in latest().why


def test_status_is_left_to_its_own_act(read, save):
    study = make_study("pmid:1", title="One herb", year=2020)

    preview = read(table("1,One herb,retracted", heading="pmid,title,status"))
    report = save(preview, field_2=["status"])

    study.refresh_from_db()
    address = reverse("admin:evidence_study_status", args=[study.pk, "retracted"])
    assert f'href="{address}"' in preview.content.decode()
    assert study.status == "published"
    assert not report.context["stored"].rows


def test_study_of_the_same_title_is_stored_as_another(read, save):
    make_study("pmid:1", title="One herb and its long enough title", year=2020)
    preview = read(table("2,One herb and its long enough title,2020"))

    save(preview, other_2="on", design_2="rct")

    assert Study.objects.count() == 2


def test_study_given_twice_is_named_with_its_row(read):
    page = read(table("1,One herb,2020", "1,One herb again,2020")).content.decode()

    assert "Is the study of row 2 again: the same key" in page


def test_row_that_changed_since_the_preview_is_left(read, save):
    preview = read(table("1,One herb,2020"))
    make_study("pmid:1", title="One herb")

    report = save(preview, design_2="rct")

    assert "Has changed since the preview" in report.content.decode()


def test_preview_is_paged(admin, read, save):
    rows = [f"{i},Herb number {i},2020" for i in range(1, ROWS_A_PAGE + 3)]

    first = read(table(*rows))
    second = admin.get(first.context["after"])
    report = save(first, **{f"design_{row.number}": "rct" for row in first.context["rows"]})

    assert [len(page.context["rows"]) for page in (first, second)] == [ROWS_A_PAGE, 2]
    assert second.context["before"] == first.context["here"]
    assert report.context["after"] == first.context["after"]
    assert Study.objects.count() == ROWS_A_PAGE


def test_preview_asks_as_often_for_thirty_rows_as_for_three(admin, read):
    def queries(count):
        rows = [f"{i},Herb number {i},2021" for i in range(1, count + 1)]
        address = read(table(*rows)).context["here"]
        admin.get(address)
        with CaptureQueriesContext(connection) as captured:
            admin.get(address)
        return len(captured)

    for i in range(1, 31):
        make_finding(study=make_study(f"pmid:{i}", title=f"Herb number {i}", year=2020))

    assert queries(30) == queries(3)


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_file_is_a_message_and_stores_its_good_rows_alone(name, read, save):
    damage = DAMAGE[name]

    page = read(damage.data, damage.file)

    assert page.status_code == 200
    assert damage.message in unescape(page.content.decode())
    assert not Study.objects.exists()
    if "rows" in page.context:
        designs = {f"design_{row.number}": "rct" for row in page.context["rows"]}
        assert save(page, **designs).status_code == 200
    kept = Study.objects.values_list("title", flat=True)
    assert sorted(kept) == sorted(damage.titles)
    assert Study.history.count() == len(damage.titles)
    assert not EvidenceVersion.objects.exists()


def test_script_in_a_file_stays_text(read):
    data = table('9990,"A title",2020', '"<script>alert(1)</script>",Two herbs,2020')

    page = read(data).content.decode()

    assert "<script>alert" not in page


@pytest.fixture
def services(monkeypatch):
    """PubMed and Crossref on this machine."""
    with study_services() as services:
        addresses = Addresses(services.address, services.address)
        monkeypatch.setattr(StudyAdmin, "addresses", addresses)
        monkeypatch.setattr("evidence.admin.study_sources.FETCH_PATIENCE_SECONDS", 0.0)
        monkeypatch.setattr("evidence.admin.study_sources.FETCH_TIMEOUT_SECONDS", 0.5)
        yield services


def test_study_is_looked_up_by_its_pmid(admin, save, services):
    services.pubmed_records["999000001"] = NBIB

    preview = admin.post(GET, {"fetch": "yes", "identifier": "PMID: 999000001"}, follow=True)
    save(preview)

    assert Study.objects.get().doi == "10.9999/invented.1"


@pytest.mark.parametrize(
    "identifier, trouble, message",
    [
        ("999000009", [], "no record of the PMID"),
        ("10.9999/nothing", [], "no record of the DOI"),
        ("melatonin", [], "neither a PMID"),
        ("999000001", [503] * 3, "busy or slow"),
        ("999000001", ["slow"] * 3, "busy or slow"),
        ("", [], "required"),
    ],
)
def test_study_that_cannot_be_had_is_a_message(identifier, trouble, message, admin, services):
    services.troubles += trouble

    response = admin.post(GET, {"fetch": "yes", "identifier": identifier})

    assert response.status_code == 200
    assert message in str(response.context["fetch_form"].errors)


def test_no_network_is_said(admin, monkeypatch):
    nowhere = Addresses("http://127.0.0.1:9", "http://127.0.0.1:9")
    monkeypatch.setattr(StudyAdmin, "addresses", nowhere)
    monkeypatch.setattr("evidence.admin.study_sources.time.sleep", lambda seconds: None)

    response = admin.post(GET, {"fetch": "yes", "identifier": "999000001"})

    assert "there is no network from here" in str(response.context["fetch_form"].errors)


def test_preview_of_somebody_else_is_not_shown(admin, read, client, db):
    address = read(table("1,One herb,2020")).context["here"]
    client.force_login(make_user("bob", is_superuser=True))

    response = client.get(address)

    assert (response.status_code, response.url) == (302, GET)


@pytest.mark.parametrize("token", ["x", "a" * 32, "0" * 400])
def test_preview_that_is_gone_leads_back(token, admin, db):
    response = admin.get(reverse("admin:evidence_study_choose", args=[token]))

    assert (response.status_code, response.url) == (302, GET)


@pytest.mark.parametrize("start", ["", "0", "-3", "x", "99999", "9" * 30, "²"])
def test_strange_page_of_a_preview(start, admin, read):
    address = read(table("1,One herb,2020")).context["here"].partition("?")[0]

    assert admin.get(address, {"from": start}).status_code == 200


def test_curator_who_may_only_add_changes_no_known_study(client, db):
    study = make_study("pmid:1", title="One herb", year=2020, journal="")
    adder = make_user("adder")
    codes = ("add_study", "view_study")
    adder.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(adder)
    csv = SimpleUploadedFile("a.csv", table("1,One herb,J", heading="pmid,title,journal"))

    preview = client.post(GET, {"file": csv}, follow=True)
    (row,) = preview.context["rows"]
    client.post(preview.context["here"], {"mark-2": row.mark, "field-2": "journal"})

    study.refresh_from_db()
    assert study.journal == ""
    assert b'name="field-2"' not in preview.content


def test_pages_are_closed_to_who_may_not_add(client, db):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_study"))
    client.force_login(reader)
    addresses = (GET, reverse("admin:evidence_study_choose", args=["a" * 32]))

    assert [client.get(address).status_code for address in addresses] == [403, 403]
    listed = client.get(reverse("admin:evidence_study_changelist"))
    assert GET not in listed.content.decode()


def test_list_of_studies_leads_there(admin, db):
    listed = admin.get(reverse("admin:evidence_study_changelist")).content.decode()

    assert f'href="{GET}"' in listed
