"""Made-up studies as each source gives them; no such paper exists, and no such PMID."""

import json

NBIB = """\
PMID- 999000001
OWN - NLM
STAT- MEDLINE
IS  - 0000-0000 (Electronic)
DP  - 2021 May 3
TI  - Invented herb alpha for imaginary sleep: a randomised
      trial that never was.
LID - 10.9999/invented.1 [doi]
AB  - An abstract that nobody wrote.
FAU - Nobody, Ann
AU  - Nobody A
FAU - Noone, Ben
AU  - Noone B
LA  - eng
SI  - ClinicalTrials.gov/NCT99000001
PT  - Journal Article
PT  - Randomized Controlled Trial
JT  - Journal of Invented Results
MH  - Double-Blind Method
MH  - *Sleep/drug effects
AID - S0000-0000(21)00001-1 [pii]
AID - 10.9999/invented.1 [doi]
SO  - J Invented Results. 2021 May 3.
"""

RIS = """\
TY  - JOUR
AU  - Nobody, Ann
AU  - Noone, Ben
PY  - 2020/06/01/
TI  - Invented herb beta for imaginary stress
JO  - Journal of Invented Results
DO  - https://doi.org/10.9999/Invented.2
KW  - Meta-Analysis
ER  -
"""

CSV = """\
PMID,Title,Authors,Journal/Book,Publication Year,DOI,Design
999000003,Invented herb gamma for pain,Nobody A; Noone B,J Invent,2019,10.9999/invented.3,rct
"""

STUDY = {
    "key": "pmid:999000004",
    "pmid": "999000004",
    "doi": None,
    "registry": None,
    "title": "Invented herb delta for imaginary fatigue",
    "title_confirmed": True,
    "year": 2018,
    "journal": "Journal of Invented Results",
    "design": "rct",
    "n_studies": None,
    "n_participants": 40,
    "population": "made-up adults",
    "countries": None,
    "blinding": "double-blind",
    "funding": None,
    "status": "published",
    "includes": [],
}


def as_json(*studies):
    """Return studies, by default one, as the bytes of a catalogue's list."""
    return json.dumps(list(studies) or [STUDY]).encode()


def table(*rows, heading="pmid,title,year"):
    """Return the bytes of a CSV."""
    return "\n".join([heading, *rows, ""]).encode()


WORK = {
    "DOI": "10.9999/invented.5",
    "type": "journal-article",
    "title": ["Invented herb epsilon"],
    "subtitle": ["a trial that never was"],
    "author": [{"given": "Ann", "family": "Nobody"}, {"name": "Nobody Group"}],
    "container-title": ["Journal of Invented Results", "J Inv"],
    "issued": {"date-parts": [[2022, 3, 1]]},
    "clinical-trial-number": [{"clinical-trial-number": "nct99000005"}],
}

NOTICES_HEADING = (
    "Record ID,Title,Subject,Journal,RetractionDate,RetractionDOI,RetractionPubMedID,"
    "OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Notes"
)


def notice_line(**cells):
    """Return a line of the file; cells by the names of its columns."""
    values = {
        "Record ID": "1",
        "Title": "Invented herb",
        "RetractionDate": "1/20/2023 0:00",
        "RetractionDOI": "10.9999/notice",
        "OriginalPaperDOI": "10.9999/Invented.1",
        "OriginalPaperPubMedID": "999000001",
        "RetractionNature": "Retraction",
        "Reason": "+Error in Data;+Made up;",
        **{name.replace("_", " "): value for name, value in cells.items()},
    }
    return ",".join(f'"{values.get(name, "")}"' for name in NOTICES_HEADING.split(","))
