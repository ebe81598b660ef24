"""Lists of retractions beside our studies: proposals that lead to the acts, nothing written."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.models import EvidenceVersion, Study
from tests.evidence.imports.made_up_sources import NOTICES_HEADING, notice_line
from tests.factories import make_finding, make_study, make_user

PAGE = reverse("admin:evidence_study_retractions")


def notices(*lines):
    """Return a list of notices as a file."""
    text = "\r\n".join([NOTICES_HEADING, *lines, ""])
    return SimpleUploadedFile("notices.csv", text.encode())


@pytest.fixture
def compare(admin):
    """Return a function that uploads a list."""
    return lambda file: admin.post(PAGE, {"file": file})


def test_study_on_the_list_is_proposed_and_not_marked(compare, db):
    study = make_study("pmid:999000001", title="Invented herb")
    make_finding(study=study)

    response = compare(notices(notice_line()))

    (one,) = response.context["proposals"]
    act = reverse("admin:evidence_study_status", args=[study.pk, "retracted"])
    assert one.address.startswith(f"{act}?why=Retraction%2C+2023-01-20%2C+doi%3A10.9999%2Fnotice")
    assert "1 public finding" in response.content.decode()
    assert Study.objects.get().status == "published"
    assert Study.history.count() == 1
    assert not EvidenceVersion.objects.exists()


def test_proposal_leads_to_the_act_with_its_reason(compare, admin, db):
    make_study("pmid:999000001")
    (one,) = compare(notices(notice_line())).context["proposals"]

    page = admin.get(one.address)

    reason = "Retraction, 2023-01-20, doi:10.9999/notice, Error in Data; Made up"
    assert page.context["form"].initial["why"] == reason


def test_study_that_is_marked_already_leads_nowhere(compare, db):
    make_study("pmid:999000001", status="retracted")

    response = compare(notices(notice_line()))

    assert [one.address for one in response.context["proposals"]] == [""]
    assert response.context["changes"] == 0


def test_list_without_our_studies(compare, db):
    make_study("pmid:1")

    assert "None of our studies is on that list" in compare(notices(notice_line())).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02\xff",
        b"PK\x03\x04" + b"\x00" * 90,
        "a,b\n1,2\n".encode("utf-16"),
        b"Title,RetractionNature\nx,Retraction\n",
        b'"' * 200_000,
    ],
    ids=["empty", "bytes", "spreadsheet", "utf-16", "missing column", "quotation marks"],
)
def test_file_that_is_no_such_list_is_a_message(data, compare, db):
    response = compare(SimpleUploadedFile("a.csv", data))

    assert response.status_code == 200
    assert "Is not in the format of Retraction Watch" in response.content.decode()


@pytest.mark.parametrize(
    "lines",
    [
        ["x" * 500_000],
        [notice_line(Title="<script>alert(1)</script>Herb"), "1,2,3"],
        [notice_line(RetractionDate="13/45/2023"), '"never closed'],
        [notice_line(RetractionNature="Levitation")],
        [notice_line(Reason="=HYPERLINK(1)")],
    ],
    ids=["cell without end", "script", "day and quotation mark", "nature", "formula"],
)
def test_damaged_line_stops_nothing(lines, compare, db):
    make_study("pmid:999000001")

    response = compare(notices(*lines, notice_line()))

    assert response.status_code == 200
    assert len(response.context["proposals"]) == 1
    assert "<script>alert" not in response.content.decode()


def test_file_is_asked_for(admin, db):
    response = admin.post(PAGE)

    assert response.status_code == 200
    assert response.context["form"].errors


def test_list_asks_as_often_for_thirty_studies_as_for_three(admin, db):
    def queries(count):
        lines = [notice_line(OriginalPaperPubMedID=str(i)) for i in range(1, count + 1)]
        with CaptureQueriesContext(connection) as captured:
            response = admin.post(PAGE, {"file": notices(*lines)})
        assert len(response.context["proposals"]) == count
        return len(captured)

    for i in range(1, 31):
        make_study(f"pmid:{i}", title=f"Herb {i}")
    queries(1)

    assert queries(30) == queries(3)


def test_page_is_closed_to_who_may_not_change(client, db):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_study"))
    client.force_login(reader)

    listed = client.get(reverse("admin:evidence_study_changelist")).content.decode()

    assert client.get(PAGE).status_code == 403
    assert PAGE not in listed
