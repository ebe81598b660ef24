"""Where curation happens; every write of public evidence goes through `PublishingAdmin`."""

from evidence.admin import (
    articles,
    compounds,
    findings,
    goals,
    profiles,
    proposals,
    safety,
    studies,
)

__all__ = [
    "articles",
    "compounds",
    "findings",
    "goals",
    "profiles",
    "proposals",
    "safety",
    "studies",
]
