from typing import get_args

import pytest
from pydantic import ValidationError

from evidence import choices
from evidence.ingest import fields
from evidence.ingest.schema import CompoundFile, GoalsFile
from evidence.models import (
    Alias,
    Caution,
    Compound,
    Condition,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    OutcomeMid,
    Protocol,
    RegulatoryStatus,
    SideEffect,
    Study,
)

# A section of a compound's file (or of goals.json), a text field of its rows -> its column.
COLUMNS = [
    ("", "name", Compound, "name"),
    ("cost_per_month", "source", Compound, "cost_source"),
    ("aliases", "", Alias, "name"),
    ("regulatory", "source", RegulatoryStatus, "source"),
    ("regulatory", "source_title", RegulatoryStatus, "source_title"),
    *[("protocols", name, Protocol, name) for name in ("dose", "frequency", "duration")],
    *[("protocols", name, Protocol, name) for name in ("population", "unit")],
    ("side_effects", "effect", SideEffect, "effect"),
    ("cautions", "reason", Caution, "reason"),
    ("cautions", "sources_differ", Caution, "sources_differ"),
    ("interactions", "with_text", Interaction, "with_text"),
    ("interactions", "effect", Interaction, "effect"),
    *[("studies", name, Study, name) for name in ("title", "journal", "registry", "population")],
    *[("studies", name, Study, name) for name in ("countries", "funding")],
    *[("findings", name, Finding, name) for name in ("comparator", "combined_with", "dose")],
    *[("findings", name, Finding, name) for name in ("duration", "population", "unit")],
    ("findings", "set_aside", Finding, "set_aside"),
    ("conditions", "name", Condition, "name"),
    ("conditions", "group", Condition, "group"),
    ("medicine_classes", "name", MedicineClass, "name"),
    ("goals", "name", Goal, "name"),
    ("outcomes", "name", Outcome, "name"),
    ("outcomes", "unit", Outcome, "unit"),
    ("mids", "unit", OutcomeMid, "unit"),
    ("mids", "source", OutcomeMid, "source"),
]
# The codes of a file -> those that its column takes.
CODES = [
    (fields.CompoundClass, choices.CompoundClass),
    (fields.Route, choices.Route),
    (fields.LegalStatus, choices.LegalStatus),
    (fields.SourceQuality, choices.SourceQuality),
    (fields.Confidence, choices.Confidence),
    (fields.SideEffectFrequency, choices.SideEffectFrequency),
    (fields.SideEffectSeverity, choices.SideEffectSeverity),
    (fields.CautionLevel, choices.CautionLevel),
    (fields.InteractionSeverity, choices.InteractionSeverity),
    (fields.Blinding, choices.Blinding),
    (fields.StudyStatus, choices.StudyStatus),
]


