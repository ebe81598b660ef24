"""Moving by keyboard alone: every stop on the way must show that it has the focus."""

import pytest

TABS_AT_MOST = 160
RING = 2  # CSS pixels, the least that a focus ring measures
READ_FOCUS = """
() => {
  const focused = document.activeElement
  const style = getComputedStyle(focused)
  const box = focused.getBoundingClientRect()
  return {
    id: focused.id,
    text: focused.textContent.trim(),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}
"""


def focus_of(page):
    """Return what has the focus; wherever it is, it must be seen."""
    focus = page.evaluate(READ_FOCUS)
    assert focus["ring"] >= RING, f"no visible focus on {focus}"
    assert focus["isOnScreen"], f"the focus is off the screen, on {focus}"
    return focus


def tab_until(page, is_there, key="Tab"):
    """Press Tab until `is_there(focus)`; fail if that takes too long."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press(key)
        focus = focus_of(page)
        if is_there(focus):
            return
    pytest.fail(f"{TABS_AT_MOST} times {key} did not arrive, but at {focus}")


def tab_to(page, wanted, key="Tab"):
    """Press Tab until what has the id or the text `wanted` has the focus."""
    tab_until(page, lambda focus: wanted in (focus["id"], focus["text"]), key)
