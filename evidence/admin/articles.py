"""Articles: written and reviewed here, then published if all that they cite is public."""

from django import forms
from django.contrib import admin, messages

from evidence.admin.publishing import PublishingAdmin
from evidence.choices import FindingState
from evidence.citations import broken_citations
from evidence.markdown import render
from evidence.models import Article
from evidence.publication import publish_articles, withdraw_articles


class ArticleForm(forms.ModelForm):
    """Refuses a text that cites what is not there, by the rule that files obey too."""

    def clean_body(self):
        """Name the line of each citation that leads nowhere; a draft may cite drafts."""
        body = self.cleaned_data["body"]
        is_public = self.instance.state == FindingState.PUBLISHED
        faults = broken_citations(render(body), needs_public=is_public)
        if faults:
            raise forms.ValidationError([f"Line {line}: {fault}" for line, fault in faults])
        return body


@admin.register(Article)
class ArticleAdmin(PublishingAdmin):
    """Where an article is written, reviewed and published."""

    form = ArticleForm
    list_display = ("title", "compound", "goal", "author", "reviewer", "updated_on", "state")
    list_filter = ("state", ("reviewed_on", admin.EmptyFieldListFilter), "goal", "compound")
    list_select_related = ("compound", "goal")
    search_fields = ("title", "slug", "summary", "body", "compound__name", "goal__name")
    autocomplete_fields = ("compound", "goal")
    readonly_fields = ("state", "published_at", "published_by")
    actions = ("publish", "withdraw")
    fieldsets = (
        (
            "What it is about",
            {"fields": ("title", "slug", "summary", ("compound", "goal"))},
        ),
        ("Text", {"fields": ("body",)}),
        (
            "Who stands for it",
            {"fields": ("author", ("reviewer", "reviewed_on"), "updated_on")},
        ),
        ("Publication", {"fields": (("state", "published_at", "published_by"),)}),
    )

    @admin.action(permissions=["change"], description="Publish selected articles")
    def publish(self, request, queryset):
        """Make the drafts among them public, unless one cites what is not."""
        drafts = list(queryset.exclude(state=FindingState.PUBLISHED))
        faults = [
            f"{article}, line {line}: {fault}"
            for article in drafts
            for line, fault in broken_citations(render(article.body))
        ]
        for fault in faults:
            self.message_user(request, fault, messages.ERROR)
        if not faults:
            self.carry_out(request, publish_articles, drafts, "Published")

    @admin.action(permissions=["change"], description="Withdraw selected articles to draft")
    def withdraw(self, request, queryset):
        """Make the public ones among them drafts."""
        public = queryset.filter(state=FindingState.PUBLISHED)
        self.carry_out(request, withdraw_articles, public, "Withdrawn")
