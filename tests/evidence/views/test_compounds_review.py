"""What the page of a compound says of corrections, and of who reviewed what it says."""

import pytest

from tests.factories import make_finding, make_outcome, make_study, publish_all
from tests.pages import element, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client):
    """Return a function that publishes what was made and returns the page of melatonin."""

    def show():
        publish_all()
        return page_of(client.get("/compounds/melatonin/"))

    return show


def test_correction_is_noted_beside_each_figure(show):
    corrected = {"status": "corrected", "design": "rct"}
    safety = make_outcome("falls", kind="safety")
    make_finding(study=make_study("pmid:2", **corrected))
    make_finding(study=make_study("pmid:3", **corrected), comparator_kind="none")
    make_finding(study=make_study("pmid:4", **corrected), outcome=safety)

    tree = show()

    for key in ("melatonin-01", "melatonin-02", "melatonin-03"):
        assert text_of(element(element(tree, id=key), class_="tag--corrected")) == "corrected"


@pytest.mark.parametrize(
    "is_two_person, words",
    [
        (True, "published straight from files has not yet been reviewed by a second person"),
        (False, "Single reviewer: no second person has reviewed what is published here"),
    ],
)
def test_foot_says_whether_a_second_person_reviews(is_two_person, words, show, settings):
    settings.TWO_PERSON_REVIEW = is_two_person
    make_finding()

    foot = text_of(element(show(), "footer"))

    assert words in foot
    assert ("Single reviewer" in foot) is not is_two_person
