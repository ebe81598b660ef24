"""Marking studies: foretold, reasoned, done in one transaction, and told."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.models import EvidenceVersion, Finding, Profile, Study
from tests.admin_pages import address
from tests.factories import make_compound, make_finding, make_study, make_user, publish_all


def act_on(study, status):
    return reverse("admin:evidence_study_status", args=[study.pk, status])


def test_retraction_is_foretold_without_being_done(finding, admin):
    response = admin.get(act_on(finding.study, "retracted"))

    page = response.content.decode()
    ((sentence, movement),) = response.context["effects"]
    assert sentence in page
    assert movement.before.profile.mean is not None
    assert movement.after is None or movement.after.profile.mean is None
    assert finding.key in page
    assert Study.objects.get().status == "published"
    assert EvidenceVersion.objects.count() == 1


def test_retraction_takes_the_study_out_of_every_profile(finding, admin, latest, alice):
    other = make_finding(compound=make_compound("valerian"))
    publish_all()

    response = admin.post(act_on(finding.study, "retracted"), {"why": "doi:10.1/notice"})

    page = response.content.decode()
    newest = Profile.objects.newest()
    assert {row.compound.slug for row in newest} == {"melatonin", "valerian"}
    assert all(row.mean is None and row.version == latest() for row in newest)
    assert (latest().by, "doi:10.1/notice" in latest().why) == (alice, True)
    assert len(response.context["effects"]) == 2
    assert f"evidence version {latest().number}" in page
    assert all(address(row, "change", row.pk) in page for row in (finding, other))
    assert publish_all().profiles == []


def test_correction_lists_its_findings_for_another_look(finding, admin):
    response = admin.post(act_on(finding.study, "corrected"), {"why": "Table 2 was wrong"})

    finding.refresh_from_db()
    page = response.content.decode()
    assert finding.next_review_on == timezone.localdate()
    assert "Findings to be checked again" in page
    assert address(finding, "change", finding.pk) in page


def test_retraction_marked_by_mistake_is_undone(finding, admin):
    before = Profile.objects.newest().get().mean
    admin.post(act_on(finding.study, "retracted"), {"why": "Mistaken for another"})

    admin.post(act_on(finding.study, "published"), {"why": "It was another"})

    assert Profile.objects.newest().get().mean == before


@pytest.mark.parametrize("why", ["", "   ", "x" * 501])
def test_reason_is_needed_and_bounded(why, finding, admin):
    response = admin.post(act_on(finding.study, "retracted"), {"why": why})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Study.objects.get().status == "published"


def test_status_it_has_already_is_refused(finding, admin):
    again = admin.get(act_on(finding.study, "published"))
    posted = admin.post(act_on(finding.study, "published"), {"why": "Twice"})

    assert "It is published already" in again.content.decode()
    assert posted.context["form"].non_field_errors()
    assert EvidenceVersion.objects.count() == 1


@pytest.mark.parametrize("path", ["1/status/levitated/", "99999/status/retracted/"])
def test_act_that_does_not_exist(path, admin, db):
    make_study()

    assert admin.get(f"{address(Study, 'changelist')}{path}").status_code == 404


def test_form_of_a_study_shows_its_status_and_keeps_it(finding, change, admin):
    page = admin.get(address(Study, "change", finding.study.pk))

    change(finding.study, status="retracted", journal="Another")

    study = Study.objects.get()
    assert "status" not in page.context["adminform"].form.fields
    assert (study.status, study.journal) == ("published", "Another")


def test_form_of_a_study_offers_the_acts_that_differ(finding, admin):
    page = admin.get(address(Study, "change", finding.study.pk)).content.decode()

    offered = [act_on(finding.study, one) in page for one in ("retracted", "corrected")]
    assert offered == [True, True]
    assert act_on(finding.study, "published") not in page


def test_new_study_may_be_entered_as_retracted(add, db):
    add(Study, key="pmid:7", pmid="7", title="A new one", design="rct", status="retracted")

    assert Study.objects.get().status == "retracted"


def test_reason_that_a_proposal_brings_stands_in_the_form(finding, admin):
    response = admin.get(act_on(finding.study, "retracted"), {"why": "<b>Notice</b>"})

    assert "&lt;b&gt;Notice&lt;/b&gt;" in response.content.decode()


def test_acts_are_closed_to_who_may_only_read(finding, client):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_study"))
    client.force_login(reader)
    url = act_on(finding.study, "retracted")

    answers = [client.get(url).status_code, client.post(url, {"why": "No"}).status_code]

    form = client.get(address(Study, "change", finding.study.pk)).content.decode()
    assert answers == [403, 403]
    assert url not in form


def test_page_asks_as_often_for_thirty_findings_as_for_three(finding, admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            admin.get(act_on(finding.study, "retracted"))
        return len(captured)

    for i in range(2):
        make_finding(compound=make_compound(f"compound-{i}"))
    publish_all()
    queries()
    for_three = queries()

    for i in range(2, 29):
        make_finding(compound=make_compound(f"compound-{i}"))
    publish_all()

    assert queries() == for_three
    assert Finding.objects.count() == 30
