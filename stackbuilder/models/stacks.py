"""Saved stacks: goals, members and versions under an unguessable link; nothing about the person."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThanOrEqual

from stackbuilder.querysets import SavedStackQuerySet

# What `secrets.token_urlsafe(16)` has at least; fewer characters could be guessed.
SHORTEST_TOKEN = 22
# A sha256 in hexadecimal.
HASH_LENGTH = 64


class SavedStack(models.Model):
    """One stack with its pinned versions, deleted when nobody has opened it for long.

    No words of anybody stand here, and no name. Of the secret that changes and deletes it only the
    hash is kept: whoever loses the secret link has lost it.
    """

    token = models.CharField(max_length=43, unique=True, editable=False)
    secret_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    goals = models.JSONField(
        default=dict, blank=True, help_text="Weight (1 to 3) by the goal's slug; in no order."
    )
    members = models.JSONField(help_text="The compounds' slugs, in the visitor's order.")
    region = models.CharField(
        max_length=10, blank=True, help_text="Where prices and the law are looked up, if chosen."
    )
    evidence_version = models.PositiveIntegerField(help_text="Whose figures it shows.")
    method_version = models.CharField(max_length=20, help_text="That made those figures.")
    created_on = models.DateField()
    edited_at = models.DateTimeField(null=True, blank=True)
    last_opened_on = models.DateField(help_text="Written at most once a day.")

    objects = SavedStackQuerySet.as_manager()

    class Meta:
        ordering = ("-created_on", "-pk")
        indexes = [
            models.Index(fields=["last_opened_on"], name="saved_stack_last_opened"),
            models.Index(fields=["created_on"], name="saved_stack_created"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(members=[]), name="saved_stack_has_members"),
            models.CheckConstraint(
                condition=Q(evidence_version__gte=1) & ~Q(method_version=""),
                name="saved_stack_pins_its_versions",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("token"), SHORTEST_TOKEN),
                name="saved_stack_token_is_too_long_to_guess",
            ),
            models.CheckConstraint(
                condition=Exact(Length("secret_hash"), HASH_LENGTH),
                name="saved_stack_secret_is_kept_as_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(last_opened_on__gte=F("created_on")),
                name="saved_stack_is_opened_after_it_was_saved",
            ),
        ]

    def __str__(self):
        return f"{len(self.members)} members, evidence version {self.evidence_version}"
