"""Articles: written here, read as the public would, then published if all that they cite is."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from evidence.admin.exports import ExportingAdmin
from evidence.admin.filters import DeskFilter
from evidence.admin.reviewing import ReviewingAdmin
from evidence.admin.row_form import RowForm
from evidence.article_numbers import allowed_lines, list_faults, number_faults, read_allowed
from evidence.articles import article_page
from evidence.citations import broken_citations
from evidence.differences import proposed_row
from evidence.markdown import render
from evidence.models import Article, EvidenceVersion, Proposal


class ArticleForm(RowForm):
    """Refuses a text that cites what is not there, by the rule that files obey too."""

    def clean_body(self):
        """Name the line of each citation that leads nowhere; a draft may cite drafts."""
        body = self.cleaned_data["body"]
        faults = broken_citations(render(body), needs_public=self.is_public)
        if faults:
            raise forms.ValidationError([f"Line {line}: {fault}" for line, fault in faults])
        return body

    def clean_numbers(self):
        """Name what is wrong with the list of numbers that need no token."""
        entries = read_allowed(self.cleaned_data["numbers"])
        if faults := list(list_faults(entries)):
            raise forms.ValidationError(faults)
        return allowed_lines(entries)

    def clean(self):
        """Name each number of a public text that no finding keeps; a draft is told in time."""
        cleaned = super().clean()
        if self.is_public and {"title", "summary", "body", "numbers"} <= cleaned.keys():
            words = (cleaned["title"], cleaned["summary"], render(cleaned["body"]))
            for line, fault in number_faults(*words, read_allowed(cleaned["numbers"])):
                self.add_error("body", f"Line {line}: {fault}" if line else fault)
        return cleaned


@admin.register(Article)
class ArticleAdmin(ExportingAdmin, ReviewingAdmin):
    """Where an article is written, reviewed and published."""

    form = ArticleForm
    list_display = ("title", "compound", "goal", "author", "reviewer", "updated_on", "state")
    list_filter = (
        DeskFilter,
        "state",
        ("reviewed_on", admin.EmptyFieldListFilter),
        "goal",
        "compound",
    )
    list_select_related = ("compound", "goal")
    search_fields = ("title", "slug", "summary", "body", "compound__name", "goal__name")
    autocomplete_fields = ("compound", "goal")
    readonly_fields = ("state", "published_at", "published_by")
    public_template = "admin/evidence/article/_public.html"
    fieldsets = (
        (
            "What it is about",
            {"fields": ("title", "slug", "summary", ("compound", "goal"))},
        ),
        ("Text", {"fields": ("body", "numbers")}),
        (
            "Who stands for it",
            {"fields": ("author", ("reviewer", "reviewed_on"), "updated_on", "next_review_on")},
        ),
        ("Publication", {"fields": (("state", "published_at", "published_by"),)}),
    )

    def get_urls(self):
        """Add the page that shows a draft as the public would read it."""
        view = self.admin_site.admin_view(self.preview_view)
        name = "evidence_article_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request, object_id):
        """Show a stored article, or a proposed change of it, in the public template to staff."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if number := request.GET.get("proposal"):
            # No row has a longer number, and SQLite fails on one.
            pk = number if number.isdecimal() and len(number) < 19 else None
            article = proposed_row(get_object_or_404(Proposal.objects.about(article), pk=pk))
        version = EvidenceVersion.objects.current_number()
        context = {
            "article": article,
            "page": article_page(article, version, needs_public=False),
            "is_proposed": bool(number),
            "review_url": reverse("admin:evidence_article_review", args=[article.pk]),
        }
        response = TemplateResponse(request, "admin/evidence/article/preview.html", context)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def public_context(self, row):
        """Say where the article can be read as the public would."""
        return {"preview_url": reverse("admin:evidence_article_preview", args=[row.pk])}
