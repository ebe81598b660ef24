import pytest

from evidence.ingest.checks import Known

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"
# A place in a file, what is put there, the field that is named, and words of the message.
DOUBLES = [
    (GOALS, ("goals", 1, "slug"), "sleep", "goals[1] (sleep).slug", "goals[0].slug."),
    (
        GOALS,
        ("goals", 1, "name"),
        "Sleep",
        "goals[1] (Sleep).name",
        "'Sleep' is already given at goals[0].name.",
    ),
    (
        BETA,
        ("name",),
        "Alpha",
        "name",
        "'Alpha' is already given at name of compounds/alpha.json.",
    ),
    (
        BETA,
        ("findings", 0, "key"),
        "alpha-02",
        "findings[0] (alpha-02).key",
        "'alpha-02' is already given at findings[1].key of compounds/alpha.json.",
    ),
    (
        ALPHA,
        ("findings", 1, "key"),
        "alpha-01",
        "findings[1] (alpha-01).key",
        "'alpha-01' is already given at findings[0].key.",
    ),
    (
        BETA,
        ("studies", 0, "doi"),
        "10.1000/FIRST",
        "studies[0] (pmid:202).doi",
        "'10.1000/FIRST' is already that of the study 'pmid:101'.",
    ),
    (
        ALPHA,
        ("studies", 1, "pmid"),
        "101",
        "studies[1] (doi:10.1000/second).pmid",
        "'101' is already that of the study 'pmid:101'.",
    ),
]


@pytest.mark.parametrize(("file", "place", "value", "field", "words"), DOUBLES)
def test_one_key_for_two_things_is_refused(
    folder, put, problems_of, file, place, value, field, words
):
    put(folder, file, place, value)

    problems = problems_of(folder)

    assert [(problem.file, problem.field) for problem in problems] == [(file, field)]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ("conditions", "conditions[1] (pregnancy).code"),
        ("medicine_classes", "medicine_classes[1] (sedatives).code"),
    ],
)
def test_a_code_given_twice_is_refused(folder, problems_of, section, field):
    folder[GOALS][section] *= 2

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == [field]


def test_an_outcome_given_by_two_goals_is_refused(folder, problems_of):
    folder[GOALS]["goals"][1]["outcomes"] += folder[GOALS]["goals"][0]["outcomes"]

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == [
        "goals[1] (Outside every goal).outcomes[1] (sleep-onset).slug"
    ]
    assert "goals[0].outcomes[0].slug" in problems[0].message


def test_a_file_is_named_by_the_slug_of_its_compound(folder, problems_of):
    folder["compounds/gamma.json"] = {**folder.pop(BETA), "slug": "beta"}
    folder[ALPHA]["interactions"] = []

    problems = problems_of(folder)

    assert [(problem.file, problem.field) for problem in problems] == [
        ("compounds/gamma.json", "slug")
    ]
    assert problems[0].message == "Must be the name of the file, 'gamma', got 'beta'."


def test_a_slug_given_by_two_files_is_refused(folder, problems_of):
    folder[BETA]["slug"] = "alpha"

    problems = problems_of(folder)

    assert {(problem.file, problem.field) for problem in problems} == {(BETA, "slug")}
    assert any(f"of {ALPHA}" in problem.message for problem in problems)


def test_a_study_given_twice_in_one_file_is_refused(folder, problems_of):
    folder[ALPHA]["studies"].append(folder[ALPHA]["studies"][0])

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == ["studies[2] (pmid:101).key"]
    assert "already given at studies[0]" in problems[0].message


def test_a_study_may_be_given_in_two_files_that_agree(folder, problems_of):
    folder[BETA]["studies"].append(folder[ALPHA]["studies"][0])

    assert problems_of(folder) == []


def test_files_that_differ_on_a_study_are_refused(folder, problems_of):
    study = {**folder[ALPHA]["studies"][0], "year": 2020, "title": "Another title"}
    folder[BETA]["studies"].append(study)

    problems = problems_of(folder)

    assert [(problem.file, problem.field) for problem in problems] == [
        (BETA, "studies[1] (pmid:101).title")
    ]
    assert problems[0].message == (
        "compounds/alpha.json says 'Alpha for sleep' of the same study, got 'Another title'."
    )


def test_a_damaged_copy_of_a_study_is_compared_by_what_is_left(folder, problems_of):
    study = {**folder[ALPHA]["studies"][0], "year": "2019", "design": "cohort"}
    folder[BETA]["studies"].append(study)

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == [
        "studies[1] (pmid:101).year",
        "studies[1] (pmid:101).design",
    ]


def test_a_pmid_that_only_the_key_gives_counts_too(folder, problems_of):
    folder[ALPHA]["studies"][0]["pmid"] = None
    folder[ALPHA]["studies"][1]["pmid"] = "101"

    problems = problems_of(folder)

    assert [problem.field for problem in problems] == ["studies[1] (doi:10.1000/second).pmid"]


@pytest.mark.parametrize(
    ("known", "field", "words"),
    [
        (Known(pmids={"202": "doi:10.1/x"}), "studies[0] (pmid:202).pmid", "'doi:10.1/x'"),
        (Known(dois={"10.1000/first": "pmid:9"}), "studies[0] (pmid:101).doi", "'pmid:9'"),
        (Known(findings={"beta-01": "gamma"}), "findings[0] (beta-01).key", "'gamma'"),
    ],
)
def test_what_the_database_calls_otherwise_is_refused(folder, problems_of, known, field, words):
    problems = problems_of(folder, known)

    assert [problem.field for problem in problems] == [field]
    assert words in problems[0].message


def test_what_the_folder_gives_anew_is_not_held_against_it(folder, problems_of):
    known = Known(
        pmids={"101": "pmid:101", "202": "pmid:101"},
        dois={"10.1000/first": "pmid:101"},
        findings={"alpha-01": "alpha", "beta-01": "alpha"},
    )

    assert problems_of(folder, known) == []
