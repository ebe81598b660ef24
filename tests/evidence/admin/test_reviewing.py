"""The review page shows a row as readers would see it, what it moves, and the acts possible now."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from evidence.admin import reviewing
from evidence.models import Article, EvidenceVersion, Finding, Profile
from tests.admin_pages import address
from tests.curators import edit
from tests.factories import make_article, make_compound, make_finding, make_user, publish_all


@pytest.fixture
def bob(db):
    """Who wrote the drafts that Alice reviews."""
    return make_user("bob")


@pytest.fixture
def waiting(finding, bob):
    """Bob's finding on valerian, in review."""
    row = make_finding(
        "valerian-01",
        compound=make_compound("valerian"),
        published=False,
        state="in-review",
        estimate=-25.0,
        ci_low=-30.0,
        ci_high=-20.0,
    )
    edit(row, by=bob, dose="2 mg")
    return row


@pytest.fixture
def decide(admin):
    """Return a function that opens the review page of a row and presses one of its buttons."""

    def decide(row, act, why="", **values):
        url = address(row, "review", row.pk)
        read_at = admin.get(url).context["form"].initial["read_at"]
        return admin.post(url, {"act": act, "why": why, "read_at": read_at, **values})

    return decide


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def offered(response):
    return [act.name for act in response.context["acts"]]


def test_page_shows_the_finding_as_readers_would_see_it_and_what_it_moves(waiting, admin):
    response = admin.get(address(waiting, "review", waiting.pk))

    text = response.content.decode()
    assert "MD −25 min (95 % CI −30 to −20), n 1683" in text
    assert "Benefit in MID units" in text
    assert "This would enter Valerian for Sleep as" in text
    assert "(place 1 of 2)" in text
    assert "bob" in text
    assert offered(response) == ["publish", "send_back"]


def test_published_after_review_as_foretold(waiting, admin, decide, alice):
    page = admin.get(address(waiting, "review", waiting.pk))
    [(_, movement)] = page.context["effects"]

    response = decide(waiting, "publish", why="Read the paper")

    waiting.refresh_from_db()
    stored = Profile.objects.newest().get(compound=waiting.compound)
    assert (response.status_code, response.url) == (302, address(waiting, "review", waiting.pk))
    assert words(response) == ["Published: valerian-01."]
    assert (waiting.state, waiting.published_by) == ("published", alice)
    assert stored.dependable == movement.after.profile.dependable
    why = "Published: Finding valerian-01. Read the paper"
    assert EvidenceVersion.objects.latest("number").why == why


def test_author_is_told_that_a_second_person_publishes(waiting, alice, admin, decide):
    edit(waiting, by=alice, dose="3 mg")

    page = admin.get(address(waiting, "review", waiting.pk))
    response = decide(waiting, "publish")

    waiting.refresh_from_db()
    assert "a second person publishes it" in page.content.decode()
    assert "publish" not in offered(page)
    assert response.status_code == 200
    assert words(response) == ["valerian-01 needs a second person: you wrote or last edited it."]
    assert waiting.state == "in-review"


def test_one_person_publishes_what_they_wrote(waiting, alice, decide, alone):
    edit(waiting, by=alice, dose="3 mg")

    decide(waiting, "publish")

    waiting.refresh_from_db()
    assert waiting.state == "published"


def test_row_changed_while_it_was_read_is_not_published_unread(waiting, admin, decide, bob):
    read_at = admin.get(address(waiting, "review", waiting.pk)).context["form"].initial["read_at"]
    edit(waiting, by=bob, estimate=-22.0)

    response = decide(waiting, "publish", why="Fine", read_at=read_at)
    again = admin.post(
        address(waiting, "review", waiting.pk),
        {"act": "publish", "why": "Fine", **response.context["form"].initial},
    )

    assert words(response) == ["Somebody changed it since you opened it (Estimate): read it again."]
    assert "MD −22 min" in response.content.decode()
    assert (
        'rows="2"' in response.content.decode() and "Fine</textarea>" in response.content.decode()
    )
    assert words(again) == ["Published: valerian-01."]


@pytest.mark.parametrize("act, state", [("send_back", "in-review"), ("withdraw", "published")])
def test_reason_that_is_missing_is_asked_for_beside_the_field(act, state, waiting, decide, bob):
    if state == "published":
        waiting.state, waiting.published_by = state, bob
        waiting.published_at = waiting.compound.published_at
        waiting.save()

    response = decide(waiting, act, why="  ")

    waiting.refresh_from_db()
    assert response.status_code == 200
    assert "needs a reason" in response.context["form"].errors["why"][0]
    assert waiting.state == state


def test_sent_back_and_to_review_again(waiting, decide, admin):
    decide(waiting, "send_back", why="Which table?")
    waiting.refresh_from_db()
    sent_back = waiting.state
    page = admin.get(address(waiting, "review", waiting.pk))
    decide(waiting, "send_to_review")

    waiting.refresh_from_db()
    assert (sent_back, waiting.state) == ("draft", "in-review")
    assert "Which table?" in page.content.decode()
    assert offered(page) == ["send_to_review"]


def test_withdrawn_for_a_reason_after_seeing_what_that_moves(finding, admin, decide):
    page = admin.get(address(finding, "review", finding.pk))

    decide(finding, "withdraw", why="Retracted by its authors")

    finding.refresh_from_db()
    text = page.content.decode()
    assert "What withdrawing it would move" in text
    assert "This would take Melatonin for Sleep off the list" in text
    assert (finding.state, Profile.objects.newest().get().n_findings) == ("withdrawn", 0)


