"""The browser of the journeys sees what goes wrong and reaches no other machine."""

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser


def test_page_notes_what_the_console_says(page):
    page.evaluate("console.error('broken')")

    assert page.problems == ["error: broken ()"]
    page.problems.clear()


def test_page_notes_an_exception(page):
    page.set_content("<script>throw new Error('lost')</script>")

    assert page.problems == ["exception: lost"]
    page.problems.clear()


def test_page_notes_a_breach_of_the_policy(page):
    policy = '<meta http-equiv="Content-Security-Policy" content="style-src \'none\'">'

    page.set_content(f'{policy}<p style="color: red">red</p>')

    assert len(page.problems) == 1
    assert "Content Security Policy" in page.problems[0]
    page.problems.clear()


@pytest.mark.parametrize("url", ["http://example.org/", "http://93.184.215.14/"])
def test_page_reaches_no_other_machine(page, url):
    with pytest.raises(Error, match=r"ERR_NAME_NOT_RESOLVED|ERR_ADDRESS|ERR_INTERNET"):
        page.goto(url)

    page.problems.clear()
