"""Reports: what the form takes and refuses, the daily limit, storing and mailing."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from stackbuilder.models import ErrorReport
from stackbuilder.reports import (
    OPEN_REPORTS_A_DAY,
    ErrorReportForm,
    is_day_full,
    path_on_this_site,
    receive,
)

HOST = "stack.example"
GOOD = {
    "page": "/compounds/melatonin/",
    "figure": "melatonin-01",
    "text": "The study says seven minutes.",
    "source": "PMID 23691095",
    "reply_to": "ann@example.org",
}


def form_of(**changes):
    """Return the form as a reader sends it."""
    return ErrorReportForm({**GOOD, **changes}, host=HOST)


def errors_of(name, **changes):
    """Return what the form says is wrong with one field; nothing else may be wrong."""
    errors = form_of(**changes).errors
    assert set(errors) <= {name}
    return " ".join(errors.get(name, []))


@pytest.mark.parametrize(
    "text, path",
    [
        ("/compounds/melatonin/", "/compounds/melatonin/"),
        ("/compounds/melatonin", "/compounds/melatonin/"),
        ("/?goal=sleep:2", "/?goal=sleep:2"),
        ("/compounds/zinc/#zinc-02", "/compounds/zinc/#zinc-02"),
        ("https://stack.example/about/", "/about/"),
        ("http://stack.example/?goal=sleep#place-zinc", "/?goal=sleep#place-zinc"),
    ],
)
def test_path_on_this_site_takes_addresses_as_people_copy_them(text, path):
    assert path_on_this_site(text, HOST) == path


@pytest.mark.parametrize(
    "text, why",
    [
        ("//evil.example/", "on another site"),
        ("https://evil.example/about/", "on another site"),
        ("https://stack.example.evil.example/about/", "on another site"),
        ("https://stack.example@evil.example/", "on another site"),
        ("ftp://stack.example/about/", "on another site"),
        ("javascript:alert(1)", "on another site"),
        ("http://[::1", "cannot be read"),
        ("about", "such as /compounds/zinc/"),
        ("\\\\evil.example", "such as /compounds/zinc/"),
        ("/about/\x07", "such as /compounds/zinc/"),
        ("/nowhere/", "There is no page"),
        ("/compounds/%00/", "There is no page"),
    ],
)
def test_path_on_this_site_refuses_what_leads_elsewhere_or_nowhere(text, why):
    with pytest.raises(ValidationError, match=why):
        path_on_this_site(text, HOST)


@pytest.mark.django_db
def test_form_takes_a_whole_report():
    form = form_of()

    assert form.is_valid(), form.errors
    assert {name: getattr(form.save(commit=False), name) for name in GOOD} == GOOD


@pytest.mark.django_db
def test_form_needs_only_the_page_and_what_is_wrong():
    form = ErrorReportForm({"page": "/", "text": "It is all wrong."}, host=HOST)

    assert form.is_valid(), form.errors


@pytest.mark.django_db
def test_form_refuses_a_page_that_is_not_here():
    assert "There is no page" in errors_of("page", page="/nowhere/")
    assert errors_of("page", page="") == "Say which page it is, such as /compounds/zinc/."
    assert "at most 500" in errors_of("page", page="/?goal=" + "x" * 500)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text, why",
    [
        ("", "Say what is wrong."),
        ("  \n ", "Say what is wrong."),
        ("x" * 9, "at least 10 characters"),
        ("x" * 4_001, "This has 4001 characters; at most 4000 can be kept."),
        ("Ten or more\0", "Null characters"),
    ],
)
def test_form_refuses_a_text_that_says_too_little_or_too_much(text, why):
    assert why in errors_of("text", text=text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["x" * 10, "x" * 4_000])
def test_form_takes_the_shortest_and_the_longest_text(text):
    assert errors_of("text", text=text) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source",
    [
        "",
        "https://example.org/trial",
        "PMID 23691095",
        "doi:10.1371/journal.pone.0063773",
        "PMC3656905",
        "PMID 23691095; https://example.org/",
    ],
)
def test_form_takes_a_source_that_can_be_looked_up(source):
    assert errors_of("source", source=source) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source", ["a friend", "23691095", "javascript:alert(1)", "https://", "10.1"]
)
def test_form_refuses_a_source_that_cannot_be_looked_up(source):
    assert "PMID 23691095" in errors_of("source", source=source)


@pytest.mark.django_db
def test_form_refuses_what_is_no_address_to_answer_to():
    assert "such as ann@example.org" in errors_of("reply_to", reply_to="ann")


@pytest.mark.django_db
def test_form_empties_the_hidden_field_so_that_a_person_can_send_again():
    form = form_of(website="https://spam.example")

    assert "hidden from people" in " ".join(form.errors["website"])
    assert form["website"].value() == ""
    assert form["text"].value() == GOOD["text"]


@pytest.mark.django_db
def test_day_is_full_of_reports_that_wait_and_not_of_others():
    now = timezone.now()

    def store(count, **changes):
        ErrorReport.objects.bulk_create(ErrorReport(**{**GOOD, **changes}) for _ in range(count))

    store(OPEN_REPORTS_A_DAY, reported_at=now - timedelta(days=1, minutes=1))
    store(OPEN_REPORTS_A_DAY, status="answered")
    store(OPEN_REPORTS_A_DAY - 1)
    assert not is_day_full(now)

    store(1)

    assert is_day_full(now)


@pytest.mark.django_db
def test_report_is_only_stored_where_nobody_asked_for_mail(settings):
    settings.SITE_REPORT_EMAIL = None

    receive(ErrorReport(**GOOD))

    assert ErrorReport.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_report_is_stored_and_mailed_to_the_operator(settings):
    settings.SITE_REPORT_EMAIL = settings.DEFAULT_FROM_EMAIL = "desk@example.org"

    receive(ErrorReport(**GOOD))

    (message,) = mail.outbox
    report = ErrorReport.objects.get()
    assert message.subject == f"Error report {report.pk}: /compounds/melatonin/"
    assert (message.from_email, message.to) == ("desk@example.org", ["desk@example.org"])
    assert message.reply_to == ["ann@example.org"]
    assert all(value in message.body for value in GOOD.values())


@pytest.mark.django_db
def test_mail_says_what_was_not_given(settings):
    settings.SITE_REPORT_EMAIL = "desk@example.org"

    receive(ErrorReport(page="/", text="It is all wrong."))

    (message,) = mail.outbox
    assert message.reply_to == []
    assert "Figure: not named\nSource: none given\nAnswer to: no address given" in message.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPException("full"), ValueError()]
)
def test_mail_that_fails_loses_no_report(settings, monkeypatch, caplog, fault):
    def fail(self):
        raise fault

    settings.SITE_REPORT_EMAIL = "desk@example.org"
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    receive(ErrorReport(**GOOD))

    report = ErrorReport.objects.get()
    assert report.text == GOOD["text"]
    assert f"Error report {report.pk} is stored" in caplog.text
    assert GOOD["text"] not in caplog.text
