"""Published findings that the current profiles do not count, and why: asked in the database.

Profiles keep their uncounted findings as JSON; taking it apart there keeps a large catalogue out
of this process's memory.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

from evidence.models import Finding, Profile

# How each database takes an array of objects apart, and reads a member of one of them.
_UNPACKED = {
    "sqlite": ("json_each(profile.not_counted) AS entry", "json_extract(entry.value, '$.{}')"),
    "postgresql": (
        "jsonb_array_elements(profile.not_counted) AS entry(value)",
        "(entry.value ->> '{}')",
    ),
}


def not_counted(findings, why):
    """Keep the findings that a current profile does not count for this reason."""
    source, member, params = _entries()
    # Nothing but names of ours is put into the text; values are parameters, here and below.
    sql = f"SELECT {member.format('key')} FROM {source} AND {member.format('why')} = %s"  # noqa: S608
    return findings.filter(key__in=RawSQL(sql, (*params, str(why))))  # noqa: S611


def tally_not_counted():
    """Return how many findings are not counted for each reason: {reason: count}; one query."""
    source, member, params = _entries()
    key, why = member.format("key"), member.format("why")
    table = connection.ops.quote_name(Finding._meta.db_table)
    stored = f"EXISTS (SELECT 1 FROM {table} AS finding WHERE finding.key = {key})"  # noqa: S608
    sql = f"SELECT {why}, COUNT(*) FROM {source} AND {stored} GROUP BY {why}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def _entries():
    """Return what to select from, how to read a member of it, and the parameters of both."""
    unpacked, member = _UNPACKED[connection.vendor]
    current = Profile.objects.current().order_by().values("pk")
    chosen, params = current.query.sql_with_params()
    table = connection.ops.quote_name(Profile._meta.db_table)
    return f"{table} AS profile, {unpacked} WHERE profile.id IN ({chosen})", member, params
