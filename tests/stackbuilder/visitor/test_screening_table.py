"""The safety table: every compound of the catalogue × every condition and class of medicines.

What must come of each is worked out here from the catalogue's raw files, by rules of its own
written down once more, and compared with what the product says after loading them.
"""

import pytest

from stackbuilder.engine.clashes import clashes, major_conflicts
from stackbuilder.engine.person import Person, Preferences
from stackbuilder.engine.safety import screen, screen_all
from stackbuilder.visitor import screening
from stackbuilder.visitor.medicines import find, wordings
from tests.catalogue_facts import CATALOGUE, read_json

GOALS = read_json(CATALOGUE / "goals.json")
COMPOUNDS = {
    path.stem: read_json(path) for path in sorted((CATALOGUE / "compounds").glob("*.json"))
}
CONDITIONS = [row["code"] for row in GOALS["conditions"]]
CLASSES = [row["code"] for row in GOALS["medicine_classes"]]
CLASSES_OF = {row["code"]: set(row["medicine_classes"]) for row in GOALS["conditions"]}
CONDITIONS_OF = {
    code: {one for one, classes in CLASSES_OF.items() if code in classes} for code in CLASSES
}
CHOICES = [*(("condition", code) for code in CONDITIONS), *(("class", code) for code in CLASSES)]

# What a level or a severity does, from nothing to exclusion for good.
STRENGTH = {"minor": 0, "caution": 1, "moderate": 1, "avoid": 2, "major": 2, "contraindicated": 3}
OUTCOME = ["in", "in-flagged", "out-unless-let-back-in", "out"]


def meant_by(kind, code, *, to_classes=True, to_conditions=True):
    """Return the conditions and the classes that a choice means, by one step at the most."""
    if kind == "condition":
        return {code}, CLASSES_OF[code] if to_classes else set()
    return CONDITIONS_OF[code] if to_conditions else set(), {code}


def facts_reached(compound, conditions, classes):
    """Return (level or severity, what is said) of each raw row that speaks of any of these."""
    cautions = [
        (row["level"], row["reason"])
        for row in compound["cautions"]
        if row["condition"] in conditions
    ]
    interactions = [
        (row["severity"], row["effect"])
        for row in compound["interactions"]
        if classes & set(row["medicine_classes"])
    ]
    return sorted(cautions + interactions)


def outcome_of(facts):
    return OUTCOME[max((STRENGTH[level] for level, _ in facts), default=0)]


def told(found):
    """Return (level or severity, what is said) of each reason of the product."""
    facts = [reason.fact for reason in found.reasons]
    return sorted(
        (fact.level, fact.reason) if reason.kind == "caution" else (fact.severity, fact.effect)
        for reason, fact in zip(found.reasons, facts, strict=True)
    )


def who_chose(kind, code):
    codes = frozenset({code})
    return Person(conditions=codes) if kind == "condition" else Person(medicine_classes=codes)


@pytest.fixture(scope="module")
def loaded(catalogue, django_db_blocker):
    """Load the catalogue, and read it back as the product does."""
    with django_db_blocker.unblock():
        return screening.safety_of(), screening.questions()


@pytest.fixture
def screened(loaded):
    """Screen one compound, for one choice or any person."""
    safety, asked = loaded

    def screen_one(slug, person, preferences=Preferences()):  # noqa: B008 it is frozen
        return screen(safety[slug], person, preferences, asked.overlaps)

    return screen_one


def test_questions_are_those_of_the_raw_file(loaded):
    _, asked = loaded

    assert [(one.code, one.name, one.group) for one in asked.conditions] == [
        (row["code"], row["name"], row["group"]) for row in GOALS["conditions"]
    ]
    assert [(one.code, one.name) for one in asked.medicine_classes] == [
        (row["code"], row["name"]) for row in GOALS["medicine_classes"]
    ]
    assert len(asked.overlaps) == sum(map(len, CLASSES_OF.values())) > 0


@pytest.mark.parametrize("kind, code", CHOICES)
def test_every_compound_is_gated_as_its_raw_file_says(loaded, kind, code):
    safety, asked = loaded
    expected = {slug: facts_reached(raw, *meant_by(kind, code)) for slug, raw in COMPOUNDS.items()}

    found = screen_all(safety.values(), who_chose(kind, code), Preferences(), asked.overlaps)

    assert {slug: told(one) for slug, one in found.items()} == expected
    assert {slug: one.outcome for slug, one in found.items()} == {
        slug: outcome_of(facts) for slug, facts in expected.items()
    }
    unspoken_of = {slug for slug, facts in expected.items() if not facts}
    assert {slug for slug, one in found.items() if one.none_recorded} == unspoken_of


def cells(**directions):
    """Return the outcome of each cell of the table, as the raw files say."""
    return {
        (slug, kind, code): outcome_of(facts_reached(raw, *meant_by(kind, code, **directions)))
        for slug, raw in COMPOUNDS.items()
        for kind, code in CHOICES
    }


