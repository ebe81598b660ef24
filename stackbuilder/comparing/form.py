"""What a visitor may ask of a comparison: the builder's state, with four members at most."""

from stackbuilder.forms import BuilderForm, SlugsField

FEWEST_COMPARED = 2
# As many columns as can be read beside each other.
MOST_COMPARED = 4


class ComparedField(SlugsField):
    """Compounds by slug; a form sends the choice that was left empty too, which means nothing."""

    def clean(self, value):
        """Return the slugs, or name what is wrong with them."""
        return super().clean([slug for slug in value or () if slug])


class ComparisonForm(BuilderForm):
    """The state of a comparison: that of the builder, so that each page leads to the other."""

    def __init__(self, data, *, tables, version=None, regions=()):
        super().__init__(data, tables=tables, version=version, regions=regions)
        self.fields["in"] = ComparedField(known=tables.row_of, most=MOST_COMPARED)


def choices_of(tables, *, but=()):
    """Return (slug, name) of every public compound by its name, without those in `but`."""
    named = [(card.slug, card.name) for card in tables.compounds if card.slug not in but]
    return sorted(named, key=lambda choice: choice[1].casefold())
