"""The history of a row: every version, any two beside each other, and the way back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.admin.history import HistoryAdmin
from evidence.models import Caution, EvidenceVersion, Finding
from tests.admin_pages import address
from tests.curators import edit
from tests.factories import (
    make_article,
    make_caution,
    make_compound,
    make_finding,
    make_interaction,
    make_medicine_class,
    make_study,
    make_user,
    publish_all,
)
from tests.one_of_each import MAKERS
from tests.pages import element, elements, hrefs, inline_parts, page_of, repeated_ids, text_of

pytestmark = pytest.mark.django_db

KEPT = sorted((one for one in MAKERS if hasattr(one, "history")), key=lambda one: one.__name__)


def go_back_address(row, record):
    return address(row, "go_back", row.pk, record.pk)


def rows_of(response):
    return elements(element(page_of(response), id="change-history"), "tr")[1:]


def compare(admin, row, before, after):
    return admin.get(address(row, "compare", row.pk), {"before": before, "after": after})


def test_history_of_a_compound_tells_of_the_rows_it_owns_too(admin, alice):
    compound = make_compound()
    caution = make_caution(compound)
    edit(caution, by=alice, reason="It lowers the threshold")
    caution.delete()

    whats = [
        text_of(elements(row, "td")[2])
        for row in rows_of(admin.get(address(compound, "history", compound.pk)))
    ]

    assert whats == [
        "Caution (Epilepsy: avoid) deleted",
        "Caution (Epilepsy: avoid) changed Reason: May raise the risk of seizures → "
        "It lowers the threshold",
        "Caution (Epilepsy: avoid) added",
        "Compound added",
    ]


def test_history_leads_to_each_row_as_it_was(admin):
    compound = make_compound()
    caution = make_caution(compound)

    newest = rows_of(admin.get(address(compound, "history", compound.pk)))[0]

    past = address(caution, "simple_history", caution.pk, caution.history.get().pk)
    assert hrefs(newest)[0] == past
    assert admin.get(past).status_code == 200


def test_history_names_lists_of_rows(admin, alice):
    interaction = make_interaction()
    interaction.medicine_classes.add(make_medicine_class("sedatives"))

    listed = text_of(page_of(admin.get(address(interaction, "history", interaction.pk))))

    assert "Medicine classes: Anticoagulants → Anticoagulants; Sedatives" in listed


def test_history_shows_the_version_and_its_why_beside_the_change(admin, change, latest):
    compound = make_compound()
    make_caution(compound)

    change(compound, **{"cautions-0-level": "caution", "summary": "Other."})

    version = latest()
    first, second, *older = rows_of(admin.get(address(compound, "history", compound.pk)))
    for row in (first, second):
        assert address(EvidenceVersion, "change", version.number) in hrefs(row)
        assert ": Compound Melatonin changed: summary, cautions" in text_of(row)
    assert not any("Version" in text_of(row) for row in older)


def test_history_of_a_draft_names_no_version(admin, change, alice, latest):
    draft = make_finding("melatonin-09", published=False)
    change(draft, population="adults")
    publish_all(by=alice)

    newest = rows_of(admin.get(address(draft, "history", draft.pk)))[0]

    assert "alice" in text_of(newest)
    assert "Version" not in text_of(newest)


def test_history_pages(admin, alice, monkeypatch):
    monkeypatch.setattr(HistoryAdmin, "history_list_per_page", 3)
    study = make_study()
    for year in range(2000, 2007):
        edit(study, by=alice, year=year)
    url = address(study, "history", study.pk)

    first, last = admin.get(url), admin.get(url, {"p": "3"})

    assert (len(rows_of(first)), len(rows_of(last))) == (3, 2)
    assert "8 versions" in text_of(page_of(first))


def test_history_asks_as_often_for_thirty_records_as_for_three(admin, alice):
    interaction = make_interaction()
    url = address(interaction.compound, "history", interaction.compound.pk)

    def count():
        admin.get(url)
        with CaptureQueriesContext(connection) as queries:
            admin.get(url)
        return len(queries)

    edit(interaction, by=alice, effect="first")
    for_three = count()
    for number in range(27):
        edit(interaction, by=alice, effect=f"No. {number}")

    assert count() == for_three <= 40


def test_history_is_for_those_who_may_see_the_row(client):
    finding = make_finding()
    client.force_login(make_user("bob"))
    pages = [
        address(finding, "history", finding.pk),
        address(finding, "compare", finding.pk),
        go_back_address(finding, finding.history.get()),
    ]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_reader_is_offered_no_way_back(client):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(reader)
    finding = make_finding()

    listed = client.get(address(finding, "history", finding.pk))
    posted_to = client.post(go_back_address(finding, finding.history.get()), {"why": "Because"})

    assert not any("go-back" in href for href in hrefs(page_of(listed)))
    assert posted_to.status_code == 403


@pytest.mark.parametrize("number", ["999999", "abc", "_41"])
def test_history_of_a_row_that_never_was_is_not_found(admin, number):
    url = address(Finding, "changelist")

    assert admin.get(f"{url}{number}/history/").status_code == 404
    assert admin.get(f"{url}{number}/history/1/go-back/").status_code == 404


def test_comparison_shows_a_long_text_line_by_line(admin, alice):
    article = make_article(body="First.\n\nSecond.\n\nThird.")
    edit(article, by=alice, body="First.\n\nAnother.\n\nThird.")
    later, earlier = article.history.all()

    page = page_of(compare(admin, article, f"article-{earlier.pk}", f"article-{later.pk}"))

    assert [text_of(one) for one in elements(page, "del")] == ["Second."]
    assert [text_of(one) for one in elements(page, "ins")] == ["Another."]


def test_comparison_puts_the_earlier_version_first(admin, alice):
    study = make_study()
    edit(study, by=alice, year=2014)
    edit(study, by=alice, year=2015)
    newest, _, oldest = study.history.all()

    page = page_of(compare(admin, study, f"study-{newest.pk}", f"study-{oldest.pk}"))

    assert [text_of(one) for one in elements(page, "del")] == ["2013"]
    assert [text_of(one) for one in elements(page, "ins")] == ["2015"]


def test_comparison_of_a_compound_holds_rows_that_came_and_went(admin, alice):
    compound = make_compound()
    gone = make_caution(compound)
    between = gone.history.get()
    gone.delete()
    make_caution(compound, condition=None, other_condition="gout")
    last = Caution.history.first()

    response = compare(admin, compound, f"caution-{between.pk}", f"caution-{last.pk}")

    titles = [text_of(title) for title in elements(page_of(response), "h2")]
    assert "Caution (Epilepsy: avoid) deleted" in titles
    assert "Caution (gout: avoid) added" in titles


def test_comparison_without_difference_says_so(admin):
    study = make_study()
    mark = f"study-{study.history.get().pk}"

    page = page_of(compare(admin, study, mark, mark))

    assert "Nothing differs" in text_of(page)


@pytest.mark.parametrize("mark", ["", "study-", "study-0", "study-9e9", "caution-1", "study-²"])
def test_comparison_with_what_is_no_version_is_not_found(admin, mark):
    study = make_study()
    good = f"study-{study.history.get().pk}"

    assert compare(admin, study, good, mark).status_code == 404


def test_comparison_does_not_show_versions_of_another_row(admin):
    study, other = make_study(), make_study("pmid:2")
    good, foreign = (f"study-{one.history.get().pk}" for one in (study, other))

    assert compare(admin, study, good, foreign).status_code == 404


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_pages_hold_nothing_inline(admin, make, model):
    row = make(model)
    record = row.history.first()

    for url in (address(row, "history", row.pk), go_back_address(row, record)):
        response = admin.get(url)
        assert response.status_code == 200
        assert inline_parts(response) == []
        assert repeated_ids(response) == []
