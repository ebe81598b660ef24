"""Template tags over `evidence.figures` and `evidence.charts`; each is one line."""

from dataclasses import asdict

from django import template

from evidence import authorship, figures
from evidence.choices import Certainty

register = template.Library()

register.filter("signed", figures.signed)
register.filter("printed", figures.printed)
register.filter("percent", figures.percent)
register.filter("whole_percent", figures.whole_percent)
register.filter("sentence", figures.sentence)
register.filter("estimate_text", figures.estimate_text)
register.filter("text_links", figures.source_links)
register.filter("study_name", figures.study_name)
register.filter("whole_words", figures.whole_words)
register.filter("study_links", figures.study_links)
register.simple_tag(figures.statement)
register.simple_tag(authorship.review_words)
register.simple_tag(authorship.is_two_person)
register.filter("sentence_and_source", figures.sentence_and_source)


@register.filter
def source_links(fact):
    """Return the links of a sourced fact."""
    return figures.source_links(fact.source, fact.source_title)


@register.filter
def certainty_words(code):
    """Return a certainty in words: very-low becomes “very low”."""
    return Certainty(code).label if code else ""


@register.filter
def downgrade_words(downgrade):
    """Return a stored or fresh downgrade in words."""
    values = downgrade if isinstance(downgrade, dict) else asdict(downgrade)
    return figures.downgrade_words(**values)
