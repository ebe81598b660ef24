"""Where staff read reports: nothing of a report can be changed but how far staff are."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from stackbuilder.models import ErrorReport, ReportStatus
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/stackbuilder/errorreport/"


def make_report(number=1, **changes):
    """Store a report on a figure of melatonin."""
    values = {
        "page": "/compounds/melatonin/",
        "figure": f"melatonin-0{number}",
        "text": f"The study says <{number}>.\nSeven minutes.",
        "source": "PMID 23691095",
    }
    return ErrorReport.objects.create(**{**values, **changes})


def url_of(report):
    """Return where staff read one report."""
    return reverse("admin:stackbuilder_errorreport_change", args=[report.pk])


def test_list_leads_to_the_figure_and_shows_how_the_text_begins(admin_client):
    make_report()

    response = admin_client.get(LIST)

    assertContains(response, 'href="/compounds/melatonin/#melatonin-01"')
    assertContains(response, "The study says &lt;1&gt;.")


def test_list_asks_as_many_questions_for_many_reports_as_for_one(
    admin_client, django_assert_num_queries, django_assert_max_num_queries
):
    make_report()
    with django_assert_max_num_queries(12) as one:
        admin_client.get(LIST)
    for number in range(2, 9):
        make_report(number)

    with django_assert_num_queries(len(one)):
        admin_client.get(LIST)


def test_report_is_read_only_but_for_its_status(admin_client):
    report = make_report()

    admin_client.post(url_of(report), {"status": "answered", "text": "Changed", "page": "/other/"})

    report.refresh_from_db()
    assert report.status == ReportStatus.ANSWERED
    assert report.text.startswith("The study says")
    assert report.page == "/compounds/melatonin/"


def test_report_shows_its_source_as_a_link(admin_client):
    response = admin_client.get(url_of(make_report()))

    assertContains(response, 'href="https://pubmed.ncbi.nlm.nih.gov/23691095/"')
    assertContains(response, "Seven minutes.")


def test_report_without_a_source_says_so(admin_client):
    response = admin_client.get(url_of(make_report(source="", figure="the words <beside> it")))

    assertContains(response, 'href="/compounds/melatonin/"')
    assertNotContains(response, "pubmed")


def test_nobody_can_add_a_report(admin_client):
    assert admin_client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize(
    "action, status",
    [("mark_answered", ReportStatus.ANSWERED), ("mark_declined", ReportStatus.DECLINED)],
)
def test_action_marks_the_chosen_reports_and_is_noted(admin_client, action, status):
    chosen, other = make_report(1), make_report(2)

    response = admin_client.post(
        LIST, {"action": action, "_selected_action": [chosen.pk]}, follow=True
    )

    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.status, other.status) == (status, ReportStatus.NEW)
    assertContains(response, f"Marked as {status.label}: 1.")
    assert LogEntry.objects.get().object_id == str(chosen.pk)


def test_action_is_only_for_those_who_may_change_reports(client):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_errorreport"))
    client.force_login(user)
    report = make_report()

    client.post(LIST, {"action": "mark_answered", "_selected_action": [report.pk]})

    report.refresh_from_db()
    assert report.status == ReportStatus.NEW
