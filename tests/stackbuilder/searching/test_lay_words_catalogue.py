"""Every lay word leads to something that the shipped catalogue holds."""

import pytest

from evidence.models import EvidenceVersion, SearchEntry
from stackbuilder.searching.lay_words import search_words
from stackbuilder.searching.search import search

pytestmark = pytest.mark.django_db


def test_every_target_is_in_the_catalogue(catalogue):
    held = set(SearchEntry.objects.values_list("kind", "slug"))

    assert [entry.to for entry in search_words().words if entry.key not in held] == []


def test_every_compound_and_goal_of_the_catalogue_has_lay_words_or_needs_none(catalogue):
    targets = {entry.key for entry in search_words().words}
    goals = SearchEntry.objects.filter(kind="goal").values_list("kind", "slug")

    assert set(goals) <= targets


def test_every_lay_word_finds_its_target_among_the_first(catalogue):
    version = EvidenceVersion.objects.current_number()
    lost = []
    for entry in search_words().words:
        kind, slug = entry.key
        end = f"#outcome-{slug}" if kind == "outcome" else f"/{slug}/"
        for word in entry.words:
            urls = [hit.url for hit in search(word, version=version, limit=5).hits]
            if not any(url.endswith(end) for url in urls):
                lost.append((word, entry.to, urls))

    assert lost == []
