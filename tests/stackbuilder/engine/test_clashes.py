"""Interactions between the members of a stack, whichever of the two pages they are recorded on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackbuilder.engine.clashes import RecordedInteraction, clashes, major_conflicts
from tests.made_up_safety import a_compound, an_interaction

SLUGS = ("garlic", "ginkgo", "valerian", "zinc")


def with_other(other, severity="moderate"):
    return an_interaction(other_slug=other, medicine_classes=(), severity=severity)


def test_interaction_is_found_from_either_side():
    one_sided = a_compound(with_other("ginkgo"), slug="garlic")
    other = a_compound(slug="ginkgo")

    for members in ([one_sided, other], [other, one_sided]):
        (clash,) = clashes(members)

        assert clash.slugs == ("garlic", "ginkgo")
        assert clash.records == (RecordedInteraction("garlic", with_other("ginkgo")),)


def test_pair_recorded_on_both_pages_is_one_clash_as_severe_as_the_severest():
    garlic = a_compound(with_other("ginkgo", "minor"), slug="garlic")
    ginkgo = a_compound(with_other("garlic", "major"), slug="ginkgo")

    (clash,) = clashes([garlic, ginkgo])

    assert (clash.severity, clash.is_major) == ("major", True)
    assert [record.slug for record in clash.records] == ["ginkgo", "garlic"]


def test_clashes_come_severest_first_then_by_name():
    members = [
        a_compound(with_other("valerian", "minor"), with_other("zinc"), slug="garlic"),
        a_compound(with_other("zinc", "major"), with_other("garlic"), slug="ginkgo"),
        a_compound(slug="valerian"),
        a_compound(slug="zinc"),
    ]

    found = [(clash.severity, clash.slugs) for clash in clashes(members)]

    assert found == [
        ("major", ("ginkgo", "zinc")),
        ("moderate", ("garlic", "ginkgo")),
        ("moderate", ("garlic", "zinc")),
        ("minor", ("garlic", "valerian")),
    ]


@pytest.mark.parametrize(
    "fact",
    [
        with_other("elsewhere"),
        with_other("garlic"),
        an_interaction(medicine_classes=("garlic", "ginkgo")),
        an_interaction(medicine_classes=(), with_text="ginkgo"),
    ],
)
def test_what_is_no_interaction_between_members_is_no_clash(fact):
    assert clashes([a_compound(fact, slug="garlic"), a_compound(slug="ginkgo")]) == ()


def test_member_named_twice_counts_once():
    garlic = a_compound(with_other("ginkgo"), slug="garlic")

    (clash,) = clashes([garlic, garlic, a_compound(slug="ginkgo")])

    assert len(clash.records) == 1


@pytest.mark.parametrize(
    "severity, conflicts",
    [
        ("major", (("garlic", "ginkgo"),)),
        ("a severity of tomorrow", (("garlic", "ginkgo"),)),
        ("moderate", ()),
        ("minor", ()),
    ],
)
def test_only_a_major_interaction_keeps_two_out_of_one_stack(severity, conflicts):
    compounds = [
        a_compound(slug="garlic"),
        a_compound(with_other("garlic", severity), slug="ginkgo"),
    ]

    assert major_conflicts(compounds) == conflicts


members = st.lists(
    st.builds(
        lambda slug, others: a_compound(*(with_other(*one) for one in others), slug=slug),
        st.sampled_from(SLUGS),
        st.lists(
            st.tuples(st.sampled_from(SLUGS), st.sampled_from(("major", "moderate", "minor")))
        ),
    ),
    unique_by=lambda one: one.slug,
)


@given(members, st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))

    assert clashes(shuffled) == clashes(found)
    assert major_conflicts(shuffled) == major_conflicts(found)


@given(members)
def test_every_record_between_members_is_in_exactly_one_clash(found):
    slugs = {one.slug for one in found}
    recorded = sorted(
        (one.slug, fact.other_slug, fact.severity)
        for one in found
        for fact in one.interactions
        if fact.other_slug in slugs - {one.slug}
    )

    told = sorted(
        (record.slug, record.fact.other_slug, record.fact.severity)
        for clash in clashes(found)
        for record in clash.records
    )

    assert told == recorded
