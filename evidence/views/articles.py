"""Articles: the list of deep dives, and one page each."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.articles import article_page, with_profiles
from evidence.conditional import public_page
from evidence.former_addresses import moved_or_gone
from evidence.forms import ArticleFilterForm
from evidence.htmx import render_page
from evidence.models import Article, Compound, Goal


@require_safe
@public_page
def article_list(request):
    """Show the articles that match the filters; a slip in the address is answered in words."""
    form = ArticleFilterForm(
        request.GET,
        goals=Goal.objects.values_list("slug", "name"),
        compounds=Compound.objects.published().values_list("slug", "name"),
    )
    wanted = {f"{name}__slug": slug for name, slug in form.readable().items()}
    articles = Article.objects.published().filter(**wanted).for_list()
    return render_page(
        request,
        page="evidence/article_list.html",
        partial="evidence/_article_rows.html",
        context={"form": form, "rows": with_profiles(articles, request.evidence_version)},
        status=400 if form.errors else 200,
    )


@require_safe
@public_page
def article_detail(request, slug):
    """Show one article, the evidence it speaks of, and the ways on from it."""
    articles = Article.objects.published().select_related("compound", "goal")
    article = articles.filter(slug=slug).first()
    if article is None:
        return moved_or_gone(request, Article, slug)
    context = {
        "article": article,
        "page": article_page(article, request.evidence_version),
        "address": request.build_absolute_uri(article.get_absolute_url()),
    }
    return render(request, "evidence/article_detail.html", context)
