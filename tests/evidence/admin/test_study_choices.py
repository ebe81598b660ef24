"""What was ticked, and nothing else, is chosen."""

import pytest
from django.http import QueryDict

from evidence.admin.study_choices import choices_of
from evidence.imports.storing import Choice


@pytest.mark.parametrize(
    "sent, choices",
    [
        ("mark-1=m", []),
        ("mark-1=m&take-1=on", [Choice(1, "m")]),
        ("mark-1=m&take-1=on&design-1=rct", [Choice(1, "m", design="rct")]),
        ("mark-1=m&design-1=rct", []),
        (
            "mark-2=m&field-2=year&field-2=doi",
            [Choice(2, "m", frozenset({"year", "doi"}))],
        ),
        ("mark-2=m&field-2=status", []),
        ("mark-2=m&field-2=year&other-2=on", [Choice(2, "m", is_new=True)]),
        ("take-3=on", []),
        ("mark-x=m&take-x=on", []),
        ("mark-9999999=m&take-9999999=on", []),
        ("mark-10=b&take-10=on&mark-9=a&take-9=on", [Choice(9, "a"), Choice(10, "b")]),
    ],
)
def test_ticks_become_choices(sent, choices):
    assert choices_of(QueryDict(sent), may_change=True) == choices


def test_known_study_is_not_changed_by_who_may_only_add():
    sent = QueryDict("mark-1=m&field-1=year&mark-2=n&take-2=on")

    assert choices_of(sent, may_change=False) == [Choice(2, "n")]
