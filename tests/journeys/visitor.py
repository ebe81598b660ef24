"""What a visitor's browser is told, and how a visitor follows a link: by mouse or by keyboard."""

from contextlib import contextmanager

from tests.browser import opening
from tests.journeys.keyboard import tab_until

WIDE = {"width": 1280, "height": 900}
# The console names a breach of the policy only in words; the event names the directive.
REPORT_BREACHES = """
document.addEventListener('securitypolicyviolation', (breach) =>
  console.error(`policy: ${breach.effectiveDirective} refused ${breach.blockedURI}`))
"""


@contextmanager
def visiting(site, browser):
    """Give `visit`, and fail at the end if a page asked for anything but the site's own."""
    asked = []
    with opening(browser) as open_page:

        def visit_one(path, **options):
            page = open_page(base_url=site.url, **{"viewport": WIDE, **options})
            page.on("request", lambda request: asked.append(request.url))
            page.add_init_script(REPORT_BREACHES)
            page.goto(path)
            return page

        yield visit_one

    assert asked
    assert [url for url in asked if not url.startswith((f"{site.url}/", "data:"))] == []


def follow_by_mouse(link):
    """Click a link."""
    link.click()


def follow_by_keyboard(link):
    """Press Tab until a link has the focus, which is seen at every stop, then Enter."""
    tab_until(link.page, lambda _: link.evaluate("link => link === document.activeElement"))
    link.page.keyboard.press("Enter")
