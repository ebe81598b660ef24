from datetime import date

import pytest

from evidence.imports.notices import Nature, Notice
from evidence.imports.retractions import proposals, status_after
from evidence.models import EvidenceVersion, Study
from tests.factories import make_finding, make_study


def notice(nature="retraction", **changes):
    values = {
        "record": "1",
        "nature": Nature(nature),
        "title": "",
        "doi": "",
        "pmid": "",
        "on": None,
        "notice_doi": "",
        "reasons": (),
        **changes,
    }
    return Notice(**values)


@pytest.mark.parametrize(
    "status, natures, expected",
    [
        ("published", ["retraction"], "retracted"),
        ("published", ["correction"], "corrected"),
        ("published", ["expression of concern"], "published"),
        ("published", ["correction", "retraction"], "retracted"),
        ("published", ["retraction", "correction"], "retracted"),
        ("published", ["retraction", "reinstatement"], "published"),
        ("corrected", ["retraction", "reinstatement"], "corrected"),
        ("published", ["retraction", "reinstatement", "retraction"], "retracted"),
        ("retracted", ["reinstatement"], "published"),
        ("retracted", ["correction"], "retracted"),
        ("retracted", ["correction", "reinstatement"], "corrected"),
        ("corrected", ["expression of concern"], "corrected"),
    ],
)
def test_status_follows_from_the_notices_in_their_order(status, natures, expected):
    assert status_after(status, [notice(one) for one in natures]) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named, by",
    [
        ({"pmid": "999000001"}, "pmid"),
        ({"doi": "10.9999/invented.1"}, "doi"),
        ({"pmid": "999000001", "doi": "10.9999/invented.1"}, "pmid"),
        ({"title": "Invented herb alpha for imaginary sleep."}, "title"),
    ],
)
def test_study_is_found_by_number_or_title(named, by):
    study = make_study(
        "pmid:999000001", doi="10.9999/Invented.1", title="Invented herb alpha for imaginary sleep"
    )
    make_study("pmid:999000002")

    (found,) = proposals([notice(**named)])

    assert (found.study, found.matched_by, found.proposed) == (study, by, "retracted")
    assert found.is_change


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named",
    [
        {"pmid": "999000009"},
        {"title": "Invented herb alpha for imaginary sleep", "pmid": "999000009"},
        {"title": "Short"},
        {"title": ""},
    ],
)
def test_other_publication_is_not_ours(named):
    make_study("pmid:999000001", title="Invented herb alpha for imaginary sleep")
    make_study("untraced:herb-1", title="Short")

    assert proposals([notice(**named)]) == []


@pytest.mark.django_db
def test_notices_count_by_date_and_those_to_change_come_first():
    make_study("pmid:999000001")
    make_study("pmid:999000002", status="retracted")
    late = notice("reinstatement", pmid="999000001", on=date(2024, 1, 1))
    early = notice("retraction", pmid="999000001", on=date(2023, 1, 1))
    lifted = notice("reinstatement", pmid="999000002")

    first, second = proposals([late, early, lifted])

    assert (first.study.key, first.proposed) == ("pmid:999000002", "published")
    assert second.notices == (early, late)
    assert not second.is_change


@pytest.mark.django_db
def test_proposals_count_public_findings_in_one_query_and_write_nothing(django_assert_num_queries):
    study = make_study("pmid:999000001")
    make_finding(study=study)
    make_finding(study=study, published=False)

    with django_assert_num_queries(1):
        (found,) = proposals([notice(pmid="999000001")] * 50)

    assert found.n_public == 1
    assert Study.objects.get(pk=study.pk).status == "published"
    assert not EvidenceVersion.objects.exists()