def test_withdrawn_finding_shows_what_differs_from_what_was_public(finding, admin, decide, bob):
    decide(finding, "withdraw", why="Misread")
    edit(Finding.objects.get(), by=bob, estimate=-8.0, note="Table 2")

    response = admin.get(address(finding, "review", finding.pk))

    shown = [(one.label, one.before, one.after) for one in response.context["changes"]]
    assert shown == [("Estimate", "−7.06", "−8"), ("Note", "", "Table 2")]
    assert offered(response) == ["send_to_review", "send_back"]


def test_draft_of_the_loader_may_be_published_as_it_is(admin, decide, db):
    row = make_finding(published=False)

    page = admin.get(address(row, "review", row.pk))
    decide(row, "publish")

    row.refresh_from_db()
    assert offered(page) == ["send_to_review", "publish"]
    assert row.state == "published"


def test_review_of_a_row_that_is_not_there(admin):
    assert admin.get(address(Finding, "review", 999)).status_code == 404


@pytest.mark.parametrize("act", ["", "burn", "__class__"])
def test_act_that_is_none_is_refused(act, waiting, decide):
    assert decide(waiting, act).status_code == 403


@pytest.mark.parametrize(
    "rights, code, acts",
    [
        ((), 403, None),
        (("view_finding",), 200, []),
        (("view_finding", "change_finding"), 200, []),
        (("view_finding", "publish_finding"), 200, ["publish", "send_back"]),
        (("publish_finding",), 403, None),
    ],
)
def test_acts_are_those_that_the_reader_may_do(rights, code, acts, waiting, client):
    carol = make_user("carol")
    carol.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(carol)

    response = client.get(address(waiting, "review", waiting.pk))
    tried = client.post(address(waiting, "review", waiting.pk), {"act": "publish"})

    assert response.status_code == code
    assert acts is None or offered(response) == acts
    assert tried.status_code == (302 if acts else 403)


def test_list_asks_once_more_and_foretells(waiting, admin):
    data = {"action": "publish", "_selected_action": [waiting.pk]}

    response = admin.post(address(Finding, "changelist"), data)

    text = response.content.decode()
    waiting.refresh_from_db()
    assert (response.status_code, waiting.state) == (200, "in-review")
    assert "This would enter Valerian for Sleep as" in text
    assert f'name="_selected_action" value="{waiting.pk}"' in text


def test_withdrawn_from_the_list_needs_a_reason(finding, act):
    response = act("withdraw", finding)

    finding.refresh_from_db()
    assert finding.state == "published"
    assert "needs a reason" in response.context["form"].errors["why"][0]


def test_drafts_sent_to_review_from_the_list(finding, act):
    drafts = [make_finding(published=False) for _ in range(2)]

    response = act("send_to_review", finding, *drafts)

    assert words(response) == ["Sent to review: 2 findings."]
    assert set(Finding.objects.exclude(pk=finding.pk).values_list("state", flat=True)) == {
        "in-review"
    }


def test_sent_back_from_the_list(waiting, act):
    act("send_back", waiting, why="Which table?")

    waiting.refresh_from_db()
    assert waiting.state == "draft"


def test_own_rows_keep_the_others_back_and_say_so(waiting, alice, act):
    own = make_finding(published=False, state="in-review")
    edit(own, by=alice, dose="2 mg")

    response = act("publish", waiting, own)

    assert words(response) == [f"{own} needs a second person: you wrote or last edited it."]
    assert Finding.objects.filter(state="in-review").count() == 2


def test_more_than_can_be_read_are_refused(act, monkeypatch, db):
    monkeypatch.setattr(reviewing, "MOST_AT_ONCE", 2)
    rows = [make_finding(published=False) for _ in range(3)]

    response = act("publish", *rows)

    assert words(response) == ["Choose at most 2 at once."]
    assert not Finding.objects.published().exists()


def test_more_than_can_be_foretold_are_listed_only(admin, monkeypatch, db):
    monkeypatch.setattr(reviewing, "MOST_FORETOLD", 1)
    rows = [make_finding(published=False) for _ in range(2)]
    data = {"action": "publish", "_selected_action": [row.pk for row in rows]}

    response = admin.post(address(Finding, "changelist"), data)

    assert "Too many to foretell at once" in response.content.decode()


def test_article_is_reviewed_and_published(admin, decide, bob):
    make_finding()
    publish_all()
    article = make_article(published=False, state="in-review")
    edit(article, by=bob, summary="Sooner asleep.")

    page = admin.get(address(article, "review", article.pk))
    decide(article, "publish")

    article.refresh_from_db()
    assert address(article, "preview", article.pk) in page.content.decode()
    assert "would move" not in page.content.decode()
    assert article.state == "published"


def test_article_that_cites_a_draft_is_refused_in_words(decide, bob):
    make_finding(published=False)
    article = make_article(published=False, state="in-review")

    response = decide(article, "publish")

    assert words(response) == [
        f"{article}, line 3: Cites the finding melatonin-01, which is not there."
    ]
    assert not Article.objects.published().exists()


def test_title_with_marks_is_escaped(admin, db):
    article = make_article(title="<script>x</script>", published=False)

    text = admin.get(address(article, "review", article.pk)).content.decode()

    assert "<script>x" not in text
