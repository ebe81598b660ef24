"""Files with something wrong, by the name of the damage, and what must be said about it."""

import json
from dataclasses import dataclass

GOOD_PUBMED = """\
PMID- 999000011
DP  - 2020
TI  - Undamaged study of an invented herb
PT  - Randomized Controlled Trial
SO  - J Invented Results. 2020.
"""
GOOD_RIS = "TY  - JOUR\nTI  - Undamaged study of an invented herb\nDO  - 10.9999/good\nER  - \n"
HEADING = "pmid,doi,title,year,design"
GOOD_LINE = "999000011,,Undamaged study of an invented herb,2020,rct"
GOOD_STUDY = {
    "key": "pmid:999000011",
    "pmid": "999000011",
    "doi": None,
    "registry": None,
    "title": "Undamaged study of an invented herb",
    "title_confirmed": True,
    "year": 2020,
    "journal": None,
    "design": "rct",
    "n_studies": None,
    "n_participants": None,
    "population": None,
    "countries": None,
    "blinding": "unknown",
    "funding": None,
    "status": "published",
    "includes": [],
}
OTHER = {**GOOD_STUDY, "key": "pmid:999000012", "pmid": "999000012", "title": "Another one"}


def csv(*lines, heading=HEADING):
    return "\n".join([heading, *lines, GOOD_LINE, ""]).encode()


def pubmed(text):
    return f"{text}\n\n{GOOD_PUBMED}".encode()


def ris(text):
    return f"{text}\n{GOOD_RIS}".encode()


def studies(*found):
    return json.dumps([*found, GOOD_STUDY]).encode()


@dataclass(frozen=True)
class Damage:
    """A file, its name, what is said, and the titles that can be stored in spite of it."""

    data: bytes
    file: str
    message: str
    titles: tuple[str, ...]


UNDAMAGED = GOOD_STUDY["title"]


def refused(data, file, message):
    """The whole file is refused."""
    return Damage(data, file, message, ())


def row_refused(data, file, message):
    """The damaged row is refused, the good one stands."""
    return Damage(data, file, message, (UNDAMAGED,))


def row_cleaned(data, file, message, title):
    """Both studies stand, the damaged one with a plain title."""
    return Damage(data, file, message, (title, UNDAMAGED))


