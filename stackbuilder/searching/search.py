"""One search over both databases: names first, then words in the text, then what may be meant."""

from dataclasses import dataclass

from django.urls import reverse

from evidence.models import EntryKind, SearchEntry
from evidence.searching.folding import stem
from evidence.searching.fulltext import entries_with, public_entries
from stackbuilder.searching.guessing import guess, resembling
from stackbuilder.searching.known_names import KIND_ORDER, known_names
from stackbuilder.searching.lay_words import fillers
from stackbuilder.searching.names import Field, Match, Name, NameTable, Question, Tier, question_of

MOST_HITS = 20
# So many are asked of the database; names are known without it.
TEXTS_READ = 60
RESEMBLING_SHOWN = 3
# How much a word counts in a text by where it stands: title, other names, goals and outcomes.
ABOUT_WEIGHT, BODY_WEIGHT = 0.4, 0.1
TEXT_WEIGHTS = (("folded_title", 1.0), ("folded_names", 0.8), ("folded_about", ABOUT_WEIGHT))


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and by what.

    `found_as` is the name that fitted if it is not the title, `is_lay` says that it is a lay word;
    `is_measured` that studies of this compound measured what was asked for.
    """

    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    found_as: str
    is_lay: bool
    is_measured: bool


@dataclass(frozen=True)
class Answer:
    """What a search came to.

    `words` are those looked for, `meant` what a typing error was taken for. `is_partial` says that
    only some words were found, `is_mention` that nothing is called so and texts only speak of it;
    `resembling` are names to offer where nothing was found.
    """

    hits: tuple[Hit, ...] = ()
    words: tuple[str, ...] = ()
    meant: str = ""
    is_partial: bool = False
    is_mention: bool = False
    resembling: tuple[str, ...] = ()


def search(text: str, *, version: int, limit: int = MOST_HITS) -> Answer:
    """Return what `text` may mean in the evidence of `version`, the newest; the best hit first."""
    question = question_of(text, fillers())
    if not question.words:
        return Answer()
    table, meant = known_names(version), ""
    found = table.matches(question)
    texts = entries_with([_beginnings(word) for word in question.words], TEXTS_READ)
    if not found:
        found, meant = _nearest(question, table, is_guess_allowed=not texts)
    likeliest = sorted(found, key=lambda entry: found[entry].place)[:limit]
    entries = public_entries({*likeliest, *texts})
    matches = {pk: found[pk] for pk in entries if pk in found}
    for pk in entries.keys() & texts:
        match = _text_match(entries[pk], question.words)
        matches[pk] = min(matches.get(pk, match), match, key=lambda one: one.place)
    ordered = sorted(matches, key=lambda entry: matches[entry].place)[:limit]
    hits = tuple(_hit(entries[entry], matches[entry], question.words) for entry in ordered)
    return Answer(
        hits=hits,
        words=question.words,
        meant=meant if hits else "",
        is_partial=bool(hits) and matches[ordered[0]].tier is Tier.PART,
        is_mention=bool(hits) and matches[ordered[0]].tier is Tier.MENTION,
        resembling=() if hits else tuple(resembling(question, table, RESEMBLING_SHOWN)),
    )


def address_of(entry: SearchEntry) -> str:
    """Return the page of an entry; an outcome is told of on the page of its goal."""
    match EntryKind(entry.kind):
        case EntryKind.COMPOUND:
            return reverse("evidence:compound_detail", args=[entry.slug])
        case EntryKind.ARTICLE:
            return reverse("evidence:article_detail", args=[entry.slug])
        case EntryKind.GOAL:
            return reverse("stackbuilder:goal_detail", args=[entry.slug])
        case EntryKind.OUTCOME:
            goal = reverse("stackbuilder:goal_detail", args=[entry.goal])
            return f"{goal}#outcome-{entry.slug}"


def _beginnings(word: str) -> tuple[str, ...]:
    """Return what a word in a text may begin with to fit."""
    return tuple(dict.fromkeys((word, stem(word))))


def _nearest(
    question: Question, table: NameTable, *, is_guess_allowed: bool
) -> tuple[dict[int, Match], str]:
    """Return what some of the words name, or what a typing error may stand for, and its name."""
    parts = table.parts(question)
    if not is_guess_allowed:
        return parts, ""
    guessed = guess(question, table)
    by_parts = max((match.score for match in parts.values()), default=0.0)
    by_guess = max((match.score for match in guessed.matches.values()), default=0.0)
    return (guessed.matches, guessed.meant) if by_guess > by_parts else (parts, "")


def _text_match(entry: SearchEntry, words: tuple[str, ...]) -> Match:
    """Rate an entry that holds every word somewhere, the same on either database."""
    weights = [_weight(entry, word) for word in words]
    tier = Tier.TEXT if max(weights) > BODY_WEIGHT else Tier.MENTION
    name = Name(entry.pk, entry.title, entry.title, Field.TITLE, KIND_ORDER[EntryKind(entry.kind)])
    return Match(tier, sum(weights) / len(words), name)


def _weight(entry: SearchEntry, word: str) -> float:
    for column, weight in TEXT_WEIGHTS:
        stored = getattr(entry, column).split()
        if any(one.startswith(_beginnings(word)) for one in stored):
            return weight
    return BODY_WEIGHT


def _hit(entry: SearchEntry, match: Match, words: tuple[str, ...]) -> Hit:
    name = match.name
    is_text_of_compound = match.tier is Tier.TEXT and entry.kind == EntryKind.COMPOUND
    return Hit(
        kind=entry.kind,
        kind_label=entry.get_kind_display(),
        title=entry.title,
        url=address_of(entry),
        summary=entry.summary,
        found_as="" if name.field is Field.TITLE else name.shown,
        is_lay=name.field is Field.LAY,
        is_measured=is_text_of_compound
        and any(_weight(entry, word) == ABOUT_WEIGHT for word in words),
    )
