"""What is recorded of a compound's safety, fact by fact, as the engine takes it.

A fact says where it stands; one that is not yet traced to a primary source says so too. What a
fact does to a visitor is not said here: `safety` decides that.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BANNED_IN_SPORT", "CautionFact", "CompoundSafety", "InteractionFact", "StatusFact"]

BANNED_IN_SPORT = "banned-in-sport"


@dataclass(frozen=True, kw_only=True)
class SourcedFact:
    """Where a fact stands; both texts may be empty."""

    source: str = ""
    source_title: str = ""
    is_untraced: bool = False


@dataclass(frozen=True, kw_only=True)
class CautionFact(SourcedFact):
    """A condition that speaks against a compound; without a `code` it gates nobody.

    `sources_differ` is a weaker reading of another source, if there is one: `level` stands.
    """

    code: str
    condition: str
    level: str
    reason: str
    sources_differ: str = ""


@dataclass(frozen=True, kw_only=True)
class InteractionFact(SourcedFact):
    """What a compound does together with another one, by its slug, or with classes of medicines.

    `with_text` names the other side as the source does, also where neither is given.
    """

    other_slug: str | None
    medicine_classes: tuple[str, ...]
    with_text: str
    severity: str
    effect: str


@dataclass(frozen=True, kw_only=True)
class StatusFact(SourcedFact):
    """What a regulator, or the rules of sport, say in a region."""

    region: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class CompoundSafety:
    """All that is recorded of a compound's safety, in the curator's order."""

    slug: str
    routes: tuple[str, ...] = ()
    cautions: tuple[CautionFact, ...] = ()
    interactions: tuple[InteractionFact, ...] = ()
    statuses: tuple[StatusFact, ...] = ()

    @property
    def for_everyone(self) -> tuple[CautionFact | InteractionFact, ...]:
        """Return what gates nobody because no answer can name it: everyone must read it."""
        cautions = [fact for fact in self.cautions if not fact.code]
        unnamed = [f for f in self.interactions if not f.other_slug and not f.medicine_classes]
        return (*cautions, *unnamed)
