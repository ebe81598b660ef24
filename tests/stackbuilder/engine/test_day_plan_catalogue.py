"""Where every dose of the shipped catalogue stands in a day, as a reader put it by hand."""

from stackbuilder.engine.day_plan import Slot, TrialUse, slots_of
from tests.catalogue_facts import CATALOGUE, read_json

# Read from the catalogue and judged one by one, not from what the rules make of them. Of three the
# text of the dose decides, as noted.
EXPECTED = {
    # Every day, without an hour.
    "daily": [Slot.NO_TIME],
    "once daily": [Slot.NO_TIME],
    "once daily, abdomen": [Slot.NO_TIME],
    "twice daily": [Slot.NO_TIME],
    "2 g twice daily": [Slot.NO_TIME],
    "three times daily": [Slot.NO_TIME],
    "100 mg three times daily": [Slot.NO_TIME],
    "six times daily": [Slot.NO_TIME],
    "2-3 times a day": [Slot.NO_TIME],
    "2-3 divided doses": [Slot.NO_TIME],
    "three divided doses": [Slot.NO_TIME],
    "daily, divided": [Slot.NO_TIME],
    "daily in divided lozenges": [Slot.NO_TIME],
    "every 6 hours": [Slot.NO_TIME],
    "every 12 hours": [Slot.NO_TIME],
    "every 12 hours, then daily": [Slot.NO_TIME],
    "daily or weekly": [Slot.NO_TIME],
    # With a time.
    "15 mg morning and evening with meals": [Slot.MORNING, Slot.EVENING],
    "daily with meals": [Slot.MEALS],
    "just before meals": [Slot.MEALS],
    "with food, raised gradually": [Slot.MEALS],
    "once daily with a meal, not lying down": [Slot.MEALS],
    "daily, in food; a single morning dose worked less well": [Slot.MEALS],
    "once before exercise": [Slot.EXERCISE],
    "once before training": [Slot.EXERCISE],
    "once, about 60-150 min before exercise": [Slot.EXERCISE],
    "once": [Slot.EXERCISE],  # caffeine: "usually 60 min before testing", strength and jumps
    "once, or up to 6 days": [Slot.EXERCISE],  # dietary nitrate: "before exercise"
    "1 h before bedtime": [Slot.BED],
    "30 min before bedtime": [Slot.BED],
    "once daily at bedtime": [Slot.BED],
    "once daily, 30 min before bed": [Slot.BED],
    "once daily, 1-2 h before bedtime and after food": [Slot.BED],
    "daily, about 3 h before desired bedtime": [Slot.BED],
    "at target bedtime at the destination": [Slot.BED],
    "nightly": [Slot.BED],
    "every night": [Slot.BED],
    # Not on each day.
    "once weekly": [Slot.SOME_DAYS],
    "once weekly, with lifestyle programme": [Slot.SOME_DAYS],
    "twice weekly": [Slot.SOME_DAYS],
    "twice weekly, eight doses": [Slot.SOME_DAYS],
    "6 days a week": [Slot.SOME_DAYS],
    "daily, 5 days a week": [Slot.SOME_DAYS],
    "single dose, or weekly / every two weeks for 2-3 doses": [Slot.SOME_DAYS],
    "8 doses over 4 days around surgery": [Slot.SOME_DAYS],
    # For an occasion, or one single time.
    "as needed, at least 45 min before sex; max 1 per 24 h, 8 per month": [Slot.AS_NEEDED],
    "45 min to 2 h before sex": [Slot.AS_NEEDED],
    "single injection": [Slot.ONCE],
    "single infusion": [Slot.ONCE],
    # Nobody said how often.
    None: [Slot.NOT_SAID],
    "timing limit": [Slot.NOT_SAID],  # caffeine: "no later than 8.8 h … before bed" is no time
}


def protocols():
    for path in sorted((CATALOGUE / "compounds").glob("*.json")):
        compound = read_json(path)
        for row in compound["protocols"]:
            yield compound["slug"], row


def use_of(slug, row):
    texts = {key: row[key] or "" for key in ("dose", "frequency", "route", "duration")}
    return TrialUse(slug, population=row["population"] or "", **texts)


def test_every_dose_stands_where_a_reader_put_it():
    found = [(slug, row, slots_of(use_of(slug, row))) for slug, row in protocols()]

    assert len(found) > 140
    wrong = [
        (slug, row["frequency"], slots)
        for slug, row, slots in found
        if list(slots) != EXPECTED.get(row["frequency"])
    ]
    assert wrong == []


def test_reader_put_nothing_that_the_catalogue_does_not_hold():
    assert {row["frequency"] for _, row in protocols()} == set(EXPECTED)
