from datetime import date

import pytest

from evidence.imports.notices import Nature, NoNotices, read_notices
from tests.evidence.imports.made_up_sources import NOTICES_HEADING, notice_line


def notices(*lines):
    return list(read_notices(f"{one}\n" for one in (f"\ufeff{NOTICES_HEADING}", *lines)))


def test_notice_gives_what_is_needed_to_judge():
    (notice,) = notices(notice_line())

    assert notice.nature is Nature.RETRACTION
    assert (notice.record, notice.title) == ("1", "Invented herb")
    assert (notice.doi, notice.pmid) == ("10.9999/invented.1", "999000001")
    assert (notice.on, notice.notice_doi) == (date(2023, 1, 20), "10.9999/notice")
    assert notice.reasons == ("Error in Data", "Made up")


@pytest.mark.parametrize("nature", list(Nature))
def test_every_nature_is_known_however_it_is_written(nature):
    assert notices(notice_line(RetractionNature=nature.title()))[0].nature is nature


@pytest.mark.parametrize("doi, pmid", [("unavailable", "0"), ("Unavailable", ""), ("", "00")])
def test_numbers_that_the_file_does_not_know_are_empty(doi, pmid):
    (notice,) = notices(notice_line(OriginalPaperDOI=doi, OriginalPaperPubMedID=pmid))

    assert (notice.doi, notice.pmid) == ("", "")


@pytest.mark.parametrize(
    "text, day",
    [("2023-01-20", date(2023, 1, 20)), ("31/31/2023", None), ("", None), ("soon", None)],
)
def test_date_is_american_or_iso_or_unknown(text, day):
    assert notices(notice_line(RetractionDate=text))[0].on == day


def test_row_that_says_nothing_is_left_out_and_reading_goes_on():
    nameless = notice_line(OriginalPaperDOI="", OriginalPaperPubMedID="", Title="")
    too_long = notice_line(Title="x" * 200_000)

    found = notices(
        notice_line(RetractionNature="Rumour"), nameless, "", "a,b", too_long, notice_line()
    )

    assert [notice.title for notice in found] == ["Invented herb"]


@pytest.mark.parametrize("lines", [[], ["a,b\n"], ["Title,OriginalPaperDOI\n"]])
def test_file_of_another_kind_is_refused_with_what_is_missing(lines):
    with pytest.raises(NoNotices, match=r"no column .*RetractionNature"):
        list(read_notices(lines))
