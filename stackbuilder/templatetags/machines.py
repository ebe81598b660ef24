"""A template tag over `stackbuilder.machines.reading`."""

from django import template

from stackbuilder.machines.reading import reading

register = template.Library()


@register.simple_tag(takes_context=True)
def reading_of_page(context):
    """Return what machines are told of the page that is being rendered, or None."""
    return reading(context.get("request"), context.flatten())
