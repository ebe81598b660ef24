"""The builder as its visitor sees it: what a page shows, read from the page."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import expect

# Where the journeys end: Sleep at its full weight, Stress & Anxiety at the least.
WEIGHED = "/?goal=sleep:3&goal=stress-anxiety:1"
# Melatonin was studied for sleep and not for stress, so it rises with the weight of sleep.
RISING = "melatonin"
STUDY = "Time to fall asleep"

READ_RANKING = """
cards => cards.map(card => ({
  slug: card.id.replace('place-', ''),
  place: Number(card.querySelector('.card__number').textContent),
  likely: card.querySelector('.card__likely').textContent,
  benefit: card.querySelector('.card__bar svg').getAttribute('aria-label'),
}))
"""


@dataclass(frozen=True)
class Place:
    """One card of the ranking, as printed; `benefit` is the bar in words."""

    slug: str
    place: int
    likely: str
    benefit: str


def ranking_of(page):
    """Return the ranking that a page shows, in its order."""
    return [Place(**card) for card in page.locator(".card").evaluate_all(READ_RANKING)]


def place_of(slug, ranking):
    """Return at which place a ranking has `slug`."""
    return next(card.place for card in ranking if card.slug == slug)


def card_of(page, slug):
    """Return the card of one compound."""
    return page.locator(f"#place-{slug}")


def query_of(page):
    """Return the state in the page's address."""
    return parse_qsl(urlsplit(page.url).query)


def choose_both_goals(page):
    """Click Sleep and Stress & Anxiety, and wait until each is chosen."""
    for name in ("Sleep", "Stress & Anxiety"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=f"Remove {name}")).to_be_visible()


def weigh_sleep_fully(page):
    """Click the third dot of Sleep, and wait until it counts."""
    page.get_by_role("link", name="Weigh Sleep 3 of 3").click()
    expect(page.locator("#weight-sleep-3")).to_have_attribute("aria-current", "true")
