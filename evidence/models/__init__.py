"""The evidence: what was studied, what was found, and what it comes to."""

from evidence.models.articles import Article
from evidence.models.compounds import Alias, Compound, Protocol, RegulatoryStatus
from evidence.models.findings import Finding
from evidence.models.goals import Goal, Outcome, OutcomeMid, UnitSynonym
from evidence.models.profiles import EvidenceVersion, Profile, PublicationLock
from evidence.models.proposals import Proposal
from evidence.models.safety import Caution, Condition, Interaction, MedicineClass, SideEffect
from evidence.models.search import EntryKind, SearchEntry
from evidence.models.studies import Study

__all__ = [
    "Alias",
    "Article",
    "Caution",
    "Compound",
    "Condition",
    "EntryKind",
    "EvidenceVersion",
    "Finding",
    "Goal",
    "Interaction",
    "MedicineClass",
    "Outcome",
    "OutcomeMid",
    "Profile",
    "Proposal",
    "Protocol",
    "PublicationLock",
    "RegulatoryStatus",
    "SearchEntry",
    "SideEffect",
    "Study",
    "UnitSynonym",
]
