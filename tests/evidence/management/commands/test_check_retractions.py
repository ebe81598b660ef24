import json

import pytest
from django.core.management import CommandError, call_command

from evidence.models import EvidenceVersion, Study
from tests.evidence.imports.made_up_sources import NOTICES_HEADING, notice_line
from tests.factories import make_finding, make_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Two notices on one of our studies, one on a stranger's, and a letter that is no UTF-8."""
    path = tmp_path / "retractions.csv"
    lines = [
        NOTICES_HEADING,
        notice_line(RetractionNature="Expression of concern", RetractionDate="1/2/2022 0:00"),
        notice_line(),
        notice_line(OriginalPaperDOI="10.9999/strange", OriginalPaperPubMedID="0", Title="Strange"),
    ]
    path.write_bytes("\n".join(lines).encode() + b"\n\xff\n")
    return path


@pytest.fixture
def study():
    study = make_study("pmid:999000001", title="Invented herb", year=2021)
    make_finding(study=study)
    return study


def test_proposal_is_printed_and_nothing_is_written(file, study, capsys):
    call_command("check_retractions", file)

    output = capsys.readouterr().out
    assert "pmid:999000001: published → retracted (by pmid)" in output
    assert "1 public finding\n" in output
    assert "retraction, 2023-01-20, 10.9999/notice, Error in Data, Made up" in output
    assert "1 of our studies named, 1 to change. Nothing was written." in output
    assert Study.objects.get().status == "published"
    assert not EvidenceVersion.objects.exists()


def test_proposals_are_printed_as_json(file, study, capsys):
    call_command("check_retractions", file, json=True)

    (row,) = json.loads(capsys.readouterr().out)
    assert (row["study"], row["status"], row["proposed"]) == (
        "pmid:999000001",
        "published",
        "retracted",
    )
    assert [notice["nature"] for notice in row["notices"]] == [
        "expression of concern",
        "retraction",
    ]


def test_catalogue_without_a_named_study_is_said_so(file, capsys):
    call_command("check_retractions", file)

    assert "0 of our studies named, 0 to change." in capsys.readouterr().out


def test_file_that_is_missing_or_of_another_kind_is_refused(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_retractions", tmp_path / "none.csv")
    with pytest.raises(CommandError, match=r"other\.csv: Is not in the format of Retraction Watch"):
        call_command("check_retractions", other)
