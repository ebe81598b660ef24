"""Proposals: changes to what is public, kept until a second person has decided on them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from evidence.choices import ProposalState
from evidence.models.articles import Article
from evidence.models.base import LONGEST_WHY
from evidence.models.findings import Finding
from evidence.querysets import ProposalQuerySet


class Proposal(models.Model):
    """New values for a public finding or article: by whom, why, and what was decided.

    `values` holds the new value of each column by its name, links by the id of their row.
    """

    finding = models.ForeignKey(
        Finding, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    values = models.JSONField(encoder=DjangoJSONEncoder)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The record in the row's history that the proposer had before them.
    base_history_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.CharField(max_length=LONGEST_WHY, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, article=None)
                | Q(finding=None, article__isnull=False),
                name="proposal_is_about_one_row",
                violation_error_message="A proposal is about a finding or an article.",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, decided_by=None, decided_at=None)
                | ~Q(state=ProposalState.OPEN)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_whom_and_when",
                violation_error_message="A decision says who made it and when.",
            ),
        ]

    def __str__(self):
        return f"change to {self.row}"

    @property
    def row(self):
        """Return what it is about: a finding or an article."""
        return self.finding if self.finding_id else self.article
