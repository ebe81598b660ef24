"""Bridge from tokens to the rows that they name: few queries, however many tokens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evidence.markdown import Document
from evidence.models import Finding, Profile
from evidence.tokens.syntax import NotAToken, Token, read_token

Pair = tuple[str, str]


@dataclass(frozen=True)
class CitedRows:
    """Findings by key, and profiles by the slugs of compound and goal."""

    findings: Mapping[str, Finding] = field(default_factory=dict)
    profiles: Mapping[Pair, Profile] = field(default_factory=dict)

    def of(self, token: Token) -> Finding | Profile | None:
        """Return the row that a token names; None if it is not there."""
        if token.kind == "finding":
            return self.findings.get(token.about)
        return self.profiles.get(token.pair)


def tokens_of(text: Document) -> list[Token | None]:
    """Return the tokens of a text in their order, None for what can be read as none."""
    return [_read(figure.raw) for figure in text.figures]


def rows_behind(
    tokens: Iterable[Token | None], *, version: int | None = None, needs_public: bool = True
) -> CitedRows:
    """Return the rows that tokens name, profiles as of evidence `version` (now if None).

    Two queries, and two more for the grades of findings; none where nothing is named. What
    belongs to a draft compound is not public either.
    """
    named = [token for token in tokens if token]
    keys = {token.about for token in named if token.kind == "finding"}
    pairs = {token.pair for token in named if token.kind != "finding"}
    return CitedRows(
        findings=_findings(keys, needs_public) if keys else {},
        profiles=_profiles(pairs, version, needs_public) if pairs else {},
    )


def _read(raw: str) -> Token | None:
    try:
        return read_token(raw)
    except NotAToken:
        return None


def _findings(keys: set[str], needs_public: bool) -> dict[str, Finding]:
    findings = Finding.objects.filter(key__in=keys)
    if needs_public:
        findings = findings.published().filter(compound__published_at__isnull=False)
    findings = findings.select_related("compound", "outcome", "study")
    return {row.key: row for row in findings.prefetch_related("outcome__mids", "study__includes")}


def _profiles(pairs: set[Pair], version: int | None, needs_public: bool) -> dict[Pair, Profile]:
    profiles = Profile.objects.current(version).filter(
        compound__slug__in={compound for compound, _ in pairs},
        goal__slug__in={goal for _, goal in pairs},
    )
    if needs_public:
        profiles = profiles.public()
    found = {
        (row.compound.slug, row.goal.slug): row
        for row in profiles.select_related("compound", "goal")
    }
    return {pair: found[pair] for pair in pairs & found.keys()}
