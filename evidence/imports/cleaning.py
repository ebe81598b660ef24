"""Text as a source prints it → plain text, with a message for each thing that was taken out."""

import html
import re
import unicodedata

import nh3

from evidence.ingest.problems import shown

# Tags that part words; all others, such as <sub>, stand inside one.
_PARTING = re.compile(r"<\s*/?\s*(?:br|p|div|li|td|tr|jats:p|jats:title)\b[^<>]*>", re.I)
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
# HTML inside entities inside HTML: publishers nest twice, nobody honest more often.
_ROUNDS = 3
# Unassigned, yet between direction-changing characters: the stored fields refuse it.
_ALSO_HIDDEN = "\u2065"

# A title may begin with the word and mean it ("Withdrawn patients …"): a mark is punctuated.
_RETRACTED = re.compile(
    r"\s*[\[(]?\s*(?:retracted|withdrawn)(?:\s+(?:article|paper))?\s*(?:[\])]\s*:?|[:.–—])\s*(?=\S)",
    re.I,
)


def visible(text: str) -> tuple[str, list[str]]:
    """Return text on one line without invisible characters, and what was taken out."""
    kept, hidden = [], []
    for character in text:
        if character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs") or character in _ALSO_HIDDEN:
            hidden.append(character)
        else:
            kept.append(character)
    messages = []
    if hidden:
        codes = ", ".join(f"U+{ord(one):04X}" for one in dict.fromkeys(hidden[:3]))
        messages.append(f"Invisible characters were taken out ({codes}).")
    plain = " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
    if "\ufffd" in plain:
        messages.append("Holds characters that could not be read (�).")
    return plain, messages


def plain_text(text: str) -> tuple[str, list[str]]:
    """Return text on one line without markup or invisible characters, and what was taken out.

    Scripts and styles go with what is in them; of other HTML the text stays.
    """
    plain, messages = visible(text)
    before = plain
    for _ in range(_ROUNDS):
        unmarked = _without_markup(plain)
        if unmarked == plain:
            break
        plain = unmarked
    if plain == before:
        return plain, messages
    if _MARKUP.search(html.unescape(before)):
        messages.append(f"HTML was taken out of {shown(before)}.")
    else:
        messages.append(f"HTML entities were turned into characters in {shown(before)}.")
    plain, more = visible(plain)
    return plain, [*messages, *more]


def without_retraction_mark(title: str) -> tuple[str, bool]:
    """Return a title without RETRACTED: before it, and whether it was there."""
    found = _RETRACTED.match(title)
    return (title[found.end() :], True) if found else (title, False)


def _without_markup(text: str) -> str:
    if not (_MARKUP.search(text) or _ENTITY.search(text)):
        return text
    parted = _PARTING.sub(" ", text)
    return " ".join(html.unescape(nh3.clean(parted, tags=set())).split())
