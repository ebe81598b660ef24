"""Addresses of the evidence pages."""

from django.urls import path

from evidence.views import articles, compounds, studies

app_name = "evidence"

urlpatterns = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/<slug:slug>/", articles.article_detail, name="article_detail"),
    path("compounds/<slug:slug>/", compounds.compound_detail, name="compound_detail"),
    # A key may hold slashes: it is a DOI, a PMID or a registration as published.
    path("studies/<path:key>/", studies.study_detail, name="study_detail"),
]
