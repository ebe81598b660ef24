"""What the tests of “about you” send, and how they read what comes back."""

from stackbuilder.visitor.about_you import COOKIE
from tests.pages import elements, page_of

QUERY = "?goal=sleep:2&in=melatonin"
URL = f"/about-you/{QUERY}"
FORGET = f"/about-you/forget/{QUERY}"
LET_IN = f"/about-you/let-in/{QUERY}"
HOME = f"/{QUERY}"
SWAP = {"HX-Request": "true"}
SAVE = {"act": "save"}
EPILEPSY = {"condition": ["epilepsy"]}


def kept(client):
    """Return what the client's cookie says, without the signature."""
    return client.cookies[COOKIE].value.split(":")[0]


def ticked(response):
    """Return the values of the boxes that are ticked, in order."""
    boxes = elements(page_of(response), "input", type="checkbox")
    return [dict(b.attributes)["value"] for b in boxes if "checked" in dict(b.attributes)]


def assert_is_private(response):
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]
    assert "HX-Request" in response["Vary"]