ALPHA, GOALS = "compounds/alpha.json", "goals.json"
FINDING, STUDY = ("findings", 0), ("studies", 0)
OUTCOME = ("goals", 0, "outcomes", 0)
# A place, a value that it refuses, and a word of the reason.
REFUSED = [
    (ALPHA, ("slug",), "Alpha", "small letters"),
    (ALPHA, ("slug",), "alpha\n", "small letters"),
    (ALPHA, ("slug",), "-alpha", "small letters"),
    (ALPHA, ("name",), " ", "blank"),
    (ALPHA, ("name",), None, "string"),
    (ALPHA, ("name",), "Al\x00pha", "U+0000"),
    (ALPHA, ("name",), "Al\npha", "U+000A"),
    (ALPHA, ("name",), "Al\u202epha", "U+202E"),
    (ALPHA, ("name",), "Al\ud800pha", "U+D800"),
    (ALPHA, ("summary",), "x" * 5001, "5000"),
    (ALPHA, ("aliases",), "A1", "tuple"),
    (ALPHA, ("aliases", 0), 5, "string"),
    (ALPHA, ("class",), "herb", "botanical"),
    (ALPHA, ("routes", 0), "oraly", "'oral'"),
    (ALPHA, ("identifiers",), None, "dictionary"),
    (ALPHA, ("identifiers", "pubchem_cid"), "12a", "integer"),
    (ALPHA, ("identifiers", "pubchem_cid"), 0, "greater"),
    (ALPHA, ("identifiers", "pubchem_cid"), 2.5, "integer"),
    (ALPHA, ("identifiers", "pubchem_cid"), True, "integer"),
    (ALPHA, ("identifiers", "cas"), "73-31", "CAS"),
    (ALPHA, ("identifiers", "unii"), "jl5dk93rcl", "ten capitals"),
    (ALPHA, ("cost_per_month", "low"), -1, "greater"),
    (ALPHA, ("cost_per_month", "low"), 1.234, "two decimals"),
    (ALPHA, ("cost_per_month", "high"), 1e9, "less"),
    (ALPHA, ("cost_per_month", "currency"), "$", "three capitals"),
    (ALPHA, ("cost_per_month", "year"), 1700, "1800"),
    (ALPHA, ("cost_per_month", "confidence"), "high", "'fair'"),
    (ALPHA, ("regulatory", 0, "region"), "Europe", "two capitals"),
    (ALPHA, ("regulatory", 0, "status"), "legal", "approved-drug"),
    (ALPHA, ("regulatory", 0, "source_quality"), "good", "primary"),
    (ALPHA, ("protocols", 0, "low"), -2, "greater"),
    (ALPHA, ("side_effects", 0, "frequency"), "often", "common"),
    (ALPHA, ("side_effects", 0, "severity"), "major", "severe"),
    (ALPHA, ("cautions", 0, "condition"), "other:", "other:<text>"),
    (ALPHA, ("cautions", 0, "condition"), "other: ", "other:<text>"),
    (ALPHA, ("cautions", 0, "condition"), "Pregnancy", "code of a condition"),
    (ALPHA, ("cautions", 0, "level"), "stop", "contraindicated"),
    (ALPHA, ("interactions", 0, "severity"), "severe", "major"),
    (ALPHA, ("interactions", 0, "with_text"), None, "string"),
    (ALPHA, ("interactions", 0, "medicine_classes"), None, "tuple"),
    (ALPHA, (*STUDY, "key"), "PMID 101", "pmid:"),
    (ALPHA, (*STUDY, "key"), "untraced:alpha", "untraced:"),
    (ALPHA, (*STUDY, "pmid"), 101, "string"),
    (ALPHA, (*STUDY, "pmid"), "pmid:101", "digits"),
    (ALPHA, (*STUDY, "pmid"), "١٠١", "digits"),
    (ALPHA, (*STUDY, "doi"), "https://doi.org/10.1000/x", "DOI"),
    (ALPHA, (*STUDY, "url"), "javascript:alert(1)", "http://"),
    (ALPHA, (*STUDY, "url"), "https://", "http://"),
    (ALPHA, (*STUDY, "title_confirmed"), "yes", "boolean"),
    (ALPHA, (*STUDY, "year"), 1799, "1800"),
    (ALPHA, (*STUDY, "year"), 2101, "2100"),
    (ALPHA, (*STUDY, "year"), "2019", "integer"),
    (ALPHA, (*STUDY, "year"), 2019.0, "integer"),
    (ALPHA, (*STUDY, "design"), "RCT", "crossover-rct"),
    (ALPHA, (*STUDY, "n_studies"), 0, "greater"),
    (ALPHA, (*STUDY, "n_participants"), 0, "greater"),
    (ALPHA, (*STUDY, "n_participants"), 2**31, "less"),
    (ALPHA, (*STUDY, "blinding"), "blind", "double-blind"),
    (ALPHA, (*STUDY, "status"), "withdrawn", "retracted"),
    (ALPHA, (*STUDY, "includes"), None, "tuple"),
    (ALPHA, (*FINDING, "key"), "alpha", "<compound>-<number>"),
    (ALPHA, (*FINDING, "comparator_kind"), "placebo", "inactive"),
    (ALPHA, (*FINDING, "measure"), "WMD", "'MD'"),
    (ALPHA, (*FINDING, "measure"), "", "'MD'"),
    (ALPHA, (*FINDING, "estimate"), "-7.0", "number"),
    (ALPHA, (*FINDING, "estimate"), True, "number"),
    (ALPHA, (*FINDING, "estimate"), float("inf"), "finite"),
    (ALPHA, (*FINDING, "p"), float("nan"), "finite"),
    (ALPHA, (*FINDING, "i2"), 100.1, "100"),
    (ALPHA, (*FINDING, "i2"), -0.1, "0"),
    (ALPHA, (*FINDING, "n_participants"), 60.5, "integer"),
    (ALPHA, (*FINDING, "n_participants"), 2**31, "less"),
    (ALPHA, (*FINDING, "n_studies"), 0, "greater"),
    (ALPHA, (*FINDING, "result"), "benefitt", "benefit"),
    (ALPHA, (*FINDING, "grade_reported"), "very low", "very-low"),
    (ALPHA, (*FINDING, "concerns", "imprecision"), "some", "serious"),
    (ALPHA, (*FINDING, "concerns", "imprecision"), None, "serious"),
    (ALPHA, (*FINDING, "better"), "up", "higher"),
    (ALPHA, (*FINDING, "independent"), None, "boolean"),
    (GOALS, ("goals", 0, "slug"), "Sleep", "small letters"),
    (GOALS, (*OUTCOME, "kind"), "objective", "surrogate"),
    (GOALS, (*OUTCOME, "better"), None, "lower"),
    (GOALS, (*OUTCOME, "common_event"), 0, "boolean"),
    (GOALS, (*OUTCOME, "mids", 0, "mid"), 0, "0"),
    (GOALS, (*OUTCOME, "mids", 0, "basis"), "GRADE default", "published-MID"),
    (GOALS, (*OUTCOME, "mids", 0, "unit"), None, "string"),
    (GOALS, (*OUTCOME, "mids", 0, "confidence"), "high", "fair"),
    (GOALS, ("goals", 1, "outcomes", 0, "ratio_mid", "mid"), 1, "no difference"),
    (GOALS, ("goals", 1, "outcomes", 0, "ratio_mid", "mid"), -0.8, "greater"),
    (GOALS, ("goals", 1, "outcomes", 0, "ratio_mid", "basis"), "0.2 SD", "GRADE default"),
    (GOALS, ("conditions", 0, "medicine_classes"), "sedatives", "tuple"),
    (GOALS, ("unit_synonyms", "minutes"), 5, "string"),
]


