"""The way of a finding or an article from draft to the public and back, and who may take it."""

import pytest

from evidence.models import EvidenceVersion, Profile
from evidence.publication import system_user
from evidence.workflow import Refused, publish, said, send_back, send_to_review, withdraw
from tests.curators import edit
from tests.factories import make_article, make_compound, make_finding, make_user, publish_all
from tests.stored_rows import changes, profile_values, stored_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice")


@pytest.fixture
def bob():
    return make_user("bob")


@pytest.fixture
def draft(alice):
    """A finding that Alice wrote: nobody else has touched it."""
    finding = make_finding(published=False)
    finding.history.all().delete()
    edit(finding, by=alice)
    return finding


def refused(act, *args, **kwargs):
    """Return what an act is refused with, having changed nothing."""
    before = stored_rows()
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert changes(before, stored_rows()) == {}
    return refusal.value.messages


def test_finding_goes_the_whole_way_and_everything_is_as_before_versions_aside(draft, alice, bob):
    make_finding(study=draft.study, key="melatonin-99")
    publish_all()
    before = profile_values()

    send_to_review([draft], by=alice)
    publish([draft], by=bob, why="Agrees with the paper")
    public = profile_values()
    withdraw([draft], by=bob, why="The paper is disputed")

    assert public != before
    assert profile_values() == before
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("withdrawn", None)
    records = draft.history.order_by("history_id").values_list("state", "history_change_reason")
    assert list(records) == [
        ("draft", None),
        ("in-review", "Sent to review: Finding melatonin-01"),
        ("published", "Published: Finding melatonin-01. Agrees with the paper"),
        ("withdrawn", "Withdrawn: Finding melatonin-01. The paper is disputed"),
    ]
    assert EvidenceVersion.objects.count() == 3


def test_acts_before_publication_open_no_version(draft, alice, bob):
    send_to_review([draft], by=alice)
    send_back([draft], by=bob, why="Which dose?")

    assert not EvidenceVersion.objects.exists()
    record = draft.history.first()
    assert (record.state, record.history_user) == ("draft", bob)
    assert record.history_change_reason == "Sent back: Finding melatonin-01. Which dose?"


def test_writer_cannot_publish_alone(draft, alice):
    send_to_review([draft], by=alice)

    assert refused(publish, [draft], by=alice) == [
        "melatonin-01 needs a second person: you wrote or last edited it."
    ]


def test_reviewer_who_edits_cannot_publish(draft, alice, bob):
    send_to_review([draft], by=alice)
    edit(draft, by=bob, dose="2 mg")

    assert len(refused(publish, [draft], by=bob)) == 1
    assert publish([draft], by=make_user("carol")).version.number == 1


def test_draft_of_a_person_goes_through_review(draft, bob):
    assert refused(publish, [draft], by=bob) == ["melatonin-01 has not been sent to review."]


@pytest.mark.parametrize("by", [system_user, lambda: None])
def test_draft_of_the_loader_may_be_published_by_anyone(by, bob):
    finding = make_finding(published=False)
    finding.history.update(history_user=by())

    assert publish([finding], by=bob).version.by == bob


def test_one_person_publishes_where_the_rule_is_off(draft, alice, settings):
    settings.TWO_PERSON_REVIEW = False

    done = publish([draft], by=alice)

    assert done.version.why == "Published: Finding melatonin-01"
    assert Profile.objects.current().get().n_findings == 1


def test_one_refused_row_keeps_the_others_back(draft, alice):
    other = make_finding(published=False)
    send_to_review([draft], by=alice)

    assert len(refused(publish, [other, draft], by=alice)) == 1


@pytest.mark.parametrize(
    "state, act, message",
    [
        ("published", publish, "melatonin-01 is published already."),
        ("withdrawn", publish, "melatonin-01 was withdrawn: send it to review first."),
        ("in-review", send_to_review, "melatonin-01 is in review now."),
        ("published", send_to_review, "melatonin-01 is published now."),
        ("draft", send_back, "melatonin-01 is draft now."),
        ("published", send_back, "melatonin-01 is published now."),
        ("draft", withdraw, "melatonin-01 is draft now."),
        ("withdrawn", withdraw, "melatonin-01 is withdrawn now."),
    ],
)
def test_step_that_is_not_on_the_way_is_refused(state, act, message, bob):
    is_public = state == "published"
    finding = make_finding(published=is_public, **({} if is_public else {"state": state}))
    why = {} if act is send_to_review else {"why": "A reason"}

    assert refused(act, [finding], by=bob, **why) == [message]


