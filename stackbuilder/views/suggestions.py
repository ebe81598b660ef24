"""The best stack under a visitor's own limits, and how its worth grows with size and budget."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.views.decorators.http import require_safe

from evidence.htmx import is_swap, render_page
from stackbuilder.candidates import Snapshot, snapshot, snapshot_at
from stackbuilder.engine.assembly import SECONDS, AssemblyError
from stackbuilder.forms import BuilderForm
from stackbuilder.prices import currencies, monthly_prices
from stackbuilder.suggesting.benefit_curves import curve_of_budgets, curve_of_sizes
from stackbuilder.suggesting.form import suggest_form
from stackbuilder.suggesting.limit_remedies import named_clashes
from stackbuilder.suggesting.question import Ground, question_of
from stackbuilder.suggesting.suggestions import SUGGEST
from stackbuilder.suggesting.suggestions import suggest as suggestion_of
from stackbuilder.suggesting.work_limits import Buckets, TurnRefusedError, Turns, client_of
from stackbuilder.visitor.about_you import personal_page
from stackbuilder.visitor.screening import safety_tables

# Of this process: thirty at once, then one every two seconds, for each client; and never more than
# half of the threads at work on it.
SOLVING = Turns(Buckets(burst=30, refill_seconds=2), at_once=max(1, settings.THREADS // 2))
# An answer for limits that could not be read would be an answer to another question. These can be
# left aside: the goals and members that were understood are named on the page.
LEFT_ASIDE = frozenset({"goal", "in", "why", "page"})


@dataclass(frozen=True)
class Asked:
    """What an address asks: the form, and the tables of its evidence version."""

    form: BuilderForm
    tables: Snapshot

    @property
    def state(self):
        """Return all that could be read."""
        return self.form.state

    @property
    def is_clear(self):
        """Say whether it can be answered."""
        return bool(self.state.weights) and set(self.form.errors) <= LEFT_ASIDE


def changes_by_itself(request):
    """Say that these pages depend on listings, which change without new evidence."""
    return True


@require_safe
@personal_page(changes_by_itself=changes_by_itself)
def suggest(request):
    """Propose the best stack; a slip in the address or limits that clash are answered in words."""
    asked = _asked(request)
    status, context = _answer(request, asked, partial(_suggestion, request, asked))
    return _shown(request, asked, status, context)


@require_safe
@personal_page(changes_by_itself=changes_by_itself)
def suggest_curve(request):
    """Show how the worth of the best stack grows; the fragment is what stands below a stack."""
    asked = _asked(request)
    status, context = _answer(request, asked, partial(_curves, request, asked))
    context["is_curve"] = True
    return _shown(request, asked, status, context, partial="stackbuilder/_suggestion_curve.html")


def _asked(request):
    newest = request.evidence_version
    form = BuilderForm(request.GET, tables=snapshot(newest), version=newest)
    return Asked(form, snapshot_at(form.state.evidence or newest, newest))


def _answer(request, asked, work):
    """Return the status and what `work` found, or why there is nothing."""
    status = 400 if asked.form.problems else 200
    if not asked.is_clear:
        return status, {}
    client = client_of(request.META, is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))
    try:
        with SOLVING.turn(client):
            return status, work()
    except TurnRefusedError as refusal:
        return 429, {"refusal": refusal}


def _suggestion(request, asked):
    is_priced = asked.state.budget is not None
    question = _question(request, asked, is_priced=is_priced)
    try:
        return {"suggestion": suggestion_of(question, seconds=SECONDS)}
    except AssemblyError as error:
        return {"clashes": named_clashes(question, error.clashes)}


def _curves(request, asked):
    question = _question(request, asked, is_priced=True)
    try:
        return {
            "by_size": curve_of_sizes(question, seconds=SECONDS / 2),
            "by_budget": curve_of_budgets(question, seconds=SECONDS / 2),
        }
    except AssemblyError as error:
        return {"clashes": named_clashes(question, error.clashes)}


def _question(request, asked, *, is_priced):
    """Put the question; no price is read unless it can matter."""
    state = asked.state
    prices = monthly_prices(region=state.region, currency=state.currency) if is_priced else {}
    safety = safety_tables(request.evidence_version)
    return question_of(state, Ground(asked.tables, safety, request.person, prices))


def _shown(request, asked, status, context, partial="stackbuilder/_suggestion.html"):
    """Show a page, or the part of one that htmx wants."""
    response = render_page(
        request,
        page="stackbuilder/suggestion.html",
        partial=partial,
        context={**_form_context(request, asked), **context},
        status=422 if "clashes" in context else status,
    )
    if "refusal" in context:
        response["Retry-After"] = context["refusal"].seconds
    # There is no end of such addresses, and each one costs an answer.
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _form_context(request, asked):
    """Return the form with all that was asked, whatever comes of it."""
    codes = () if is_swap(request) else currencies()
    return {
        "state": asked.state,
        "suggest_url": asked.state.url(SUGGEST),
        "suggest_form": suggest_form(asked.form, asked.tables, codes),
        "problems": asked.form.problems,
        "is_asked": True,
        "is_unreadable": request.is_unreadable,
    }
