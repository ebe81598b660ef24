"""“About you” as it ships: every answer of the catalogue can be given, found, and kept."""

import pytest

from evidence.models import Condition, MedicineClass
from stackbuilder.visitor.about_you import COOKIE, LONGEST_COOKIE
from tests.pages import elements, page_of, text_of

pytestmark = pytest.mark.django_db

URL = "/about-you/?goal=sleep"


def found(client, text):
    """Return the suggestions for a text, as printed."""
    response = client.post(URL, {"act": "look-up", "q": text})
    return [text_of(one) for one in elements(page_of(response), class_="proposal")]


def test_every_answer_there_is_can_be_ticked_and_kept(catalogue, client):
    conditions = list(Condition.objects.values_list("code", flat=True))
    classes = list(MedicineClass.objects.values_list("code", flat=True))

    boxes = elements(page_of(client.get(URL)), "input", type="checkbox")
    response = client.post(URL, {"act": "save", "condition": conditions, "medicine": classes})

    values = [dict(box.attributes)["value"] for box in boxes]
    assert sorted(values) == sorted(conditions + classes)
    assert response.status_code == 302
    length = len(response.cookies[COOKIE].OutputString())
    # Room is left for forty compounds let back in, of thirty letters each.
    assert 1000 < length < LONGEST_COOKIE - 40 * 31


@pytest.mark.parametrize(
    "text, first, meant",
    [
        ("warfarin", "warfarin", "Blood thinners"),
        ("Warfarin 5 mg", "warfarin", "Blood thinners"),
        ("warfrin", "warfarin", "Blood thinners"),
        ("the pill", "the pill (ethinylestradiol)", "Oral contraceptives"),
        ("sertralin", "sertraline", "Antidepressants: SSRI and SNRI"),
        ("epilepsy", "Epilepsy", ""),
        ("high blood pressure", "High blood pressure", ""),
    ],
)
def test_name_finds_what_it_means(catalogue, client, text, first, meant):
    suggestion = found(client, text)[0]

    assert suggestion.startswith(first)
    assert meant in suggestion


def test_form_as_it_ships_is_answered_by_one_query(catalogue, client, django_assert_num_queries):
    client.get(URL)

    with django_assert_num_queries(1):
        client.get(URL)
