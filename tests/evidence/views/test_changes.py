"""The pages and feeds of what changed."""

from urllib.parse import quote

import feedparser
import pytest
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from evidence.changes import acts
from evidence.figures import signed
from evidence.models import Finding
from evidence.publication import (
    publish_change,
    publish_findings,
    system_user,
    withdraw_compounds,
)
from tests.curators import edit
from tests.factories import (
    make_compound,
    make_finding,
    make_goal,
    make_study,
    make_user,
    publish_all,
)
from tests.pages import (
    bare_letters,
    element,
    elements,
    hrefs,
    inline_parts,
    page_of,
    repeated_ids,
    text_of,
)

pytestmark = pytest.mark.django_db

LIST, DETAIL, FEED = "/changes/", "/changes/1/", "/changes/feed/"
COMPOUND_FEED, GOAL_FEED = "/compounds/melatonin/feed/", "/goals/sleep/feed/"
PAGES, FEEDS = [LIST, DETAIL], [FEED, COMPOUND_FEED, GOAL_FEED]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def story():
    """Melatonin for sleep, whose only finding is then corrected."""
    finding = make_finding()
    publish_all(why="Loaded")
    Finding.objects.update(estimate=-60, ci_low=-65, ci_high=-55)
    publish_all(why="Misread")
    return finding


def act(response, number):
    return element(page_of(response), "li", id=f"change-{number}")


def numbers(response):
    lists = elements(page_of(response), "ol", class_="acts")
    ids = [dict(one.attributes).get("id") for row in lists for one in elements(row, "li")]
    return [int(one.removeprefix("change-")) for one in ids if one]


def test_list_tells_what_moved_from_what_and_by_which_finding(story, client):
    response = client.get(LIST)

    text = text_of(act(response, 2))
    older, newer = make_compound().profiles.order_by("version_id")
    badges = [text_of(badge) for badge in elements(act(response, 2), class_="badge")]
    assert "Misread." in text
    assert badges == [f"{one.letter} {one.verdict}" for one in (older, newer)]
    assert f"at least {signed(newer.dependable)}, was {signed(older.dependable)}" in text
    assert "effect changed (0.35 → 3.00 MID units)" in text
    assert {
        "/changes/2/",
        "/compounds/melatonin/#goal-sleep",
        "/compounds/melatonin/#melatonin-01",
    } <= set(hrefs(act(response, 2)))
    assert numbers(response) == [2, 1]


@pytest.mark.parametrize("url", [LIST, "/changes/2/"])
def test_page_is_whole(url, story, client):
    response = client.get(url)

    assert element(page_of(response), "link", rel="alternate", href=FEED)
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


def test_list_sums_the_first_load_up_and_leads_to_all_of_it(client, monkeypatch):
    monkeypatch.setattr(acts, "MOST_TOLD", 1)
    for slug in ("melatonin", "valerian"):
        make_finding(compound=make_compound(slug))
    publish_all()

    listed, whole = client.get(LIST), client.get(DETAIL)

    start = act(listed, 1)
    assert "The starter catalogue: 2 compounds, 2 profiles for 1 goal." in text_of(start)
    assert hrefs(start) == [DETAIL]
    assert len(elements(act(whole, 1), "ul", class_="causes")) == 2


def test_list_says_when_the_method_changed_and_when_no_finding_did(story, client):
    profiles = make_compound().profiles
    profiles.update(method_version="0")
    publish_all()
    profiles.newest().update(p_harm=0.5)
    publish_all()

    response = client.get(LIST)

    assert "The method changed: version 0 → " in text_of(act(response, 3))
    assert "No finding changed" in text_of(act(response, 4))


def test_pages_name_no_member_of_staff(client):
    alice = make_user("alice-the-curator", first_name="Alice", last_name="Liddell")
    make_finding(published=False)
    publish_findings(Finding.objects.all(), by=alice, why="Checked")

    for url in (*PAGES, *FEEDS):
        text = client.get(url).content.decode()
        assert "Checked." in text
        assert not any(name in text for name in ("alice", "Alice", "Liddell"))


def test_list_leads_on_where_nothing_changed(client):
    make_goal("mood")

    empty, narrowed = client.get(LIST), client.get(f"{LIST}?goal=mood")

    assert "Nothing has changed yet." in text_of(page_of(empty))
    assert "Nothing has changed for Mood." in text_of(page_of(narrowed))
    assert LIST in hrefs(element(page_of(narrowed), id="change-rows"))


