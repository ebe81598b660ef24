"""Addresses of the evidence pages."""

from django.urls import path

from evidence.views import articles, changes, compounds, studies

app_name = "evidence"

urlpatterns = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/<slug:slug>/", articles.article_detail, name="article_detail"),
    path("changes/", changes.change_list, name="change_list"),
    path("changes/feed/", changes.change_feed, name="change_feed"),
    path("changes/<int:number>/", changes.change_detail, name="change_detail"),
    path("compounds/<slug:slug>/feed/", changes.compound_feed, name="compound_feed"),
    path("goals/<slug:slug>/feed/", changes.goal_feed, name="goal_feed"),
    path("compounds/<slug:slug>/", compounds.compound_detail, name="compound_detail"),
    # A key may hold slashes: it is a DOI, a PMID or a registration as published.
    path("studies/<path:key>/", studies.study_detail, name="study_detail"),
]
