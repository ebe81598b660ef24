"""Tokens as HTML: links with a card on focus or tap, and drawings. All of it is escaped."""

from collections.abc import Callable, Mapping, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from evidence.charts import benefit_bar
from evidence.markdown import Document
from evidence.models import Finding, Profile, Study
from evidence.sections import goal_sections, grade_of
from evidence.tokens.rows import CitedRows, tokens_of
from evidence.tokens.syntax import Token
from evidence.tokens.words import phrase, words_of

NOT_RECORDED = "not reported"
WITHDRAWN = '<span class="cited__gone">figure withdrawn</span>'


def filled(text: Document, rows: CitedRows, studies: Sequence[Study] = ()) -> SafeString:
    """Return the HTML of a text with its figures; what is not there says “figure withdrawn”.

    `studies` are the references of the page in their order. A query for each forest plot.
    """
    tokens = tokens_of(text)
    numbers = {study.pk: number for number, study in enumerate(studies, start=1)}

    def html_of(number: int, is_paragraph: bool) -> str:
        token = tokens[number]
        row = rows.of(token) if token else None
        is_alone = text.figures[number].place == "alone"
        if token is None or row is None or (token.is_block and not is_alone):
            html = WITHDRAWN
        elif token.is_block:
            return _DRAWN[token.kind](row, words_of(token, row))
        else:
            html = _linked(token, row, f"cited-{number}", numbers)
        return f"<p>{html}</p>" if is_paragraph else html

    # Clean by evidence.markdown, and templates that escape.
    return mark_safe(text.filled(html_of))  # noqa: S308


def _linked(token: Token, row: Finding | Profile, card: str, numbers: Mapping[int, int]) -> str:
    """Return a figure of the text as a link; `card` is the id of what says more of it."""
    context = {"words": words_of(token, row) or NOT_RECORDED, "card": card, "row": row}
    if isinstance(row, Profile):
        return render_to_string("evidence/_cited_profile.html", context).strip()
    context |= {
        "phrase": phrase(row),
        "grade": grade_of(row),
        "reference": numbers.get(row.study_id),
    }
    return render_to_string("evidence/_cited_finding.html", context).strip()


def _bar(profile: Profile, words: str | None) -> str:
    bar = None if profile.mean is None else benefit_bar(profile.mean, profile.sd)
    context = {"bar": bar, "profile": profile, "words": words}
    return render_to_string("evidence/_cited_bar.html", context)


def _forest(profile: Profile, words: str | None) -> str:
    (section,) = goal_sections([profile])
    context = {"section": section, "compound": profile.compound, "profile": profile}
    return render_to_string("evidence/_cited_forest.html", context)


_DRAWN: dict[str, Callable[[Profile, str | None], str]] = {"profile": _bar, "forest": _forest}
