"""Finding what a visitor means by a name; the table of names that the release carries."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stackbuilder.engine.person import Answer, AnswerKind
from stackbuilder.visitor import medicines as module
from stackbuilder.visitor.medicines import (
    LONGEST_SEARCH,
    MOST_SUGGESTIONS,
    MedicineEntry,
    MedicineFile,
    find,
    folded,
    wordings,
)
from tests.catalogue_facts import CATALOGUE, ROOT, read_json

TABLE = read_json(ROOT / "stackbuilder" / "data" / "medicine_names.json")
GOALS = read_json(CATALOGUE / "goals.json")
CLASSES = {row["code"]: row["name"] for row in GOALS["medicine_classes"]}
CONDITIONS = {row["code"]: row["name"] for row in GOALS["conditions"]}
MEDICINES = MedicineFile.model_validate(TABLE).medicines
EVERYTHING = wordings(MEDICINES, CLASSES, CONDITIONS)


def names(text, among=EVERYTHING):
    return [suggestion.name for suggestion in find(text, among)]


def codes(suggestion):
    return {answer.code for answer in suggestion.answers}


def test_table_names_a_medicine_of_every_class_and_only_known_codes():
    classes = [code for entry in MEDICINES for code in entry.classes]
    conditions = [code for entry in MEDICINES for code in entry.conditions]

    assert set(classes) == set(CLASSES)
    assert set(conditions) <= set(CONDITIONS)


def test_table_names_no_code_twice_for_one_medicine():
    assert [e.name for e in MEDICINES if len(set(e.classes)) < len(e.classes)] == []


def test_table_says_that_it_is_not_complete():
    assert "not a complete list" in TABLE["note"]


# Common pharmacological knowledge, written down apart from the table.
@pytest.mark.parametrize(
    "name, code",
    [
        ("warfarin", "anticoagulants"),
        ("apixaban", "anticoagulants"),
        ("clopidogrel", "antiplatelets"),
        ("aspirin", "antiplatelets"),
        ("aspirin", "nsaids"),
        ("ciclosporin", "immunosuppressants"),
        ("tacrolimus", "immunosuppressants"),
        ("prednisolone", "corticosteroids"),
        ("sertraline", "ssri-snri"),
        ("venlafaxine", "ssri-snri"),
        ("phenelzine", "maoi"),
        ("diazepam", "sedatives"),
        ("carbamazepine", "anticonvulsants"),
        ("levothyroxine", "thyroid-hormone"),
        ("simvastatin", "statins"),
        ("efavirenz", "hiv-medicines"),
        ("methotrexate", "immunosuppressants"),
        ("methotrexate", "cancer-medicines"),
        ("linezolid", "antibiotics"),
        ("linezolid", "maoi"),
        ("ketoconazole", "antifungals"),
        ("alendronic acid", "bisphosphonates"),
        ("glyceryl trinitrate", "nitrates"),
        ("sildenafil", "pde5-inhibitors"),
        ("quinidine", "heart-rhythm-medicines"),
        ("penicillamine", "metal-binding-medicines"),
        ("iohexol", "contrast-media"),
        ("metformin", "glucose-lowering"),
        ("insulin glargine", "insulin"),
        ("amitriptyline", "ssri-maoi"),
    ],
)
def test_medicine_leads_to_its_class(name, code):
    first = find(name, EVERYTHING)[0]

    assert first.name == first.found_as == name
    assert code in codes(first)
    assert not first.is_guess


@pytest.mark.parametrize(
    "text, name, found_as",
    [
        ("acetaminophen", "paracetamol", "acetaminophen"),
        ("Nitroglycerin", "glyceryl trinitrate", "nitroglycerin"),
        ("the pill", "ethinylestradiol", "the pill"),
        ("nph", "isophane insulin", "NPH insulin"),
    ],
)
def test_other_name_of_a_medicine_is_told_as_it_is_written(text, name, found_as):
    first = find(text, EVERYTHING)[0]

    assert (first.name, first.found_as) == (name, found_as)


@pytest.mark.parametrize(
    "text, name",
    [
        ("blood thinner", "Blood thinners (warfarin, DOACs, heparin)"),
        ("pregnant", "Pregnant or trying to be"),
        ("hypertension", "High blood pressure"),
        ("kidney st", "Kidney stones"),
    ],
)
def test_condition_or_class_is_found_by_its_plain_name_and_its_code(text, name):
    assert names(text)[0] == name


def test_condition_and_class_give_the_answer_of_their_kind():
    found = {suggestion.name: suggestion.answers for suggestion in find("blood", EVERYTHING)}

    anticoagulants = "anticoagulants"
    assert found[CONDITIONS[anticoagulants]] == (Answer(AnswerKind.CONDITION, anticoagulants),)
    assert found[CLASSES[anticoagulants]] == (Answer(AnswerKind.MEDICINE_CLASS, anticoagulants),)


@pytest.mark.parametrize(
    "text", ["WARFARIN", "  warfarin ", "wàrfarín", "ｗａｒｆａｒｉｎ", "warf", "warfarin 5 mg"]
)
def test_case_accents_width_and_what_stands_beside_do_not_matter(text):
    first = find(text, EVERYTHING)[0]

    assert (first.name, first.is_guess) == ("warfarin", False)


@pytest.mark.parametrize(
    "text, name",
    [
        ("warfrin", "warfarin"),
        ("siclosporin", "ciclosporin"),
        ("acetaminofen", "paracetamol"),
        ("my diabetis", "Diabetes"),
        ("taking warfrin 5 mg", "warfarin"),
        ("antidepresants", "Antidepressants: SSRI and SNRI"),
        ("pregnent", "Pregnant or trying to be"),
        ("simvastatine", "simvastatin"),
    ],
)
def test_typing_error_is_forgiven_and_said_to_be_a_guess(text, name):
    found = find(text, EVERYTHING)

    assert name in [suggestion.name for suggestion in found]
    assert all(suggestion.is_guess for suggestion in found)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "()[]*+?\\", "zzzzzz", "🙂", "\ud800", "x" * 1_000_000]
)
def test_text_that_means_nothing_finds_nothing(text):
    assert find(text, EVERYTHING) == ()


def test_several_medicines_in_one_text_are_all_found():
    assert names("I am taking warfarin and aspirin") == ["aspirin", "warfarin"]


def test_word_of_a_longer_text_must_begin_a_medicine():
    assert names("alendronic") == ["alendronic acid"]
    assert names("stomach acid") == names("other tablets") == []


def test_best_fit_comes_first():
    medicines = [
        MedicineEntry(name=name, classes=("a",))
        for name in ("nitrate", "nitrates of old", "pure nitrate", "dinitrates")
    ]
    among = wordings(medicines, {"a": "Something else"}, {})

    assert names("nitrate", among) == ["nitrate", "nitrates of old", "pure nitrate", "dinitrates"]


def test_plain_names_come_before_medicines_that_fit_as_well():
    medicines = [MedicineEntry(name="nitratol", classes=("nitrates",))]
    among = wordings(medicines, {"nitrates": "Nitrates"}, {"x": "Nitrate headache"})

    assert names("nitr", among) == ["Nitrate headache", "Nitrates", "nitratol"]


def test_class_that_says_more_than_a_medicine_of_its_name_is_suggested_beside_it():
    medicines = [MedicineEntry(name="iron", classes=("antacids",))]
    among = wordings(medicines, {"iron": "Iron", "antacids": "Antacids"}, {})

    assert names("iron", among) == ["iron", "Iron"]


def test_two_letters_find_beginnings_only():
    assert all(
        any(word.startswith("fl") for word in folded(s.found_as).split())
        for s in find("fl", EVERYTHING)
    )
    assert find("fl", EVERYTHING)


def test_code_that_is_not_asked_for_is_left_out_and_a_medicine_without_any_other_too():
    medicines = [
        MedicineEntry(name="linezolid", classes=("maoi", "antibiotics")),
        MedicineEntry(name="linezolamide", classes=("antibiotics",)),
    ]

    (found,) = find("linezol", wordings(medicines, {"maoi": "MAO inhibitors"}, {}))

    assert (found.name, codes(found)) == ("linezolid", {"maoi"})


@given(st.text(max_size=200))
def test_any_text_is_answered_with_a_few_suggestions(text):
    found = find(text, EVERYTHING)

    assert len(found) <= MOST_SUGGESTIONS
    assert len(set(found)) == len(found)


@given(st.text())
def test_folding_is_final_short_and_plain(text):
    once = folded(text)

    assert len(once) <= LONGEST_SEARCH
    assert all(letter.isalnum() or letter == " " for letter in once)
    assert folded(once) == once


def test_every_spelling_in_the_table_finds_its_medicine_first():
    spellings = {
        spelling: entry.name for entry in MEDICINES for spelling in (entry.name, *entry.also)
    }

    lost = {text: name for text, name in spellings.items() if names(text)[:1] != [name]}

    assert lost == {}


def test_class_called_like_a_medicine_that_says_as_much_is_not_suggested_beside_it():
    assert names("penicillamine") == [
        "penicillamine",
        "Metal-binding medicines (penicillamine, trientine, desferrioxamine)",
    ]


@pytest.mark.parametrize(
    "rows, message",
    [
        ([{"name": "b", "classes": ["x"]}, {"name": "a", "classes": ["x"]}], "alphabetical order"),
        ([{"name": "a", "classes": ["x"]}, {"name": "A", "classes": ["x"]}], "each once"),
        (
            [
                {"name": "a", "also": ["c"], "classes": ["x"]},
                {"name": "b", "also": ["C"], "classes": ["x"]},
            ],
            "one medicine only",
        ),
        ([{"name": "a"}], "neither a class nor a condition"),
        ([{"name": "a", "classes": ["Not A Code"]}], "classes"),
        ([{"name": " ", "classes": ["x"]}], "blank"),
        ([{"name": "a", "class": ["x"]}], "class"),
    ],
)
def test_table_with_a_fault_is_refused(rows, message):
    with pytest.raises(ValidationError, match=message):
        MedicineFile.model_validate({"note": "A note.", "medicines": rows})


def test_example_in_the_docstring_is_true():
    results = doctest.testmod(module)

    assert (results.attempted > 0, results.failed) == (True, 0)
