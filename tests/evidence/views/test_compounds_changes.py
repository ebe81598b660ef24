"""What changed, on the page of a compound."""

import pytest

from evidence.figures import signed
from evidence.models import Finding
from evidence.publication import publish_change, publish_findings, system_user
from tests.factories import make_compound, make_finding, make_user, publish_all
from tests.pages import element, elements, hrefs, page_of, text_of

pytestmark = pytest.mark.django_db

URL = "/compounds/melatonin/"


def section(tree, name):
    return element(tree, "section", id=name)


def test_compound_page_tells_what_changed_and_why(client):
    make_finding()
    publish_all()

    act = element(section(page_of(client.get(URL)), "changes"), "li", id="change-1")

    assert "Made for a test." in text_of(act)
    badges = [text_of(badge) for badge in elements(act, class_="badge")]
    profile = make_compound().profiles.get()
    assert badges == ["– no study recorded", f"{profile.letter} {profile.verdict}"]
    assert f"80 % sure of at least {signed(profile.dependable)}" in text_of(act)
    assert "was" not in text_of(act)
    assert "#goal-sleep" in hrefs(act)


def test_compound_page_tells_what_a_goal_moved_from(client):
    finding = make_finding()
    publish_all()
    before = finding.compound.profiles.get()
    Finding.objects.update(estimate=-60, ci_low=-65, ci_high=-55)
    publish_all()

    act = element(section(page_of(client.get(URL)), "changes"), "li", id="change-2")

    after = finding.compound.profiles.newest().get()
    badges = [text_of(badge) for badge in elements(act, class_="badge")]
    assert badges == [f"{one.letter} {one.verdict}" for one in (before, after)]
    assert f"{signed(after.dependable)}, was {signed(before.dependable)}" in text_of(act)


def test_compound_page_says_what_stayed_when_only_figures_moved(client):
    finding = make_finding()
    publish_all()
    Finding.objects.update(ci_low=-9.74)
    publish_all()

    act = element(section(page_of(client.get(URL)), "changes"), "li", id="change-2")

    (badge,) = elements(act, class_="badge")
    profile = finding.compound.profiles.newest().get()
    assert text_of(badge) == f"{profile.letter} {profile.verdict}"
    assert "still" in text_of(act)
    assert "as before" in text_of(act)


def test_compound_page_says_what_was_lost_with_the_last_finding(client):
    finding = make_finding()
    publish_all()
    lost = finding.compound.profiles.get()
    finding.delete()
    publish_all()

    act = element(section(page_of(client.get(URL)), "changes"), "li", id="change-2")

    assert f"was 80 % sure of at least {signed(lost.dependable)}" in text_of(act)
    assert "/goals/sleep/" in hrefs(act)


def test_compound_page_names_nobody_in_what_changed(client):
    alice = make_user("alice-the-curator", first_name="Alice", last_name="Liddell")
    make_finding(published=False)
    publish_findings(Finding.objects.all(), by=alice, why="Checked")

    changes = text_of(section(page_of(client.get(URL)), "changes"))

    assert "Checked." in changes
    assert not any(name in changes for name in ("alice", "Alice", "Liddell"))


def test_compound_page_shows_ten_changes_and_leads_to_all(client):
    for turn in range(13):
        publish_change(by=system_user(), why=f"Act {turn}", compounds={make_compound().pk})

    short = section(page_of(client.get(URL)), "changes")
    whole = section(page_of(client.get(f"{URL}?changes=all")), "changes")

    assert len(elements(short, "time")) == 10
    assert "?changes=all#changes" in hrefs(short)
    assert "Show 3 earlier changes" in text_of(short)
    assert len(elements(whole, "time")) == 13
    assert "?changes=all#changes" not in hrefs(whole)


def test_compound_page_takes_another_word_for_no_wish(client):
    make_compound()

    response = client.get(f"{URL}?changes=everything")

    assert response.status_code == 200
    assert "Nothing has changed since this page was made." in text_of(page_of(response))


def test_compound_page_leads_from_its_contents_to_what_changed(client):
    make_compound()

    assert "#changes" in hrefs(element(page_of(client.get(URL)), "nav", class_="contents"))


def test_compound_page_leads_to_its_changes_and_its_feed(client):
    make_compound()

    tree = page_of(client.get(URL))

    assert hrefs(section(tree, "changes")) == [
        "/changes/?compound=melatonin",
        "/compounds/melatonin/feed/",
    ]
    assert element(tree, "link", rel="alternate", href="/compounds/melatonin/feed/")
