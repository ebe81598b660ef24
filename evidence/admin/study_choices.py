"""What a curator ticked in the preview of an import, as the choices that `store` takes."""

import re

from evidence.imports.storing import Choice

# A status has acts of its own, which ask for a reason and say what moves.
NOT_CHOSEN_HERE = frozenset({"status"})
_MARK = re.compile(r"mark-(\d{1,6})", re.ASCII)


def choices_of(sent, *, may_change):
    """Return a choice for each row of which something was ticked.

    `sent` is the form of one page of the preview; without `may_change` known studies stay.
    """
    numbers = sorted(int(found[1]) for name in sent if (found := _MARK.fullmatch(name)))
    choices = [_choice(sent, number, may_change) for number in numbers]
    return [one for one in choices if one is not None]


def _choice(sent, number, may_change):
    fields = frozenset(sent.getlist(f"field-{number}")) - NOT_CHOSEN_HERE if may_change else ()
    is_new = f"other-{number}" in sent
    if not (f"take-{number}" in sent or is_new or fields):
        return None
    return Choice(
        number=number,
        mark=sent[f"mark-{number}"],
        fields=frozenset() if is_new else frozenset(fields),
        design=sent.get(f"design-{number}", ""),
        is_new=is_new,
    )
