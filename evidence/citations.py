"""Citations: an article cites a finding by a token, or a link to its row on a compound's page.

A token is `{{ finding:melatonin-01 }}` (evidence.tokens), a link `/compounds/<slug>/#<key>`.
Whoever publishes an article asks `broken_citations` first; its references are `studies_cited`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from evidence.markdown import Document
from evidence.models import Compound, Finding, Study
from evidence.tokens.faults import token_faults
from evidence.tokens.rows import tokens_of

COMPOUND_PAGE = re.compile(r"/compounds/(?P<slug>[^/?#]+)/(?:#(?P<anchor>.+))?")
# The sections of a compound's page, besides one per goal; every other anchor is a finding's key.
SECTIONS = frozenset({"evidence", "doses", "safety", "legal-status", "references"})
GOAL_SECTION = "goal-"


@dataclass(frozen=True, slots=True)
class Citation:
    """A link to a compound's page; `key` is empty where it leads to no finding."""

    compound: str
    key: str
    line: int


def citations(text: Document) -> Iterator[Citation]:
    """Yield the links of a text to compounds and their findings, in their order."""
    for link in text.links:
        if match := COMPOUND_PAGE.fullmatch(link.href):
            anchor = match["anchor"] or ""
            is_section = anchor in SECTIONS or anchor.startswith(GOAL_SECTION)
            yield Citation(match["slug"], "" if is_section else anchor, link.line)


def keys_cited(text: Document) -> list[str]:
    """Return the keys of the findings that a text cites, by token or link, in its order."""
    tokens = zip(text.figures, tokens_of(text), strict=True)
    placed = [(one.line, one.key) for one in citations(text) if one.key]
    placed += [(at.line, one.about) for at, one in tokens if one and one.kind == "finding"]
    return list(dict.fromkeys(key for _, key in sorted(placed, key=itemgetter(0))))


def pairs_cited(text: Document) -> list[tuple[str, str]]:
    """Return the slugs of compound and goal of each profile that a text cites, in its order."""
    tokens = tokens_of(text)
    return list(dict.fromkeys(one.pair for one in tokens if one and one.kind != "finding"))


def studies_cited(text: Document) -> list[Study]:
    """Return the studies behind the findings that a text cites, in the order of the text."""
    keys = keys_cited(text)
    findings = Finding.objects.published().filter(key__in=keys).select_related("study")
    studies = {finding.key: finding.study for finding in findings}
    return list(dict.fromkeys(studies[key] for key in keys if key in studies))


def broken_citations(text: Document, *, needs_public: bool = True) -> list[tuple[int, str]]:
    """Return the line and the fault of each citation that leads nowhere, tokens among them.

    A finding or compound that is a draft counts as missing, unless `needs_public` is off.
    """
    found = list(citations(text))
    findings = Finding.objects.filter(key__in={one.key for one in found})
    compounds = Compound.objects.filter(slug__in={one.compound for one in found})
    if needs_public:
        findings, compounds = findings.published(), compounds.published()
    owners = dict(findings.values_list("key", "compound__slug"))
    slugs = set(compounds.values_list("slug", flat=True))
    faults = []
    for one in found:
        if one.compound not in slugs:
            fault = f"Links to the compound {one.compound}, which is not there."
        elif one.key and one.key not in owners:
            fault = f"Cites the finding {one.key}, which is not there."
        elif one.key and owners[one.key] != one.compound:
            fault = f"Cites the finding {one.key} of {owners[one.key]} on {one.compound}’s page."
        else:
            continue
        faults.append((one.line, fault))
    faults += token_faults(text, needs_public=needs_public)
    return sorted(dict.fromkeys(faults), key=itemgetter(0))