def errors_of(shape, content):
    try:
        shape.model_validate(content)
    except ValidationError as error:
        return {(found["loc"], found["type"]) for found in error.errors()}
    return set()


def with_text(folder, section, name, text):
    """Put `text` into the named field of a section's first row; return its shape and file."""
    rows = {
        **folder["compounds/alpha.json"],
        **{key: folder["goals.json"][key] for key in ("conditions", "medicine_classes", "goals")},
        "outcomes": folder["goals.json"]["goals"][0]["outcomes"],
        "mids": folder["goals.json"]["goals"][0]["outcomes"][0]["mids"],
        "": folder["compounds/alpha.json"],
    }[section]
    row = rows if isinstance(rows, dict) or not name else rows[0]
    row[name or 0] = text
    if section in ("conditions", "medicine_classes", "goals", "outcomes", "mids"):
        return GoalsFile, folder["goals.json"]
    return CompoundFile, folder["compounds/alpha.json"]


@pytest.mark.parametrize(("section", "name", "model", "column"), COLUMNS)
def test_texts_are_as_long_as_their_column_at_most(folder, section, name, model, column):
    longest = model._meta.get_field(column).max_length

    fitting = errors_of(*with_text(folder, section, name, "é" * longest))
    too_long = errors_of(*with_text(folder, section, name, "é" * (longest + 1)))

    assert fitting == set()
    assert [kind for _, kind in too_long] in (["too_long"], ["string_too_long"])


def test_condition_without_a_code_fits_its_column(folder):
    longest = Caution._meta.get_field("other_condition").max_length

    fitting = errors_of(*with_text(folder, "cautions", "condition", "other:" + "é" * longest))
    too_long = errors_of(
        *with_text(folder, "cautions", "condition", "other:" + "é" * (longest + 1))
    )

    assert fitting == set()
    assert len(too_long) == 1


@pytest.mark.parametrize(("codes", "column"), CODES)
def test_codes_are_those_of_the_column(codes, column):
    assert set(get_args(codes)) == set(column.values)


def test_bases_of_mids_are_those_of_the_column():
    bases = set(get_args(fields.MidBasis)) | set(get_args(fields.RatioMidBasis))

    assert bases == set(choices.MidBasis.values)


@pytest.mark.parametrize(("given", "kept"), [("896", 896), (896, 896), (None, None)])
def test_pubchem_number_is_a_number_however_written(folder, given, kept):
    folder["compounds/alpha.json"]["identifiers"]["pubchem_cid"] = given

    compound = CompoundFile.model_validate(folder["compounds/alpha.json"])

    assert compound.identifiers.pubchem_cid == kept


def test_text_loses_its_outer_blanks_and_a_unit_keeps_them(folder):
    folder["compounds/alpha.json"]["name"] = " Alpha "
    folder["compounds/alpha.json"]["findings"][0]["unit"] = "min "

    compound = CompoundFile.model_validate(folder["compounds/alpha.json"])

    assert compound.name == "Alpha"
    assert compound.findings[0].unit == "min "


@pytest.mark.parametrize(("file", "place", "value", "word"), REFUSED)
def test_a_value_outside_the_format_is_refused(folder, put, file, place, value, word):
    put(folder, file, place, value)

    with pytest.raises(ValidationError) as refusal:
        (GoalsFile if file == GOALS else CompoundFile).model_validate(folder[file])

    (error,) = refusal.value.errors()
    assert error["loc"] == place
    assert word in error["msg"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*STUDY, "key"), "registry:NCT04777396, NCT04777409"),
        ((*STUDY, "key"), "untraced:thymosin-alpha-1-12"),
        ((*STUDY, "key"), "doi:10.1016/S0140-6736(05)66456-2"),
        ((*STUDY, "url"), "http://example.com/a?b=%22c%22#d"),
        ((*STUDY, "year"), None),
        ((*FINDING, "estimate"), -7),
        ((*FINDING, "population"), "90 % β-blocked – “adults”"),
        (("cautions", 0, "condition"), "other:HLA-B*35:01 carriers"),
        (("regulatory", 0, "region"), "sport"),
        (("regulatory", 0, "source"), "PMID 18611150"),
        (("identifiers", "cas"), None),
    ],
)
def test_a_value_of_the_format_is_kept(folder, put, place, value):
    put(folder, ALPHA, place, value)

    node = CompoundFile.model_validate(folder[ALPHA])

    for step in place:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    assert node == value
