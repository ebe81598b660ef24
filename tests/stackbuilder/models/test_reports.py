"""Error reports: truths kept by the database, and the questions asked of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from stackbuilder.models import ErrorReport, ReportStatus

pytestmark = pytest.mark.django_db


def make_report(**changes):
    """Store a report on a figure of melatonin."""
    values = {
        "page": "/compounds/melatonin/",
        "figure": "melatonin-01",
        "text": "Seven, not eight.",
    }
    return ErrorReport.objects.create(**{**values, **changes})


def test_report_is_new_and_knows_when_it_came():
    before = timezone.now()

    report = make_report()

    assert report.status == ReportStatus.NEW
    assert before <= report.reported_at <= timezone.now()
    assert str(report) == "/compounds/melatonin/: Seven, not eight."


def test_report_keeps_nothing_of_the_person_but_what_they_typed():
    fields = {field.name for field in ErrorReport._meta.get_fields()}

    assert fields == {
        "id", "page", "figure", "text", "source", "reply_to", "reported_at", "status",
    }  # fmt: skip


@pytest.mark.parametrize("page", ["", "compounds/", "//example.org/", "https://example.org/"])
def test_page_of_a_report_must_be_on_this_site(page):
    with pytest.raises(IntegrityError, match="error_report_page_is_on_this_site"):
        make_report(page=page)


def test_status_of_a_report_must_be_known():
    with pytest.raises(IntegrityError, match="error_report_status_is_known"):
        make_report(status="lost")


def test_waiting_leaves_out_what_staff_have_dealt_with():
    new = make_report()
    make_report(status=ReportStatus.ANSWERED)
    make_report(status=ReportStatus.DECLINED)

    assert list(ErrorReport.objects.waiting()) == [new]


def test_since_leaves_out_what_came_before():
    now = timezone.now()
    make_report(reported_at=now - timedelta(days=2))
    late = make_report(reported_at=now - timedelta(hours=1))
    exact = make_report(reported_at=now - timedelta(days=1))

    assert set(ErrorReport.objects.since(now - timedelta(days=1))) == {late, exact}


def test_newest_report_comes_first():
    old = make_report(reported_at=timezone.now() - timedelta(days=1))
    new = make_report()

    assert list(ErrorReport.objects.all()) == [new, old]
