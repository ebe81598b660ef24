"""Licences of the data: known by their identifiers, any other by its address."""

from stackbuilder.licences import OPEN_DATA, licence_of


def test_identifier_gives_the_name_and_the_text_of_the_licence():
    licence = licence_of("CC-BY-4.0")

    assert licence.name == "Creative Commons Attribution 4.0"
    assert licence.url == "https://creativecommons.org/licenses/by/4.0/"


def test_address_stands_for_itself():
    licence = licence_of("https://example.org/terms")

    assert licence.name == licence.url == "https://example.org/terms"


def test_every_known_licence_has_its_text_by_https():
    assert len({licence.url for licence in OPEN_DATA.values()}) == len(OPEN_DATA) == 8
    assert all(licence.url.startswith("https://") for licence in OPEN_DATA.values())
