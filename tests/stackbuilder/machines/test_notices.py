"""The two text files: what robots leave out, and whom to tell of a weakness."""

from datetime import UTC, date, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest

from stackbuilder.machines.notices import robots_txt, security_txt


@pytest.fixture
def robots():
    parser = RobotFileParser()
    parser.parse(robots_txt("https://example.org/sitemap.xml").splitlines())
    return parser


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/evidence/", "/about-you/?goal=sleep", "/stacks/abc/",
     "/suggest/?goal=sleep", "/print/?in=tea", "/go/7/", "/search/?q=tea",
     "/report/?page=/", "/style/"],
)  # fmt: skip
def test_robots_leave_out_what_is_personal_or_leads_away(robots, path):
    assert not robots.can_fetch("*", f"https://example.org{path}")


@pytest.mark.parametrize(
    "path",
    ["/", "/?goal=sleep", "/goals/", "/compounds/tea/", "/compounds/tea/vendors/", "/articles/",
     "/search/", "/share/compound/tea.png", "/static/css/site.css", "/data/json/", "/api/v1/goals"],
)  # fmt: skip
def test_robots_may_read_pages_pictures_and_data(robots, path):
    assert robots.can_fetch("*", f"https://example.org{path}")


def test_robots_are_told_of_the_sitemap(robots):
    assert robots.site_maps() == ["https://example.org/sitemap.xml"]


def fields(text):
    return dict(line.split(": ", 1) for line in text.splitlines())


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2027, 12, 31)])
def test_security_txt_expires_within_a_year_and_not_soon(today):
    text = security_txt("mailto:a@example.org", "https://example.org/x", today)

    expires = datetime.fromisoformat(fields(text)["Expires"])
    start = datetime(today.year, today.month, today.day, tzinfo=UTC)
    assert timedelta(days=300) < expires - start < timedelta(days=365)


def test_security_txt_is_the_same_all_month():
    first, last = (
        security_txt("mailto:a@example.org", "https://example.org/x", date(2026, 5, day))
        for day in (1, 31)
    )

    assert first == last


def test_security_txt_names_its_address_only_over_https():
    secure, plain = (
        fields(security_txt("https://example.org/contact", address, date(2026, 5, 1)))
        for address in ("https://example.org/.well-known/security.txt", "http://localhost/x")
    )

    assert secure["Contact"] == "https://example.org/contact"
    assert secure["Canonical"] == "https://example.org/.well-known/security.txt"
    assert "Canonical" not in plain
