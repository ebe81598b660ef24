"""How a figure token is written, and what is said of one that is not."""

import pytest

from evidence.tokens.syntax import BLOCKS, PARTS, NotAToken, Token, read_token


@pytest.mark.parametrize(
    "raw, token",
    [
        ("finding:melatonin-01", Token("finding", "melatonin-01", "phrase")),
        ("finding:melatonin-01  ci", Token("finding", "melatonin-01", "ci")),
        ("profile:melatonin/sleep", Token("profile", "melatonin/sleep", "letter")),
        ("profile:melatonin/sleep bar", Token("profile", "melatonin/sleep", "bar")),
        ("forest:melatonin/sleep", Token("forest", "melatonin/sleep", "plot")),
    ],
)
def test_token_is_kind_row_and_part(raw, token):
    assert read_token(raw) == token


@pytest.mark.parametrize(
    "raw, why",
    [
        ("", "Opens {{ without a figure"),
        ("melatonin-01", "is no figure"),
        ("finding: melatonin-01", "is no figure"),
        ("finding:Melatonin-01", "is no figure"),
        ("finding:melatonin-01 ci p", "is no figure"),
        ("finding:a<script>", "is no figure"),
        ("study:melatonin-01", "no kind of figure called study"),
        ("finding:melatonin/sleep", "must be written finding:KEY"),
        ("profile:melatonin", "must be written profile:COMPOUND/GOAL"),
        ("finding:melatonin-01 grade", "has no part called grade"),
        ("profile:melatonin/sleep ci", "has no part called ci"),
    ],
)
def test_what_is_no_token_is_told_why(raw, why):
    with pytest.raises(NotAToken, match=why):
        read_token(raw)


def test_blocks_are_parts_of_their_kinds():
    assert all(part in PARTS[kind] for kind, part in BLOCKS)
    assert {read_token(f"{kind}:a/b {part}").is_block for kind, part in BLOCKS} == {True}


def test_pair_is_compound_and_goal():
    assert read_token("forest:melatonin/sleep").pair == ("melatonin", "sleep")
