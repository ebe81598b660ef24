"""The list of articles and the page of one."""

from datetime import date
from urllib.parse import quote

import pytest
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from evidence.cited_figures import note_figures
from evidence.models import Finding
from evidence.proposing import accept
from evidence.publication import publish_articles, publish_change, system_user
from tests.factories import (
    make_article,
    make_compound,
    make_finding,
    make_goal,
    make_proposal,
    make_study,
    make_user,
    publish_all,
)
from tests.pages import (
    bare_letters,
    element,
    elements,
    inline_parts,
    page_of,
    repeated_ids,
    text_of,
)

pytestmark = pytest.mark.django_db

LIST = "/articles/"
PAGE = "/articles/melatonin-for-sleep/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def article():
    """Melatonin for sleep, published, with the finding that it cites and a profile."""
    make_finding()
    article = make_article()
    publish_all()
    return article


def titles(response):
    rows = element(page_of(response), id="article-rows")
    return [text_of(heading) for heading in elements(rows, "h3")]


def addresses(response):
    return [dict(link.attributes)["href"] for link in elements(page_of(response), "a")]


def test_list_shows_an_article_with_verdict_and_review(article, client):
    response = client.get(LIST)

    text = text_of(element(page_of(response), id="article-rows"))
    assert response.status_code == 200
    assert titles(response) == ["Melatonin for sleep: what the research says"]
    assert "It shortens the wait for sleep by some minutes." in text
    assert "Updated 1 March 2025 ; not yet reviewed." in text
    assert PAGE in addresses(response)
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


@pytest.mark.parametrize(
    "query, count",
    [
        ("", 2),
        ("?goal=sleep", 1),
        ("?compound=melatonin", 2),
        ("?goal=mood&compound=melatonin", 1),
        ("?goal=mood&compound=valerian", 0),
        ("?goal=&compound=", 2),
    ],
)
def test_list_is_filtered_by_goal_and_compound(query, count, client):
    make_compound("valerian")
    make_article()
    make_article("melatonin-for-mood", goal=make_goal("mood"))

    assert len(titles(client.get(LIST + query))) == count


def test_list_gives_htmx_only_the_rows(article, client):
    response = client.get(f"{LIST}?goal=sleep", headers=HTMX)

    assertTemplateUsed(response, "evidence/_article_rows.html")
    assertTemplateNotUsed(response, "base.html")
    assert "1 article match" in response.content.decode()
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_list_gives_a_boost_and_a_restore_the_page(header, article, client):
    response = client.get(LIST, headers={**HTMX, header: "true"})

    assertTemplateUsed(response, "base.html")


def test_list_without_a_match_says_so_and_leads_on(article, client):
    make_compound("valerian")

    response = client.get(f"{LIST}?goal=sleep&compound=valerian")

    assert "There is no article on Sleep and Valerian yet." in text_of(page_of(response))
    assert {LIST, "/compounds/"} <= set(addresses(response))


def test_list_without_any_article_says_so(client):
    assert "No article is published yet." in text_of(page_of(client.get(LIST)))


@pytest.mark.parametrize("name", ["goal", "compound"])
@pytest.mark.parametrize("value", ["nowhere", "<script>", "a" * 5000, "' OR 1=1"])
def test_list_answers_a_slip_in_the_address_in_words(name, value, article, client):
    response = client.get(f"{LIST}?{name}={quote(value)}")

    assert response.status_code == 400
    assert f"There is no such {name}." in text_of(page_of(response))
    assert len(titles(response)) == 1


@pytest.mark.parametrize("value", ["%ff%fe", "%00"])
def test_list_refuses_what_is_no_text(value, article, client):
    assert client.get(f"{LIST}?goal={value}").status_code == 400


def test_list_does_not_offer_a_draft_compound(client):
    make_compound("secret", published=False)

    response = client.get(LIST)

    assert "Secret" not in response.content.decode()
    assert client.get(f"{LIST}?compound=secret").status_code == 400


