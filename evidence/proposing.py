"""Changes to what is public: proposed by one person, decided on by another.

Nothing public moves until the change is accepted; then it is written, and its profiles made
again, in one transaction. Where one person runs the site, it is accepted as it is proposed.
When two people propose at once, the second to be accepted is refused if both changed the same
column, and says what changed: the proposal stays, and nothing is lost.
"""

from copy import copy
from dataclasses import fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from evidence.authorship import PLANNING, content_columns, is_two_person
from evidence.choices import FindingState, ProposalState
from evidence.cited_figures import note_figures
from evidence.differences import Change, newest_record, proposed_row, shown
from evidence.models import Article, Finding, Proposal
from evidence.models.base import LONGEST_WHY
from evidence.publication import (
    compounds_touched_by,
    pairs_touched_by,
    publish_change,
    wait_for_turn,
)
from evidence.synthesis.facts import Figures
from evidence.synthesis.refusals import refusals
from evidence.synthesis.vocabulary import Measure
from evidence.workflow import Refused, citation_faults, said

# What readers and the synthesis take from a finding as a figure, or as what the figure is of.
FIGURES = frozenset(
    {
        "compound",
        "outcome",
        "study",
        "comparator_kind",
        "combined_with",
        "measure",
        "estimate",
        "ci_low",
        "ci_high",
        "ci_level",
        "p",
        "unit",
        "n_participants",
        "n_studies",
        "i2",
        "result",
        "better",
        "risk_of_bias",
        "inconsistency",
        "indirectness",
        "imprecision",
        "publication_bias",
        "set_aside",
        "is_independent",
    }
)


@transaction.atomic
def propose(row, values, *, by, why="", base_history_id=None):
    """Keep new values of a public finding or article, by column, until somebody decides.

    `base_history_id` is the record that the proposer had read (the newest if None): what is as it
    was there was not touched. When to look at it again is written at once: that is no content.
    Returns None if nothing else differs. Raises Refused, or ValidationError for values that no
    row may hold.
    """
    wait_for_turn()
    stored = type(row)._default_manager.get(pk=row.pk)
    if stored.state != FindingState.PUBLISHED:
        raise Refused(f"{stored} is not published: edit it itself.")
    base = _read_before(stored, base_history_id)
    wanted = _changed_columns(stored, base, values)
    _plan(stored, {name: wanted.pop(name) for name in PLANNING & wanted.keys()}, by)
    if not wanted:
        return None
    why = _reason(why)
    if FIGURES & wanted.keys() and isinstance(row, Finding) and not why:
        names = ", ".join(str(stored._meta.get_field(name).verbose_name) for name in wanted)
        raise Refused(f"Say why this changes: {names}.")
    proposal = Proposal.objects.create(
        **{stored._meta.model_name: stored},
        values=wanted,
        why=why,
        by=by,
        at=timezone.now(),
        base_history_id=base.history_id,
    )
    check(proposed_row(proposal))
    if not is_two_person():
        accept(proposal, by=by)
    return proposal


@transaction.atomic
def accept(proposal, *, by):
    """Write a proposed change and publish it; returns the publication or raises Refused."""
    wait_for_turn()
    proposal.refresh_from_db()
    row, faults = proposed_row(proposal), list(_not_acceptable(proposal, by))
    if not faults:
        faults = _faults(row)
    if faults:
        raise Refused(*faults)
    pairs = pairs_touched_by(row)
    compounds = compounds_touched_by(proposal.row) | compounds_touched_by(row)
    # In the order of the form: PostgreSQL keeps the keys of JSON in an order of its own.
    columns = [field for field in row._meta.concrete_fields if field.name in proposal.values]
    labels = ", ".join(str(field.verbose_name) for field in columns)
    why = said(f"Changed {labels}", [row], proposal.why)
    # It is the proposer's edit: whoever accepts it is the second person, not an author.
    row._history_user, row._change_reason = proposal.by, why
    row.save(update_fields=list(proposal.values))
    done = publish_change(by=by, why=why, pairs=pairs | pairs_touched_by(row), compounds=compounds)
    note_figures([row] if isinstance(row, Article) else [])
    _decide(proposal, ProposalState.ACCEPTED, by)
    return done


