"""Key studies of a stack: which, in which order, and where they are looked up."""

import pytest

from evidence.models import Study
from stackbuilder.candidates import snapshot, snapshot_at
from stackbuilder.links import State
from stackbuilder.stacks.studies import key_studies
from tests.factories import make_compound, make_finding, make_study, publish_all
from tests.stack_factories import make_sleepers

pytestmark = pytest.mark.django_db
STATE = State(weights={"sleep": 1}, members=("valerian", "melatonin"))
CELL = ("melatonin", "sleep")


def add_studies():
    """Give melatonin two further studies, one of them small and one not traced."""
    melatonin = make_compound()
    for key, half_width in (("pmid:5", 25.0), ("untraced:melatonin-1", 0.5)):
        make_finding(
            compound=melatonin,
            study=make_study(key, pmid="", design="rct", n_studies=None),
            estimate=-30.0,
            ci_low=-30 - half_width,
            ci_high=-30 + half_width,
        )
    return publish_all().version.number


def test_key_studies_are_those_that_add_the_most():
    make_sleepers()
    number = add_studies()

    found = key_studies(snapshot(number), STATE)

    added = [abs(study.contribution) for study in found[CELL]]
    profile = make_compound().profiles.get(version=number)
    assert len(profile.clusters) == 3
    assert [study.key for study in found[CELL]] == ["untraced:melatonin-1", "pmid:1009"]
    assert added == sorted((abs(one["contribution"]) for one in profile.clusters), reverse=True)[:2]


def test_study_is_looked_up_by_its_pmid_or_is_not_yet_traced():
    make_sleepers()

    found = key_studies(snapshot(add_studies()), STATE)

    untraced, traced = found[CELL]
    assert (traced.link.label, traced.is_traced) == ("PMID 1009", True)
    assert traced.link.url == "https://pubmed.ncbi.nlm.nih.gov/1009/"
    assert not untraced.is_traced


def test_key_studies_of_a_pinned_version_are_those_of_its_figures():
    make_sleepers()
    newest = add_studies()

    found = key_studies(snapshot_at(1, newest), STATE)

    assert [study.key for study in found[CELL]] == ["pmid:1009"]


def test_study_that_was_retracted_since_says_so():
    make_sleepers()
    Study.objects.filter(pmid="1009").update(status="retracted")

    found = key_studies(snapshot(), STATE)

    assert [study.is_retracted for study in found[CELL]] == [True]
    assert [study.is_retracted for study in found["valerian", "sleep"]] == [False]


def test_study_that_was_deleted_since_is_known_by_its_key():
    number = make_sleepers()
    melatonin = make_compound()
    melatonin.profiles.update(clusters=[{"study": "pmid:404", "contribution": 0.1}])

    (study,) = key_studies(snapshot(number), STATE)[CELL]

    assert (study.key, study.link.label, study.is_traced) == ("pmid:404", "pmid:404", False)


def test_key_studies_take_two_queries(django_assert_num_queries):
    make_sleepers()
    tables = snapshot()

    with django_assert_num_queries(2):
        key_studies(tables, STATE)
