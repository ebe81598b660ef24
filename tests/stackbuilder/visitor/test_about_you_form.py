"""What the form takes and refuses, what it shows as ticked, and what it finds for a name."""

import pytest
from django.http import QueryDict

from stackbuilder.engine.person import Answer, AnswerKind, Person
from stackbuilder.visitor.about_you_form import AboutYouForm
from stackbuilder.visitor.screening import Question, Questions

ASKED = Questions(
    conditions=(
        Question("pregnancy", "Pregnant", "Life stage"),
        Question("epilepsy", "Epilepsy", "Mind"),
        Question("surgery", "Surgery soon", "Life stage"),
        Question("alcohol", "Too much alcohol", "Mind"),
    ),
    medicine_classes=(
        Question("anticoagulants", "Blood thinners"),
        Question("cyp-substrates", "Cleared by liver enzymes"),
        Question("oral-contraceptives", "Oral contraceptives"),
        Question("alcohol", "Alcohol"),
    ),
    overlaps=frozenset(),
)
NOBODY = Person()
CONDITION, MEDICINE = AnswerKind.CONDITION, AnswerKind.MEDICINE_CLASS
NAMES = {Answer(CONDITION, one.code): one.name for one in ASKED.conditions} | {
    Answer(MEDICINE, one.code): one.name for one in ASKED.medicine_classes
}
EPILEPTIC = Person(conditions=frozenset({"epilepsy"}), let_back_in=frozenset({"melatonin"}))


def form_of(query=None, kept=NOBODY):
    """Return the form, looked at if anything was sent."""
    sent = None if query is None else QueryDict(query)
    form = AboutYouForm(sent, asked=ASKED, names=NAMES, kept=kept)
    form.is_valid()
    return form


def ticked_names(form):
    """Return what is ticked, by the names on the page and in its order."""
    ticks = [tick for group in form.condition_groups.values() for tick in group]
    return [tick.name for tick in (*ticks, *form.medicines) if tick.is_ticked]


def found(text, query=""):
    """Return what is proposed for a text."""
    return form_of(f"act=look-up&q={text}&{query}").proposals


def test_form_of_a_first_visit_has_nothing_ticked_and_proposes_nothing():
    form = form_of()

    assert ticked_names(form) == []
    assert form.proposals == []
    assert form.kept_names == []


def test_conditions_stand_in_groups_in_the_order_of_the_curators():
    groups = {name: [t.name for t in ticks] for name, ticks in form_of().condition_groups.items()}

    assert groups == {
        "Life stage": ["Pregnant", "Surgery soon"],
        "Mind": ["Epilepsy", "Too much alcohol"],
    }


def test_form_shows_what_is_kept():
    form = form_of(kept=EPILEPTIC)

    assert ticked_names(form) == ["Epilepsy"]
    assert form.kept_names == ["Epilepsy"]


def test_code_that_is_no_longer_asked_about_is_counted_and_goes_when_saved():
    kept = EPILEPTIC.answering({"epilepsy", "levitation"}, {"unobtainium"})

    shown, saved = form_of(kept=kept), form_of("act=save&condition=epilepsy", kept=kept)

    assert (shown.kept_names, shown.count_dropped) == (["Epilepsy"], 2)
    assert ticked_names(shown) == ["Epilepsy"]
    assert saved.person.answers == {Answer(CONDITION, "epilepsy")}


def test_form_makes_a_person_of_what_is_ticked():
    form = form_of("act=save&condition=alcohol&condition=epilepsy&medicine=anticoagulants")

    assert form.is_valid()
    assert form.person == Person(frozenset({"alcohol", "epilepsy"}), frozenset({"anticoagulants"}))


def test_new_answer_takes_back_what_was_let_in_and_fewer_answers_do_not():
    both = EPILEPTIC.answering({"epilepsy"}, set())

    assert form_of("act=save&condition=epilepsy", both).person == EPILEPTIC
    assert form_of("act=save&condition=epilepsy&medicine=alcohol", both).person.let_back_in == set()
    assert form_of("act=save", both).person.answers == set()


