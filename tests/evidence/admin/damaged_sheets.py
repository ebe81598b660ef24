"""Spreadsheets of findings with something wrong, by the name of the damage, and what is said."""

import csv
import io
import zipfile
from dataclasses import dataclass

from openpyxl import Workbook

GOOD = {
    "key": "melatonin-01",
    "compound": "melatonin",
    "outcome": "sleep-onset-latency",
    "study": "pmid:23691095",
    "comparator": "placebo",
    "measure": "MD",
    "estimate": "-7.06",
    "ci_low": "-9.75",
    "ci_high": "-4.37",
    "unit": "min",
    "n_participants": "1683",
    "result": "benefit",
    "note": "",
}
OTHER = {**GOOD, "key": "melatonin-02"}


def lines(*rows):
    """Return rows as a list of lists, headings first."""
    return [list(GOOD), *([row.get(name, "") for name in GOOD] for row in rows)]


def as_csv(*rows, table=None, encoding="utf-8", delimiter=","):
    """Return rows as the bytes of a CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(table or lines(*rows))
    return text.getvalue().encode(encoding)


def as_xlsx(*rows, table=None, change=None):
    """Return rows as the bytes of a workbook; `change` may do something to its sheet."""
    book = Workbook()
    for row in table or lines(*rows):
        book.active.append(row)
    if change:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb():
    """Return a workbook that unpacks to a hundred times what any table holds."""
    file = io.BytesIO(as_xlsx(GOOD))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros.bin", b"\0" * 80_000_000)
    return file.getvalue()


def other_sheet(text):
    """Return a workbook whose table is this XML."""
    old, file = zipfile.ZipFile(io.BytesIO(as_xlsx(GOOD))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in old.namelist():
            is_table = name == "xl/worksheets/sheet1.xml"
            packed.writestr(name, text if is_table else old.read(name))
    return file.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t></is></c></row></sheetData>"
    "</worksheet>"
)


@dataclass(frozen=True)
class Damage:
    """A file, what is said of it, and the keys that can be stored in spite of it."""

    data: bytes
    message: str
    keys: tuple = ()


def row(message, **cells):
    """A row with these cells is refused, the one after it stands."""
    return Damage(as_csv({**OTHER, **cells}, GOOD), message, (GOOD["key"],))


def cleaned(message, **cells):
    """A row with these cells stands, with a word on what was done to it."""
    return Damage(as_csv({**OTHER, **cells}, GOOD), message, (GOOD["key"], OTHER["key"]))


def whole(data, message):
    """The file is refused as a whole."""
    return Damage(data, message)


WIDE = [*list(GOOD), *[f"column {i}" for i in range(300)]]

DAMAGE = {
    # What is no table.
    "empty file": whole(b"", "Is empty."),
    "blanks and a mark": whole(b"\xef\xbb\xbf \r\n", "Is empty."),
    "PDF": whole(b"%PDF-1.7\n%\xe2\xe3", "Is a PDF"),
    "old workbook": whole(b"\xd0\xcf\x11\xe0" + b"\0" * 99, "Is an old spreadsheet"),
    "random bytes": whole(bytes(range(256)) * 40, "Is not text"),
    "prose": whole(b"Dear all,\nsee below.\n", "no line of headings"),
    "headings alone": whole(as_csv(), "no row under its headings"),
    # Encodings.
    "byte-order mark": Damage(b"\xef\xbb\xbf" + as_csv(GOOD), "", (GOOD["key"],)),
    "UTF-16": Damage(as_csv(GOOD, encoding="utf-16"), "", (GOOD["key"],)),
    "UTF-16 without a mark": whole(as_csv(GOOD, encoding="utf-16-le"), "UTF-16 without"),
    "Windows-1252": Damage(
        as_csv({**GOOD, "note": "étude"}, encoding="cp1252"),
        "read as Windows-1252",
        (GOOD["key"],),
    ),
    "NUL bytes": Damage(
        as_csv({**GOOD, "note": "a\0b"}), "NUL bytes were taken out", (GOOD["key"],)
    ),
    "semicolons": Damage(b"sep=;\n" + as_csv(GOOD, delimiter=";"), "", (GOOD["key"],)),
    # Size.
    "file of 11 MB": whole(b"x" * 11_000_000, "Is larger than 10 MB"),
    "field of 50 MB": whole(as_csv({**GOOD, "note": "x" * 50_000_000}), "Is larger than 10 MB"),
    "cell of 5 MB": row("far too long", note="x" * 5_000_000),
    "cell of 30,000 characters": row("longer than 20,000 characters", note="x" * 30_000),
    "text longer than its column": row("at most 150 characters", comparator="x" * 151),
    "1,001 rows": whole(as_csv(*[GOOD] * 1_001), "more than 1,000 rows"),
    "300 columns": whole(as_csv(table=[WIDE, ["x"] * len(WIDE)]), "more than 200 columns"),
    # Columns.
    "missing column": whole(as_csv(table=[["compound"], ["melatonin"]]), "Has no column key"),
    "doubled column": whole(
        as_csv(table=[["key", "note", "note"], ["melatonin-01", "a", "b"]]), "more than once"
    ),
    "unknown column": Damage(
        as_csv(table=[[*row, "x"] for row in lines(GOOD)]), "not read: 'x'", (GOOD["key"],)
    ),
    "a comma too many": Damage(
        as_csv(table=[*lines(GOOD), [*lines(OTHER)[1], "more"]]),
        "more cells than the 13 headings",
        (GOOD["key"],),
    ),
    "row cut off": Damage(
        as_csv(table=[*lines(GOOD), ["melatonin-02", "melatonin"]]), "Has 2 cells", (GOOD["key"],)
    ),
    "quotation mark never closed": Damage(
        as_csv(GOOD) + b'melatonin-02,"melatonin,x\n', "not closed", (GOOD["key"],)
    ),
    # Types and values.
    "text for a number": row("Must be a number such as 7.06", estimate="seven"),
    "comma for a point": row("Must be a number such as 7.06", estimate="-7,06"),
    "not a number": row("Must be a number such as 7.06", estimate="nan"),
    "number without end": row("Must be a number such as 7.06", estimate="1e999"),
    "fraction of a person": row("Must be a whole number", n_participants="16.5"),
    "more people than there are": row("Must be a whole number", n_participants="99999999999"),
    "one participant": row("at least 2", n_participants="1"),
    "interval off its estimate": row("does not contain", ci_low="-5", ci_high="-4"),
    "ratio below zero": row("must be above 0", measure="RR"),
    "measure that does not exist": row("not a valid choice", measure="XY"),
    "result that does not exist": row("not a valid choice", result="miracle"),
    "compound that is not here": row("There is no compound 'unicorn' here", compound="unicorn"),
    "study that is not here": row("There is no study 'pmid:1' here", study="pmid:1"),
    "no outcome": row("outcome: ", outcome=""),
    "no key": row("key: ", key=""),
    "key of another compound": row("Must look like melatonin-01", key="zinc-01"),
    "key twice": Damage(as_csv(GOOD, GOOD), "Is row 2 again", (GOOD["key"],)),
    # Text.
    "HTML": cleaned("HTML was taken out", note="<b>Bold</b> words"),
    "script": cleaned("HTML was taken out", note="a<script>alert(1)</script>"),
    "invisible characters": cleaned("U+200B", note="in\u200bvisible"),
    "formula in text": cleaned("", note='=HYPERLINK("http://x")'),
    "formula in a number": row("Must be a number such as 7.06", estimate="=1+1"),
    # Workbooks.
    "workbook cut off": whole(as_xlsx(GOOD)[:-400], "damaged or cut off"),
    "archive that is no workbook": whole(b"PK\x03\x04" + b"\0" * 90, "damaged or cut off"),
    "workbook that unpacks without end": whole(bomb(), "Unpacks to far more"),
    "entities without end": whole(other_sheet(ENTITIES), "damaged or cut off"),
    "table that is no XML": whole(other_sheet("<worksheet"), "damaged or cut off"),
    "formula in a workbook": Damage(
        as_xlsx({**OTHER, "estimate": "=1+1"}, GOOD), "Holds a formula", (GOOD["key"],)
    ),
    "error in a workbook": Damage(
        as_xlsx({**OTHER, "estimate": "#REF!"}, GOOD), "such as #REF!", (GOOD["key"],)
    ),
    "yes for a number in a workbook": Damage(
        as_xlsx({**OTHER, "estimate": True}, GOOD), "Must be a number", (GOOD["key"],)
    ),
    "cell far below": whole(
        as_xlsx(GOOD, change=lambda sheet: sheet.cell(900_000, 1, "x")), "Goes on below row"
    ),
    "cell far to the right": Damage(
        as_xlsx(GOOD, change=lambda sheet: sheet.cell(2, 300, "x")), "", (GOOD["key"],)
    ),
}
