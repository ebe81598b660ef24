"""What a finding would come to: asked while typing, and true to the last digit once published."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence import workflow
from evidence.admin.finding_preview import WHY_NOT, reading_of, warning_of
from evidence.models import EvidenceVersion, Finding, Profile, PublicationLock
from evidence.publication import VALUES
from evidence.synthesis import NotCountedReason
from tests.admin_pages import address, posted
from tests.factories import make_compound, make_finding, make_outcome, make_study, make_user

HTMX = {"HX-Request": "true"}
TRIAL = {
    "comparator": "placebo",
    "comparator_kind": "inactive",
    "measure": "MD",
    "unit": "min",
    "estimate": "-22.6",
    "ci_low": "-31.25",
    "ci_high": "-13.75",
    "n_participants": "412",
    "result": "benefit",
    "risk_of_bias": "serious",
    "risk_of_bias_reason": "Open label",
    "inconsistency": "none",
    "indirectness": "none",
    "imprecision": "none",
    "publication_bias": "unknown",
}


@pytest.fixture
def trial(finding):
    """What is typed of a new trial of valerian on the outcome of melatonin's finding."""
    study = make_study("doi:10.1000/trial", design="rct", year=2024)
    compound = make_compound("valerian")
    links = {"compound": compound.pk, "outcome": finding.outcome.pk, "study": study.pk}
    return {**TRIAL, **{name: str(pk) for name, pk in links.items()}}


@pytest.fixture
def preview(admin):
    """Return a function that types into the form and returns the page's answer."""

    def preview(data, row=None):
        if row is None:
            url = reverse("admin:evidence_finding_preview_new")
        else:
            url = address(row, "preview", row.pk)
        return admin.post(url, data, headers=HTMX)

    return preview


def text_of(response):
    """Return what a page says, without its marks."""
    words = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", words).replace(" .", ".").replace(" ,", ",").replace(" :", ":")


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def typed(admin, row, **values):
    return {**posted(admin.get(address(row, "change", row.pk))), **values}


def test_new_finding_is_read_graded_and_placed(trial, preview):
    text = text_of(preview(trial))

    assert "MD −22.6 min (95 % CI −31.25 to −13.75), n 412" in text
    assert "Counted. Benefit in MID units 1.13 (0.69 to 1.57)" in text
    assert "Certainty of this finding: moderate risk of bias: serious" in text
    assert "Valerian likely results in a" not in text
    assert "This would enter Valerian for Sleep as D" in text
    assert "(place 1 of 2)" in text


def test_preview_stores_nothing_and_waits_for_nobody(trial, preview):
    before = Finding.objects.count(), Profile.objects.count(), EvidenceVersion.objects.count()
    PublicationLock.objects.all().delete()

    response = preview(trial)

    after = Finding.objects.count(), Profile.objects.count(), EvidenceVersion.objects.count()
    assert (response.status_code, after) == (200, before)
    assert not PublicationLock.objects.exists()


def test_preview_of_a_new_finding_is_what_readers_see_once_it_is_public(trial, preview, add, admin):
    foretold = text_of(preview(trial))
    add(Finding, **trial)
    stored = Finding.objects.latest("pk")
    reading = reading_of(stored)

    workflow.send_to_review([stored], by=make_user("carol"))
    workflow.publish([stored], by=make_user("dora"))

    profile = Profile.objects.newest().get(compound=stored.compound)
    page = text_of(admin.get(stored.compound.get_absolute_url()))
    assert [getattr(profile, n) for n in VALUES] == [getattr(reading.profile, n) for n in VALUES]
    benefit = re.search(r"Benefit in MID units (\S+) (\(\S+ to \S+\))", foretold)
    assert f"{benefit[1]} {benefit[2]}" in page
    statement = re.search(r"[^.]*on Sleep\. Certainty: [^.]*\.", foretold)[0].strip()
    assert statement.split("moderate risk of bias: serious ")[-1] in page
    for name in ("Best estimate", "80 % sure of at least", "Chance that it matters"):
        figure = re.search(rf"{name} – (\S+(?: %)?)", foretold)[1]
        assert f"{name} {figure}" in page


