"""Journeys in the system's Chromium, headless and offline.

A page that logs an error, breaks the Content-Security-Policy, or asks another machine for anything
fails its test when it closes, so no journey has to look for that itself.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
REMEDY = "no Chromium found: `apt-get install chromium`, or name one with CHROMIUM=/path/to/it"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Everything but this machine is unreachable, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def executable() -> str | None:
    """Return the browser to use: CHROMIUM if set, else the first one installed."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_runtest_setup(item):
    """Skip journeys without a browser in one line; where CI promises one, fail."""
    if item.get_closest_marker("browser") and executable() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(REMEDY, pytrace=False)
        pytest.skip(REMEDY)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run journeys last: Playwright leaves an event loop in this thread, and the ORM refuses it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all journeys."""
    # Chromium's sandbox refuses to run as root, as in most containers.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable(), args=[*ARGUMENTS, *as_root]
        )
        yield chromium
        chromium.close()


def watch(page: Page) -> None:
    """Collect what goes wrong on `page` in `page.problems`."""
    page.problems = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            page.problems.append(f"{message.type}: {message.text} ({message.location['url']})")

    page.on("console", on_console)
    page.on("pageerror", lambda error: page.problems.append(f"exception: {error}"))


@contextmanager
def opening(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give `open_page`, and fail at the end if anything went wrong on a page."""
    pages = []

    def open_one(**options) -> Page:
        page = browser.new_context(**options).new_page()
        watch(page)
        pages.append(page)
        return page

    yield open_one

    for page in pages:
        page.context.close()
    problems = [problem for page in pages for problem in page.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own; options are those of Playwright's `new_context`.

    `open_page(java_script_enabled=False, viewport={"width": 360, "height": 800})`. A journey that
    means to provoke an error looks at `page.problems` and clears it.
    """
    with opening(browser) as open_one:
        yield open_one


@pytest.fixture
def page(open_page) -> Page:
    """A page 1280 px wide with JavaScript on."""
    return open_page(viewport={"width": 1280, "height": 900})