@pytest.mark.parametrize("act, state", [(withdraw, "published"), (send_back, "in-review")])
@pytest.mark.parametrize("why", ["", "  \n"])
def test_taking_back_needs_a_reason(act, state, why, bob):
    is_public = state == "published"
    finding = make_finding(published=is_public, **({} if is_public else {"state": state}))

    assert refused(act, [finding], by=bob, why=why)[0].startswith("Say why you ")


@pytest.mark.parametrize("act, state", [(send_to_review, "in-review"), (send_back, "draft")])
def test_withdrawn_finding_starts_again(act, state, bob):
    finding = make_finding()
    publish_all()
    withdraw([finding], by=bob, why="Misread")

    act([finding], by=bob, **({"why": "To be read again"} if act is send_back else {}))

    finding.refresh_from_db()
    assert finding.state == state


def test_act_asks_what_is_stored_and_not_what_was_read(draft, alice, bob):
    stale = type(draft).objects.get(pk=draft.pk)
    send_to_review([draft], by=alice)
    publish([draft], by=bob)

    assert refused(publish, [stale], by=bob) == ["melatonin-01 is published already."]


def test_article_goes_the_same_way_and_keeps_what_its_findings_said(alice, bob):
    make_finding()
    article = make_article(published=False)
    article.history.all().delete()
    edit(article, by=alice)

    send_to_review([article], by=alice)
    publish([article], by=bob)

    article.refresh_from_db()
    assert article.state == "published"
    assert article.figures_at_review["melatonin-01"][:2] == ["MD", -7.06]
    assert list(EvidenceVersion.objects.get().compounds.all()) == [make_compound()]


def test_article_that_cites_a_draft_is_refused(bob):
    make_finding(published=False)
    article = make_article(published=False)

    assert refused(publish, [article], by=bob) == [
        "Melatonin for sleep: what the research says, line 3: "
        "Cites the finding melatonin-01, which is not there."
    ]


def test_version_is_told_of_the_compounds_of_its_rows(bob):
    findings = [make_finding(published=False, compound=make_compound(s)) for s in ("zinc", "iron")]

    version = publish(findings, by=bob).version

    assert {compound.slug for compound in version.compounds.all()} == {"zinc", "iron"}
    assert list(make_compound("zinc").versions.all()) == [version]


@pytest.mark.parametrize("words", [0, 30, 300])
def test_what_is_said_fits_and_names_the_reason(words):
    findings = [make_finding(f"melatonin-{i:02}") for i in range(words or 1)]

    text = said("Withdrawn", findings, "The paper was read wrongly.")

    assert len(text) <= 500
    assert text.startswith("Withdrawn: Finding melatonin-00")
    assert text.endswith("The paper was read wrongly.")


def test_reason_that_is_too_long_is_cut_and_a_row_is_still_named():
    text = said("Withdrawn", [make_finding()], "word " * 300)

    assert text.startswith("Withdrawn: Finding melatonin-01. word word")
    assert len(text) == 500


@pytest.mark.parametrize(
    "body",
    [
        "By {{ finding:melatonin-01 }}.",
        "[so](/compounds/melatonin/#melatonin-01)",
        "{{ profile:melatonin/sleep bar }}",
    ],
)
def test_finding_that_a_public_article_needs_is_not_withdrawn(body, alice):
    finding = make_finding()
    publish_all()
    make_article(body=body)

    (message,) = refused(withdraw, [finding], by=alice, why="Disputed")

    assert message.startswith(
        "Withdraw or change the article first: Melatonin for sleep: what the research says, line 1:"
    )


def test_finding_is_withdrawn_once_its_article_is(alice):
    finding = make_finding()
    publish_all()
    article = make_article(body="By {{ finding:melatonin-01 }}.")

    withdraw([article], by=alice, why="Its finding goes")
    withdraw([finding], by=alice, why="Disputed")

    finding.refresh_from_db()
    assert finding.state == "withdrawn"


def test_finding_beside_the_one_cited_is_withdrawn(alice):
    make_finding()
    other = make_finding()
    publish_all()
    make_article(body="{{ finding:melatonin-01 }} and {{ profile:melatonin/sleep }}")

    withdraw([other], by=alice, why="Disputed")

    other.refresh_from_db()
    assert other.state == "withdrawn"


@pytest.mark.parametrize(
    "body, numbers, message",
    [
        ("a\n\n{{ finding:melatonin-09 }}", "", "line 3: Cites the finding melatonin-09, which is"),
        ("By 7 minutes.", "", "line 1: Holds the number 7:"),
        ("Words.", "95 % = the level of all", ": Allows 95 %, which stands nowhere"),
        ("At 95 %.", "95 % = so", ": Allows 95 % without a reason"),
    ],
)
def test_article_with_a_fault_is_not_published(body, numbers, message, alice):
    make_finding()
    article = make_article(body=body, numbers=numbers, published=False)

    (found,) = refused(publish, [article], by=alice)

    assert message in found
