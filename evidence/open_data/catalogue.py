"""All tables of open data, the dictionary that describes them, and the moment they are read at."""

from django.utils import timezone

from evidence.models import EvidenceVersion
from evidence.open_data.columns import Column, Kind, Moment, Table
from evidence.open_data.compound_tables import (
    ALIASES,
    CAUTIONS,
    COMPOUNDS,
    INTERACTIONS,
    PROTOCOLS,
    REGULATORY_STATUSES,
    SIDE_EFFECTS,
)
from evidence.open_data.goal_tables import (
    CONDITIONS,
    GOALS,
    MEDICINE_CLASSES,
    OUTCOME_MIDS,
    OUTCOMES,
)
from evidence.open_data.profile_tables import EVIDENCE_VERSIONS, PROFILE_FINDINGS, PROFILES
from evidence.open_data.study_tables import FINDINGS, STUDIES

# Each before those that refer to it.
TABLES = (
    GOALS, OUTCOMES, OUTCOME_MIDS, CONDITIONS, MEDICINE_CLASSES,
    COMPOUNDS, ALIASES, REGULATORY_STATUSES, PROTOCOLS, SIDE_EFFECTS, CAUTIONS, INTERACTIONS,
    STUDIES, FINDINGS, PROFILES, PROFILE_FINDINGS, EVIDENCE_VERSIONS,
)  # fmt: skip
DICTIONARY = Table(
    "dictionary",
    "Every column of every table.",
    (
        Column("table", Kind.TEXT, "The table.", read=lambda pair: pair[0].name),
        Column("column", Kind.TEXT, "The column.", read=lambda pair: pair[1].name),
        Column("type", Kind.TEXT, "What its cells hold.", read=lambda pair: pair[1].kind),
        Column("unit", Kind.TEXT, "The unit of its numbers.", empty="it holds no measured number",
               read=lambda pair: pair[1].unit),
        Column("empty_means", Kind.TEXT, "What an empty cell (null) says.", empty="it never is",
               read=lambda pair: pair[1].empty),
        Column("codes", Kind.TEXTS, "The codes that may stand there, if those are settled.",
               read=lambda pair: pair[1].codes),
        Column("about", Kind.TEXT, "What it says.", read=lambda pair: pair[1].about),
    ),
    lambda moment: ((table, column) for table in TABLES for column in table.columns),
)  # fmt: skip


def this_moment():
    """Return what is public now, under the newest evidence version; one query."""
    newest = EvidenceVersion.objects.order_by("-number").first()
    if newest is None:
        return Moment(timezone.now(), 0)
    return Moment(timezone.now(), newest.number, newest.at)