def test_preview_of_a_public_finding_is_what_readers_see_once_it_is_accepted(
    finding, preview, change, admin, alone
):
    values = {"estimate": "-18.5", "ci_low": "-22", "why": "Misread"}
    foretold = text_of(preview(typed(admin, finding, **values), finding))

    change(finding, **values)

    profile = Profile.objects.newest().get()
    page = text_of(admin.get(finding.compound.get_absolute_url()))
    assert "0.93 (0.48 to 1.37)" in foretold and "0.93 (0.48 to 1.37)" in page
    assert f"to {profile.letter} {profile.verdict} (place 1 of 1)" in foretold
    for name in ("Best estimate", "80 % sure of at least", "Chance that it matters"):
        figure = re.search(rf"{name} \S+(?: %)? (\S+(?: %)?)", foretold)[1]
        assert f"{name} {figure}" in page


def test_public_finding_as_it_is_moves_nothing(finding, preview, admin):
    text = text_of(preview(typed(admin, finding), finding))

    assert "Melatonin for Sleep stays as it is" in text
    assert "Before it can be saved" not in text


@pytest.mark.parametrize(
    "values, said",
    [
        ({"ci_low": "-10"}, "Lower bound: Must lie below the upper bound -13.75, got -10.0."),
        ({"ci_low": "-20"}, "Lower bound: The interval -20.0 to -13.75 does not contain -22.6."),
        ({"ci_high": "-22.7"}, "Upper bound: The interval -31.25 to -22.7 does not contain -22.6."),
        ({"measure": "HR"}, "Estimate: A ratio must be above 0, got -22.6."),
        ({"n_participants": "1"}, "Participants: Must be at least 2, got 1."),
        ({"p": "1"}, "P: Must lie between 0 and 1"),
        ({"outcome": "999"}, "Outcome: Select a valid choice."),
        ({"outcome": "", "study": "999"}, "Study: "),
        ({"result": ""}, "Result: This field is required."),
        ({"measure": ""}, "Measure: An estimate needs a measure."),
        ({"estimate": "1e400"}, "Estimate: "),
    ],
)
def test_input_that_cannot_be_read_names_its_field_and_gives_no_figure(
    values, said, trial, preview
):
    response = preview({**trial, **values})

    text = text_of(response)
    assert response.status_code == 200
    assert "It cannot be read yet:" in text
    assert said in text
    assert "Benefit in MID units" not in text


def test_empty_form_names_what_is_needed(finding, preview):
    response = preview({})

    assert response.status_code == 200
    assert "Compound: This field is required." in text_of(response)


@pytest.mark.parametrize(
    "values, said",
    [
        ({"comparator": ""}, "Comparator: This field is required."),
        ({"risk_of_bias_reason": ""}, "Risk of bias: why: Say why risk of bias is a concern."),
    ],
)
def test_what_the_synthesis_does_not_read_keeps_no_figure_back(values, said, trial, preview):
    text = text_of(preview({**trial, **values}))

    assert f"Before it can be saved: {said}" in text
    assert "Benefit in MID units 1.13" in text


@pytest.mark.parametrize(
    "values, why",
    [
        ({"unit": "hours", "n_participants": ""}, "no MID in this unit"),
        ({"set_aside": "Printed twice"}, "set aside: Printed twice"),
        ({"comparator_kind": "active"}, "compared with another treatment"),
        ({"comparator_kind": "none"}, "no comparison group"),
        ({"ci_low": "", "ci_high": ""}, "no usable figure"),
    ],
)
def test_finding_that_would_not_count_says_why(values, why, trial, preview):
    text = text_of(preview({**trial, **values}))

    assert f"Not counted, because: {why}." in text
    assert WHY_NOT[why.split(":")[0]] in text


def test_trial_inside_a_review_names_the_review(finding, trial, preview):
    trial |= {"compound": str(finding.compound.pk)}
    finding.study.includes.add(trial["study"])

    text = text_of(preview(trial))

    assert "Not counted, because: counted inside a review: Meta-analysis, PLoS One 2013." in text


