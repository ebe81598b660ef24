"""Addresses that only machines ask for."""

from django.urls import path

from stackbuilder.views import machines, share

app_name = "machines"

urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("share/compound/<slug:slug>.png", share.compound_picture, name="compound_picture"),
    path("share/article/<slug:slug>.png", share.article_picture, name="article_picture"),
]