DAMAGE = {
    # Encodings and what is no text at all.
    "empty file": refused(b"", "a.csv", "Is empty."),
    "nothing but blanks and a mark": refused(b"\xef\xbb\xbf \r\n\t", "a.ris", "Is empty."),
    "spreadsheet renamed to csv": refused(b"PK\x03\x04" + b"\x00" * 90, "a.csv", "save it as CSV"),
    "PDF": refused(b"%PDF-1.7\n%\xe2\xe3", "a.nbib", "Is a PDF"),
    "random bytes": refused(bytes(range(256)) * 40, "a.nbib", "Is not text"),
    "prose that is none of the four": refused(
        b"Dear all,\nsee below.\n", "a.txt", "none of the four"
    ),
    "byte-order mark": Damage(b"\xef\xbb\xbf" + csv(), "a.csv", "", (UNDAMAGED,)),
    "UTF-16 with a mark": Damage(csv().decode().encode("utf-16"), "a.csv", "", (UNDAMAGED,)),
    "UTF-16 without a mark": refused(csv().decode().encode("utf-16-le"), "a.csv", "UTF-16 without"),
    "Windows-1252": row_cleaned(
        csv("999000012,,Étude inventée,2020,rct").decode().encode("cp1252"),
        "a.csv",
        "read as Windows-1252",
        "Étude inventée",
    ),
    "NUL bytes": row_cleaned(
        csv("999000012,,Inven\0ted,2020,rct"), "a.csv", "NUL bytes were taken out", "Invented"
    ),
    "cut off inside a character": row_refused(
        csv()[:-1] + "\n999000012,,β ends in an ".encode() + b"\xc3",
        "a.csv",
        "Ends inside a character",
    ),
    # Size.
    "file of 11 MB": refused(b"x" * 11_000_000, "a.csv", "Is larger than 10 MB"),
    "field of 50 MB": refused(
        csv(f"999000012,,{'x' * 50_000_000},2020,rct"), "a.csv", "Is larger than 10 MB"
    ),
    "cell of 5 MB": row_refused(
        csv(f"999000012,,{'x' * 5_000_000},2020,rct"), "a.csv", "far too long"
    ),
    "title of 30,000 characters": row_refused(
        pubmed(f"PMID- 999000012\nTI  - {'x' * 30_000}\nSO  - x"), "a.nbib", "20,000 characters"
    ),
    "title longer than its column": row_refused(
        ris(f"TY  - JOUR\nTI  - {'x' * 700}\nDO  - 10.9999/x\nER  - "), "a.ris", "at most 600"
    ),
    "3,000 rows": refused(csv(*[GOOD_LINE] * 3_000), "a.csv", "more than 2,000 rows"),
    # Tables.
    "doubled column": refused(
        csv(heading="pmid,doi,title,title,design"), "a.csv", "more than once"
    ),
    "missing column": refused(csv(heading="pmid,doi,name,year,design"), "a.csv", "no column title"),
    "unknown column": Damage(
        csv(heading="pmid,doi,title,year,Colour"), "a.csv", "not read: 'Colour'", (UNDAMAGED,)
    ),
    "a comma too many": row_refused(csv("999000012,,One, two,2020,rct"), "a.csv", "Has 6 cells"),
    "row cut off": row_refused(csv("999000012,,One"), "a.csv", "Has 3 cells"),
    "quotation mark never closed": row_refused(
        csv('999000012,,"One and,2020,rct'), "a.csv", "not closed"
    ),
    "formula in a cell": row_cleaned(
        csv('999000012,,"=HYPERLINK(""http://x"",""y"")",2020,rct'),
        "a.csv",
        "Starts with =",
        '=HYPERLINK("http://x","y")',
    ),
    "formula in a number": row_refused(csv("=1+1,,One,2020,rct"), "a.csv", "Must be a PMID"),
    "PMID as a spreadsheet rounds it": row_refused(
        csv("9.99E+08,,One,2020,rct"), "a.csv", "Must be a PMID"
    ),
    # Wrong types and values.
    "year that is no number": row_refused(csv("999000012,,One,20x4,rct"), "a.csv", "whole number"),
    "year in the far future": row_refused(csv("999000012,,One,9999,rct"), "a.csv", "at most 2100"),
    "design that nobody knows": row_refused(csv("999000012,,One,2020,seance"), "a.csv", "Must be"),
    "DOI that is none": row_refused(csv(",11.9999/x,One,2020,rct"), "a.csv", "Must be a DOI"),
    "title of punctuation": row_refused(csv("999000012,,???,2020,rct"), "a.csv", "hold letters"),
    "number where text belongs": row_refused(studies({**OTHER, "title": 7}), "a.json", "be text"),
    "text where a number belongs": row_refused(
        studies({**OTHER, "year": "2020"}), "a.json", "a whole number, got '2020'"
    ),
    "missing key": row_refused(
        studies({k: v for k, v in OTHER.items() if k != "title"}), "a.json", "title: Is missing"
    ),
    "row that is no object": row_refused(studies("a study"), "a.json", "Must be an object"),
    "key given twice in an object": row_refused(
        studies(OTHER).replace(b'"year": 2020', b'"year": 2019, "year": 2020', 1),
        "a.json",
        "year: Is given more than once",
    ),
    "NaN": row_refused(
        studies({**OTHER, "n_participants": float("nan")}), "a.json", "Must be a finite number"
    ),
    "half of a character pair": row_cleaned(
        studies({**OTHER, "title": "Half \ud83d a pair"}),
        "a.json",
        "Invisible characters were taken out (U+D83D)",
        "Half a pair",
    ),
    "JSON of another shape": refused(b'{"compounds": []}', "a.json", "Must be a list of studies"),
    "JSON nested without end": refused(b"[" * 200_000, "a.json", "nested too deeply"),
    # Text.
    "HTML in a title": row_cleaned(
        pubmed("PMID- 999000012\nTI  - Effect of <i>Herba</i> H<sub>2</sub>O\nSO  - x"),
        "a.nbib",
        "HTML was taken out",
        "Effect of Herba H2O",
    ),
    "script in a title": row_cleaned(
        ris("TY  - JOUR\nTI  - Real<script>alert(1)</script> title\nDO  - 10.9999/x\nER  - "),
        "a.ris",
        "HTML was taken out",
        "Real title",
    ),
    "script hidden in entities": row_cleaned(
        csv("999000012,,Real&lt;script&gt;alert(1)&lt;/script&gt; title,2020,rct"),
        "a.csv",
        "HTML was taken out",
        "Real title",
    ),
    "entities in a title": row_cleaned(
        csv("999000012,,Herb &amp; placebo (p&lt;0.05),2020,rct"),
        "a.csv",
        "entities were turned",
        "Herb & placebo (p<0.05)",
    ),
    "invisible characters": row_cleaned(
        csv("999000012,,Inven\u200bted \u202eherb,2020,rct"),
        "a.csv",
        "U+200B, U+202E",
        "Invented herb",
    ),
    # Cut off, doubled, mixed up.
    "PubMed cut off in a title": Damage(
        f"{GOOD_PUBMED}\n\nPMID- 999000012\nTI  - One that ends in the mid".encode(),
        "a.nbib",
        "it may be cut off",
        (UNDAMAGED,),
    ),
    "PubMed line that is none": row_refused(
        pubmed("PMID- 999000012\nTI  - One\nwithout indentation\nSO  - x"), "a.nbib", "Goes on with"
    ),
    "PubMed with two titles": row_refused(
        pubmed("PMID- 999000012\nTI  - One\nTI  - Two\nSO  - x"), "a.nbib", "title: Is given more"
    ),
    "PubMed record of 30,000 lines": row_refused(
        pubmed("PMID- 999000012\nTI  - One\n" + "AB  - x\n" * 30_000), "a.nbib", "20,000 lines"
    ),
    "PubMed with letters for a PMID": row_refused(
        pubmed("PMID- 99x\nTI  - One\nSO  - x"), "a.nbib", "Must be a PMID"
    ),
    "PubMed without a title": row_refused(
        pubmed("PMID- 999000012\nSO  - x"), "a.nbib", "title: Is missing"
    ),
    "PubMed records run together": row_cleaned(
        f"PMID- 999000012\nTI  - One\nSO  - x\n{GOOD_PUBMED}".encode(), "a.nbib", "", "One"
    ),
    "notice of a retraction": row_refused(
        pubmed("PMID- 999000012\nTI  - One\nPT  - Retraction of Publication\nSO  - x"),
        "a.nbib",
        "Is a notice that retracts",
    ),
    "RIS cut off": Damage(
        f"{GOOD_RIS}TY  - JOUR\nTI  - One\nDO  - 10.9".encode(), "a.ris", "no line ER", (UNDAMAGED,)
    ),
    "RIS with two titles": row_refused(
        ris("TY  - JOUR\nTI  - One\nTI  - Two\nDO  - 10.9999/x\nER  - "), "a.ris", "more than once"
    ),
    "RIS with junk before it": Damage(
        f"Downloaded today\n{GOOD_RIS}".encode(), "a.ris", "Left out before", (UNDAMAGED,)
    ),
    "JSON cut off": refused(studies(OTHER)[:-40], "a.json", "Is not valid JSON"),
    "study given twice": Damage(
        csv(GOOD_LINE), "a.csv", "Is the study of row 2 again: the same key", (UNDAMAGED,)
    ),
    "study given twice by its DOI in other letters": row_cleaned(
        csv("999000012,10.9999/X,One,2020,rct", ",https://doi.org/10.9999/x,Two,2020,rct"),
        "a.csv",
        "Is the study of row 2 again: the same doi",
        "One",
    ),
    "RIS named as PubMed": Damage(
        GOOD_RIS.encode(), "a.nbib", "Is named as PubMed but holds RIS", (UNDAMAGED,)
    ),
}
