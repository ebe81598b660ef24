"""Profiles: the stored synthesis of one compound for one goal, append-only.

A changed profile is a new row; the newest row of a pair is current. That gives the
change log and links pinned to an evidence version without a second bookkeeping.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.choices import Certainty, Letter, Verdict
from evidence.models.base import LONGEST_WHY
from evidence.models.compounds import Compound
from evidence.models.goals import Goal
from evidence.querysets import EvidenceVersionQuerySet, ProfileQuerySet


class PublicationLock(models.Model):
    """The one row that every publication locks, so that versions commit in their order."""

    class Meta:
        default_permissions = ()

    def __str__(self):
        return "publication lock"


class EvidenceVersion(models.Model):
    """One act that changed public evidence: which, when, by whom, why."""

    # The key itself, so that a row that names its version carries the number.
    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(max_length=LONGEST_WHY)
    # What a compound's change log asks for: also acts that moved none of its profiles.
    compounds = models.ManyToManyField(Compound, related_name="versions", editable=False)

    objects = EvidenceVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        default_permissions = ("view",)

    def __str__(self):
        return f"evidence version {self.number}"


class Profile(models.Model):
    """Everything counted about one compound for one goal (method, section 5).

    Figures are in MID units and empty where nothing is counted. A row with
    `n_findings` 0 says that the pair lost its last published finding.
    """

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="profiles")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="profiles")
    version = models.ForeignKey(EvidenceVersion, models.PROTECT, related_name="profiles")
    method_version = models.CharField(max_length=20)
    n_findings = models.PositiveIntegerField()
    letter = models.CharField(max_length=1, choices=Letter)
    verdict = models.CharField(max_length=40, choices=Verdict)
    mean = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    dependable = models.FloatField(null=True)
    p_matters = models.FloatField(null=True)
    p_harm = models.FloatField(null=True)
    scale = models.FloatField("S²", null=True)
    certainty = models.CharField(max_length=10, choices=Certainty, blank=True)
    body_level = models.CharField(max_length=10, choices=Certainty, blank=True)
    is_only_markers = models.BooleanField()
    # Values of evidence.synthesis.profile: outcomes, clusters, counted and uncounted findings.
    reviews_disagree_on = models.JSONField(default=list)
    clusters = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    not_counted = models.JSONField(default=list)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        # By the number itself: "-version" would turn the newest-first order of versions round.
        ordering = ("compound", "goal", "-version_id")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "goal", "version"], name="profile_is_made_once_a_version"
            ),
            models.CheckConstraint(
                # A CHECK lets NULL comparisons pass, so the deviation is named as set.
                condition=Q(letter=Letter.NONE, mean=None, sd=None, dependable=None)
                | ~Q(letter=Letter.NONE)
                & Q(mean__isnull=False, sd__isnull=False, sd__gt=0, dependable__isnull=False),
                name="profile_has_figures_or_no_letter",
            ),
        ]

    def __str__(self):
        return f"{self.compound_id} for {self.goal_id}: {self.letter} {self.verdict}"
