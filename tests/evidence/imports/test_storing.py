import pytest

from evidence.imports import storing
from evidence.imports.preview import preview
from evidence.imports.reading import read_file
from evidence.imports.storing import Choice, Done, store
from evidence.models import EvidenceVersion, Profile, Study
from tests.evidence.imports.made_up_sources import NBIB, STUDY, as_json, table
from tests.factories import make_finding, make_study, make_user, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice")


def choices(read, **changes):
    """Return a choice for every row of a file, as it is seen now."""
    return [Choice(row.number, row.mark, **changes) for row in preview(read)]


def read(data):
    return read_file(data if isinstance(data, bytes) else data.encode(), "a.nbib")


def test_new_study_is_added_with_its_history_and_is_not_public(alice):
    file = read(NBIB)

    stored = store(file, choices(file), by=alice)

    study = Study.objects.get()
    assert (study.key, study.pmid, study.doi) == (
        "pmid:999000001",
        "999000001",
        "10.9999/invented.1",
    )
    assert (study.year, study.design, study.blinding) == (2021, "rct", "double-blind")
    assert (study.status, study.n_participants) == ("published", None)
    assert [(row.number, row.done, row.study) for row in stored.rows] == [(1, Done.ADDED, study)]
    record = study.history.get()
    assert (record.history_user, record.history_change_reason) == (alice, "Imported from a.nbib")
    assert stored.publication is None
    assert not Study.objects.public().exists()
    assert not EvidenceVersion.objects.exists()


def test_row_that_was_not_chosen_is_left_alone(alice):
    file = read(table("999000001,One,2020", "999000002,Two,2020"))
    second = choices(file, design="rct")[1]

    store(file, [second], by=alice)

    assert [study.title for study in Study.objects.all()] == ["Two"]


def test_new_study_without_a_design_waits_for_one(alice):
    file = read(table("999000001,One,2020"))

    left = store(file, choices(file), by=alice).rows[0]
    bad = store(file, choices(file, design="seance"), by=alice).rows[0]
    added = store(file, choices(file, design="cohort"), by=alice).rows[0]

    assert (left.done, left.messages) == (
        Done.LEFT,
        ("Choose how the study was made: its source does not say.",),
    )
    assert bad.messages[0].startswith("design: ")
    assert (added.done, added.study.design) == (Done.ADDED, "cohort")
    assert Study.history.count() == 1


def test_only_chosen_facts_of_a_conflicting_study_change(alice):
    study = make_study("pmid:999000001", title="One thing", year=2019, journal="J")
    file = read(table("999000001,Another thing,2020"))

    stored = store(file, choices(file, fields=frozenset({"year"})), by=alice)

    study.refresh_from_db()
    assert (study.title, study.year, study.journal) == ("One thing", 2020, "J")
    assert stored.rows[0].done is Done.CHANGED
    assert stored.publication is None
    assert study.history.latest().history_user == alice


def test_known_study_of_which_nothing_was_chosen_is_left(alice):
    study = make_study("pmid:999000001", title="One", year=2019)
    file = read(table("999000001,One,2020"))

    (row,) = store(file, choices(file), by=alice).rows

    study.refresh_from_db()
    assert (row.done, study.year, row.messages) == (Done.LEFT, 2019, ("Nothing of it was chosen.",))


def test_fact_that_does_not_differ_cannot_be_chosen(alice):
    make_study("pmid:999000001", title="One", year=2019)
    file = read(table("999000001,One,2020"))

    (row,) = store(file, choices(file, fields=frozenset({"year", "n_studies"})), by=alice).rows

    assert (row.done, row.messages) == (Done.LEFT, ("Says nothing else there: n_studies.",))
    assert Study.objects.get().year == 2019


def test_confirmed_title_replaces_our_description(alice):
    study = make_study("pmid:999000001", title="Our words", is_title_confirmed=False, year=2020)
    file = read(table("999000001,The printed title,2020"))

    store(file, choices(file, fields=frozenset({"title"})), by=alice)

    study.refresh_from_db()
    assert (study.title, study.is_title_confirmed) == ("The printed title", True)


def test_retraction_leaves_every_ranking_in_one_version(alice):
    finding = make_finding()
    publish_all()
    study = finding.study
    file = read(f"PMID- {study.pmid}\nTI  - {study.title}\nPT  - Retracted Publication\nSO  - x")

    stored = store(file, choices(file, fields=frozenset({"status"})), by=alice)

    version = EvidenceVersion.objects.latest("number")
    assert stored.publication.version == version
    assert (version.number, version.by) == (2, alice)
    assert f"{study.key} (status)" in version.why
    newest = Profile.objects.newest().get()
    assert newest.version == version
    assert newest.clusters == []
    assert publish_all().profiles == []


