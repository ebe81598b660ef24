"""The one way by which the admin writes evidence: each act ends in one evidence version.

Django wraps the add, change and delete views in a transaction, but not the actions of a
list; here all of them first wait for their turn to publish, then read, write and
re-synthesise in one transaction. A synthesis that fails leaves nothing of the write.
"""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator, capfirst

from evidence.admin.fields import FORM_FIELDS
from evidence.admin.history import HistoryAdmin
from evidence.admin.rights import may_delete, may_publish
from evidence.citing import citing
from evidence.models import Compound, EvidenceVersion, Finding, OutcomeMid, Profile
from evidence.models.base import Published
from evidence.publication import (
    compounds_touched_by,
    is_public,
    pairs_touched_by,
    publish_change,
    wait_for_turn,
)

LONGEST_WHY = EvidenceVersion._meta.get_field("why").max_length
PROFILES_STAY = "Profiles stored for it, which are kept for ever: withdraw it instead."


@dataclass(frozen=True)
class Reach:
    """How far a row reaches into public evidence at one moment."""

    is_public: bool = False
    pairs: frozenset = frozenset()
    compounds: frozenset = frozenset()

    @classmethod
    def of(cls, row):
        """Ask before a write and after it."""
        pairs, compounds = pairs_touched_by(row), compounds_touched_by(row)
        return cls(is_public(row), frozenset(pairs), frozenset(compounds))

    def __or__(self, other):
        return Reach(
            self.is_public or other.is_public,
            self.pairs | other.pairs,
            self.compounds | other.compounds,
        )