@pytest.mark.parametrize("url", PAGES)
def test_page_gives_htmx_only_the_rows(url, story, client):
    response = client.get(f"{url}?goal=sleep", headers=HTMX)

    assertTemplateUsed(response, "evidence/_change_rows.html")
    assertTemplateNotUsed(response, "base.html")
    assert 'hx-swap-oob="innerHTML:#status"' in response.content.decode()


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("name", ["goal", "compound"])
@pytest.mark.parametrize("value", ["nowhere", "<script>", "a" * 5000, "' OR 1=1"])
def test_page_answers_a_slip_in_the_address_in_words(url, name, value, story, client):
    response = client.get(f"{url}?{name}={quote(value)}")

    assert response.status_code == 400
    assert f"There is no such {name}." in text_of(page_of(response))
    assert numbers(response)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40])
def test_page_that_is_no_number_is_answered_in_words(page, story, client):
    response = client.get(f"{LIST}?page={page}")

    assert response.status_code == 400
    assert numbers(response) == [2, 1]


def test_list_says_that_a_compound_was_withdrawn(story, client):
    withdraw_compounds([make_compound()], by=make_user(), why="Wrong molecule")

    response = client.get(f"{LIST}?compound=melatonin")

    assert response.status_code == 400
    assert "Melatonin was withdrawn" in text_of(page_of(response))


def test_list_and_feed_follow_a_renamed_compound(story, client):
    edit(make_compound(), by=make_user(), slug="melatonin-oral")

    listed, feed = client.get(f"{LIST}?compound=melatonin"), client.get(COMPOUND_FEED)

    assert (listed.status_code, numbers(listed)) == (200, [2, 1])
    assert (feed.status_code, feed.url) == (301, "/compounds/melatonin-oral/feed/")


def test_feed_of_a_withdrawn_compound_is_gone(story, client):
    withdraw_compounds([make_compound()], by=make_user(), why="Wrong molecule")

    response = client.get(COMPOUND_FEED)

    assert response.status_code == 410
    assert "ETag" not in response


@pytest.mark.parametrize(
    "url",
    [
        "/changes/9/",
        "/changes/99999999999999999999/",
        "/compounds/nowhere/feed/",
        "/goals/nowhere/feed/",
    ],
)
def test_what_is_not_there_is_404(url, story, client):
    assert client.get(url).status_code == 404


def test_act_on_a_draft_compound_has_no_page(client):
    make_finding(compound=make_compound("secret", published=False))
    publish_all()

    assert client.get(DETAIL).status_code == 404
    assert numbers(client.get(LIST)) == []
    assert client.get("/compounds/secret/feed/").status_code == 404


@pytest.mark.parametrize("url", FEEDS)
def test_feed_is_read_by_a_feed_reader(url, story, client):
    response = client.get(url)

    found = feedparser.parse(response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not found.bozo
    assert [entry.title for entry in found.entries] == ["Misread.", "Loaded."]


@pytest.mark.parametrize("url", [*PAGES, *FEEDS])
def test_page_answers_304_until_something_is_published(url, story, client):
    etag = client.get(url)["ETag"]

    before = client.get(url, headers={"If-None-Match": etag})
    publish_change(by=system_user(), why="Something else was published")
    after = client.get(url, headers={"If-None-Match": etag})

    assert (before.status_code, after.status_code) == (304, 200)


@pytest.mark.parametrize("url", FEEDS)
def test_feed_answers_304_to_who_has_its_newest_entry(url, story, client):
    since = client.get(url)["Last-Modified"]

    same = client.get(url, headers={"If-Modified-Since": since})
    older = client.get(url, headers={"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"})

    assert (same.status_code, older.status_code) == (304, 200)


@pytest.mark.parametrize("url", [*PAGES, *FEEDS])
def test_pages_are_only_read(url, story, client):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize(
    "url, queries",
    [(LIST, 11), (f"{LIST}?compound=compound-0&goal=sleep", 11), (FEED, 8)],
)
@pytest.mark.parametrize("compounds", [1, 9])
def test_page_takes_so_many_queries_for_any_number(
    url, queries, compounds, client, django_assert_num_queries
):
    make_acts(compounds)

    with django_assert_num_queries(queries):
        client.get(url)


@pytest.mark.parametrize("compounds", [1, 9])
def test_page_of_one_act_takes_ten_queries_for_any_number(
    compounds, client, django_assert_num_queries
):
    newest = make_acts(compounds)

    with django_assert_num_queries(10):
        client.get(f"{LIST}{newest}/")


def make_acts(compounds):
    """Publish so many compounds and an act on each, then a change of all; return its number."""
    for number in range(compounds):
        row = make_compound(f"compound-{number}")
        make_finding(compound=row, study=make_study(f"pmid:{number + 1}"))
        publish_change(by=system_user(), why="Caution", compounds={row.pk})
    publish_all()
    Finding.objects.update(estimate=-8)
    return publish_all().version.number
