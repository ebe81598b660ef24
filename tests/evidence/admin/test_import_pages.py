"""Findings from a spreadsheet: tried, shown, stored when somebody says so; never a public one."""

import csv
import io
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import EvidenceVersion, Finding
from tests.admin_pages import address
from tests.evidence.admin.damaged_sheets import DAMAGE, GOOD, OTHER, as_csv, as_xlsx
from tests.factories import make_compound, make_finding, make_outcome, make_study, make_user

PAGE = address(Finding, "import")


@pytest.fixture
def shelf(db):
    """What the rows of a file stand on."""
    make_compound()
    make_outcome()
    make_study()


@pytest.fixture
def attempt(admin, shelf):
    """Return a function that uploads a file."""
    return lambda data, name="a.csv": admin.post(PAGE, {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def store(admin):
    """Return a function that stores what was tried, by default all of it."""

    def store(tried, **ticks):
        sent = {name: tried.context[name] for name in ("token", "seen")}
        return admin.post(PAGE, {**sent, **ticks})

    return store


def kinds_of(response):
    return [row.kind for row in response.context["rows"]]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_draft_is_tried_then_stored(make, attempt, store, alice):
    tried = attempt(make(GOOD))
    assert kinds_of(tried) == ["new"]
    assert not Finding.objects.exists()
    assert not Finding.history.exists()

    done = store(tried)

    finding = Finding.objects.get()
    record = finding.history.get()
    assert kinds_of(done) == ["new"]
    assert (finding.state, finding.estimate, finding.unit) == ("draft", -7.06, "min")
    assert (record.history_user, record.history_change_reason) == (alice, "Imported from a.csv")
    assert not EvidenceVersion.objects.exists()


def test_change_of_a_draft_is_shown_before_and_after(attempt, store):
    make_finding(GOOD["key"], published=False, note="Old", population="")

    tried = attempt(as_csv(table=[["key", "note"], [GOOD["key"], "New"]]))
    store(tried)

    ((change,),) = [row.changes for row in tried.context["rows"]]
    finding = Finding.objects.get()
    assert (change.label, change.before, change.after) == ("Note", "Old", "New")
    assert (finding.note, finding.estimate) == ("New", -7.06)


@pytest.mark.parametrize("state", ["published", "in-review", "withdrawn"])
def test_what_went_further_than_a_draft_is_left(state, attempt, store):
    make_finding(GOOD["key"], published=state == "published", state=state, note="Old")

    tried = attempt(as_csv({**GOOD, "note": "New"}, OTHER))
    done = store(tried)

    assert kinds_of(tried) == kinds_of(done) == ["left", "new"]
    assert "a file changes drafts only" in tried.content.decode()
    assert Finding.objects.get(key=GOOD["key"]).note == "Old"


def test_export_comes_back_without_a_change(admin, attempt):
    make_finding(published=False, note="=1+1", p=0.01, is_independent=True)
    for kind in ("csv", "xlsx"):
        export = admin.get(address(Finding, "export", kind))

        tried = attempt(b"".join(export.streaming_content), f"a.{kind}")

        assert kinds_of(tried) == ["unchanged"]
        assert tried.context["notes"] == ()


def test_export_makes_the_same_finding_again(admin, attempt, store):
    finding = make_finding(published=False, note="-5 °C\n=1+1", ci_level=90, better="higher")
    export = b"".join(admin.get(address(Finding, "export", "csv")).streaming_content)
    names = [field.attname for field in Finding._meta.fields if field.name != "id"]
    before = [getattr(finding, name) for name in names]
    finding.delete()

    store(attempt(export))

    assert [getattr(Finding.objects.get(), name) for name in names] == before


def test_nothing_is_stored_while_a_row_is_wrong(attempt, store):
    tried = attempt(as_csv(GOOD, {**OTHER, "estimate": "seven"}))

    again = store(tried)

    assert kinds_of(tried) == ["new", "refused"]
    assert "Some rows are refused" in again.context["message"]
    assert not Finding.objects.exists()


def test_good_rows_are_stored_if_somebody_says_so(attempt, store):
    tried = attempt(as_csv(GOOD, {**OTHER, "estimate": "seven"}))

    done = store(tried, good_only="on")

    assert kinds_of(done) == ["new", "refused"]
    assert Finding.objects.get().key == GOOD["key"]


def test_what_changed_since_it_was_tried_is_shown_again(attempt, store):
    tried = attempt(as_csv(GOOD))
    make_finding(GOOD["key"], published=False, note="By somebody else")

    again = store(tried)

    assert "has changed since" in again.context["message"]
    assert kinds_of(again) == ["changed"]
    assert Finding.objects.get().note == "By somebody else"
    assert kinds_of(store(again)) == ["changed"]


def test_serious_doubt_needs_its_reason(attempt):
    heads = [*GOOD, "imprecision", "imprecision_reason"]
    rows = [[*row.values(), "serious", why] for row, why in ((GOOD, ""), (OTHER, "Wide"))]

    tried = attempt(as_csv(table=[heads, *rows]))

    assert kinds_of(tried) == ["refused", "new"]
    assert "Say why imprecision is a concern" in tried.content.decode()


def test_doubt_that_a_file_of_the_catalogue_brought_needs_none(attempt):
    make_finding(GOOD["key"], published=False, imprecision="serious")

    tried = attempt(as_csv(table=[["key", "note"], [GOOD["key"], "New"]]))

    assert kinds_of(tried) == ["changed"]


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_file_is_a_message_and_stores_its_good_rows_alone(name, attempt, store):
    damage = DAMAGE[name]

    tried = attempt(damage.data)

    assert tried.status_code == 200
    assert damage.message in unescape(tried.content.decode())
    assert "<script>alert" not in tried.content.decode()
    assert not Finding.objects.exists()
    if "token" in tried.context:
        assert store(tried, good_only="on").status_code == 200
    stored = Finding.objects.order_by("key")
    assert tuple(row.key for row in stored) == damage.keys
    assert Finding.history.count() == len(damage.keys)
    assert not any("script" in row.note for row in stored)


def test_formula_in_text_is_kept_as_text_and_leaves_as_such(admin, attempt, store):
    store(attempt(DAMAGE["formula in text"].data))

    export = b"".join(admin.get(address(Finding, "export", "csv")).streaming_content)

    notes = [row["note"] for row in csv.DictReader(io.StringIO(export.decode("utf-8-sig")))]
    assert notes == ["", '\'=HYPERLINK("http://x")']


@pytest.mark.parametrize("sent", [{}, {"token": ""}, {"token": "a" * 32}, {"file": "text"}])
def test_request_without_a_file(sent, admin, db):
    assert admin.post(PAGE, sent).status_code in (200, 302)


def test_what_was_tried_is_stored_once(attempt, store):
    tried = attempt(as_csv(GOOD))
    store(tried)

    again = store(tried)

    assert (again.status_code, again.url) == (302, PAGE)


def test_page_is_for_who_may_both_add_and_change(client, db):
    answers = []
    for name, codes in (
        ("reader", ["view_finding"]),
        ("adder", ["view_finding", "add_finding"]),
        ("curator", ["view_finding", "add_finding", "change_finding"]),
    ):
        user = make_user(name)
        user.user_permissions.set(Permission.objects.filter(codename__in=codes))
        client.force_login(user)
        listed = client.get(address(Finding, "changelist")).content.decode()
        answers.append((client.get(PAGE).status_code, PAGE in listed))

    assert answers == [(403, False), (403, False), (200, True)]
