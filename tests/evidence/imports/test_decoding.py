import pytest

from evidence.imports.decoding import decode
from evidence.imports.rows import MOST_BYTES

TEXT = "Étude, β\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_or_without_a_mark_is_decoded_without_a_word(encoding):
    decoded = decode(TEXT.encode(encoding))

    assert (decoded.text, decoded.problem, decoded.notes) == (TEXT, "", ())


@pytest.mark.parametrize(
    "data, text, note",
    [
        ("é".encode("cp1252"), "é", "Windows-1252"),
        (b"abcdefg\x00", "abcdefg", "NUL bytes"),
        ("β".encode() + b"\xe2\x82", "β", "cut off"),
        ("abcdefghijk".encode("utf-16")[:-1], "abcdefghij\ufffd", "could not be read"),
    ],
)
def test_what_was_done_to_the_bytes_is_said(data, text, note):
    decoded = decode(data)

    assert decoded.text == text
    assert note in decoded.notes[0]


@pytest.mark.parametrize(
    "data, problem",
    [
        (b"", "Is empty."),
        (b"\xef\xbb\xbf\n", "Is empty."),
        (b"\x00" * 9, "UTF-16 without"),
        (b"PK\x03\x04rest", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "old spreadsheet"),
        (b"\x1f\x8brest", "gzip"),
        (b"%PDF-1.4", "PDF"),
        ("abc".encode("utf-16-le"), "UTF-16 without"),
        (b"\x01\x02\x03\x04", "Is not text"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(data, problem):
    assert problem in decode(data).problem


def test_text_of_the_largest_size_is_decoded():
    assert len(decode(b"x" * MOST_BYTES).text) == MOST_BYTES
