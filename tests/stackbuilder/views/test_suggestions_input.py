"""What is answered where nothing can be proposed: slips, clashing limits, too many questions."""

import pytest

from stackbuilder.suggesting.work_limits import Buckets, Turns
from stackbuilder.views import suggestions
from tests.pages import element, elements, inline_parts, page_of, text_of

pytestmark = pytest.mark.django_db

SWAP = {"HX-Request": "true"}
URL = "/suggest/?goal=sleep:2"
CURVE = "/suggest/curve/?goal=sleep:2"


def limit_to(monkeypatch, burst, at_once=2):
    """Let each client ask so often, and nobody any more after that."""
    turns = Turns(Buckets(burst=burst, refill_seconds=60, clock=lambda: 0.0), at_once=at_once)
    monkeypatch.setattr(suggestions, "SOLVING", turns)
    return turns


def inputs(tree, name):
    """Return the attributes of the inputs of that name."""
    found = [dict(one.attributes) for one in elements(tree, "input")]
    return [attributes for attributes in found if attributes.get("name") == name]


@pytest.fixture(autouse=True)
def many_turns(monkeypatch):
    return limit_to(monkeypatch, 100)


@pytest.mark.parametrize("headers", [{}, SWAP])
@pytest.mark.parametrize(
    "query, message",
    [
        ("budget=-1", "budget: "),
        ("budget=abc", "budget: "),
        ("budget=NaN", "budget: "),
        ("budget=1e400", "budget: "),
        ("size=0", "size: "),
        ("size=99", "size: "),
        ("size=abc", "size: "),
        ("currency=dollars", "currency: "),
        ("must=unobtainium", "There is no compound called “unobtainium” here now."),
        ("not=%3Cscript%3E", "There is no compound called “<script>” here now."),
        ("injections=perhaps", "injections: "),
        ("evidence=999", "evidence: "),
    ],
)
def test_limit_that_cannot_be_read_is_named_and_nothing_is_proposed(
    client, evidence, headers, query, message
):
    response = client.get(f"{URL}&in=valerian&{query}", headers=headers)

    assert response.status_code == 400
    tree = page_of(response)
    assert message in text_of(element(tree, class_="problems")).replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    assert not elements(tree, class_="suggestion__proof")
    assert [one["value"] for one in inputs(tree, "goal")] == ["sleep:2"]
    assert [one["value"] for one in inputs(tree, "in")] == ["valerian"]
    assert not inline_parts(response)


@pytest.mark.parametrize("typed", ["-5", "abc"])
def test_budget_that_cannot_be_read_stays_in_its_field_with_a_message_beside_it(
    client, evidence, typed
):
    tree = page_of(client.get(f"{URL}&budget={typed}"))

    field = dict(element(tree, id="suggest-budget").attributes)
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    assert text_of(element(tree, id=field["aria-describedby"]))


@pytest.mark.parametrize("query", ["goal=flying", "in=unobtainium", "why=..", "page=0"])
def test_slip_beside_the_limits_is_named_and_the_rest_is_answered(client, evidence, query):
    response = client.get(f"{URL}&{query}")

    assert response.status_code == 400
    tree = page_of(response)
    assert elements(tree, class_="problems")
    assert elements(tree, class_="suggestion__proof")


@pytest.mark.parametrize("url", ["/suggest/", "/suggest/curve/", "/suggest/?in=valerian"])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_without_a_goal_a_goal_is_asked_for(client, evidence, url, headers):
    response = client.get(url, headers=headers)

    assert response.status_code == 200
    assert "Choose a goal" in text_of(page_of(response))


def test_only_unknown_goals_are_named_and_a_goal_is_asked_for(client, evidence):
    response = client.get("/suggest/?goal=flying")

    assert response.status_code == 400
    text = text_of(page_of(response))
    assert "There is no goal called “flying”." in text
    assert "Choose a goal first" in text


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_limits_that_clash_are_named_with_the_way_out(client, evidence, headers):
    response = client.get(f"{URL}&must=melatonin&must=valerian&size=1", headers=headers)

    assert response.status_code == 422
    problems = element(page_of(response), class_="problems")
    assert "You keep 2 compounds (Melatonin, Valerian) and allow at most 1." in text_of(problems)
    (way_out,) = elements(problems, "a")
    assert client.get(dict(way_out.attributes)["href"]).status_code == 200


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_curve_of_limits_that_clash_names_them_too(client, evidence, headers):
    response = client.get(f"{CURVE}&must=zinc&not=zinc", headers=headers)

    assert response.status_code == 422
    assert "You both keep and leave out Zinc." in text_of(page_of(response))


@pytest.mark.parametrize(
    "query, words",
    [
        ("must=zinc&not=zinc", "You both keep and leave out Zinc. Allow Zinc"),
        ("must=zinc&budget=5", "You keep Zinc, with no price known in USD"),
    ],
)
def test_clash_is_said_in_plain_words(client, evidence, query, words):
    response = client.get(f"{URL}&{query}")

    assert response.status_code == 422
    assert words in text_of(element(page_of(response), class_="problems"))


@pytest.mark.parametrize("url", [URL, CURVE])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_too_many_questions_are_put_off_kindly(client, evidence, monkeypatch, url, headers):
    limit_to(monkeypatch, 1)
    assert client.get(url, headers=headers).status_code == 200

    response = client.get(f"{url}&in=valerian&budget=20", headers=headers)

    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "ETag" not in response
    text = text_of(page_of(response))
    assert "please wait 60 seconds and ask again. Nothing that you chose is lost." in text


def test_refused_page_still_holds_what_was_asked(client, evidence, monkeypatch):
    limit_to(monkeypatch, 0)

    tree = page_of(client.get(f"{URL}&in=valerian&budget=20"))

    assert dict(element(tree, id="suggest-budget").attributes)["value"] == "20"
    assert [one["value"] for one in inputs(tree, "in")] == ["valerian"]


def test_busy_process_says_that_it_is_not_the_visitors_doing(client, evidence, monkeypatch):
    turns = limit_to(monkeypatch, 100, at_once=1)

    with turns.turn("somebody else"):
        response = client.get(URL)

    assert (response.status_code, response["Retry-After"]) == (429, "2")
    assert "working out other stacks" in text_of(page_of(response))
    assert client.get(URL).status_code == 200


def test_questions_that_need_no_work_take_no_turn(client, evidence, monkeypatch):
    limit_to(monkeypatch, 0)

    assert client.get("/suggest/").status_code == 200
    assert client.get(f"{URL}&budget=-1").status_code == 400


def test_clients_behind_a_proxy_are_told_apart(client, evidence, monkeypatch, settings):
    limit_to(monkeypatch, 1)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def ask(forwarded):
        return client.get(URL, headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2")] == [200, 429, 200]
    assert ask("203.0.113.5, 192.0.2.1") == 429


def test_without_a_proxy_a_header_makes_nobody_another_client(client, evidence, monkeypatch):
    limit_to(monkeypatch, 1)

    def ask(forwarded):
        return client.get(URL, headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("192.0.2.1"), ask("192.0.2.2")] == [200, 429]


def test_thousand_members_are_cut_and_named(client, evidence):
    response = client.get(URL + "&in=valerian" * 1000)

    assert response.status_code == 200  # one compound, however often it is said
    strange = "".join(f"&in=compound-{n}" for n in range(300))
    response = client.get(URL + strange)
    assert response.status_code == 400
    assert "And 297 more like these." in text_of(page_of(response))
