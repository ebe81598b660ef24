"""Which pages may be found, at which address, and where they stand."""

from types import SimpleNamespace as Row
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from stackbuilder.machines.crumbs import (
    ABOVE,
    FIXED,
    INDEXED,
    canonical_path,
    crumbs,
    may_be_indexed,
)

MELATONIN = Row(name="Melatonin", get_absolute_url=lambda: "/compounds/melatonin/")
SLEEP = Row(name="Sleep")
CONTEXT = {
    "compound": MELATONIN,
    "goal": SLEEP,
    "article": Row(compound=MELATONIN, goal=SLEEP),
    "study": Row(title="A trial"),
    "act": Row(number=3),
    "heading": "Privacy",
}


@pytest.mark.parametrize("name", sorted(FIXED))
def test_fixed_page_has_its_own_address(name):
    path = reverse(name)

    assert canonical_path(resolve(path)) == path
    assert crumbs(resolve(path), CONTEXT)[-1].path == path


@pytest.mark.parametrize("name", sorted(ABOVE.values()))
def test_page_above_another_has_one_address_and_a_name(name):
    assert FIXED[name]
    assert reverse(name)


@pytest.mark.parametrize(
    "path",
    ["/about-you/", "/suggest/", "/suggest/curve/", "/print/", "/stacks/new/", "/stacks/abc/",
     "/stacks/edit/abc/", "/report/", "/report/thanks/", "/style/", "/admin/", "/go/1/"],
)  # fmt: skip
def test_personal_page_saved_stack_or_act_is_left_out(path):
    assert not may_be_indexed(resolve(path), {})


def test_search_is_listed_and_its_answers_are_not():
    match = resolve("/search/")

    assert may_be_indexed(match, {"asked": ""})
    assert not may_be_indexed(match, {"asked": "tea"})


@pytest.mark.parametrize(
    "path, names",
    [
        ("/", ["Builder"]),
        ("/goals/sleep/", ["Builder", "Goals", "Sleep"]),
        ("/compounds/melatonin/", ["Builder", "Compounds", "Melatonin"]),
        ("/compounds/melatonin/vendors/", ["Builder", "Compounds", "Melatonin", "Find a vendor"]),
        ("/articles/x/", ["Builder", "Deep dives", "Melatonin for Sleep"]),
        ("/studies/pmid:1/", ["Builder", "A trial"]),
        ("/changes/3/", ["Builder", "What changed", "Change 3"]),
        ("/privacy/", ["Builder", "Privacy"]),
        ("/api/", ["Builder", "The data", "The API"]),
    ],
)
def test_way_leads_from_the_builder_to_the_page(path, names):
    way = crumbs(resolve(path), CONTEXT)

    assert [crumb.name for crumb in way] == names
    assert way[0].path == "/"
    assert way[-1].path == path


def test_address_of_a_study_is_quoted_once():
    path = reverse("evidence:study_detail", args=["doi:10.1/a<b>?c#d%20e"])

    assert canonical_path(resolve("/studies/doi:10.1/a<b>?c#d%20e/")) == path
    assert not urlsplit(path).query and "%3C" in path


def test_every_indexed_page_has_a_route():
    assert {name.partition(":")[0] for name in INDEXED} == {"stackbuilder", "evidence"}
    assert len(INDEXED) == len(FIXED.keys() | ABOVE.keys())