def test_every_reason_has_its_explanation():
    assert set(WHY_NOT) == set(NotCountedReason)


@pytest.mark.parametrize(
    "outcome, said",
    [
        ({"kind": "safety"}, "In no ranking: a safety outcome is graded and shown."),
        ({"goal": None}, "In no ranking: its outcome serves no goal here."),
    ],
)
def test_outcome_outside_every_ranking_is_graded_only(outcome, said, trial, preview):
    other = make_outcome("nausea", **outcome)

    text = text_of(preview({**trial, "outcome": other.pk}))

    assert said in text
    assert "Certainty of this finding: moderate" in text
    assert "Nothing: it belongs to no ranking." in text


def test_preview_brings_the_units_of_the_outcome_with_it(trial, preview):
    html = preview(trial).content.decode()

    assert '<div id="finding-units" class="units" hx-swap-oob="true">' in html
    assert "<code>min</code> matters from −20" in html


def test_what_was_typed_is_escaped(trial, preview):
    html = preview({**trial, "comparator": "<script>x</script>", "unit": "<b>"}).content.decode()

    assert "<script>" not in html and "<b>" not in html


def test_form_without_script_shows_the_same_preview_and_saves_nothing(trial, preview, admin):
    swapped = preview(trial).content.decode()

    page = admin.post(address(Finding, "add"), {**trial, "_preview": "Preview"})

    part = re.search(r'<div id="finding-preview".*?\n</div>\n', swapped, re.S)[0]
    assert page.status_code == 200
    assert text_of(page).count("Benefit in MID units 1.13 (0.69 to 1.57)") == 1
    assert " ".join(part.split()) in " ".join(page.content.decode().split())
    assert 'value="-22.6"' in page.content.decode()
    assert "Please correct the error" not in page.content.decode()
    assert Finding.objects.count() == 1


def test_preview_asks_as_often_for_thirty_findings_as_for_three(trial, preview, finding):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert preview(trial).status_code == 200
        return len(captured)

    def fill(numbers):
        for i in numbers:
            study = make_study(f"pmid:{i}", design="rct", year=2020)
            make_finding(compound=make_compound("valerian"), study=study)
            make_finding(compound=make_compound(f"compound-{i}"), study=study)

    fill(range(3))
    for_three = queries()
    fill(range(3, 30))

    assert queries() == for_three
    assert for_three <= 50


@pytest.mark.parametrize("right, code", [("add_finding", 200), ("view_finding", 403)])
def test_preview_of_a_new_finding_needs_the_right_to_add(right, code, trial, client):
    bob = make_user("bob")
    bob.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(bob)

    response = client.post(reverse("admin:evidence_finding_preview_new"), trial)

    assert response.status_code == code


def test_preview_of_a_stored_finding_needs_the_right_to_change(finding, trial, client):
    bob = make_user("bob")
    bob.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(bob)

    assert client.post(address(finding, "preview", finding.pk), trial).status_code == 403


def test_preview_is_posted_about_a_finding_that_is_there(finding, admin, client):
    asked = admin.get(address(finding, "preview", finding.pk))
    missing = admin.post(address(Finding, "preview", 999), {})

    assert (asked.status_code, missing.status_code) == (405, 404)


def test_preview_refuses_a_post_without_its_token(trial, alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)

    response = strict.post(reverse("admin:evidence_finding_preview_new"), trial)

    assert response.status_code == 403


def test_finding_that_lacks_its_mid_is_stored_with_a_warning(trial, add):
    response = add(Finding, **{**trial, "unit": "hours", "n_participants": ""})

    stored = Finding.objects.latest("pk")
    [warning] = [m for m in messages_of(response) if "not counted" in m]
    assert (response.status_code, stored.unit) == (302, "hours")
    assert (
        warning
        == f"{stored} (“hours”) will be shown and not counted. "
        + WHY_NOT[NotCountedReason.NO_MID_IN_THIS_UNIT]
    )
    assert warning_of(stored) == warning


def test_finding_that_counts_brings_no_warning(trial, add):
    response = add(Finding, **trial)

    assert not [m for m in messages_of(response) if "not counted" in m]
