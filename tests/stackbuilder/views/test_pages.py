"""The site's own pages: what they say is so, and they say what is not known."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from stackbuilder.gunicorn import access_log_format
from stackbuilder.models import Listing, Vendor
from stackbuilder.views.pages import LOGGED, PAGES
from tests.factories import make_compound, publish_all
from tests.pages import element, elements, inline_parts, page_of, repeated_ids, text_of
from tests.routes import PLACEHOLDER, routes

pytestmark = pytest.mark.django_db
PAGE_NAMES = sorted(PAGES)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]+)">')


def url_of(name):
    """Return the address of one of the pages."""
    return reverse(f"stackbuilder:{name}")


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_page_is_whole_and_dated(client, name):
    heading, changed = PAGES[name]

    response = client.get(url_of(name))

    page = page_of(response)
    assert response.status_code == 200
    assert text_of(element(page, "h1")) == heading
    assert text_of(element(page, "title")) == f"{heading} · Stackbuilder"
    assert elements(page, "time", datetime=changed.isoformat())
    assert changed <= timezone.localdate()
    assert inline_parts(response) == []
    assert repeated_ids(response) == []


def test_each_page_has_a_description_of_its_own(client):
    described = {DESCRIPTION.search(client.get(url_of(name)).content.decode())[1] for name in PAGES}

    assert len(described) == len(PAGES)
    assert all(50 <= len(words) <= 160 for words in described)


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_page_that_is_known_is_not_sent_again(client, name):
    first = client.get(url_of(name))

    second = client.get(url_of(name), headers={"If-None-Match": first.headers["ETag"]})

    assert "no-cache" in first.headers["Cache-Control"]
    assert second.status_code == 304


def test_page_is_sent_again_once_a_setting_has_changed(client, settings):
    known = client.get(url_of("about")).headers["ETag"]
    settings.SITE_OPERATOR_NAME = "Example Foundation"

    response = client.get(url_of("about"), headers={"If-None-Match": known})

    assertContains(response, "Example Foundation")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_is_only_read(client, method):
    assert getattr(client, method)(url_of("about")).status_code == 405


def test_about_says_plainly_what_the_operator_has_not_stated(client):
    text = text_of(page_of(client.get(url_of("about"))))

    assert "Operator The operator has not stated who they are" in text
    assert "Contact The operator has not stated how to reach them" in text
    assert "The operator has not stated how this site earns or who pays for it" in text
    assert "A site about health ought to say" in text


def test_about_prints_what_the_operator_states(client, settings):
    settings.SITE_OPERATOR_NAME = "Example <Foundation>"
    settings.SITE_OPERATOR_CONTACT = "desk@example.org"
    settings.SITE_FUNDING = "Paid for by its readers."

    response = client.get(url_of("about"))

    assertContains(response, "Example &lt;Foundation&gt;")
    assertContains(response, '<a href="mailto:desk@example.org">desk@example.org</a>', html=True)
    assertContains(response, "Paid for by its readers.")
    assertNotContains(response, "has not stated")
    assertNotContains(response, "ought to say")


def test_about_links_to_a_contact_page(client, settings):
    settings.SITE_OPERATOR_CONTACT = "https://example.org/contact"

    response = client.get(url_of("about"))

    assertContains(response, 'href="https://example.org/contact"')


def test_about_says_that_nobody_has_reviewed_the_evidence(client):
    text = text_of(page_of(client.get(url_of("about"))))

    assert "No second person has reviewed these facts and figures yet" in text
    assert "no reviewer is named because there was none" in text


@pytest.mark.parametrize("name", ["about", "disclaimer"])
def test_pages_say_whether_a_second_person_reviews(name, client, settings):
    two = text_of(page_of(client.get(url_of(name))))
    settings.TWO_PERSON_REVIEW = False
    one = text_of(page_of(client.get(url_of(name))))

    assert "ingle reviewer" not in two
    assert "second person" in two
    assert "ingle reviewer" in one


def test_about_counts_the_links_that_pay(client, settings):
    compound = make_compound()
    compound.regulatory_statuses.create(region="US", status="dietary-supplement")
    vendor = Vendor.objects.create(slug="shop", name="Shop", url="https://example.com/")
    listing = {"vendor": vendor, "compound": compound, "kind": "retailer", "url": vendor.url}
    Listing.objects.create(**listing, region="US", product="A", is_commission=True)
    Listing.objects.create(**listing, region="US", product="B")
    # No law known there: it is not shown, so it does not pay.
    Listing.objects.create(**listing, region="AU", product="C", is_commission=True)

    response = client.get(url_of("about"))

    assertContains(response, "1 of the links to vendors pays a commission today")


def test_about_without_a_link_that_pays_says_so(client):
    assertContains(client.get(url_of("about")), "No link to a vendor pays a commission today.")


def test_privacy_lists_exactly_what_the_access_log_holds(client):
    logged = re.findall(r"%\((\w+)\)s", access_log_format)

    page = page_of(client.get(url_of("privacy")))

    items = [text_of(item).rstrip(";.") for item in elements(page, "li")]
    assert list(LOGGED) == logged
    assert [item for item in items if item in LOGGED.values()] == list(LOGGED.values())


def test_privacy_names_the_cookies_as_they_are_called(client, settings):
    settings.CSRF_COOKIE_NAME = "form-guard"
    settings.SESSION_COOKIE_NAME = "staff-session"

    response = client.get(url_of("privacy"))

    assertContains(response, "<code>form-guard</code>", html=True)
    assertContains(response, "<code>staff-session</code>", html=True)


def test_privacy_says_whether_reports_are_mailed(client, settings):
    assertNotContains(client.get(url_of("privacy")), "by e-mail.")

    settings.SITE_REPORT_EMAIL = "desk@example.org"

    assertContains(client.get(url_of("privacy")), "a copy goes to the operator by e-mail")


def test_cookie_of_forms_goes_when_the_browser_closes(settings):
    assert settings.CSRF_COOKIE_AGE is None


def test_no_public_page_but_the_form_sets_a_cookie(client):
    publish_all()
    public = [route for route in routes() if not route.startswith("/admin/")]
    setting = []

    for route in public:
        response = client.get(PLACEHOLDER.sub("1", route))
        setting += [route] * bool(response.cookies)
        if response.streaming:
            b"".join(response.streaming_content)  # a download holds a file open until it was sent

    assert len(public) >= 15
    assert setting == ["/about-you/", "/report/"]


def test_disclaimer_has_the_notice_in_the_words_of_the_law(client):
    text = text_of(page_of(client.get(url_of("disclaimer"))))

    assert (
        "These statements have not been evaluated by the Food and Drug Administration. "
        "This product is not intended to diagnose, treat, cure, or prevent any disease."
    ) in text
    assert "not medical advice" in text


def test_data_licence_says_that_none_was_chosen(client):
    response = client.get(url_of("data_licence"))

    assertContains(response, "None has been chosen.")
    assertNotContains(response, 'rel="license')


@pytest.mark.parametrize(
    "chosen, name, url",
    [
        (
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("https://example.org/terms", "https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_data_licence_names_the_one_that_was_chosen(client, settings, chosen, name, url):
    settings.SITE_DATA_LICENCE = chosen

    response = client.get(url_of("data_licence"))

    link = element(page_of(response), "a", rel="license noopener")
    assert (text_of(link), dict(link.attributes)["href"]) == (name, url)
    assertNotContains(response, "None has been chosen.")


def test_accessibility_says_how_it_was_tested_and_by_whom_not(client):
    text = text_of(page_of(client.get(url_of("accessibility"))))

    assert "Web Content Accessibility Guidelines 2.2 , level AA" in text
    assert "360 and 1,280 pixels" in text
    assert "nobody from outside has audited the site" in text


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html"])
def test_refusal_is_a_page_of_the_site_without_a_request(name):
    html = render_to_string(name)

    assert html.count("<h1>") == 1
    assert 'href="/">' in html or 'href="/"' in html


def test_footer_leads_to_every_page_and_brings_the_address_along(rf):
    request = rf.get("/compounds/melatonin/")
    request.resolver_match = "found"

    html = render_to_string("_footer.html", {"request": request})

    assert all(f'href="{url_of(name)}"' in html for name in PAGE_NAMES)
    assert 'href="/report/?page=/compounds/melatonin/"' in html


def test_footer_of_a_missing_page_brings_no_address(rf):
    html = render_to_string("_footer.html", {"request": rf.get("/nowhere/")})

    assert 'href="/report/"' in html
