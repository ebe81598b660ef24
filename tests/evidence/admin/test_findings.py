"""A finding is checked against its source in one form, then published from the list."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from evidence.models import EvidenceVersion, Finding, Profile
from tests.admin_pages import address
from tests.factories import make_compound, make_finding, make_study, make_user

SECTIONS = [
    "What was compared",
    "What was measured",
    "What was found",
    "How far to trust it",
    "Curation",
]


@pytest.fixture
def reader(client, db):
    """A browser in which Bob is logged in, who may look and nothing else."""
    bob = make_user("bob")
    bob.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(bob)
    return client


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_form_follows_the_paper(finding, admin):
    response = admin.get(address(finding, "change", finding.pk))

    form = response.context["adminform"]
    assert [fieldset.name for fieldset in form] == [*SECTIONS, "Why it changes"]
    assert "Ratios as ratios, never as logarithms." in response.content.decode()
    editable = {field.name for field in Finding._meta.fields if field.editable}
    assert set(form.form.fields) == editable - {"id", "key"} | {"opened_at", "why"}


def test_key_is_kept_for_ever(finding, change):
    finding = make_finding(published=False)

    change(finding, key="melatonin-99", dose="2 mg")

    finding.refresh_from_db()
    assert (finding.key, finding.dose) == ("melatonin-02", "2 mg")


@pytest.mark.parametrize(
    "field, figures, message",
    [
        ("ci_low", {"ci_low": "-5"}, "The interval -5.0 to -4.37 does not contain -7.06."),
        ("ci_high", {"ci_high": "-8"}, "The interval -9.75 to -8.0 does not contain -7.06."),
        ("ci_low", {"ci_low": "-4"}, "Must lie below the upper bound -4.37, got -4.0."),
        ("ci_low", {"ci_low": ""}, "The lower bound is missing; the upper is -4.37."),
        ("ci_high", {"ci_high": ""}, "The upper bound is missing; the lower is -9.75."),
        ("estimate", {"measure": "RR"}, "A ratio must be above 0, got -7.06."),
        ("ci_low", {"measure": "RR", "ci_low": "0"}, "A ratio must be above 0, got 0.0."),
        ("p", {"p": "1.5"}, "Must lie between 0 and 1, neither included, got 1.5."),
        ("p", {"p": "0"}, "Must lie between 0 and 1, neither included, got 0.0."),
        ("ci_level", {"ci_level": "100"}, "Must lie between 0 and 100, got 100.0."),
        ("n_participants", {"n_participants": "1"}, "Must be at least 2, got 1."),
        ("estimate", {"estimate": "nan"}, "Enter a number."),
        ("ci_low", {"ci_low": "about -9"}, "Enter a number."),
        ("i2", {"i2": "140"}, "Must lie between 0 and 100, got 140.0."),
        ("measure", {"measure": ""}, "An estimate needs a measure."),
    ],
)
def test_impossible_figures_are_named_beside_their_field(field, figures, message, finding, change):
    response = change(finding, **figures)

    stored = Finding.objects.get()
    assert response.status_code == 200
    assert response.context["adminform"].form.errors[field] == [message]
    assert (stored.estimate, stored.ci_low, stored.ci_high) == (-7.06, -9.75, -4.37)
    assert (finding.history.count(), EvidenceVersion.objects.count()) == (1, 1)


def test_drafts_published(finding, act, alice):
    draft, another = make_finding(published=False), make_finding(published=False)

    response = act("publish", finding, draft, another)

    draft.refresh_from_db()
    version = EvidenceVersion.objects.latest("number")
    assert messages(response) == ["Published: 2 findings."]
    assert (draft.state, draft.published_by) == ("published", alice)
    assert draft.published_at <= timezone.now()
    assert (version.number, version.by) == (2, alice)
    assert version.why == "Published: Finding melatonin-02, Finding melatonin-03"
    assert Profile.objects.newest().get().n_findings == 3
    record, earlier = draft.history.all()[:2]
    assert (earlier.state, record.state, record.history_user) == ("draft", "published", alice)


def test_findings_withdrawn(finding, act, alice):
    draft = make_finding(published=False)

    response = act("withdraw", finding, draft, why="Printed twice")

    finding.refresh_from_db()
    version = EvidenceVersion.objects.latest("number")
    assert messages(response) == ["Withdrawn: 1 finding."]
    assert (finding.state, finding.published_at, finding.published_by) == ("withdrawn", None, None)
    assert (version.number, version.why) == (
        2,
        "Withdrawn: Finding melatonin-01. Printed twice",
    )
    assert Profile.objects.newest().get().n_findings == 0
    assert finding.history.first().history_user == alice
    assert draft.history.count() == 1


@pytest.mark.parametrize("name, published", [("publish", True), ("withdraw", False)])
def test_action_without_anything_to_do_opens_no_version(name, published, act):
    finding = make_finding(published=published)

    response = act(name, finding)

    assert messages(response) == ["Nothing to do: none of them is ready for that."]
    assert not EvidenceVersion.objects.exists()
    assert finding.history.count() == 1


def test_action_needs_the_permission_to_change(finding, reader):
    response = reader.get(address(finding, "changelist"))

    assert response.status_code == 200
    assert response.context["action_form"] is None


def test_reader_cannot_post_a_change(finding, reader):
    response = reader.post(address(finding, "change", finding.pk), {"estimate": "-1"})

    assert response.status_code == 403
    assert Finding.objects.get().estimate == -7.06


@pytest.mark.parametrize(
    "field, term, found",
    [
        ("compound", "n-acetyl", "Melatonin"),
        ("outcome", "onset", "Sleep onset latency"),
        ("study", "23691095", "Meta-analysis: melatonin"),
    ],
)
def test_autocomplete_finds(field, term, found, finding, admin):
    finding.compound.aliases.create(name="N-acetyl-5-methoxytryptamine")
    make_compound("valerian")
    asked = {"app_label": "evidence", "model_name": "finding", "field_name": field, "term": term}

    results = admin.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [result["text"][: len(found)] for result in results] == [found]


def test_form_sets_htmx_up_as_the_public_pages_do(finding, admin):
    pages = [admin.get(address(finding, "change", finding.pk)), admin.get("/compounds/")]

    configs = [
        re.findall(r'<meta name="htmx-config" content=\'[^\']+\'>', page.content.decode())
        for page in pages
    ]

    assert len(configs[0]) == 1
    assert configs[0] == configs[1]


def test_list_of_findings_asks_a_bounded_number_of_questions(
    finding, admin, django_assert_max_num_queries
):
    for i in range(120):
        make_finding(study=make_study(f"pmid:{i}"), published=bool(i % 2))
    admin.get(address(finding, "changelist"))

    with django_assert_max_num_queries(12) as asked:
        response = admin.get(address(finding, "changelist"))

    assert len(response.context["cl"].result_list) == 100
    counts = [query["sql"] for query in asked if "COUNT(*)" in query["sql"]]
    assert len(counts) == 1