def test_table_holds_every_outcome_and_needs_both_directions_of_the_overlaps():
    table = cells()

    assert len(table) == len(COMPOUNDS) * (len(CONDITIONS) + len(CLASSES)) > 3_000
    assert set(table.values()) == set(OUTCOME)
    assert cells(to_classes=False) != table
    assert cells(to_conditions=False) != table


# Read in the catalogue by eye, not by the functions above.
@pytest.mark.parametrize(
    "slug, kind, code, outcome, reason",
    [
        # St John's wort with an SSRI, with the pill, with ciclosporin, with warfarin.
        ("st-johns-wort", "class", "ssri-snri", "out", "Must not be taken together with other"),
        ("st-johns-wort", "class", "oral-contraceptives", "out-unless-let-back-in", ""),
        ("st-johns-wort", "class", "immunosuppressants", "out", "Lowers ciclosporin and tacrol"),
        ("st-johns-wort", "condition", "organ-transplant", "out", "Lowers ciclosporin and tacrol"),
        ("st-johns-wort", "class", "anticoagulants", "out", "contraindicated"),
        ("st-johns-wort", "class", "theophylline", "in-flagged", ""),
        ("red-yeast-rice", "class", "statins", "out-unless-let-back-in", ""),
        ("red-yeast-rice", "class", "antifungals", "out-unless-let-back-in", ""),
        ("ginkgo", "class", "anticoagulants", "out-unless-let-back-in", "Not recommended with war"),
        ("ginkgo", "condition", "pregnancy", "out", "contraindicated in pregnancy"),
        ("ginkgo", "class", "glucose-lowering", "in", ""),
        ("caffeine", "condition", "pregnancy", "in-flagged", "200 mg/day"),
        ("caffeine", "class", "maoi", "out", "acute hypertensive episode"),
        ("semaglutide", "condition", "thyroid-cancer-history", "out", "medullary thyroid"),
        ("tirzepatide", "condition", "thyroid-cancer-history", "out", "medullary thyroid"),
        ("semaglutide", "class", "insulin", "out-unless-let-back-in", ""),
        ("semaglutide", "class", "narrow-oral-medicines", "in", ""),
        ("citrulline", "class", "nitrates", "out-unless-let-back-in", ""),
        ("citrulline", "class", "pde5-inhibitors", "out-unless-let-back-in", ""),
        ("metformin", "condition", "kidney-disease", "out", "lactic acid"),
        ("metformin", "class", "contrast-media", "out-unless-let-back-in", ""),
        ("melatonin", "class", "ssri-snri", "out-unless-let-back-in", ""),
        ("probiotics", "class", "immunosuppressants", "out", "fungaemia"),
        ("thymosin-alpha-1", "condition", "organ-transplant", "out", "immuno"),
        ("ibutamoren", "condition", "heart-failure", "out", "stopped early"),
        ("creatine", "condition", "kidney-disease", "out-unless-let-back-in", "Mayo Clinic"),
        ("magnesium", "condition", "kidney-disease", "out", "renal failure"),
        ("valerian", "class", "alcohol", "in-flagged", ""),
        ("saffron", "condition", "ssri-maoi", "in-flagged", ""),
        ("zinc", "class", "iron", "in", ""),
        ("whey-protein", "condition", "pregnancy", "in", None),
    ],
)
def test_compound_is_gated_as_read_by_eye(screened, slug, kind, code, outcome, reason):
    found = screened(slug, who_chose(kind, code))

    assert found.outcome == outcome
    if reason is None:
        assert found.reasons == ()
        assert [answer.code for answer in found.none_recorded] == [code]
    else:
        first = found.reasons[0].fact
        assert reason in getattr(first, "reason", getattr(first, "effect", ""))


@pytest.mark.parametrize(
    "typed, slug, outcome",
    [
        ("sertraline", "st-johns-wort", "out"),
        ("the pill", "st-johns-wort", "out-unless-let-back-in"),
        ("ciclosporin", "st-johns-wort", "out"),
        ("cyclosporine", "garlic", "out-unless-let-back-in"),
        ("simvastatin", "red-yeast-rice", "out-unless-let-back-in"),
        ("warfarin", "ginkgo", "out-unless-let-back-in"),
        ("aspirin", "ginkgo", "out-unless-let-back-in"),
        ("nitroglycerin", "n-acetylcysteine", "out-unless-let-back-in"),
        ("efavirenz", "ginkgo", "out-unless-let-back-in"),
        ("linezolid", "caffeine", "out"),
        ("amitriptyline", "valerian", "in-flagged"),
        ("insulin glargine", "tirzepatide", "out-unless-let-back-in"),
    ],
)
def test_medicine_typed_by_its_name_gates_the_compound(loaded, screened, typed, slug, outcome):
    _, asked = loaded
    classes = {one.code: one.name for one in asked.medicine_classes}
    conditions = {one.code: one.name for one in asked.conditions}
    among = wordings(screening.medicine_names().medicines, classes, conditions)

    suggestion = find(typed, among)[0]
    person = Person(
        conditions=frozenset(a.code for a in suggestion.answers if a.kind == "condition"),
        medicine_classes=frozenset(a.code for a in suggestion.answers if a.kind != "condition"),
    )

    assert screened(slug, person).outcome == outcome


