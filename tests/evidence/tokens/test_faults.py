"""What keeps a text from the public for the sake of its tokens, with the line."""

import pytest

from evidence.markdown import render
from evidence.tokens.faults import token_faults
from tests.factories import make_compound, make_finding, make_goal, publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding():
    finding = make_finding()
    publish_all()
    return finding


def faults(source, **options):
    return token_faults(render(source), **options)


@pytest.mark.parametrize(
    "source",
    [
        "It is {{ finding:melatonin-01 }}, *{{finding:melatonin-01 ci}}*.",
        "- {{ profile:melatonin/sleep }}\n\n> {{ finding:melatonin-01 n }}",
        "| a |\n|---|\n| {{ finding:melatonin-01 }} |",
        "Words.\n\n{{ profile:melatonin/sleep bar }}\n\n{{ forest:melatonin/sleep }}",
        "`{{ finding:nowhere }}` and \\{{ braces }}\n\n    {{ code }}",
        "{{ finding:melatonin-01 value }}",
    ],
)
def test_text_that_is_whole_has_no_fault(source, finding):
    assert faults(source) == []


@pytest.mark.parametrize(
    "source, line, fault",
    [
        ("a\n\nb {{ finding:melatonin-99 }}", 3, "Cites the finding melatonin-99, which is not"),
        ("a\nb\nc {{ finding:melatonin-01 p }}", 3, "finding melatonin-01 has no p that could"),
        ("{{ finding:melatonin-01", 1, "Opens {{ without a figure that is closed"),
        ("a {{ finding:\nmelatonin-01 }}", 1, "Opens {{ without a figure that is closed"),
        ("{{ finding:melatonin-01 grade }}", 1, "A finding has no part called grade"),
        ("{{ profile:melatonin/mood }}", 1, "Cites the profile melatonin/mood, which is not"),
        ("# By {{ finding:melatonin-01 }}", 1, "A figure stands in a heading"),
        ("[by {{ finding:melatonin-01 }}](/method/)", 1, "A figure stands inside a link"),
        ("See {{ forest:melatonin/sleep }}", 1, "is a drawing: give it a paragraph of its own"),
        ("- {{ profile:melatonin/sleep bar }}", 1, "is a drawing"),
        ("| a |\n|---|\n| {{ forest:melatonin/sleep }} |", 3, "is a drawing"),
        (
            "{{ forest:melatonin/sleep }}\n\n{{ forest:melatonin/sleep }}",
            3,
            "Draws forest:melatonin/sleep a second time.",
        ),
    ],
)
def test_fault_is_named_with_its_line(source, line, fault, finding):
    ((at, found),) = faults(source)

    assert at == line
    assert fault in found


def test_bare_token_of_a_finding_without_an_estimate_is_a_fault():
    make_finding(measure="", estimate=None, ci_low=None, ci_high=None, unit="", p=0.7)

    assert faults("{{ finding:melatonin-01 p }}") == []
    assert faults("{{ finding:melatonin-01 }}") == [
        (1, "The finding melatonin-01 has no phrase that could be printed.")
    ]


def test_draft_may_name_drafts_and_profiles_to_come():
    make_finding(published=False, compound=make_compound("melatonin", published=False))
    make_goal()
    source = "{{ finding:melatonin-01 }} {{ profile:melatonin/sleep }}"

    assert len(faults(source)) == 2
    assert faults(source, needs_public=False) == []
    assert len(faults("{{ profile:melatonin/nowhere }}", needs_public=False)) == 1
