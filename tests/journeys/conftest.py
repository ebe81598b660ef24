"""The visitor of the journeys."""

import pytest

from tests.journeys.builder_page import WEIGHED, ranking_of

WIDE = {"width": 1280, "height": 900}
# The console names a breach of the policy only in words; the event names the directive.
REPORT_BREACHES = """
document.addEventListener('securitypolicyviolation', (breach) =>
  console.error(`policy: ${breach.effectiveDirective} refused ${breach.blockedURI}`))
"""


@pytest.fixture
def visit(site, open_page):
    """Open an address of the site in a context of its own; options are Playwright's.

    Whatever the page asks for must come from the site itself.
    """
    asked = []

    def visit_one(path, **options):
        page = open_page(base_url=site.url, **{"viewport": WIDE, **options})
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(REPORT_BREACHES)
        page.goto(path)
        return page

    yield visit_one

    assert asked
    assert [url for url in asked if not url.startswith((f"{site.url}/", "data:"))] == []


@pytest.fixture
def weighed(visit):
    """The ranking on a fresh page at the address where the journeys end."""
    return ranking_of(visit(WEIGHED))
