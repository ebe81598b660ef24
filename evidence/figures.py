"""Numbers, sources and verdicts in words; plain functions that the template tags wrap."""

import re
from dataclasses import dataclass

from evidence.choices import Measure
from evidence.synthesis import (
    Certainty,
    DowngradeCause,
    Size,
    StatementVerb,
    size_in_words,
    statement_verb,
)

MINUS = "−"

_PMID = re.compile(r"^(?:pmid:?\s*)(\d{1,9})$", re.IGNORECASE)
_PMC = re.compile(r"^(PMC\d{1,9})$", re.IGNORECASE)
_DOI = re.compile(r"^(?:doi:?\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_TRIAL = re.compile(r"^NCT\d{8}$")
_LINK_IN_BRACKETS = re.compile(r"\s*\[(https?://[^\]\s]+)\]")


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
    """Return a figure as its source printed it: no rounding, a true minus sign.

    >>> printed(-7.06)
    '−7.06'
    """
    return f"{value:.10g}".replace("-", MINUS)


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


def estimate_text(finding):
    """Return a finding's figure as its study gives it: measure, estimate, unit, interval."""
    if finding.estimate is None:
        return "no figure reported"
    unit = f" {finding.unit}" if finding.unit and finding.measure != Measure.SMD else ""
    text = f"{finding.measure} {printed(finding.estimate)}{unit}"
    if finding.ci_low is not None:
        level = printed(finding.ci_level or 95)
        text += f" ({level} % CI {printed(finding.ci_low)} to {printed(finding.ci_high)})"
    return text


def study_links(study):
    """Return where a study can be looked up; empty for one that is not yet traced."""
    links = []
    if study.pmid:
        links.append(Link(f"PMID {study.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/"))
    if study.doi:
        links.append(Link(f"DOI {study.doi}", f"https://doi.org/{study.doi}"))
    if study.registry:
        links.append(_registry_link(study.registry))
    if study.url:
        links.append(Link("Source", study.url))
    return links


def source_links(source, title=""):
    """Return the links of a source as curators write it: addresses, PMIDs, DOIs, or a name.

    >>> source_links("PMID 25832905; PMID 17318304")[1].url
    'https://pubmed.ncbi.nlm.nih.gov/17318304/'
    """
    parts = [part.strip() for part in source.split(";") if part.strip()]
    links = [_source_link(part) for part in parts]
    if title and len(links) == 1:
        return [Link(title, links[0].url)]
    return [Link(title), *links] if title else links


def sentence_and_source(text):
    """Split a mechanism into its sentence and the address it ends with, if any."""
    match = _LINK_IN_BRACKETS.search(text)
    if not match:
        return text, None
    return _LINK_IN_BRACKETS.sub("", text).strip(), Link("source", match.group(1))


def _source_link(text):
    """Return one part of a source as a link; text that is no address stays text."""
    if match := _PMID.match(text):
        return Link(f"PMID {match[1]}", f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/")
    if match := _PMC.match(text):
        return Link(match[1], f"https://pmc.ncbi.nlm.nih.gov/articles/{match[1]}/")
    if match := _DOI.match(text):
        return Link(f"DOI {match[1]}", f"https://doi.org/{match[1]}")
    if text.startswith(("http://", "https://")):
        return Link(text.split("/")[2], text)
    return Link(text)


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
