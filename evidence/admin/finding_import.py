"""Findings from a spreadsheet: drafts are added and changed, what went further is left alone."""

import re
from dataclasses import fields

from django.core.exceptions import ValidationError
from import_export.fields import Field

from evidence.admin.cells import ReferenceCell
from evidence.admin.row_import import ImportResource
from evidence.choices import FindingState
from evidence.models import Compound, Finding, Outcome, Study
from evidence.publication import wait_for_turn
from evidence.synthesis.facts import Figures
from evidence.synthesis.refusals import refusals
from evidence.synthesis.vocabulary import Concern, Domain, Measure

_DOUBTS = tuple(name for domain in Domain for name in (str(domain), f"{domain}_reason"))
_WAY = ("state", "published_at", "published_by")


class FindingResource(ImportResource):
    """Holds a file to what the form asks: figures that can be, and a reason for each doubt."""

    compound = Field("compound", "compound", ReferenceCell(Compound, "slug"))
    outcome = Field("outcome", "outcome", ReferenceCell(Outcome, "slug"))
    study = Field("study", "study", ReferenceCell(Study, "key"))

    prose = (
        "comparator", "combined_with", "dose", "duration", "population", "note", "set_aside",
        *(f"{domain}_reason" for domain in Domain),
    )  # fmt: skip
    ignored = ("id", *_WAY)

    class Meta:
        """Know a finding by its key."""

        model = Finding
        exclude = ("id", *_WAY)
        import_id_fields = ("key",)

    def get_queryset(self):
        """Fetch what is compared with what the file says."""
        return Finding.objects.select_related("compound", "outcome", "study")

    def before_import(self, dataset, **kwargs):
        """Wait for the turn, as every writer of evidence does."""
        wait_for_turn()

    def why_left(self, instance):
        """Leave what is on its way to the public, or was."""
        if instance.state == FindingState.DRAFT:
            return ""
        return f"Is {instance.get_state_display()}: a file changes drafts only."

    def after_init_instance(self, instance, new, row, **kwargs):
        """Remember the doubts that a draft had."""
        super().after_init_instance(instance, new, row, **kwargs)
        self.doubts_before = None if new else _doubts(instance)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Refuse what the form would refuse, beside what the model does."""
        errors = dict(import_validation_errors or {})
        for name, message in (*_figure_faults(instance, errors), *self._other_faults(instance)):
            errors.setdefault(name, ValidationError(message))
        super().validate_instance(instance, errors, validate_unique)

    def _other_faults(self, instance):
        if self.doubts_before is None and instance.compound_id:
            slug = instance.compound.slug
            if not re.fullmatch(rf"{re.escape(slug)}-\d+", instance.key, re.ASCII):
                yield "key", f"Must look like {slug}-01."
        if _doubts(instance) == self.doubts_before:
            return
        for domain in Domain:
            is_doubted = getattr(instance, domain) in (Concern.SERIOUS, Concern.VERY_SERIOUS)
            if is_doubted and not getattr(instance, f"{domain}_reason"):
                yield f"{domain}_reason", f"Say why {domain.replace('_', ' ')} is a concern."


def _figure_faults(instance, errors):
    """Yield what no synthesis could read; of cells that could not be read nothing more is said."""
    names = [field.name for field in fields(Figures)]
    if instance.measure and instance.measure not in set(Measure):
        return
    numbers = {name: None if name in errors else getattr(instance, name) for name in names}
    numbers["measure"] = Measure(instance.measure) if instance.measure else None
    yield from refusals(Figures(**numbers))


def _doubts(instance):
    return [getattr(instance, name) for name in _DOUBTS]