class PublishingAdmin(HistoryAdmin):
    """Publishes what it writes, in the transaction that writes it.

    A draft, or a row of a draft, is written without a version. A form saved without a
    change writes nothing: its history would say that a person had edited the row. What a
    row was is restored by its form alone (`evidence.admin.history`), never past publication.
    """

    formfield_overrides = FORM_FIELDS
    # A field that is given once, because files, profiles or articles name the row by it.
    kept_field = None
    is_past = False

    def changeform_view(self, request, *args, **kwargs):
        """Wait for the turn before the row is read, so that no other edit is overlooked."""
        return in_turn(request, super().changeform_view, request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        """Wait for the turn before the row is read."""
        return in_turn(request, super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        """Run an action as one transaction."""
        return in_turn(request, super().changelist_view, request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Save the row unless nothing in it changed, and remember what it reached before."""
        stored = self.model._default_manager.get(pk=obj.pk) if change else None
        form.reach_before = Reach.of(stored) if change else Reach()
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the rows beside it, then publish them all together.

        A row edited beside its owner touches the pairs that its owner touches.
        """
        super().save_related(request, form, formsets, change)
        edited = [formset for formset in formsets if formset.has_changed()]
        if change and not form.has_changed() and not edited:
            return
        names = [*self._names_of(form), *(f.model._meta.verbose_name_plural for f in edited)]
        what = f"changed: {', '.join(map(str, names))}" if change else "added"
        # Going back to a version says so itself.
        what = getattr(form, "what", what)
        reach = form.reach_before | Reach.of(form.instance)
        self._publish(request, f"{title(form.instance)} {what}", reach)

    def delete_model(self, request, obj):
        """Delete the row and publish that it is gone."""
        reach, why = Reach.of(obj), f"{title(obj)} deleted"
        super().delete_model(request, obj)
        self._publish(request, why, reach)

    def delete_queryset(self, request, queryset):
        """Delete the rows and publish, once, that they are gone."""
        reach, titles = Reach(), []
        for row in queryset:
            reach |= Reach.of(row)
            titles.append(title(row))
        super().delete_queryset(request, queryset)
        self._publish(request, f"Deleted: {', '.join(titles)}", reach)

    def has_publish_permission(self, request):
        """Say whether the user may publish and withdraw these rows."""
        return may_publish(request.user, self.model)

    def has_delete_permission(self, request, obj=None):
        """Keep what the public reads from whoever may not publish."""
        is_allowed = super().has_delete_permission(request, obj)
        return is_allowed and (obj is None or may_delete(request.user, obj))

    def get_deleted_objects(self, objs, request):
        """Say why a row with profiles stays, or one that an article cites; Django would not."""
        listed, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if Profile._meta.verbose_name in lacking:
            lacking, protected = lacking - {Profile._meta.verbose_name}, [*protected, PROFILES_STAY]
        return listed, counts, lacking, [*protected, *_cited_by_articles(objs)]

    def get_view_on_site_url(self, obj=None):
        """Link to the page of a row where there is one: a draft has none."""
        if obj is None or not is_public(obj) or not is_public(getattr(obj, "compound", obj)):
            return None
        return super().get_view_on_site_url(obj)

    def get_fieldsets(self, request, obj=None):
        """Return the sections of the form; of a past row its plain values."""
        if self.is_past:
            return [(None, {"fields": self.get_readonly_fields(request, obj)})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Return what is never typed: of a past row every column; its links would be today's."""
        if self.is_past:
            return [field.name for field in self.opts.fields if not field.primary_key]
        kept = [self.kept_field] if obj and self.kept_field else []
        return [*super().get_readonly_fields(request, obj), *kept]

    def history_form_view(self, request, *args, **kwargs):
        """Show a row as it was; the page could write it back past publication."""
        if request.method == "POST":
            raise PermissionDenied
        past = copy(self)
        past.is_past, past.prepopulated_fields = True, {}
        return super(PublishingAdmin, past).history_form_view(request, *args, **kwargs)

    def revert_disabled(self, request, obj=None):
        """Offer no button that writes a past row back."""
        return True

    def carry_out(self, request, act, rows, done):
        """Publish or withdraw `rows` as one act and say so; for no rows, open no version."""
        rows = list(rows)
        if not rows:
            self.message_user(request, "Nothing to do: all of them are so already.")
            return
        why = f"{done}: {', '.join(title(row) for row in rows)}"
        act(rows, by=request.user, why=shortened(why))
        count = f"{len(rows)} {model_ngettext(self.opts, len(rows))}"
        self.message_user(request, f"{done}: {count}.", messages.SUCCESS)

    def _names_of(self, form):
        """Return the fields that were changed, by the names that readers of the log understand."""
        columns = {
            field.name: field.verbose_name
            for field in self.opts.get_fields()
            if hasattr(field, "verbose_name")
        }
        return [columns.get(name, name) for name in form.changed_data]

    def _publish(self, request, why, reach):
        if reach.is_public:
            publish_change(
                by=request.user,
                why=shortened(why),
                pairs=reach.pairs,
                compounds=reach.compounds,
            )


def _cited_by_articles(rows):
    """Name each article that cites a finding among these rows, or of a compound among them."""
    findings = {row for row in rows if isinstance(row, Finding)}
    for row in rows:
        if isinstance(row, Compound):
            findings |= set(row.findings.all())
    return [f"{title(row)}, which cites {', '.join(keys)}" for row, keys in citing(findings)]


def title(row):
    """Name a row as the change log does: what it is, whose, and which."""
    kind = capfirst(row._meta.verbose_name)
    if isinstance(row, OutcomeMid):
        return f"{kind} of {row.outcome} ({row})"
    if hasattr(row, "compound") and not isinstance(row, Published):
        return f"{kind} of {row.compound} ({row})"
    return f"{kind} {row}"


def shortened(why):
    """Return a sentence that fits into a version's reason."""
    return Truncator(why).chars(LONGEST_WHY)


def in_turn(request, view, *args, **kwargs):
    """Call a view; one that may write waits for its turn first, and is one transaction."""
    if request.method != "POST":
        return view(*args, **kwargs)
    with transaction.atomic():
        wait_for_turn()
        return view(*args, **kwargs)
