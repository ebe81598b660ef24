"""What a token prints: the words of one part of a finding or a profile, None if not recorded."""

from collections.abc import Callable

from evidence.choices import RATIO_MEASURES
from evidence.figures import (
    estimate_text,
    percent,
    printed,
    signed,
    statement,
    study_name,
    unit_text,
)
from evidence.models import Finding, Profile
from evidence.tokens.syntax import Token

Words = str | None


def words_of(token: Token, row: Finding | Profile) -> Words:
    """Return what an inline token prints of its row, None where the row has no such thing."""
    if isinstance(row, Finding):
        return _OF_FINDING[token.part](row)
    return _OF_PROFILE[token.part](row)


def phrase(finding: Finding) -> Words:
    """Return estimate, interval, p and number of participants, as far as they are recorded."""
    if finding.estimate is None:
        return None
    parts = [estimate_text(finding), _p(finding)]
    if finding.n_participants is not None:
        parts.append(f"n {_counted(finding.n_participants)}")
    return ", ".join(filter(None, parts))


def _counted(number: int | None) -> Words:
    """Return a count as prose writes it: 1,089."""
    return None if number is None else f"{number:,}"


def _value(finding: Finding, estimate: float | None) -> Words:
    if estimate is None:
        return None
    return f"{printed(estimate)}{unit_text(finding)}"


def _estimate(finding: Finding) -> Words:
    words = _value(finding, finding.estimate)
    return words and f"{finding.measure} {words}"


def _size(finding: Finding) -> Words:
    # A ratio has no sign that words could stand for.
    if finding.estimate is None or finding.measure in RATIO_MEASURES:
        return None
    return _value(finding, abs(finding.estimate))


def _ci(finding: Finding) -> Words:
    if finding.ci_low is None:
        return None
    level = printed(finding.ci_level or 95)
    return f"{level} % CI {printed(finding.ci_low)} to {printed(finding.ci_high)}"


def _p(finding: Finding) -> Words:
    return None if finding.p is None else f"p {printed(finding.p)}"


def _statement(profile: Profile) -> Words:
    words: Words = statement(profile, profile.compound.name, profile.goal.name)
    return words


def _letter(profile: Profile) -> str:
    # A letter never stands without its verdict.
    has_letter = profile.mean is not None
    return f"{profile.letter}, {profile.verdict}" if has_letter else str(profile.verdict)


def _figure(column: str, shown: Callable[[float], str]) -> Callable[[Profile], Words]:
    def words(profile: Profile) -> Words:
        value = getattr(profile, column)
        return None if value is None else shown(value)

    return words


_OF_FINDING: dict[str, Callable[[Finding], Words]] = {
    "phrase": phrase,
    "estimate": _estimate,
    "value": lambda finding: _value(finding, finding.estimate),
    "size": _size,
    "ci": _ci,
    "p": _p,
    "n": lambda finding: _counted(finding.n_participants),
    "k": lambda finding: _counted(finding.n_studies),
    "year": lambda finding: str(finding.study.year) if finding.study.year else None,
    "study": lambda finding: study_name(finding.study),
    "dose": lambda finding: finding.dose or None,
    "duration": lambda finding: finding.duration or None,
    "population": lambda finding: finding.population or None,
    "note": lambda finding: finding.note or None,
}
_OF_PROFILE: dict[str, Callable[[Profile], Words]] = {
    "letter": _letter,
    "statement": _statement,
    "certainty": lambda profile: profile.get_certainty_display() or None,
    "estimate": _figure("mean", signed),
    "dependable": _figure("dependable", signed),
    "matters": _figure("p_matters", percent),
    "harm": _figure("p_harm", percent),
    "bar": _statement,
    "plot": _statement,
}
