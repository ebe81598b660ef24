import pytest

from evidence.ingest.checks import Known

ALPHA, BETA, GOALS = "compounds/alpha.json", "compounds/beta.json", "goals.json"
# A place, a name that nothing gives, the field that is named, and the message.
IN_VAIN = [
    (
        ALPHA,
        ("findings", 0, "outcome"),
        "sleep-onsett",
        "findings[0] (alpha-01).outcome",
        "No outcome 'sleep-onsett' here or in the database; did you mean 'sleep-onset'?",
    ),
    (
        ALPHA,
        ("findings", 0, "study"),
        "pmid:102",
        "findings[0] (alpha-01).study",
        "No study 'pmid:102' here or in the database.",
    ),
    (
        ALPHA,
        ("studies", 1, "includes", 0),
        "pmid:999",
        "studies[1] (doi:10.1000/second).includes[0]",
        "No study 'pmid:999' here or in the database.",
    ),
    (
        ALPHA,
        ("cautions", 0, "condition"),
        "gout",
        "cautions[0] (gout).condition",
        "No condition 'gout' here or in the database.",
    ),
    (
        ALPHA,
        ("interactions", 0, "compound"),
        "omega",
        "interactions[0] (beta).compound",
        "No compound 'omega' here or in the database.",
    ),
    (
        ALPHA,
        ("interactions", 1, "medicine_classes", 0),
        "statins",
        "interactions[1] (sleeping pills).medicine_classes[0]",
        "No medicine class 'statins' here or in the database.",
    ),
    (
        GOALS,
        ("conditions", 0, "medicine_classes", 0),
        "statins",
        "conditions[0] (pregnancy).medicine_classes[0]",
        "No medicine class 'statins' here or in the database.",
    ),
]
ALL_KNOWN = Known(
    outcomes=frozenset({"sleep-onset", "mood"}),
    conditions=frozenset({"pregnancy"}),
    medicine_classes=frozenset({"sedatives"}),
    compounds=frozenset({"beta"}),
    studies=frozenset({"pmid:101"}),
)


@pytest.mark.parametrize(("file", "place", "value", "field", "message"), IN_VAIN)
def test_a_name_that_nothing_gives_is_refused(
    folder, put, problems_of, file, place, value, field, message
):
    put(folder, file, place, value)

    problems = problems_of(folder)

    assert [(problem.file, problem.field, problem.message) for problem in problems] == [
        (file, field, message)
    ]


def test_a_study_of_another_file_may_be_named(folder, problems_of):
    folder[BETA]["findings"][0]["study"] = "pmid:101"
    folder[BETA]["studies"][0]["includes"] = ["doi:10.1000/second"]

    assert problems_of(folder) == []


def test_a_part_of_the_catalogue_may_name_what_the_database_holds(folder, problems_of):
    folder[ALPHA]["studies"].pop(0)

    problems = problems_of({ALPHA: folder[ALPHA]}, ALL_KNOWN)

    assert problems == []


def test_a_part_of_the_catalogue_without_a_database_is_refused(folder, problems_of):
    problems = problems_of({ALPHA: folder[ALPHA]})

    assert {problem.field for problem in problems} == {
        "findings[0] (alpha-01).outcome",
        "findings[1] (alpha-02).outcome",
        "cautions[0] (pregnancy).condition",
        "interactions[0] (beta).compound",
        "interactions[1] (sleeping pills).medicine_classes[0]",
    }


def test_names_in_a_damaged_file_still_count(folder, problems_of):
    folder[GOALS]["goals"][0]["outcomes"][0]["kind"] = "objective"
    folder[BETA]["summary"] = ""

    problems = problems_of(folder)

    assert [(problem.file, problem.field) for problem in problems] == [
        (GOALS, "goals[0] (sleep).outcomes[0] (sleep-onset).kind"),
        (BETA, "summary"),
    ]


@pytest.mark.parametrize("lost", [None, [], {}])
def test_a_lost_file_does_not_make_every_name_unknown(folder, problems_of, lost):
    folder |= {GOALS: lost, BETA: lost}

    problems = problems_of(folder)

    assert {problem.file for problem in problems} == {GOALS, BETA}