@pytest.mark.parametrize(
    "query, field, message",
    [
        ("condition=levitation", "condition", "There is no condition called “levitation”"),
        ("medicine=epilepsy", "medicine", "There is no kind of medicine called “epilepsy”"),
        ("medicine=%00", "medicine", "There is no kind of medicine called “�”"),
        ("add=condition:levitation", "add", "There is no answer called “levitation”."),
        ("add=epilepsy", "add", "There is no answer called “”."),
        ("add=disease:epilepsy", "add", "There is no answer called “epilepsy”."),
        ("q=" + "x" * 61, "q", "Write a name of at most 60 characters, not 61."),
        ("q=%00", "q", "Null characters are not allowed."),
        ("act=delete", "act", "The form can look up, add and save, nothing else."),
    ],
)
def test_what_cannot_be_read_is_named_beside_its_field_and_the_rest_is_kept(query, field, message):
    act = "" if "act=" in query else "act=save&"

    form = form_of(f"{act}condition=epilepsy&{query}")

    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(message)
    assert ticked_names(form) == ["Epilepsy"]


def test_many_unknown_codes_are_not_named_one_by_one():
    query = "&".join(f"condition=x{number}" for number in range(9))

    messages = form_of(f"act=save&{query}").errors["condition"]

    assert len(messages) == 4
    assert messages[-1] == "And 6 more like these."


@pytest.mark.parametrize("query", ["", "condition=epilepsy"])
def test_form_that_says_not_what_to_do_is_refused(query):
    form = form_of(query)

    assert form.non_field_errors() == ["The form did not say whether to look up, add or save."]


def test_suggestion_ticks_its_answers_beside_those_that_were_ticked():
    form = form_of(
        "condition=epilepsy&q=warfarin&add=medicine-class:anticoagulants medicine-class:alcohol"
    )

    assert form.is_valid()
    assert ticked_names(form) == ["Epilepsy", "Blood thinners", "Alcohol"]
    assert [tick.name for tick in form.medicines if tick.is_added] == ["Blood thinners", "Alcohol"]
    assert form.added_names == "Blood thinners, Alcohol"
    assert form.proposals == []


def test_name_of_a_medicine_proposes_its_classes():
    (first, *_) = found("Warfarin")

    assert first.suggestion.name == "warfarin"
    assert first.names == ("Blood thinners", "Cleared by liver enzymes")
    assert first.value == "medicine-class:anticoagulants medicine-class:cyp-substrates"
    assert (first.real_name, first.is_ticked) == ("", False)


def test_real_name_of_a_medicine_is_said():
    (first, *_) = found("the pill")

    assert first.names == ("Oral contraceptives",)
    assert (first.suggestion.found_as, first.real_name) == ("the pill", "ethinylestradiol")


def test_name_of_an_answer_is_not_repeated():
    (first, *_) = found("epilepsy")

    assert (first.suggestion.name, first.names) == ("Epilepsy", ())


def test_slip_of_the_finger_is_taken_for_a_guess():
    assert [proposal.suggestion.is_guess for proposal in found("warfrin")] == [True]


def test_what_is_ticked_is_proposed_as_such():
    query = "medicine=anticoagulants&medicine=cyp-substrates"

    assert found("warfarin", query)[0].is_ticked
    assert not found("warfarin", "medicine=anticoagulants")[0].is_ticked


@pytest.mark.parametrize("text", ["", "%20", "unobtainium", "%F0%9F%92%8A"])
def test_name_of_nothing_proposes_nothing(text):
    assert found(text) == []


def test_two_kinds_with_one_code_are_told_apart():
    form = form_of("act=save&medicine=alcohol")

    assert form.person.answers == {Answer(MEDICINE, "alcohol")}