@pytest.mark.parametrize("slug", COMPOUNDS)
def test_facts_without_a_code_are_shown_to_everyone_and_gate_nobody(screened, slug):
    raw = COMPOUNDS[slug]
    everything = Person(frozenset(CONDITIONS), frozenset(CLASSES))
    cautions = [
        (row["condition"].removeprefix("other:").strip(), row["level"], row["reason"])
        for row in raw["cautions"]
        if row["condition"].startswith("other:")
    ]
    unnamed = [
        (row["with_text"], row["severity"], row["effect"])
        for row in raw["interactions"]
        if row["compound"] is None and not row["medicine_classes"]
    ]

    found = screened(slug, everything)

    shown = [
        (fact.condition, fact.level, fact.reason)
        if hasattr(fact, "condition")
        else (fact.with_text, fact.severity, fact.effect)
        for fact in found.for_everyone
    ]
    assert shown == cautions + unnamed
    assert not {reason.fact for reason in found.reasons} & set(found.for_everyone)
    assert screened(slug, Person()).for_everyone == found.for_everyone
    assert screened(slug, Person()).outcome == "in"


@pytest.mark.parametrize("slug", COMPOUNDS)
def test_facts_carry_the_sources_of_the_raw_file(loaded, slug):
    safety, raw = loaded[0][slug], COMPOUNDS[slug]
    tables = (
        (safety.cautions, raw["cautions"]),
        (safety.interactions, raw["interactions"]),
        (safety.statuses, raw["regulatory"]),
    )

    for facts, rows in tables:
        assert [(fact.source, fact.source_title, fact.is_untraced) for fact in facts] == [
            (
                row["source"] or "",
                row.get("source_title") or "",
                row["source_quality"] == "untraced",
            )
            for row in rows
        ]
    assert [fact.sources_differ for fact in safety.cautions] == [
        row.get("sources_differ") or "" for row in raw["cautions"]
    ]


def test_contraindicated_compounds_cannot_be_let_back_in_by_any_answer(loaded):
    safety, asked = loaded
    for kind, code in CHOICES:
        person = who_chose(kind, code)
        knowing = Person(person.conditions, person.medicine_classes, frozenset(COMPOUNDS))

        refused = screen_all(safety.values(), person, Preferences(), asked.overlaps)
        allowed = screen_all(safety.values(), knowing, Preferences(), asked.overlaps)

        out = {slug for slug, one in refused.items() if one.outcome == "out"}
        assert {slug for slug, one in allowed.items() if not one.is_in} == out


def test_tested_athlete_is_kept_from_what_the_rules_of_sport_ban(loaded):
    safety, asked = loaded
    tested = Preferences(is_tested_for_doping=True)

    found = screen_all(safety.values(), Person(), tested, asked.overlaps)

    assert {slug for slug, one in found.items() if not one.is_in} == {
        "bpc-157",
        "cjc-1295",
        "ibutamoren",
        "ipamorelin",
        "tesamorelin",
        "thymosin-beta-4",
    }
    assert not found["dietary-nitrate"].is_sport_unrecorded
    assert found["caffeine"].is_sport_unrecorded


def test_without_injections_only_what_has_another_way_in_is_left(loaded):
    safety, asked = loaded
    injected = {"subcutaneous", "intramuscular", "intravenous"}
    preferences = Preferences(excluded_routes=frozenset(injected))

    found = screen_all(safety.values(), Person(), preferences, asked.overlaps)

    only_injected = {slug for slug, raw in COMPOUNDS.items() if set(raw["routes"]) <= injected}
    assert {slug for slug, one in found.items() if not one.is_in} == only_injected
    assert {"tirzepatide", "thymosin-alpha-1", "cerebrolysin"} <= only_injected
    assert found["semaglutide"].is_in


def test_clashes_of_the_whole_catalogue_are_those_of_the_raw_files(loaded):
    safety, _ = loaded
    recorded = {}
    for slug, raw in COMPOUNDS.items():
        for row in raw["interactions"]:
            if row["compound"]:
                recorded.setdefault(frozenset({slug, row["compound"]}), []).append(row["severity"])

    found = {frozenset(one.slugs): one.severity for one in clashes(safety.values())}

    assert found == {pair: max(all_, key=STRENGTH.get) for pair, all_ in recorded.items()}
    assert major_conflicts(safety.values()) == (("semaglutide", "tirzepatide"),)
