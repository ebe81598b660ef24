import pytest

from evidence.ingest.checks import Known

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"


def test_the_shipped_catalogue_has_no_problem(real_contents, problems_of):
    assert len(real_contents) == 49
    assert problems_of(real_contents) == []


def test_the_small_catalogue_has_no_problem(folder, problems_of):
    assert problems_of(folder) == []


def test_five_errors_in_three_files_are_all_named(folder, put, problems_of):
    put(folder, GOALS, ("goals", 0, "outcomes", 0, "mids", 0, "mid"), 0)
    put(folder, ALPHA, ("findings", 0, "ci_low"), -1.0)
    put(folder, ALPHA, ("findings", 1, "outcome"), "moood")
    put(folder, BETA, ("studies", 0, "year"), "2019")
    put(folder, BETA, ("findings", 0, "key"), "alpha-01")

    problems = problems_of(folder)

    assert {(problem.file, problem.field) for problem in problems} == {
        (GOALS, "goals[0] (sleep).outcomes[0] (sleep-onset).mids[0] (min).mid"),
        (ALPHA, "findings[0] (alpha-01).ci_low"),
        (ALPHA, "findings[1] (alpha-02).outcome"),
        (BETA, "studies[0] (pmid:202).year"),
        (BETA, "findings[0] (alpha-01).key"),
    }
    assert len(problems) == 5


@pytest.mark.parametrize("unit", ["min", " MIN ", "minutes"])
def test_a_unit_has_one_mid_per_outcome(folder, problems_of, unit):
    folder[GOALS]["goals"][0]["outcomes"][0]["mids"][1]["unit"] = unit

    problems = problems_of(folder)

    assert [problem.file for problem in problems] == [GOALS]
    assert problems[0].field.startswith("goals[0] (sleep).outcomes[0] (sleep-onset).mids[1]")
    assert "Already the unit of mids[0]" in problems[0].message


def test_a_mid_may_run_against_its_outcome(folder, problems_of):
    folder[GOALS]["goals"][0]["outcomes"][0]["mids"][0]["mid"] = 9.0

    assert problems_of(folder) == []


@pytest.mark.parametrize("stored", ["minutes", "min.", "m"])
def test_synonyms_do_not_chain(folder, problems_of, stored):
    folder[GOALS]["unit_synonyms"] = {"minutes": stored, "min.": "min", "m": "min"}

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == ["unit_synonyms.minutes"]
    assert "itself a synonym" in problems[0].message


def test_synonyms_do_not_chain_with_those_of_the_database(folder, problems_of):
    onward = problems_of(folder, Known(unit_synonyms={"min": "minute"}))
    inward = problems_of(folder, Known(unit_synonyms={"mins": "minutes"}))
    same = problems_of(folder, Known(unit_synonyms={"minutes": "min", "mins": "min"}))

    assert [problem.field for problem in onward] == ["unit_synonyms.minutes"]
    assert [problem.field for problem in inward] == ["unit_synonyms.minutes"]
    assert same == []


def test_the_order_of_the_files_does_not_matter(folder, problems_of):
    folder[BETA]["findings"][0]["key"] = "alpha-01"

    problems = problems_of(folder)
    turned = problems_of(dict(reversed(folder.items())))

    assert problems == turned
    assert [problem.file for problem in problems] == [BETA]
