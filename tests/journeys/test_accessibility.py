"""The pages meet WCAG 2.2 AA by axe's rules, light and dark, from 360 px, with room to tap."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Off unless asked for by name.
    "rules": {"target-size": {"enabled": True}},
    # Of the rules that passed one element each is enough; describing all takes most of the time.
    "resultTypes": ["violations"],
}
GOALS = "/?goal=sleep:3&goal=stress-anxiety"
PAGES = {
    "builder-empty": "/",
    "builder-ranked": GOALS,
    "builder-why": f"{GOALS}&why=melatonin",
    "builder-apart": "/?goal=immune-support",
    "builder-problem": "/?goal=sleep&goal=levitation",
    "thymosin-alpha-1": "/compounds/thymosin-alpha-1/",
    "melatonin": "/compounds/melatonin/",
    "bpc-157": "/compounds/bpc-157/",
    "not-found": "/compounds/unheard-of/",
}
STATUS = {"builder-problem": 400, "not-found": 404}
CONTROLS = ".chip:not(.chip--on), .dot, .chip__remove, .card__links a, .top a"
READ_SIZES = """
controls => controls.map(control => {
  const box = control.getBoundingClientRect()
  return [control.id || control.textContent.trim(), box.width, box.height]
})
"""
READ_BROKEN_IDS = """
() => {
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const lost = [...document.querySelectorAll('a[href^="#"]')]
    .map(link => decodeURIComponent(link.hash.slice(1)))
    .filter(id => !ids.includes(id))
  return { twice, lost }
}
"""


@pytest.fixture(params=PAGES, ids=str)
def shown(request, visit):
    """A page of the site at 360 px."""
    page = visit(PAGES[request.param], viewport={"width": 360, "height": 800})
    expected = STATUS.get(request.param)
    # The console notes a refusal; here it is what was asked for.
    page.problems[:] = [text for text in page.problems if f"status of {expected}" not in text]
    return page


def test_page_breaks_no_rule_of_axe(shown):
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            shown.emulate_media(color_scheme=scheme)

            result = Axe().run(shown, options=AXE)

            passed = {rule["id"] for rule in result.response["passes"]}
            assert {"color-contrast", "target-size", "heading-order", "region"} <= passed
            assert result.violations_count == 0, f"{width} {scheme}: {result.generate_report()}"


def test_page_never_scrolls_sideways(shown):
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 800})

        needed = shown.evaluate("document.documentElement.scrollWidth")

        assert needed <= width


def test_page_names_each_place_once_and_its_links_arrive(shown):
    assert shown.evaluate(READ_BROKEN_IDS) == {"twice": [], "lost": []}


@pytest.mark.parametrize("width", WIDTHS)
def test_builder_gives_each_control_room_to_tap(visit, width):
    page = visit(GOALS, viewport={"width": width, "height": 800})

    sizes = page.locator(CONTROLS).evaluate_all(READ_SIZES)

    assert len(sizes) > 30
    assert [size for size in sizes if min(size[1:]) < TARGET] == []
