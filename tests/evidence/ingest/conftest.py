"""A small catalogue to damage, and the real one to leave alone."""

import json
from pathlib import Path

import pytest

import evidence
from evidence.ingest.checks import NOTHING_KNOWN, check_catalogue
from evidence.ingest.reading import parse_json, read_compound, read_goals
from tests.data_folders import load, write_folder

DATA = Path(evidence.__file__).parent / "data"

SOURCE = {"source": "pmid:23691095", "source_quality": "primary"}
STUDY = {
    "key": "pmid:101",
    "pmid": "101",
    "doi": "10.1000/First",
    "registry": None,
    "title": "Alpha for sleep",
    "title_confirmed": True,
    "year": 2019,
    "journal": "Sleep",
    "design": "rct",
    "n_studies": None,
    "n_participants": 60,
    "population": "adults",
    "countries": None,
    "blinding": "double-blind",
    "funding": None,
    "status": "published",
    "includes": [],
}
FINDING = {
    "key": "alpha-01",
    "outcome": "sleep-onset",
    "study": "pmid:101",
    "comparator": "placebo",
    "comparator_kind": "inactive",
    "combined_with": None,
    "dose": "3 mg",
    "duration": "8 weeks",
    "population": None,
    "measure": "MD",
    "estimate": -7.0,
    "ci_low": -9.5,
    "ci_high": -4.5,
    "ci_level": 95,
    "p": None,
    "unit": "min",
    "n_participants": 60,
    "n_studies": None,
    "i2": None,
    "result": "benefit",
    "grade_reported": None,
    "concerns": {
        "risk_of_bias": "none",
        "inconsistency": "none",
        "indirectness": "none",
        "imprecision": "serious",
        "publication_bias": "unknown",
    },
    "note": None,
    "better": None,
    "set_aside": None,
    "independent": False,
}
ALPHA = {
    "slug": "alpha",
    "name": "Alpha",
    "aliases": ["A1", "A2"],
    "class": "hormone",
    "identifiers": {"pubchem_cid": "896", "cas": "73-31-4", "unii": "JL5DK93RCL"},
    "summary": "A made-up compound.",
    "mechanisms": ["Binds to a made-up receptor."],
    "routes": ["oral"],
    "cost_per_month": {"low": 3, "high": 9.5, "currency": "USD", "source": None},
    "regulatory": [{"region": "US", "status": "dietary-supplement", "note": "Sold", **SOURCE}],
    "protocols": [
        {
            "route": "oral",
            "dose": "2-5 mg",
            "low": 2,
            "high": 5,
            "unit": "mg",
            "frequency": "daily",
            "duration": None,
            "population": "adults",
            **SOURCE,
        }
    ],
    "side_effects": [
        {"effect": "drowsiness", "frequency": "common", "severity": "mild", **SOURCE},
    ],
    "cautions": [
        {"condition": "pregnancy", "level": "avoid", "reason": "Not studied", **SOURCE},
        {"condition": "other:night driving", "level": "caution", "reason": "Drowsy", **SOURCE},
    ],
    "interactions": [
        {
            "compound": "beta",
            "medicine_classes": [],
            "with_text": "beta",
            "severity": "minor",
            "effect": "More drowsiness",
            **SOURCE,
        },
        {
            "compound": None,
            "medicine_classes": ["sedatives"],
            "with_text": "sleeping pills",
            "severity": "major",
            "effect": "Much more drowsiness",
            **SOURCE,
        },
    ],
    "studies": [
        STUDY,
        {
            **STUDY,
            "key": "doi:10.1000/second",
            "pmid": None,
            "doi": "10.1000/Second",
            "design": "meta-analysis",
            "includes": ["pmid:101"],
        },
    ],
    "findings": [
        FINDING,
        {
            **FINDING,
            "key": "alpha-02",
            "outcome": "mood",
            "study": "doi:10.1000/second",
            "measure": "OR",
            "estimate": 1.4,
            "ci_low": 1.1,
            "ci_high": 1.8,
            "unit": None,
        },
    ],
}
BETA = {
    **ALPHA,
    "slug": "beta",
    "name": "Beta",
    "interactions": [],
    "studies": [{**STUDY, "key": "pmid:202", "pmid": "202", "doi": None}],
    "findings": [{**FINDING, "key": "beta-01", "study": "pmid:202", "unit": "minutes"}],
}
MID = {
    "unit": "min",
    "mid": -9.0,
    "basis": "published-MID",
    "source": None,
    "note": None,
    "confidence": "fair",
}
OUTCOME = {
    "slug": "sleep-onset",
    "name": "Time until asleep",
    "kind": "patient-reported",
    "better": "lower",
    "unit": "min",
    "common_event": False,
    "ratio_mid": None,
    "mids": [MID, {**MID, "unit": "SMD", "mid": -0.3}],
}
GOALS = {
    "conditions": [
        {
            "code": "pregnancy",
            "name": "Pregnant",
            "group": "Life stage",
            "medicine_classes": ["sedatives"],
        }
    ],
    "unit_synonyms": {"minutes": "min"},
    "medicine_classes": [{"code": "sedatives", "name": "Sleeping pills"}],
    "goals": [
        {"slug": "sleep", "name": "Sleep", "outcomes": [OUTCOME]},
        {
            "slug": None,
            "name": "Outside every goal",
            "outcomes": [
                {
                    **OUTCOME,
                    "slug": "mood",
                    "name": "Mood",
                    "ratio_mid": {
                        "mid": 1.25,
                        "basis": "GRADE default",
                        "source": None,
                        "note": None,
                    },
                    "mids": [],
                }
            ],
        },
    ],
}
ALPHA_FILE, BETA_FILE, GOALS_FILE = "compounds/alpha.json", "compounds/beta.json", "goals.json"


@pytest.fixture
def folder():
    """Return a whole small catalogue, file by file, to be damaged at will."""
    # Through JSON, so that no two rows share an object.
    return json.loads(json.dumps({GOALS_FILE: GOALS, ALPHA_FILE: ALPHA, BETA_FILE: BETA}))


@pytest.fixture
def load_it(folder, tmp_path, db):
    """Return a function that writes the folder as it is now and loads it."""

    def load_it(**how):
        return load(write_folder(tmp_path, folder), **how)

    return load_it


@pytest.fixture
def put():
    """Return a function that sets one place of a folder to a value."""

    def put(folder, file, place, value):
        node = folder[file]
        for step in place[:-1]:
            node = node[step]
        node[place[-1]] = value

    return put


@pytest.fixture(scope="session")
def problems_of():
    """Return a function that reads a folder of contents as the loader does: all its problems."""

    def problems_of(folder, known=NOTHING_KNOWN):
        goals, compounds, damaged, problems = None, {}, {}, []
        for file, content in folder.items():
            entry, found = (read_goals if file == GOALS_FILE else read_compound)(file, content)
            problems += found
            if entry is None:
                damaged[file] = content
            elif file == GOALS_FILE:
                goals = entry
            else:
                compounds[file] = entry
        return problems + check_catalogue(goals, compounds, known, damaged)

    return problems_of


@pytest.fixture(scope="session")
def real_contents():
    """Return the shipped catalogue as JSON gives it, file by file; not to be changed."""
    contents = {}
    for path in [DATA / GOALS_FILE, *sorted((DATA / "compounds").glob("*.json"))]:
        file = path.relative_to(DATA).as_posix()
        content, problems = parse_json(file, path.read_text(encoding="utf-8"))
        assert problems == []
        contents[file] = content
    return contents