@transaction.atomic
def decline(proposal, *, by, why=""):
    """Lay a proposal aside, for a reason; its own author may take it back without one."""
    wait_for_turn()
    proposal.refresh_from_db()
    if proposal.state != ProposalState.OPEN:
        raise Refused(_decided(proposal))
    why = _reason(why)
    if by.pk != proposal.by_id and not why:
        raise Refused("Say why you decline it.")
    _decide(proposal, ProposalState.DECLINED, by, why)


def conflicts_of(proposal):
    """Return what somebody else changed meanwhile in the columns that a proposal would change.

    `before` is what its author had read, `after` what is stored now.
    """
    row = proposal.row
    base = row.history.get(history_id=proposal.base_history_id)
    wanted = proposed_row(proposal)
    found = []
    for name in proposal.values:
        field = row._meta.get_field(name)
        read, now = (getattr(version, field.attname) for version in (base, row))
        if read != now != getattr(wanted, field.attname):
            change = Change(name, str(field.verbose_name), shown(field, read), shown(field, now))
            found.append(change)
    return found


def check(row):
    """Raise ValidationError for values that no row may hold, by the rules that files obey too."""
    row.clean_fields()
    if isinstance(row, Finding) and (found := refused_figures(row)):
        raise ValidationError({refusal.field: refusal.message for refusal in found})
    row.full_clean()


def refused_figures(finding):
    """Return what the synthesis could not read of a finding, each with its field."""
    numbers = {field.name: getattr(finding, field.name) for field in fields(Figures)}
    measure = numbers.pop("measure")
    return list(refusals(Figures(measure=Measure(measure) if measure else None, **numbers)))


def _reason(why):
    """Return a reason without the space around it; refuse one too long to be kept."""
    why = why.strip()
    if len(why) > LONGEST_WHY:
        raise Refused(f"Give the reason in at most {LONGEST_WHY} characters.")
    return why


def _read_before(row, history_id):
    """Return the record of `row` with this number, or the newest one."""
    if history_id is None:
        return newest_record(row)
    record = row.history.filter(history_id=history_id).first()
    if record is None:
        raise Refused(f"What you had read of {row} is not kept: open it again.")
    return record


def _changed_columns(row, base, values):
    """Return the values that are neither those of `base` nor those stored now, links as ids."""
    allowed = {row._meta.get_field(name).name for name in content_columns(type(row))} | PLANNING
    if unknown := values.keys() - allowed:
        raise ValueError(f"cannot be proposed: {', '.join(sorted(unknown))}")
    wanted = copy(row)
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(wanted, field.attname, getattr(value, "pk", value))
    columns = {name: row._meta.get_field(name).attname for name in values}
    return {
        name: getattr(wanted, column)
        for name, column in columns.items()
        if getattr(wanted, column) not in (getattr(base, column), getattr(row, column))
    }


def _plan(row, values, by):
    """Write when to look at a row again."""
    if values:
        for name, value in values.items():
            setattr(row, name, value)
        row._history_user, row._change_reason = by, "Next review planned"
        row.save(update_fields=list(values))


def _not_acceptable(proposal, by):
    """Yield why this user cannot accept this proposal now."""
    row = proposal.row
    if proposal.state != ProposalState.OPEN:
        yield _decided(proposal)
    elif row.state != FindingState.PUBLISHED:
        yield f"{row} is {row.get_state_display()} now: edit it itself."
    elif is_two_person() and by.pk == proposal.by_id:
        yield "It needs a second person: you proposed it."
    else:
        for change in conflicts_of(proposal):
            before, after = change.before or "nothing", change.after or "nothing"
            yield f"Meanwhile {change.label} of {row} went from {before} to {after}."


def _faults(row):
    """Return why a row cannot be stored and public as it would be."""
    try:
        check(row)
    except ValidationError as error:
        return error.messages
    return citation_faults([row])


def _decided(proposal):
    return f"It was {proposal.get_state_display()} already by {proposal.decided_by}."


def _decide(proposal, state, by, why=""):
    proposal.state, proposal.decided_by, proposal.decided_why = state, by, why
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_why", "decided_at"])
