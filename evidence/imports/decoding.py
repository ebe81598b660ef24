"""The bytes of a file → its text, whatever program wrote it; or why they are no text."""

import codecs
from dataclasses import dataclass

from evidence.imports.rows import MOST_BYTES

_MARKS = (
    # UTF-32's mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = {
    b"PK\x03\x04": "Is a spreadsheet or another packed file: save it as CSV, or unpack it.",
    b"\xd0\xcf\x11\xe0": "Is an old spreadsheet or document: save it as CSV.",
    b"%PDF": "Is a PDF: export the references from where it came instead.",
    b"\x1f\x8b": "Is a packed file (gzip): unpack it.",
}
_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, or the one problem that there is none; and what was done to get it."""

    text: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file: UTF-8, UTF-16 or UTF-32 with a mark, else Windows-1252."""
    if len(data) > MOST_BYTES:
        return Decoded(problem=f"Is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    for start, problem in _OTHER_KINDS.items():
        if data.startswith(start):
            return Decoded(problem=problem)
    decoded = _by_mark(data) or _without_mark(data)
    if decoded.problem:
        return decoded
    text, notes = decoded.text, list(decoded.notes)
    if "\0" in text:
        notes.append("NUL bytes were taken out.")
        text = text.replace("\0", "")
    if not text.strip("\ufeff \t\r\n\f\v"):
        return Decoded(problem="Is empty.")
    if _is_binary(text[:_SAMPLE]):
        return Decoded(problem="Is not text: most of its characters cannot be read.")
    return Decoded(text.removeprefix("\ufeff"), notes=tuple(notes))


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            is_damaged = "\ufffd" in text
            return Decoded(text, notes=("Some characters could not be read.",) * is_damaged)
    return None


def _without_mark(data: bytes) -> Decoded:
    if data[:_SAMPLE].count(0) * 5 > len(data[:_SAMPLE]):
        return Decoded(problem="Looks like UTF-16 without a byte-order mark: save it as UTF-8.")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        whole = data[: error.start].decode("utf-8")
        is_end = error.reason == "unexpected end of data" and error.end == len(data)
        # Where nothing before it is UTF-8, the last letter may be one of Windows-1252 as well.
        if is_end and not whole.isascii():
            return Decoded(whole, notes=("Ends inside a character: the file is cut off.",))
    note = "Is not UTF-8: read as Windows-1252, so look at accents and Greek letters."
    return Decoded(data.decode("cp1252", errors="replace"), notes=(note,))


def _is_binary(text: str) -> bool:
    odd = sum(1 for one in text if (one < " " and one not in "\t\r\n\f\v") or one == "\ufffd")
    return odd * 10 > len(text)
