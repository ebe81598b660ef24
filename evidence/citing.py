"""Which articles cite which findings: what they cite can be neither deleted nor taken from them."""

from evidence.citations import keys_cited
from evidence.markdown import render
from evidence.models import Article


def articles_naming(findings):
    """Return the articles that may depend on these findings: the text names one, or a profile.

    One query, in whatever state; what the texts cite in truth, `keys_cited` reads from them.
    """
    named = {finding.key for finding in findings}
    named |= {f":{finding.compound.slug}/" for finding in findings}
    if not named:
        return []
    return [row for row in Article.objects.all() if any(name in row.body for name in named)]


def citing(findings):
    """Return the articles that cite these findings, in whatever state, with the keys cited."""
    keys = {finding.key for finding in findings}
    found = ((row, keys & set(keys_cited(render(row.body)))) for row in articles_naming(findings))
    return [(row, sorted(cited)) for row, cited in found if cited]
