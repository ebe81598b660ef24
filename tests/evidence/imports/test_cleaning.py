import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.imports.cleaning import plain_text, visible, without_retraction_mark


@pytest.mark.parametrize(
    "text, plain",
    [
        ("Plain words", "Plain words"),
        ("  two\n lines\tand  blanks ", "two lines and blanks"),
        ("p < 0.05 & n > 3", "p < 0.05 & n > 3"),
        ("cafe\u0301", "café"),
    ],
)
def test_plain_text_is_left_alone_without_a_word(text, plain):
    assert plain_text(text) == (plain, [])


@pytest.mark.parametrize(
    "text, plain",
    [
        ("H<sub>2</sub>O", "H2O"),
        ("<p>One</p><p>two</p>", "One two"),
        ("One<br/>two", "One two"),
        ("<jats:italic>Herba</jats:italic> x", "Herba x"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<!-- hidden -->b", "ab"),
        ("&lt;b&gt;a&lt;/b&gt;", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
    ],
)
def test_html_is_taken_out_and_said(text, plain):
    cleaned, messages = plain_text(text)

    assert cleaned == plain
    assert len(messages) == 1
    assert messages[0].startswith("HTML was taken out of ")


def test_entities_become_characters_and_are_said():
    assert plain_text("a &amp; b") == (
        "a & b",
        ["HTML entities were turned into characters in 'a &amp; b'."],
    )


def test_invisible_characters_are_taken_out_and_named():
    assert visible("a\u200bb\x00c") == (
        "abc",
        ["Invisible characters were taken out (U+200B, U+0000)."],
    )


def test_invisible_characters_made_of_entities_are_taken_out_too():
    assert plain_text("a&#8203;b")[0] == "ab"


def test_unreadable_characters_are_pointed_out():
    assert visible("a\ufffdb") == ("a\ufffdb", ["Holds characters that could not be read (�)."])


@given(st.text(max_size=60))
def test_plain_text_is_on_one_line_and_visible_and_stays_so(text):
    plain, _ = plain_text(text)

    assert visible(plain)[0] == plain
    assert "\n" not in plain


@pytest.mark.parametrize(
    "title",
    ["RETRACTED: Herb", "Retracted article: Herb", "[Retracted] Herb", "WITHDRAWN: Herb"],
)
def test_mark_of_a_retraction_is_taken_from_a_title(title):
    assert without_retraction_mark(title) == ("Herb", True)


@pytest.mark.parametrize(
    "title",
    ["Withdrawn patients in trials", "WITHDRAWN PATIENTS", "Retracted", "Herb: retracted claims"],
)
def test_title_that_only_speaks_of_withdrawal_is_kept(title):
    assert without_retraction_mark(title) == (title, False)
