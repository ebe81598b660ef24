"""Rows edited beside their owner, at the same number of queries however many there are."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from evidence.admin.fields import FORM_FIELDS
from evidence.admin.rights import may_delete


class KnowsChosen:
    """An autocomplete told which rows are chosen; Django's asks the database for each form."""

    known = ()

    def optgroups(self, name, value, attr=None):
        """Return the chosen options; ask for them after a post has chosen others."""
        labels = {str(row.pk): str(row) for row in self.known}
        chosen = [key for key in map(str, value) if key]
        if not set(chosen) <= labels.keys():
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, key, labels[key], True, 0) for key in chosen]
        if not self.is_required and not self.allow_multiple_selected:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class KnownSelect(KnowsChosen, AutocompleteSelect):
    """Chooses one row."""


class KnownSelectMultiple(KnowsChosen, AutocompleteSelectMultiple):
    """Chooses several rows."""


class InlineForm(forms.ModelForm):
    """Tells its autocompletes what its row has already fetched."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # The admin wraps the widget, to put "add another" beside it.
            widget = getattr(field.widget, "widget", None)
            if self.instance.pk and isinstance(widget, KnowsChosen):
                chosen = getattr(self.instance, name)
                is_many = widget.allow_multiple_selected
                widget.known = list(chosen.all()) if is_many else [chosen] if chosen else []


class EvidenceInline(admin.StackedInline):
    """A kind of rows that a compound or an outcome owns.

    `fetched_one` and `fetched_many` name the relations of `autocomplete_fields`.
    """

    form = InlineForm
    formfield_overrides = FORM_FIELDS
    extra = 0
    classes = ("collapse",)
    show_change_link = True
    fetched_one = ()
    fetched_many = ()

    def has_delete_permission(self, request, obj=None):
        """Keep what the public reads beside its owner `obj` from whoever may not publish."""
        is_allowed = super().has_delete_permission(request, obj)
        return is_allowed and (obj is None or may_delete(request.user, obj))

    def get_queryset(self, request):
        """Fetch the rows with all that their forms print."""
        rows = super().get_queryset(request).select_related(*self.fetched_one)
        return rows.prefetch_related(*self.fetched_many)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Choose one of a big table without a query per row."""
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Choose several of a big table without a query per row."""
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
