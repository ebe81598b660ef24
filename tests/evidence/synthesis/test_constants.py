"""The method page can list every constant there is."""

from evidence.synthesis import CONSTANTS, METHOD_VERSION, constants


def test_constants_listed_are_all_the_numbers_of_the_module():
    numbers = [
        value
        for name, value in vars(constants).items()
        if name.isupper() and isinstance(value, int | float)
    ]

    assert sorted(constant.value for constant in CONSTANTS) == sorted(numbers)


def test_constants_say_what_they_are_and_where_the_method_has_them():
    assert all(one.unit and one.meaning and one.section[0] in "245" for one in CONSTANTS)
    assert len({one.meaning for one in CONSTANTS}) == len(CONSTANTS)


def test_method_has_its_first_version():
    assert METHOD_VERSION == "1"


def test_history_begins_with_the_version_in_force():
    assert constants.METHOD_HISTORY[0].version == METHOD_VERSION


def test_history_names_each_version_once_from_newest_to_first():
    versions = [entry.version for entry in constants.METHOD_HISTORY]
    dates = [entry.since for entry in constants.METHOD_HISTORY]

    assert versions[-1] == "1"
    assert len(set(versions)) == len(versions)
    assert dates == sorted(dates, reverse=True)
    assert all(entry.change.endswith(".") for entry in constants.METHOD_HISTORY)
