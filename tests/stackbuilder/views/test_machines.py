"""Robots, sitemap and security.txt as they are sent."""

from xml.etree import ElementTree

import pytest

from stackbuilder.views import machines
from tests.factories import make_compound, make_finding, publish_all

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SECURITY = "/.well-known/security.txt"


def locations(response):
    return [one.text for one in ElementTree.fromstring(response.content).iter(f"{SPACE}loc")]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap-goals.xml"])
def test_file_is_only_read_kept_for_an_hour_and_known_again(client, path):
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Cache-Control"] == "public, max-age=3600"
    assert client.post(path).status_code == 405
    assert not first.cookies


def test_robots_txt_is_plain_text_and_names_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Sitemap: http://testserver/sitemap.xml\n" in response.content


def test_sitemap_lists_pages_with_their_days(client):
    make_finding()
    day = publish_all().version.at.date().isoformat()

    response = client.get("/sitemap.xml")

    assert response["Content-Type"] == "application/xml"
    assert "http://testserver/compounds/melatonin/" in locations(response)
    assert f"/goals/sleep/</loc><lastmod>{day}</lastmod>" in response.content.decode()


def test_large_sitemap_is_an_index_of_its_sections(client, monkeypatch):
    monkeypatch.setattr(machines, "MOST_PAGES", 5)
    make_finding()
    make_compound("saffron")
    publish_all()

    index = client.get("/sitemap.xml")

    assert b"<sitemapindex" in index.content
    parts = [address.removeprefix("http://testserver") for address in locations(index)]
    assert parts[0] == "/sitemap-pages.xml"
    pages = [page for path in parts for page in locations(client.get(path))]
    assert "http://testserver/compounds/saffron/" in pages
    assert len(pages) == len(set(pages))


def test_section_that_is_not_there_is_404(client):
    assert client.get("/sitemap-potions.xml").status_code == 404


def test_security_txt_names_the_contact_that_the_operator_stated(client, settings):
    settings.SITE_OPERATOR_CONTACT = "desk@example.org"

    response = client.get(SECURITY)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.startswith(b"Contact: mailto:desk@example.org\nExpires: 20")
    assert b"Canonical" not in response.content


def test_security_txt_of_a_secure_site_names_its_own_address(client, settings):
    settings.SITE_OPERATOR_CONTACT = "https://example.org/contact"

    response = client.get(SECURITY, secure=True)

    assert b"Contact: https://example.org/contact\n" in response.content
    assert f"Canonical: https://testserver{SECURITY}\n".encode() in response.content


def test_security_txt_is_not_made_up_where_nobody_stated_a_contact(client, settings):
    settings.SITE_OPERATOR_CONTACT = None

    assert client.get(SECURITY).status_code == 404
