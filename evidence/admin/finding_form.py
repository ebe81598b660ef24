"""The form of a finding: it follows the paper and refuses what cannot be, beside the field."""

from dataclasses import fields

from django.contrib.admin.widgets import AdminTextInputWidget
from django.template.loader import render_to_string

from evidence.admin.row_form import RowForm
from evidence.admin.unit_guide import unit_guide
from evidence.models import Finding
from evidence.proposing import FIGURES
from evidence.synthesis.facts import Figures
from evidence.synthesis.refusals import refusals
from evidence.synthesis.vocabulary import Concern, Domain, Measure

UNITS = "finding-unit-options"

# One sentence each on when a GRADE domain is in doubt (GRADE handbook, section 5).
GUIDANCE = {
    "risk_of_bias": (
        "Serious if randomisation, concealment, blinding or losses could have shifted the result; "
        "“not assessed” costs certainty too."
    ),
    "inconsistency": (
        "Serious if pooled studies differ by more than chance (I² of some 50 % or more) and "
        "nothing explains it; a single trial cannot be inconsistent."
    ),
    "indirectness": (
        "Serious if the people, the dose, the comparison or the outcome are not those that readers "
        "ask about; for a marker it is set by itself."
    ),
    "imprecision": (
        "Serious if the interval holds both an effect that matters and none, or if there are few "
        "people (under some 400)."
    ),
    "publication_bias": (
        "Serious if small or sponsored studies carry the result, or unwelcome ones seem missing."
    ),
}


class FindingForm(RowForm):
    """Refuses impossible figures by the rule that files obey too, and asks why for each doubt."""

    figures = FIGURES

    class Meta:
        """Say more than the columns do."""

        help_texts = GUIDANCE
        widgets = {
            f"{domain}_reason": AdminTextInputWidget(attrs={"placeholder": "Why, in a sentence"})
            for domain in Domain
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of a past row, or for a reader, there are no fields to type into.
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text += " Empty: the next number of the compound."
        if "unit" in self.fields:
            self.fields["unit"].widget.attrs["list"] = UNITS
            guide = unit_guide(self["outcome"].value(), self["measure"].value() or "")
            # The admin prints a field's help as HTML; the template escapes what it is told.
            self.fields["unit"].help_text = render_to_string(
                "admin/evidence/finding/_units.html", {"guide": guide, "options": UNITS}
            )

    def clean(self):
        """Read the figures as the synthesis would, and look for reasons."""
        cleaned = super().clean()
        self._refuse_figures(cleaned)
        self._refuse_doubts_without_reason(cleaned)
        if "key" in self.fields and "key" not in self.errors and not cleaned.get("key"):
            self._name(cleaned)
        return cleaned

    def _refuse_figures(self, cleaned):
        numbers = {field.name: cleaned.get(field.name) for field in fields(Figures)}
        measure = numbers.pop("measure")
        figures = Figures(measure=Measure(measure) if measure else None, **numbers)
        for refusal in refusals(figures):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, refusal.message)
        i2 = cleaned.get("i2")
        if i2 is not None and not 0 <= i2 <= 100:
            self.add_error("i2", f"Must lie between 0 and 100, got {i2}.")
        if cleaned.get("estimate") is not None and not measure and "measure" not in self.errors:
            self.add_error("measure", "An estimate needs a measure.")

    def _refuse_doubts_without_reason(self, cleaned):
        """Ask why for each serious concern, except where a file brought one and nobody judged."""
        for domain in Domain:
            reason = f"{domain}_reason"
            is_doubted = cleaned.get(domain) in (Concern.SERIOUS, Concern.VERY_SERIOUS)
            is_typed = self.instance.pk is None or {domain, reason} & set(self.changed_data)
            if is_doubted and is_typed and not cleaned.get(reason) and reason not in self.errors:
                self.add_error(reason, f"Say why {domain.replace('_', ' ')} is a concern.")

    def _name(self, cleaned):
        """Give a new finding the next number of its compound; a preview needs none."""
        compound = cleaned.get("compound")
        if compound is None or self.is_preview:
            return
        start = f"{compound.slug}-"
        keys = Finding.objects.filter(key__startswith=start).values_list("key", flat=True)
        numbers = [int(end) for key in keys if (end := key.removeprefix(start)).isdecimal()]
        cleaned["key"] = f"{start}{max(numbers, default=0) + 1:02}"
