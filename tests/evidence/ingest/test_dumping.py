"""Small catalogues out and in again, edited by people on the way."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.ingest.dumped_folder import DumpFolder
from evidence.ingest.dumping import dump, plan_dump
from evidence.models import (
    Compound,
    Finding,
    OutcomeMid,
    RegulatoryStatus,
    Study,
    UnitSynonym,
)
from evidence.publication import withdraw_compounds, withdraw_findings
from tests import factories
from tests.data_folders import write_folder
from tests.dump_passes import one_pass
from tests.one_of_each import MAKERS

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def dumped(path, *, drafts=False, at=NOW):
    """Dump what is in the database; return {file: content or text} and what the dump noted."""
    done = dump(plan_dump(at, drafts=drafts), DumpFolder(path), progress=lambda: None)
    files = {file.relative_to(path).as_posix(): file.read_text() for file in path.rglob("*.*")}
    return {
        name: json.loads(text) if name.endswith(".json") else text for name, text in files.items()
    }, done


@pytest.fixture
def source(folder, tmp_path):
    """The small catalogue as files."""
    return write_folder(tmp_path / "source", folder)


@pytest.fixture
def round_trip(source, tmp_path):
    """Return a function that makes both passes, with an edit after the first load."""

    def round_trip(**how):
        first = one_pass(source, tmp_path / "first", **how)
        how.pop("edit", None)
        return first, one_pass(first.folder, tmp_path / "second", **how)

    return round_trip


def test_small_catalogue_comes_out_as_it_went_in(round_trip):
    first, second = round_trip()

    assert first.files == second.files
    assert first.rows == second.rows


def test_edited_rows_come_out_as_they_stand_and_go_in_again(round_trip):
    def edit():
        review = Study.objects.get(key="doi:10.1000/second")
        Finding.objects.filter(key="alpha-01").update(
            estimate=-0.3, ci_high=-0.1, note="First.\n\nSecond – µ.", set_aside=" Read again. "
        )
        Study.objects.filter(key="pmid:101").update(status="retracted", year=None)
        Study.objects.filter(key="pmid:202").update(status="corrected")
        RegulatoryStatus.objects.filter(compound__slug="alpha").update(note="")
        OutcomeMid.objects.filter(is_ratio=False).update(confidence="", note="a\nb")
        Compound.objects.filter(slug="alpha").update(
            summary="One.\nTwo.", cost_low="3.10", cost_year=2026, cost_basis="x\ny"
        )
        review.includes.add(Study.objects.get(key="pmid:202"))

    first, second = round_trip(edit=edit)

    alpha = json.loads(first.files["compounds/alpha.json"])
    finding, studies = alpha["findings"][0], {one["key"]: one for one in alpha["studies"]}
    assert (finding["estimate"], finding["ci_high"]) == (-0.3, -0.1)
    assert (finding["note"], finding["set_aside"]) == ("First.\n\nSecond – µ.", "Read again.")
    assert {key: one["status"] for key, one in studies.items()} == {
        "doi:10.1000/second": "published",
        "pmid:101": "retracted",
        "pmid:202": "corrected",
    }
    assert studies["doi:10.1000/second"]["includes"] == ["pmid:101", "pmid:202"]
    assert (alpha["summary"], alpha["cost_per_month"]["low"]) == ("One.\nTwo.", 3.1)
    assert alpha["regulatory"][0]["note"] is None
    assert first.files == second.files
    assert "A load will refuse" not in first.said


def test_review_that_pools_another_compounds_study_takes_it_along(round_trip):
    def edit():
        review, trial = (Study.objects.get(key=key) for key in ("doi:10.1000/second", "pmid:202"))
        review.includes.add(trial)

    first, second = round_trip(edit=edit)

    for slug in ("alpha", "beta"):
        studies = json.loads(first.files[f"compounds/{slug}.json"])["studies"]
        assert "pmid:202" in [study["key"] for study in studies]
    assert first.files == second.files
    assert first.rows["evidence.Study_includes"] == second.rows["evidence.Study_includes"]


def test_drafts_come_out_only_if_asked_for_and_go_in_again_as_drafts(round_trip):
    first, second = round_trip(draft=True)

    assert {"compounds/alpha.json", "compounds/beta.json"} < first.files.keys()
    assert first.files == second.files
    assert first.rows == second.rows


def test_withdrawn_compound_and_finding_are_not_dumped(source, tmp_path):
    def withdraw():
        by = factories.make_user()
        withdraw_compounds([Compound.objects.get(slug="beta")], by=by, why="Wrong")
        withdraw_findings([Finding.objects.get(key="alpha-01")], by=by, why="Wrong")

    first = one_pass(source, tmp_path / "first", edit=withdraw)

    alpha = json.loads(first.files["compounds/alpha.json"])
    assert "compounds/beta.json" not in first.files
    assert [finding["key"] for finding in alpha["findings"]] == ["alpha-02"]
    assert alpha["interactions"][0]["compound"] is None
    assert alpha["interactions"][0]["with_text"] == "beta"


def test_what_is_public_later_is_not_dumped_yet(tmp_path):
    finding = factories.make_finding()
    Finding.objects.update(published_at=NOW + timedelta(days=1))

    files, _ = dumped(tmp_path / "today")
    later, _ = dumped(tmp_path / "later", at=NOW + timedelta(days=2))

    assert files["compounds/melatonin.json"]["findings"] == []
    assert later["compounds/melatonin.json"]["findings"][0]["key"] == finding.key


def test_unit_that_a_load_would_rename_is_dumped_as_stored(round_trip):
    def edit():
        Finding.objects.filter(key="alpha-01").update(unit="minutes")

    first, second = round_trip(edit=edit)

    assert json.loads(first.files["compounds/alpha.json"])["findings"][0]["unit"] == "min"
    assert first.files == second.files


def test_findings_past_the_hundredth_keep_their_order(tmp_path):
    for number in (100, 2, 99):
        factories.make_finding(f"melatonin-{number:02}")

    files, done = dumped(tmp_path)

    keys = [finding["key"] for finding in files["compounds/melatonin.json"]["findings"]]
    assert keys == ["melatonin-02", "melatonin-99", "melatonin-100"]
    assert done.findings == 3


def test_study_that_nothing_rests_on_is_named_unless_its_key_names_its_compound(tmp_path):
    factories.make_compound()
    for key in ("untraced:melatonin-3", "untraced:elsewhere-1", "pmid:7"):
        factories.make_study(key)

    files, done = dumped(tmp_path)

    studies = files["compounds/melatonin.json"]["studies"]
    assert [study["key"] for study in studies] == ["untraced:melatonin-3"]
    assert done.left_out == ["pmid:7", "untraced:elsewhere-1"]


def test_row_that_a_load_would_refuse_is_dumped_and_named(tmp_path):
    factories.make_finding(note="Soft\xadhyphen")
    factories.make_article(
        body="By [some min](/compounds/melatonin/#melatonin-09).", author="A\x07"
    )

    files, done = dumped(tmp_path)

    assert files["compounds/melatonin.json"]["findings"][0]["note"] == "Soft\xadhyphen"
    problems = [str(problem) for problem in done.problems]
    assert len(problems) == 3
    place = "compounds/melatonin.json: findings[0] (melatonin-01).note"
    assert problems[0].startswith(f"{place}: Holds the invisible character U+00AD")
    file = "articles/melatonin-for-sleep.md"
    assert problems[1].startswith(f"{file}: author: Holds the invisible character U+0007")
    assert problems[2] == f"{file}: Cites the finding melatonin-09, which is not there."


def test_synonym_that_leads_to_a_synonym_is_named(tmp_path, load_it):
    load_it()
    UnitSynonym.objects.create(printed="min", stored="h")

    _, done = dumped(tmp_path / "dump")

    assert any("itself a synonym" in str(problem) for problem in done.problems)


def test_queries_do_not_grow_with_what_a_compound_owns(tmp_path, load_it):
    load_it()
    with CaptureQueriesContext(connection) as few:
        dumped(tmp_path / "few")
    alpha = Compound.objects.get(slug="alpha")
    for i in range(5):
        alpha.aliases.create(name=f"More {i}")
        factories.make_finding(f"alpha-{i + 10}", compound=alpha, study=MAKERS[Study](i))
        factories.make_interaction(alpha, other_compound=Compound.objects.get(slug="beta"))
        factories.make_caution(alpha, other_condition=f"work at height {i}")

    with CaptureQueriesContext(connection) as many:
        files, _ = dumped(tmp_path / "many")

    assert len(files["compounds/alpha.json"]["findings"]) == 7
    # A level of pooling more is asked for in two queries.
    assert len(many) <= len(few) + 2


def test_progress_is_told_of_every_file(tmp_path):
    factories.make_article()
    told = []

    plan = plan_dump(NOW, drafts=False)
    dump(plan, DumpFolder(tmp_path), progress=lambda: told.append(1))

    assert len(told) == len(plan.files) == 3


def test_only_public_articles_of_public_compounds_are_planned():
    factories.make_article("public")
    factories.make_article("draft", published=False)
    factories.make_article("withdrawn", published=False, state="withdrawn")
    factories.make_article("of-a-draft", compound=factories.make_compound("zinc", published=False))

    public, everything = (plan_dump(NOW, drafts=drafts) for drafts in (False, True))

    assert public.articles == ("public",)
    assert everything.articles == ("draft", "of-a-draft", "public")
    assert (public.compounds, everything.compounds) == (("melatonin",), ("melatonin", "zinc"))
