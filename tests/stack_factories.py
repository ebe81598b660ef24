"""Saved stacks for tests: melatonin and valerian for sleep, both with a study behind them.

`make_sleepers()` stores the two with their findings and opens evidence version 1; `make_stack()`
saves them under a token and a secret that are known to the test.
"""

from datetime import date

from evidence.models import Finding, Protocol
from evidence.publication import pairs_touched_by, publish_change, system_user, wait_for_turn
from stackbuilder.models import SavedStack
from stackbuilder.stacks.saved import hash_of
from tests.factories import (
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_study,
    publish_all,
)

TOKEN = "a-token-of-many-characters"
SECRET = "a-secret-that-nobody-guesses-ever"
SAVED_ON = date(2025, 3, 1)


def make_sleepers():
    """Store melatonin and valerian, for sleep and against each other; return the version."""
    for slug, estimate in (("melatonin", -30.0), ("valerian", -3.0)):
        compound = make_compound(slug)
        make_finding(
            compound=compound,
            study=make_study(f"pmid:{1000 + len(slug)}", design="rct", n_studies=None),
            estimate=estimate,
            ci_low=estimate - 2,
            ci_high=estimate + 2,
        )
    valerian = make_compound("valerian")
    make_interaction(
        valerian,
        medicine_classes=[],
        other_compound=make_compound("melatonin"),
        with_text="melatonin",
        effect="Both make sleepy",
    )
    make_caution(valerian)
    make_interaction(valerian, severity="major")
    Protocol.objects.create(
        compound=valerian, route="oral", dose="450 mg", frequency="at bedtime", source="PMID 1008"
    )
    return publish_all().version.number


def make_stack(**changes):
    """Return a saved stack of both for sleep, pinned to evidence version 1."""
    values = {
        "token": TOKEN,
        "secret_hash": hash_of(SECRET),
        "goals": {"sleep": 2},
        "members": ["valerian", "melatonin"],
        "evidence_version": 1,
        "method_version": "1",
        "created_on": SAVED_ON,
        "last_opened_on": SAVED_ON,
    }
    return SavedStack.objects.create(**{**values, **changes})


def edit_findings(findings, *, by=3.0, why="Read the papers again"):
    """Multiply figures and bounds of findings, as one act; return the evidence version."""
    wait_for_turn()
    pairs = set()
    for finding in findings:
        Finding.objects.filter(pk=finding.pk).update(
            estimate=finding.estimate * by,
            ci_low=finding.ci_low and finding.ci_low * by,
            ci_high=finding.ci_high and finding.ci_high * by,
        )
        pairs |= pairs_touched_by(finding)
    return publish_change(by=system_user(), why=why, pairs=pairs).version.number
