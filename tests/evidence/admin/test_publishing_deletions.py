"""What is deleted is published as gone; what profiles rest on stays."""

import pytest

from evidence.admin import publishing
from evidence.models import Compound, EvidenceVersion, Finding, Profile
from tests.admin_pages import address
from tests.factories import make_article, make_compound, make_finding, make_study, publish_all
from tests.pages import page_of, text_of


def test_finding_deleted(finding, delete, alice, latest):
    delete(finding)

    assert not Finding.objects.exists()
    assert latest().why == "Finding melatonin-01 deleted"
    assert Profile.objects.newest().get().n_findings == 0
    assert Finding.history.filter(history_type="-").get().history_user == alice


def test_findings_deleted_together_are_one_act(finding, act, alice, latest):
    second, other = make_finding(), make_finding(compound=make_compound("valerian"))
    publish_all()

    act("delete_selected", finding, other)

    assert list(Finding.objects.all()) == [second]
    assert latest().number == 3
    assert latest().why == "Deleted: Finding melatonin-01, Finding valerian-01"
    assert {p.compound.slug: p.n_findings for p in Profile.objects.newest()} == {
        "melatonin": 1,
        "valerian": 0,
    }
    assert Finding.history.filter(history_type="-", history_user=alice).count() == 2


def test_drafts_deleted_open_no_version(db, act):
    draft = make_finding(published=False)

    act("delete_selected", draft)

    assert not Finding.objects.exists()
    assert not EvidenceVersion.objects.exists()


def test_deletion_is_confirmed_first(finding, admin):
    response = admin.get(address(finding, "delete", finding.pk))

    assert response.status_code == 200
    assert Finding.objects.exists()


def test_compound_with_profiles_stays(finding, delete, admin):
    finding.delete()
    publish_all()

    response = delete(finding.compound)

    assert publishing.PROFILES_STAY in response.content.decode()
    assert Compound.objects.get().profiles.count() == 2


def test_compound_without_profiles_deleted(db, delete, latest):
    delete(make_compound())

    assert not Compound.objects.exists()
    assert latest().why == "Compound Melatonin deleted"


def test_study_that_a_review_pools_deleted(db, delete):
    pooled, trial = make_study("pmid:1", design="rct"), make_study("pmid:2", design="rct")
    make_study().includes.add(pooled)
    make_finding()
    outside = make_finding(study=trial)
    publish_all()
    counted = Profile.objects.get().counted

    delete(pooled)

    # A review that names no study is taken to hold every earlier trial.
    after = Profile.objects.newest().get()
    assert outside.key in {entry["key"] for entry in counted}
    assert outside.key not in {entry["key"] for entry in after.counted}
    assert publish_all().profiles == []


@pytest.mark.parametrize("published", [True, False])
def test_finding_that_an_article_cites_stays_and_the_article_is_named(published, finding, delete):
    make_article(body="By {{ finding:melatonin-01 }}.", published=published)

    response = delete(finding)

    said = "Article Melatonin for sleep: what the research says, which cites melatonin-01"
    assert said in text_of(page_of(response))
    assert Finding.objects.get() == finding


def test_findings_of_which_an_article_cites_one_all_stay(finding, act):
    other = make_finding()
    make_article(body="[so](/compounds/melatonin/#melatonin-02)")

    response = act("delete_selected", finding, other)

    assert "which cites melatonin-02" in text_of(page_of(response))
    assert Finding.objects.count() == 2


def test_compound_whose_finding_another_article_cites_stays(delete, db):
    draft = make_finding(published=False, compound=make_compound("valerian", published=False))
    make_article(body="{{ finding:valerian-01 }}", published=False)

    response = delete(draft.compound)

    assert "which cites valerian-01" in text_of(page_of(response))
    assert Compound.objects.filter(slug="valerian").exists()
