"""Numbers, sources and verdicts in words; plain functions that the template tags wrap."""

import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from django.utils.html import format_html, format_html_join

from evidence.choices import RATIO_MEASURES, Measure
from evidence.synthesis import (
    Certainty,
    DowngradeCause,
    Size,
    StatementVerb,
    size_in_words,
    statement_verb,
)

MINUS = "−"
LONGEST_WHOLE_WORD = 20

# What curators write as a source; DOIs end before a closing bracket that they did not open.
_REFERENCE = re.compile(
    r"(?P<url>https?://[^\s;]+?)(?=[.,)]*(?:[\s;]|$))"
    r"|\bpmid:?\s*(?P<pmid>\d{1,9})\b"
    r"|\b(?P<pmc>PMC\d{1,9})\b"
    r"|(?:\bdoi:?\s*)?\b(?P<doi>10\.\d{4,9}/(?:[^\s;()]|\([^\s;()]*\))+)",
    re.IGNORECASE,
)
_PMC_IN_ADDRESS = re.compile(r"/(PMC\d{1,9})\b")
_TRIAL = re.compile(r"^NCT\d{8}$")
_SOURCE_IN_BRACKETS = re.compile(r"\s*\[((?:https?://|pmid:|doi:)[^\]\s]+)\]")


# The unit of a ratio of risks, as curators write it.
RISK = "risk"


@dataclass(frozen=True)
class Link:
    """Where a reader can look something up; without an address only its label is shown."""

    label: str
    url: str = ""


def signed(value, digits=2):
    """Return a number with a true minus sign, and a plus only where a sign is meant.

    >>> signed(-0.4321)
    '−0.43'
    """
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def printed(value):
    """Return a figure as its source printed it: no rounding, no exponent, a true minus sign.

    >>> printed(-7.06), printed(0.00001)
    ('−7.06', '0.00001')
    """
    # Ten digits are more than any source prints, and leave the noise of binary fractions out.
    return f"{Decimal(f'{value:.10g}'):f}".replace("-", MINUS)


def percent(share):
    """Return a probability as whole per cent, never as a certainty.

    >>> percent(0.9999), percent(0.0001), percent(0.5)
    ('over 99 %', 'under 1 %', '50 %')
    """
    if share > 0.99:
        return "over 99 %"
    if share < 0.01:
        return "under 1 %"
    return f"{share:.0%}".replace("%", " %")


def whole_percent(share):
    """Return a share that is known, not estimated, as whole per cent: a third is 33 %."""
    return f"{share * 100:.0f} %"


def sentence(text):
    """Return a curator's words as one sentence, with one full stop."""
    return f"{text.rstrip('. ')}."


def estimate_text(finding):
    """Return a finding's figure as its study gives it: measure, estimate, unit, interval."""
    if finding.estimate is None:
        return "no figure reported"
    text = f"{finding.measure} {printed(finding.estimate)}{unit_text(finding)}"
    if finding.ci_low is not None:
        level = printed(finding.ci_level or 95)
        text += f" ({level} % CI {printed(finding.ci_low)} to {printed(finding.ci_high)})"
    return text


def unit_text(finding):
    """Return a finding's unit with a space before it, or nothing where the measure says it all.

    A standardised difference has none, and a ratio of risks is one of risks.
    """
    is_said = finding.measure == Measure.SMD or (
        finding.measure in RATIO_MEASURES and finding.unit == RISK
    )
    return f" {finding.unit}" if finding.unit and not is_said else ""


def study_links(study):
    """Return where a study can be looked up; empty for one that is not yet traced."""
    links = []
    if study.pmid:
        links.append(Link(f"PMID {study.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/"))
    if study.doi:
        links.append(_doi_link(study.doi))
    links += [_registry_link(part.strip()) for part in study.registry.split(",") if part.strip()]
    if study.url:
        links.append(Link("Source", study.url))
    return links


def source_links(source, title=""):
    """Return the links of a source as curators write it: addresses, PMIDs, DOIs, or a name.

    >>> [link.label for link in source_links("PMID 25832905; PMID 17318304")]
    ['PMID 25832905', 'PMID 17318304']
    """
    links = []
    for part in filter(None, map(str.strip, source.split(";"))):
        found = [_reference_link(match) for match in _REFERENCE.finditer(part)]
        links += found or [Link(part)]
    if title and len(links) == 1:
        return [Link(title, links[0].url)]
    return [Link(title), *links] if title else links


def sentence_and_source(text):
    """Split a mechanism into its sentence and the source it ends with in brackets, if any."""
    match = _SOURCE_IN_BRACKETS.search(text)
    if not match:
        return text, None
    sentence = _SOURCE_IN_BRACKETS.sub("", text).strip()
    link = source_links(match[1])[0]
    return sentence, Link("source", link.url) if link.url == match[1] else link


def _reference_link(match):
    """Return one reference found in a source."""
    if pmid := match["pmid"]:
        return Link(f"PMID {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")
    if pmc := match["pmc"]:
        return Link(pmc.upper(), f"https://pmc.ncbi.nlm.nih.gov/articles/{pmc.upper()}/")
    if doi := match["doi"]:
        return _doi_link(doi.rstrip(".,"))
    in_address = _PMC_IN_ADDRESS.search(match["url"])
    return Link(in_address[1] if in_address else match["url"].split("/")[2], match["url"])


def _doi_link(doi):
    """Return a DOI's address; a DOI may hold characters that an address may not."""
    return Link(f"DOI {doi}", f"https://doi.org/{quote(doi, safe='/():;')}")


def _registry_link(registry):
    """Return a trial's registration; only ClinicalTrials.gov numbers have a known address."""
    if _TRIAL.match(registry):
        return Link(registry, f"https://clinicaltrials.gov/study/{registry}")
    return Link(registry)


def statement(profile, compound, goal):
    """Return a profile in one sentence after GRADE guideline 26, or None if nothing is counted."""
    if profile.mean is None:
        return None
    verb = statement_verb(Certainty(profile.certainty))
    if verb is StatementVerb.VERY_UNCERTAIN:
        return f"The evidence is very uncertain about the effect of {compound} on {goal}."
    size = size_in_words(profile.mean)
    if size is Size.LITTLE_OR_NO_EFFECT:
        return f"{compound} {verb} {size} on {goal}."
    return f"{compound} {verb} a {size} for {goal}."


def downgrade_words(domain, levels, why):
    """Return what one domain cost a finding, and why if it was not simply judged so."""
    domain = str(domain).replace("_", " ")
    if DowngradeCause.NOT_ASSESSED in why:
        return f"{domain}: not assessed"
    causes = ", ".join(str(cause) for cause in why if cause != DowngradeCause.JUDGED)
    cost = "serious" if levels == 1 else "very serious"
    return f"{domain}: {cost} ({causes})" if causes else f"{domain}: {cost}"


def study_name(study):
    """Return a study in a few words: its design, journal and year, or the start of its title."""
    where = study.journal or study.registry
    if not where:
        title = study.title if len(study.title) <= 60 else study.title[:59].rstrip() + "…"
        return f"{title} ({study.year})" if study.year else title
    return f"{study.get_design_display().capitalize()}, {where} {study.year or ''}".rstrip()


def whole_words(title):
    """Return a title as HTML in which no hyphenated word is split at the end of a line.

    Words too long for a line on a phone may still be.
    """
    words = [
        format_html('<span class="nowrap">{}</span>', word)
        if "-" in word and len(word) <= LONGEST_WHOLE_WORD
        else word
        for word in title.split()
    ]
    return format_html_join(" ", "{}", ((word,) for word in words))
