"""What the pages of changes show: one page of acts by day, or one act with a page of its steps."""

from itertools import groupby

from django.core.paginator import Paginator

from evidence.changes.acts import Scope, SiteAct, tallies_of
from evidence.changes.acts import acts_of as told
from evidence.changes.steps import in_reading_order, steps_by_version
from evidence.former_addresses import former
from evidence.forms import ChangeFilterForm
from evidence.models import Compound, Goal

ACTS_A_PAGE = 20
STEPS_A_PAGE = 40


def change_form(query):
    """Return the form of a request's query; three queries, fewer without a former address."""
    compounds = Compound.objects.published().order_by("name", "pk").values_list("slug", "name")
    last, row = _former_compound(query, compounds)
    if row is not None:
        # A renamed compound is meant by its former address.
        query = query.copy()
        query["compound"] = row.slug
    return ChangeFilterForm(
        query,
        goals=Goal.objects.values_list("slug", "name"),
        compounds=compounds,
        withdrawn=str(last.instance) if last and row is None else "",
    )


def scope_of(form, number):
    """Return what was chosen as a scope that ends at evidence version `number`."""
    known = {"compound": Compound.objects.published(), "goal": Goal.objects.all()}
    chosen = form.readable()
    return Scope(
        number,
        **{name: rows.get(slug=chosen[name]) for name, rows in known.items() if name in chosen},
    )


def days(form, scope):
    """Return the context of one page of acts, by day."""
    page = _page_of(scope.versions(), ACTS_A_PAGE, form)
    acts = told(scope, list(page.object_list))
    count = page.paginator.count
    return {
        "heading": f"{count} change{'' if count == 1 else 's'}",
        "days": [(day, list(group)) for day, group in groupby(acts, key=lambda act: act.day)],
        **_links(form, page),
    }


def one_act(form, scope, version):
    """Return the context of one act with a page of its steps."""
    profiles = in_reading_order(scope.profiles().filter(version=version))
    page = _page_of(profiles, STEPS_A_PAGE, form)
    shown = scope.profiles().filter(pk__in=[row.pk for row in page.object_list.only("pk")])
    steps = steps_by_version(shown).get(version.number, ())
    tally = tallies_of(scope, [version.number]).get(version.number)
    act = SiteAct(version.number, version.at, version.why, tally, tuple(steps))
    heading = tally.in_words if tally else "No profile moved"
    return {"heading": heading, "act": act, "days": [(act.day, [act])], **_links(form, page)}


def _former_compound(query, compounds):
    slug = query.get("compound")
    if not slug or "\0" in slug or slug in {known for known, _ in compounds}:
        return None, None
    return former(Compound, slug)


def _page_of(rows, size, form):
    """Return one page of rows; a number beyond the last is the last."""
    return Paginator(rows, size).get_page(form.readable().get("page") or 1)


def _links(form, page):
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous_url": page.has_previous() and form.url(page.previous_page_number()),
        "next_url": page.has_next() and form.url(page.next_page_number()),
    }
