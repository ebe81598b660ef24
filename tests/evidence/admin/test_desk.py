"""The curator's desk: what waits, for whom, and where it leads."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.choices import FindingState
from evidence.cited_figures import note_figures
from evidence.desk import all_questions
from evidence.proposing import propose
from stackbuilder.models import ErrorReport, Listing
from tests.curators import edit
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_finding,
    make_outcome,
    make_study,
    make_user,
    publish_all,
)
from tests.pages import element, elements, hrefs, inline_parts, page_of, text_of
from tests.vendor_factories import make_listing, make_status, make_vendor

pytestmark = pytest.mark.django_db

DESK = "/admin/"
# The account, its rights and its log; one question asks four times at most, the usual one once.
QUERIES_AT_MOST = 50


def piles_on(response):
    """Return the piles of a desk by title."""
    return {pile.title: pile for _, piles in response.context["desk"] for pile in piles}


def titles_for(client, *codenames):
    """Return the titles on the desk of somebody with these permissions."""
    user = make_user(f"user-{len(codenames)}")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return set(piles_on(client.get(DESK)))


def count_queries(admin):
    admin.get(DESK)  # fills Django's own caches
    with CaptureQueriesContext(connection) as queries:
        admin.get(DESK)
    return len(queries)


@pytest.fixture
def bob(db):
    return make_user("bob", is_superuser=True)


@pytest.fixture
def fill(alice, bob):
    """Return a function that puts the i-th row of each kind on the desk, and beside it."""

    def fill(i=0):
        compound = make_compound(f"compound-{i}")
        stored = {"compound": compound}
        today = timezone.localdate()
        later = {**stored, "next_review_on": today + timedelta(days=9)}
        in_review = {"published": False, "state": FindingState.IN_REVIEW}
        make_finding(**stored, **in_review)
        make_article(f"waiting-{i}", **stored, **in_review)
        propose(make_finding(**later), {"estimate": -8.0}, by=bob, why="Misread")
        edit(make_finding(published=False, **stored), by=alice, dose="2 mg")
        edit(make_finding(published=False, **stored), by=bob, dose="2 mg")
        edit(make_article(f"mine-{i}", published=False, **stored), by=alice, title="Mine")
        make_finding(**stored)
        make_finding(**later, set_aside="Printed twice.")
        outcome = make_outcome(f"outcome-{i}", mid=None)
        make_finding(**later, outcome=outcome, unit="furlongs")
        corrected = make_study(f"pmid:{i + 1}", status="corrected")
        cited = make_finding(compound=compound, study=corrected, next_review_on=today)
        article = make_article(f"cites-{i}", **later, body=f"[so]({cited.get_absolute_url()})")
        note_figures([article])
        edit(cited, by=bob, estimate=-9.0)
        make_article(f"old-{i}", **stored, body="No figure.")
        make_caution(compound)
        make_status(compound=compound)
        make_listing(compound=compound, vendor=make_vendor(f"shop-{i}"))
        make_listing(compound=compound, vendor=make_vendor(f"shop-{i}"), region="AU")
        gone = make_listing(compound=compound, vendor=make_vendor(f"gone-{i}"))
        seen = {"checked_by_machine_at": timezone.now(), "machine_url": gone.url}
        Listing.objects.filter(pk=gone.pk).update(machine_status="gone", **seen)
        ErrorReport.objects.create(page="/", text="It is wrong.")
        publish_all()

    return fill


def test_desk_stands_where_the_admin_begins(admin):
    response = admin.get(reverse("admin:index"))

    assert reverse("admin:index") == DESK
    assert elements(page_of(response), id="desk")
    assert response.context["app_list"]


def test_desk_without_rows_says_nothing_everywhere(admin):
    response = admin.get(DESK)

    desk = element(page_of(response), id="desk")
    assert {text_of(cell) for cell in elements(desk, "td")} == {"nothing"}
    assert hrefs(desk) == []
    assert len(elements(desk, "td")) == len(all_questions())


def test_each_pile_counts_what_its_list_shows(admin, fill):
    for i in range(2):
        fill(i)

    piles = piles_on(admin.get(DESK))

    shown = {
        title: admin.get(pile.address).context["cl"].result_count for title, pile in piles.items()
    }
    assert shown == {title: pile.count for title, pile in piles.items()}
    empty = {title for title, count in shown.items() if not count}
    assert {title for title in empty if not title.startswith("Findings: ")} == set()
    assert shown["Findings: set aside"] == shown["Findings: no MID in this unit"] == 2


def test_desk_asks_as_often_for_five_of_each_as_for_one(admin, fill):
    fill()
    for_one = count_queries(admin)

    for i in range(1, 5):
        fill(i)

    assert count_queries(admin) == for_one <= QUERIES_AT_MOST


def test_desk_shows_a_pile_to_whoever_may_see_its_rows(client):
    assert titles_for(client) == set()
    assert titles_for(client, "view_study") == {"Corrected studies with findings to check again"}
    reader = titles_for(client, "view_finding", "view_article")
    assert "Findings whose review is due" in reader
    assert not any("your" in title.lower() for title in reader)
    reviewer = titles_for(client, "view_finding", "publish_finding", "view_article")
    assert "Findings waiting for your review" in reviewer
    assert "Articles waiting for your review" not in reviewer


def test_desk_is_for_staff(client):
    response = client.get(DESK)

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_index_of_one_app_has_no_desk(admin):
    tree = page_of(admin.get("/admin/evidence/"))

    assert elements(tree, id="desk") == []


def test_desk_holds_nothing_inline(admin, fill):
    fill()

    assert inline_parts(admin.get(DESK)) == []
