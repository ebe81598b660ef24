"""Rows for tests that need a database: a small true story, to be varied by keyword.

Melatonin shortens the time to fall asleep by 7 minutes (a meta-analysis of 19 trials), of which
20 minutes would matter. Whatever a row stands on is made with it, and shared: two findings of
`make_finding()` belong to one compound, one outcome and one study. Nothing here makes profiles;
`publish_all()` does, for everything that was made.
"""

from datetime import UTC, date, datetime

from django.contrib.auth import get_user_model

from evidence.models import (
    Article,
    Caution,
    Compound,
    Condition,
    Finding,
    Goal,
    Interaction,
    MedicineClass,
    Outcome,
    OutcomeMid,
    Proposal,
    Study,
)
from evidence.publication import all_pairs, publish_change, system_user

PUBLISHED_AT = datetime(2025, 3, 1, 9, tzinfo=UTC)
USUAL_MID = -20.0  # minutes until asleep


def make_user(username="alice", **changes):
    """Return a member of staff, by default without any permission."""
    values = {"email": f"{username}@example.org", "is_staff": True, **changes}
    return get_user_model().objects.create_user(username, **values)


def make_goal(slug="sleep", **changes):
    """Return a goal; again the same one if only its slug is named."""
    return _shared(Goal, "slug", slug, changes, {"name": _words(slug)})


def make_outcome(slug="sleep-onset-latency", *, mid=USUAL_MID, **changes):
    """Return an outcome that serves a goal, with one MID in its unit (none if `mid` is None)."""
    existing = Outcome.objects.filter(slug=slug).first()
    if existing and not changes and mid == USUAL_MID:
        return existing
    values = {"name": _words(slug), "kind": "clinical", "better": "lower", "unit": "min"}
    changes = {"goal": changes["goal"] if "goal" in changes else make_goal(), **changes}
    outcome = Outcome.objects.create(slug=slug, **{**values, **changes})
    if mid is not None:
        make_mid(outcome, value=mid)
    return outcome


def make_mid(outcome, **changes):
    """Return a MID of `outcome`, in the outcome's unit unless another is named."""
    values = {
        "unit": outcome.unit,
        "value": USUAL_MID,
        "basis": "published-MID",
        "confidence": "fair",
    }
    return OutcomeMid.objects.create(outcome=outcome, **{**values, **changes})


def make_compound(slug="melatonin", *, published=True, **changes):
    """Return a compound; again the same one if only its slug is named."""
    values = {
        "name": _words(slug),
        "compound_class": "hormone",
        "summary": f"{_words(slug)}, taken by mouth in the evening.",
        "routes": ["oral"],
        **_who_and_when(published=True),
    }
    if not published:
        changes = {**_who_and_when(published=False), **changes}
    return _shared(Compound, "slug", slug, changes, values)


def make_study(key="pmid:23691095", **changes):
    """Return a study; again the same one if only its key is named."""
    values = {
        "pmid": key.removeprefix("pmid:") if key.startswith("pmid:") else "",
        "doi": key.removeprefix("doi:") if key.startswith("doi:") else "",
        "title": "Meta-analysis: melatonin for the treatment of primary sleep disorders",
        "year": 2013,
        "journal": "PLoS One",
        "design": "meta-analysis",
        "n_studies": 19,
        "n_participants": 1683,
    }
    return _shared(Study, "key", key, changes, values)


def make_finding(key=None, *, published=True, **changes):
    """Return a finding: 7 minutes sooner asleep; keyed <compound>-01, -02 … unless named."""
    compound = changes.pop("compound", None) or make_compound()
    values = {
        "key": key or f"{compound.slug}-{compound.findings.count() + 1:02}",
        "compound": compound,
        "outcome": changes.pop("outcome", None) or make_outcome(),
        "study": changes.pop("study", None) or make_study(),
        "comparator": "placebo",
        "population": "adults and children with primary sleep disorders",
        "measure": "MD",
        "estimate": -7.06,
        "ci_low": -9.75,
        "ci_high": -4.37,
        "unit": "min",
        "n_participants": 1683,
        "n_studies": 19,
        "result": "benefit",
        "indirectness": "none",
        "imprecision": "none",
        **_who_and_when(published=published),
        **({"state": "published"} if published else {}),
    }
    return Finding.objects.create(**{**values, **changes})


def make_article(slug="melatonin-for-sleep", *, published=True, **changes):
    """Return an article on melatonin for sleep that cites its first finding, made or not."""
    values = {
        "slug": slug,
        "title": f"{_words(slug)}: what the research says",
        "summary": "It shortens the wait for sleep by some minutes.",
        "compound": changes.pop("compound", None) or make_compound(),
        "goal": changes.pop("goal", None) or make_goal(),
        "body": "# Overview\n\nBy [some minutes](/compounds/melatonin/#melatonin-01).",
        "author": "Stackbuilder editors",
        "updated_on": date(2025, 3, 1),
        **_who_and_when(published=published),
        **({"state": "published"} if published else {}),
    }
    return Article.objects.create(**{**values, **changes})


def make_proposal(**changes):
    """Return somebody's proposal that melatonin spares 8 minutes, not 7; about a new finding."""
    row = changes["finding"] if "finding" in changes else make_finding()
    about = row or changes.get("article")
    values = {
        "finding": row,
        "values": {"estimate": -8.0},
        "why": "Misread",
        "by": system_user(),
        "at": PUBLISHED_AT,
        "base_history_id": about.history.first().history_id if about else 1,
    }
    return Proposal.objects.create(**{**values, **changes})


def make_condition(code="epilepsy", **changes):
    """Return a condition; again the same one if only its code is named."""
    values = {"name": _words(code), "group": "Nervous system"}
    return _shared(Condition, "code", code, changes, values)


def make_medicine_class(code="anticoagulants", **changes):
    """Return a class of medicines; again the same one if only its code is named."""
    return _shared(MedicineClass, "code", code, changes, {"name": _words(code)})


def make_caution(compound=None, **changes):
    """Return a caution of a compound for people with epilepsy."""
    if "condition" not in changes and "other_condition" not in changes:
        changes["condition"] = make_condition()
    values = {"level": "avoid", "reason": "May raise the risk of seizures"}
    return Caution.objects.create(compound=compound or make_compound(), **{**values, **changes})


def make_interaction(compound=None, *, medicine_classes=None, **changes):
    """Return an interaction of a compound, by default with anticoagulants."""
    values = {
        "with_text": "anticoagulants",
        "severity": "moderate",
        "effect": "May raise the risk of bleeding",
    }
    interaction = Interaction.objects.create(
        compound=compound or make_compound(), **{**values, **changes}
    )
    classes = [make_medicine_class()] if medicine_classes is None else medicine_classes
    interaction.medicine_classes.set(classes)
    return interaction


def publish_all(*, by=None, why="Made for a test"):
    """Open an evidence version with a profile for every pair; return the publication."""
    return publish_change(by=by or system_user(), why=why, pairs=all_pairs())


def _shared(model, key, value, changes, values):
    """Return the row with this key, or make it; changes to a row that is there are an error."""
    if not changes and (existing := model.objects.filter(**{key: value}).first()):
        return existing
    return model.objects.create(**{key: value, **values, **changes})


def _who_and_when(*, published):
    if not published:
        return {"published_at": None, "published_by": None}
    return {"published_at": PUBLISHED_AT, "published_by": system_user()}


def _words(slug):
    return slug.replace("-", " ").capitalize()
