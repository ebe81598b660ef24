"""Changes are shown side by side, long texts line by line."""

from evidence.admin.changes import shown_changes, text_changes
from evidence.differences import Change


def test_short_values_stand_side_by_side():
    [shown] = shown_changes([Change("dose", "Dose", "2 mg", "3 mg")])

    assert (shown.label, shown.before, shown.after, shown.lines) == ("Dose", "2 mg", "3 mg", ())


def test_text_of_several_lines_shows_what_changed_with_a_line_around():
    before = "a\nb\nc\nd\ne\nf"

    lines = text_changes(before, before.replace("d", "D"))

    assert lines == (
        ("gap", "…"),
        ("same", "c"),
        ("removed", "d"),
        ("added", "D"),
        ("same", "e"),
        ("gap", "…"),
    )


def test_changes_far_apart_have_a_gap_between_them():
    lines = text_changes("a\n1\n2\n3\n4\nb", "A\n1\n2\n3\n4\nB")

    assert [kind for kind, _ in lines] == [
        "removed", "added", "same", "gap", "same", "removed", "added",
    ]  # fmt: skip


def test_long_text_of_one_line_is_a_line_that_went_and_one_that_came():
    assert text_changes("x" * 301, "y") == (("removed", "x" * 301), ("added", "y"))
