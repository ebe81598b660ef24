"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from stackbuilder.views import builder, health

builder_urls = (
    [
        path("", builder.builder, name="builder"),
        path("healthz", health.healthz, name="healthz"),
    ],
    "stackbuilder",
)

urlpatterns = [
    path("", include(builder_urls)),
    path("", include("evidence.urls")),
    path("admin/", admin.site.urls),
]
