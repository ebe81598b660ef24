"""Numbers in the words of an article: names are free, the rest is bound or allowed."""

import pytest

from evidence.article_numbers import (
    Allowed,
    allowed_lines,
    list_faults,
    number_faults,
    read_allowed,
    stray_numbers,
)
from evidence.markdown import Prose, render

LEVEL = Allowed("95 %", "the level of all intervals")


def strays(text, *allowed):
    return [number for _, number in stray_numbers(Prose(text, 1), allowed)]


@pytest.mark.parametrize(
    "name",
    [
        "alpha-1", "omega-3", "omega-3s", "IL-2", "IL-2’s", "IL-1β", "interleukin-6", "COVID-19:",
        "vitamin D3", "(B12)", "M2", "TLR9", "CD4+", "CD3+,", "CD4/CD8", "GLP-1", "BPC-157",
        "SF-36", "HbA1c", "Q10.", "Tα1", "n-3", "5-HTP", "25(OH)D", "25-hydroxyvitamin", "phase 3",
        "Type 2", "GABA-A", "TNF-α", "no number", "two",
    ],
)  # fmt: skip
def test_name_is_no_number(name):
    assert strays(f"Of {name} it is said") == []


@pytest.mark.parametrize(
    "text, number",
    [
        ("12-week trial", "12"),
        ("8-point scale", "8"),
        ("10mg", "10"),
        ("in 2025", "2025"),
        ("95 %", "95"),
        ("90%", "90"),
        ("p<0.05", "0.05"),
        ("p0.05", "0.05"),
        ("p=5", "5"),
        ("HR0.97", "0.97"),
        ("PM2.5", "2.5"),
        ("STEP 1", "1"),
        ("interleukin 6", "6"),
        ("phase 5", "5"),
        ("type 12", "12"),
        ("−12.14 units", "−12.14"),
        ("1,089 people", "1,089"),
        ("the 3rd", "3"),
        ("1.5-fold", "1.5"),
        ("10² times", "10²"),
        ("½ of it", "½"),
        ("٣ people", "٣"),
        ("#7.", "7"),
    ],
)
def test_number_is_found(text, number):
    assert strays(text) == [number]


def test_numbers_are_found_with_their_lines():
    prose = Prose("IL-2 fell\nby 4 or\n5 points", 7)

    assert list(stray_numbers(prose)) == [(8, "4"), (9, "5")]


@pytest.mark.parametrize(
    "text, found",
    [
        ("at 95 % here, and 95 %.", []),
        ("at 95\n% here", []),
        ("at 195 % here", ["195"]),
        ("at 0.95 % here", ["0.95"]),
        ("95 percent", ["95"]),
    ],
)
def test_allowed_text_is_free_but_no_part_of_another(text, found):
    assert strays(text, LEVEL) == found


@pytest.mark.parametrize(
    "source, line",
    [
        ("# In 7 days", 1),
        ("a\n\n- 7 of us", 3),
        ("[7 days](/method/)", 1),
        ("`7`", 1),
        ("```\na\n7\n```", 3),
        ("| a |\n|---|\n| 7 |", 3),
        ("> it was **7**", 1),
        ("{{ finding:a-01 }} of 7", 1),
    ],
)
def test_number_of_a_text_is_named_with_its_line(source, line):
    assert number_faults("Title", "Summary", render(source), []) == [
        (line, "Holds the number 7: bind it to a finding by a token, or allow it with its reason.")
    ]


@pytest.mark.parametrize("source", ["1. First\n2. Second", "{{ finding:a-01 ci }}", "7. Seventh"])
def test_marker_of_a_list_and_a_token_are_no_numbers(source):
    assert number_faults("Title", "Summary", render(source), []) == []


def test_title_and_summary_hold_no_number():
    faults = number_faults("In 7 days", "By 8.", render("Words."), [])

    assert faults == [
        (0, "The title holds the number 7, which no finding keeps."),
        (0, "The summary holds the number 8, which no finding keeps."),
    ]


def test_entry_that_is_not_needed_is_a_fault():
    assert number_faults("Title", "Summary", render("Words."), [LEVEL]) == [
        (0, "Allows 95 %, which stands nowhere in the article.")
    ]


@pytest.mark.parametrize(
    "entries, fault",
    [
        (
            [Allowed(f"{n} days", "a reason for it") for n in range(13)],
            "Allows 13 numbers, at most",
        ),
        ([LEVEL, LEVEL], "more than once"),
        ([Allowed("95", "a reason for it")], "must hold a number and the words beside it"),
        ([Allowed("words", "a reason for it")], "must hold a number and the words beside it"),
        ([Allowed("95 % = x", "a reason for it")], "no “ = ”"),
        ([Allowed("9" * 60 + " x", "a reason for it")], "1 to 60 characters"),
        ([Allowed("95 %", "so")], "without a reason"),
    ],
)
def test_list_that_is_amiss_is_named(entries, fault):
    (found,) = list_faults(entries)

    assert fault in found


def test_list_is_stored_a_line_each_and_read_back():
    entries = [LEVEL, Allowed("a = b 1", "why = why")]

    assert allowed_lines([LEVEL]) == "95 % = the level of all intervals"
    assert read_allowed("\n\n95 % = the level of all intervals\r\n") == [LEVEL]
    assert list(list_faults([LEVEL])) == []
    assert [entry.text for entry in read_allowed(allowed_lines(entries))] == ["95 %", "a"]
