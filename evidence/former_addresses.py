"""Addresses that once led to a page: on to where it is now, or a word that it was taken back.

The history of a row knows every slug it was public under, so nothing else has to be kept.
"""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from evidence.models import Compound, Finding, Study


def moved_or_gone(request, model, slug, address=None):
    """Answer for an address of `model` without a page: 301, 410, or Http404 if it never had one.

    `address` says where a row is now, its page if None.
    """
    last, row = former(model, slug)
    if last is None:
        raise Http404
    if row is not None:
        return HttpResponsePermanentRedirect(address(row) if address else row.get_absolute_url())
    context = {"what": model._meta.verbose_name, "name": str(last.instance), "taken": _taken(last)}
    return render(request, "evidence/gone.html", context, status=410)


def withdrawn_study(request, key):
    """Answer for a study without a public finding: 410 if it had one, else Http404."""
    study = get_object_or_404(Study, key=key)
    found = Finding.history.filter(study_id=study.pk)
    told = found.filter(published_at__isnull=False).values("compound_id")
    if not Compound.history.filter(id__in=told, published_at__isnull=False).exists():
        raise Http404
    context = {"study": study, "taken": found.filter(published_at=None).first()}
    return render(request, "evidence/study_gone.html", context, status=410)


def former(model, slug):
    """Return the record of the row that was last public under a slug, and that row if it still is.

    Both None if no row ever was. A slug that several rows had in turn belongs to the last one.
    """
    public = model.history.filter(slug=slug, published_at__isnull=False)
    last = public.order_by("-history_id").first()
    if last is None or not _could_be_read(last):
        return None, None
    return last, model.objects.published().filter(pk=last.id).first()


def _could_be_read(record):
    """Say whether the compound of a public article was ever public itself."""
    if not hasattr(record, "compound_id"):
        return True
    compounds = Compound.history.filter(id=record.compound_id, published_at__isnull=False)
    return compounds.exists()


def _taken(record):
    """Return the record that took a row back, after it was public for the last time, if any."""
    ever = type(record).objects.filter(id=record.id)
    last = ever.filter(published_at__isnull=False).order_by("-history_id").first()
    return ever.filter(history_id__gt=last.history_id).order_by("history_id").first()
