"""The history of a row with the rows it owns, and the versions behind it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import Alias, Caution, Compound, Finding, Study
from evidence.publication import publish_findings, system_user
from evidence.timeline import (
    compared,
    entries,
    moment_of,
    newest_first,
    sources_of,
    versions_behind,
)
from evidence.workflow import publish, withdraw
from tests.curators import edit
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_study,
    make_user,
    publish_all,
)

pytestmark = pytest.mark.django_db

PARTS = [(Alias, "compound"), (Caution, "compound")]


def entries_of(row, parts=()):
    sources = sources_of(row, parts)
    return entries(sources, list(newest_first(sources)))


def versions_of(row):
    """Return the number of the version behind each record, newest first."""
    return [entry.version and entry.version.number for entry in entries_of(row)]


def test_entries_come_newest_first_from_every_source():
    compound = make_compound()
    caution = make_caution(compound)
    compound.aliases.create(name="N-acetyl-5-methoxytryptamine")
    caution.delete()
    make_caution(make_compound("valerian"))

    found = [(entry.title, entry.kind) for entry in entries_of(compound, PARTS)]

    assert found == [
        ("Caution (Epilepsy: avoid)", "deleted"),
        ("Alias (N-acetyl-5-methoxytryptamine)", "added"),
        ("Caution (Epilepsy: avoid)", "added"),
        ("Compound", "added"),
    ]


def test_entry_tells_what_differs_from_the_record_before_it_on_any_page():
    study = make_study()
    for year in (2014, 2015):
        edit(study, by=None, year=year)
    sources = sources_of(study, ())

    (newest,) = entries(sources, list(newest_first(sources)[:1]))

    assert [(change.before, change.after) for change in newest.changes] == [("2014", "2015")]


def test_publication_and_withdrawal_are_their_versions():
    alice, finding = make_user(), make_finding(published=False)
    first = publish_findings([finding], by=alice, why="Checked").version
    second = withdraw([finding], by=alice, why="Misread").version

    assert versions_of(finding) == [second.number, first.number, None]
    assert [entry.why for entry in entries_of(finding)] == ["", "", ""]


def test_reason_without_a_version_stands_by_itself():
    finding = make_finding(published=False)
    finding.history.update(history_change_reason="Imported from a file")

    (entry,) = entries_of(finding)

    assert (entry.version, entry.why) == (None, "Imported from a file")


def test_version_that_says_the_same_earlier_is_not_of_a_later_record():
    alice, finding = make_user(), make_finding(published=False)
    version = publish_findings([finding], by=alice, why="Checked").version
    record = finding.history.first()
    record.history_date = version.at + timedelta(seconds=1)
    record.save()

    assert versions_of(finding)[0] is None


def test_record_of_a_load_leads_to_the_version_of_the_load():
    study = make_study()
    study.history.update(history_user=system_user())
    loaded = publish_all().version
    publish_all()

    assert versions_of(study) == [loaded.number]


def test_draft_of_a_load_leads_to_no_version():
    finding = make_finding(published=False)
    finding.history.update(history_user=system_user())
    publish_all()

    assert versions_of(finding) == [None]


def test_edit_by_a_person_without_a_reason_leads_to_no_version():
    alice, study = make_user(), make_study()
    edit(study, by=alice, year=2014)
    publish_all(by=alice)

    assert versions_of(study) == [None, None]


def test_versions_take_two_queries_whatever_the_number(django_assert_num_queries):
    alice = make_user()
    findings = [make_finding(published=False) for _ in range(5)]
    publish(findings, by=alice)
    make_study("pmid:2").history.update(history_user=system_user())
    records = [
        *Finding.history.select_related("history_user"),
        *Study.history.select_related("history_user"),
    ]

    with django_assert_num_queries(2):
        versions_behind(records)


def test_moment_is_that_of_the_record():
    study = make_study()
    record = study.history.get()
    sources = sources_of(study, ())

    assert moment_of(sources, f"study-{record.pk}") == record.history_date


@pytest.mark.parametrize("mark", ["", "-", "study-", "study-x", "study-٣", "caution-1", "study-0"])
def test_mark_of_no_record_has_no_moment(mark):
    assert moment_of(sources_of(make_study(), ()), mark) is None


def test_moment_of_another_rows_record_is_not_told():
    study, other = make_study(), make_study("pmid:2")

    assert moment_of(sources_of(study, ()), f"study-{other.history.get().pk}") is None


def test_two_moments_differ_by_what_was_written_between():
    compound = make_compound()
    caution, kept = make_caution(compound), compound.aliases.create(name="Circadin")
    before = timezone.now()
    edit(caution, by=None, level="caution")
    edit(compound, by=None, summary="Other.")
    kept.delete()
    after = timezone.now()
    edit(caution, by=None, level="contraindicated")

    rows = compared(sources_of(compound, PARTS), before, after)

    assert [(row.title, row.kind) for row in rows] == [
        ("Compound", "changed"),
        ("Alias (Circadin)", "deleted"),
        ("Caution (Epilepsy: caution)", "changed"),
    ]
    assert [(one.before, one.after) for one in rows[2].changes] == [("avoid", "caution")]
    assert rows[1].changes[0].before == "Circadin"


def test_row_that_came_and_went_between_is_not_told():
    compound = make_compound()
    before = timezone.now()
    make_caution(compound).delete()

    assert compared(sources_of(compound, PARTS), before, timezone.now()) == []


def test_source_of_the_row_itself_is_its_kind():
    own, part = sources_of(make_compound(), [(Caution, "compound")])

    assert (own.model, own.owner, own.name) == (Compound, "", "compound")
    assert (part.model, part.owner, part.name) == (Caution, "compound", "caution")
