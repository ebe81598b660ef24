"""The search index: one row for each public compound, goal, outcome and article."""

from django.db import models

from evidence.querysets import SearchEntryQuerySet


class EntryKind(models.TextChoices):
    """What a search can find."""

    COMPOUND = "compound", "Compound"
    GOAL = "goal", "Goal"
    OUTCOME = "outcome", "Outcome"
    ARTICLE = "article", "Deep dive"


class SearchEntry(models.Model):
    """What is found of one public thing, and by which words; made from the evidence.

    `evidence.searching.index` alone writes it, in the transaction of a publication. The databases
    index its four folded columns, which a migration says: on SQLite by an FTS5 table that triggers
    keep in step, on PostgreSQL by a column of their words with weights.
    """

    kind = models.CharField(max_length=10, choices=EntryKind)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=150)
    names = models.JSONField(default=list, help_text="Other names, as they are shown.")
    summary = models.TextField(blank=True)
    goal = models.SlugField(max_length=60, blank=True, help_text="The goal that an outcome serves.")
    # Empty: public as long as it is there.
    public_from = models.DateTimeField(null=True)
    spellings = models.JSONField(
        default=list, help_text="[folded, as shown] for the title, then for each other name."
    )
    folded_title = models.TextField()
    folded_names = models.TextField(blank=True)
    folded_about = models.TextField(blank=True, help_text="Names of its goals and outcomes.")
    folded_body = models.TextField(blank=True)
    # Of all that it is made from: a row whose digest still fits is left alone.
    digest = models.CharField(max_length=64)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="search_entry_is_the_only_one"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title}"
