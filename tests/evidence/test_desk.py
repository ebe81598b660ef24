"""The register of what waits on a curator's desk."""

from evidence import desk
from evidence.desk import Question, Section, all_questions, questions_about, register
from evidence.models import Study


def question(code, section, title="Studies"):
    return Question(code, title, Study, section, rows=lambda rows, user: rows)


def test_registered_questions_come_by_section_then_as_registered(monkeypatch):
    monkeypatch.setattr(desk, "_questions", {})
    late, first, second = (
        question("late", Section.SELLERS),
        question("first", Section.YOURS),
        question("second", Section.YOURS),
    )

    register(late, first, second)

    assert all_questions() == [first, second, late]
    assert questions_about(Study) == [first, second, late]


def test_question_registered_again_takes_the_place_of_the_former(monkeypatch):
    monkeypatch.setattr(desk, "_questions", {})
    register(question("one", Section.GAPS, "Former"))

    register(question("one", Section.GAPS, "Newer"))

    assert [one.title for one in all_questions()] == ["Newer"]