def test_title_of_a_public_study_is_published_though_no_profile_moves(alice):
    finding = make_finding()
    publish_all()
    file = read(f"PMID- {finding.study.pmid}\nTI  - Another title\nSO  - x")

    stored = store(file, choices(file, fields=frozenset({"title"})), by=alice)

    assert stored.publication.version.number == 2
    assert stored.publication.profiles == []


def test_synthesis_that_fails_leaves_nothing(alice, monkeypatch):
    finding = make_finding()
    publish_all()
    text = f"PMID- {finding.study.pmid}\nTI  - Another title\nSO  - x\n\n{NBIB}"
    file = read(text)
    chosen = choices(file, fields=frozenset({"title"}))

    def fail(**how):
        raise ArithmeticError("the synthesis failed")

    monkeypatch.setattr(storing, "publish_change", fail)

    with pytest.raises(ArithmeticError):
        store(file, chosen, by=alice)

    finding.study.refresh_from_db()
    assert finding.study.title != "Another title"
    assert Study.objects.count() == 1


def test_row_that_the_database_refuses_costs_itself_alone(alice, monkeypatch):
    file = read(table("999000001,One,2020", "999000002,Two,2020", "999000003,Three,2020"))
    chosen = choices(file, design="rct")
    record = Study.history.model.save

    def fail(self, *args, **kwargs):
        if self.pmid == "999000002":
            make_study("pmid:999000009", pmid=self.pmid)
        return record(self, *args, **kwargs)

    # The study is written by then, its history is not.
    monkeypatch.setattr(Study.history.model, "save", fail)

    stored = store(file, chosen, by=alice)

    assert [row.done for row in stored.rows] == [Done.ADDED, Done.LEFT, Done.ADDED]
    assert stored.rows[1].messages[0].startswith("The database refused it: ")
    assert {study.title for study in Study.objects.all()} == {"One", "Three"}


def test_choice_made_on_what_is_no_longer_so_is_refused(alice):
    study = make_study("pmid:999000001", title="One", year=2019)
    file = read(table("999000001,One,2020", "999000002,Two,2020"))
    chosen = choices(file, fields=frozenset({"year"}), design="rct")
    study.year = 2018
    study.save()
    make_study("pmid:999000002", title="Two", year=2020)

    stored = store(file, chosen, by=alice)

    assert [row.done for row in stored.rows] == [Done.LEFT, Done.LEFT]
    assert {row.messages for row in stored.rows} == {
        ("Has changed since the preview: look at it again.",)
    }
    study.refresh_from_db()
    assert study.year == 2018


def test_storing_twice_adds_once(alice):
    file = read(NBIB)
    chosen = choices(file)

    store(file, chosen, by=alice)
    again = store(file, chosen, by=alice)

    assert again.rows[0].done is Done.LEFT
    assert Study.objects.count() == 1


def test_row_known_by_title_alone_may_be_stored_as_new(alice):
    make_study("pmid:999000001", title="One", year=2020)
    file = read(table("999000002,One,2020"))

    store(file, choices(file, is_new=True, design="rct"), by=alice)

    assert set(Study.objects.values_list("key", flat=True)) == {"pmid:999000001", "pmid:999000002"}


def test_row_known_by_its_number_is_never_new(alice):
    make_study("pmid:999000001", title="One", year=2020)
    file = read(table("999000001,Two,2020"))

    (row,) = store(file, choices(file, is_new=True, design="rct"), by=alice).rows

    assert row.done is Done.LEFT
    assert Study.objects.count() == 1


def test_two_rows_do_not_change_one_study_at_once(alice):
    study = make_study("pmid:999000001", title="Invented one", year=None)
    file = read(table("999000001,Something,2019", ",Invented one,2020"))

    stored = store(file, choices(file, fields=frozenset({"year"})), by=alice)

    study.refresh_from_db()
    assert [row.done for row in stored.rows] == [Done.CHANGED, Done.LEFT]
    assert study.year == 2019


def test_review_is_stored_after_what_it_pools_and_misses_are_named(alice):
    review = {
        **STUDY,
        "key": "pmid:999000005",
        "pmid": "999000005",
        "title": "A review of invented trials",
        "design": "meta-analysis",
        "includes": ["pmid:999000004", "pmid:999000006"],
    }
    file = read(as_json(review, STUDY))

    stored = store(file, choices(file), by=alice)

    found = Study.objects.get(key="pmid:999000005")
    assert [study.key for study in found.includes.all()] == ["pmid:999000004"]
    assert [row.number for row in stored.rows] == [1, 2]
    assert stored.rows[0].messages == ("Pools studies that are not here: pmid:999000006.",)


def test_number_of_no_row_is_answered(alice):
    (row,) = store(read(NBIB), [Choice(7, "")], by=alice).rows

    assert (row.done, row.messages) == (Done.LEFT, ("Is no row of this file.",))