@pytest.mark.parametrize("articles", [1, 12])
def test_list_takes_five_queries_for_any_number(articles, client, django_assert_num_queries):
    for number in range(articles):
        make_article(f"article-{number}", compound=make_compound(f"compound-{number}"))
    publish_all()

    with django_assert_num_queries(5):
        client.get(LIST)


def test_page_shows_the_text_with_its_contents_and_dates(client):
    make_finding()
    make_article(
        body="# Overview\n\nWords.\n\n## Sepsis\n\nMore.",
        reviewer="Dr Ada Example",
        reviewed_on=date(2025, 4, 2),
    )
    publish_all()

    response = client.get(PAGE)

    tree = page_of(response)
    byline = text_of(element(tree, class_="byline"))
    assert text_of(element(tree, "h1")) == "Melatonin for sleep: what the research says"
    assert byline == (
        "By Stackbuilder editors Reviewed by Dr Ada Example on 2 April 2025 "
        "Last updated 1 March 2025 1 min read"
    )
    assert (
        text_of(element(tree, "nav", class_="toc")) == "On this page Overview Sepsis Cite this page"
    )
    assert text_of(element(tree, "h2", id="overview")) == "Overview"
    assert text_of(element(tree, "h3", id="sepsis")) == "Sepsis"
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


def test_page_says_that_nobody_reviewed_it(article, client):
    byline = element(page_of(client.get(PAGE)), class_="byline")

    assert "Not yet reviewed" in text_of(byline)


def test_page_shows_what_the_evidence_comes_to_today(article, client):
    gist = element(page_of(client.get(PAGE)), class_="gist")

    assert "D Sleep no benefit that matters" in text_of(gist)
    assert "may result in little or no effect on Sleep. Certainty: low." in text_of(gist)
    assert len(elements(gist, "svg", class_="bar")) == 1


def test_page_leads_to_the_evidence_the_vendors_the_builder_and_back(article, client):
    response = client.get(PAGE)

    found = addresses(response)
    assert "/compounds/melatonin/#goal-sleep" in found
    assert "/compounds/melatonin/vendors/" in found
    assert "/?goal=sleep" in found
    assert found.index("/") < found.index(LIST)


def test_page_lists_the_studies_behind_its_figures(article, client):
    references = element(page_of(client.get(PAGE)), id="references")

    assert len(elements(references, "li")) == 1
    assert "Meta-analysis: melatonin for the treatment" in text_of(references)
    assert "PMID 23691095" in text_of(references)


def test_page_ends_with_its_disclaimer(article, client):
    body = element(page_of(client.get(PAGE)), class_="article__body")

    sections = [one for one in body.children if getattr(one, "name", "") == "section"]
    assert dict(sections[-1].attributes)["id"] == "disclaimer"


def test_page_of_a_pair_without_evidence_still_opens(client):
    make_article(body="Nothing was studied.")

    response = client.get(PAGE)

    assert "no study recorded" in text_of(element(page_of(response), class_="gist"))
    assert "/compounds/melatonin/#evidence" in addresses(response)
    assert not elements(page_of(response), id="references")


def test_page_never_shows_html_of_the_text(client):
    make_article(body="<script>alert(1)</script> [x](javascript:alert(1))")

    response = client.get(PAGE)

    assert not inline_parts(response)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.content.decode()


def test_page_of_a_draft_is_404(client):
    make_article(published=False)

    assert client.get(PAGE).status_code == 404


def test_page_of_an_article_on_a_draft_compound_is_404(client):
    make_article(compound=make_compound("melatonin", published=False))

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("slug", ["nowhere", "a" * 5000])
def test_page_that_is_not_there_is_404(slug, client):
    assert client.get(f"{LIST}{slug}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("url", [LIST, PAGE])
def test_pages_are_only_read(url, method, article, client):
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize("url", [LIST, PAGE])
def test_page_answers_304_until_something_is_published(url, article, client):
    etag = client.get(url)["ETag"]

    before = client.get(url, headers={"If-None-Match": etag})
    publish_change(by=system_user(), why="Something else was published")
    after = client.get(url, headers={"If-None-Match": etag})

    assert (before.status_code, after.status_code) == (304, 200)


def test_page_is_there_once_it_is_published(client):
    article = make_article(published=False)

    publish_articles([article], by=system_user(), why="Reviewed")

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("findings", [1, 12])
def test_page_takes_four_queries_for_any_number(findings, client, django_assert_num_queries):
    links = []
    for number in range(findings):
        finding = make_finding(study=make_study(f"pmid:{number + 1}"))
        links.append(f"[{number}]({finding.get_absolute_url()})")
    make_article(body=" ".join(links))
    publish_all()

    with django_assert_num_queries(4):
        client.get(PAGE)


@pytest.fixture
def bound():
    """An article whose figures are tokens, noted as they stand, with its finding and profile."""
    finding = make_finding()
    publish_all()
    article = make_article(
        body="By {{ finding:melatonin-01 }}.\n\n{{ profile:melatonin/sleep bar }}\n\n"
        "{{ forest:melatonin/sleep }}"
    )
    note_figures([article])
    return finding


def test_page_prints_the_figures_of_the_findings(bound, client):
    response = client.get(PAGE)

    tree = page_of(response)
    assert text_of(element(tree, "a", class_="cited__link")) == (
        "MD −7.06 min (95 % CI −9.75 to −4.37), n 1,683"
    )
    assert len(elements(tree, "figure", class_="cited-figure")) == 2
    assert len(elements(element(tree, id="references"), "li")) == 1
    assert "Figures updated on" not in text_of(tree)
    assert not inline_parts(response)
    assert not repeated_ids(response)
    assert not bare_letters(response)


def test_page_follows_an_edited_finding_on_the_next_request_and_says_since_when(bound, client):
    before = client.get(PAGE)

    accept(make_proposal(finding=bound), by=make_user("bob"))
    after = client.get(PAGE, headers={"If-None-Match": before["ETag"]})

    tree = page_of(after)
    today = Finding.history.latest("history_id").history_date.date()
    assert after.status_code == 200
    assert text_of(element(tree, "a", class_="cited__link")).startswith("MD −8 min")
    note = text_of(element(element(tree, class_="article__head"), class_="note"))
    assert note.startswith(f"Figures updated on {today.day} {today:%B %Y} :")


def test_page_whose_finding_is_gone_says_that_the_figure_was_withdrawn(client):
    make_article(body="By {{ finding:melatonin-01 }}.\n\n{{ forest:melatonin/sleep }}")

    response = client.get(PAGE)

    assert response.status_code == 200
    prose = element(page_of(response), class_="prose")
    assert text_of(prose) == "By figure withdrawn . figure withdrawn"


def test_page_says_how_to_cite_it(article, client):
    cite = text_of(element(page_of(client.get(PAGE)), id="cite"))

    assert "Stackbuilder editors. Melatonin for sleep: what the research says." in cite
    assert "evidence version 1. http://testserver/articles/melatonin-for-sleep/" in cite


@pytest.mark.parametrize("findings", [1, 12])
def test_page_of_tokens_takes_eleven_queries_for_any_number(
    findings, client, django_assert_num_queries
):
    keys = [make_finding(study=make_study(f"pmid:{n + 1}")).key for n in range(findings)]
    publish_all()
    tokens = " ".join(f"{{{{ finding:{key} }}}} {{{{ finding:{key} n }}}}" for key in keys)
    drawings = "{{ profile:melatonin/sleep bar }}\n\n{{ forest:melatonin/sleep }}"
    article = make_article(body=f"{tokens}\n\n{drawings}")
    note_figures([article])

    with django_assert_num_queries(11):
        client.get(PAGE)
