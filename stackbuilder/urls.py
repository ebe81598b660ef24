"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from stackbuilder.views import (
    builder,
    compounds,
    goals,
    health,
    method,
    pages,
    reports,
    style,
    vendors,
)

builder_urls = (
    [
        path("", builder.builder, name="builder"),
        path("goals/", goals.goal_list, name="goal_list"),
        path("goals/<slug:slug>/", goals.goal_detail, name="goal_detail"),
        path("compounds/", compounds.compound_list, name="compound_list"),
        path("compounds/<slug:slug>/vendors/", vendors.vendor_list, name="vendor_list"),
        path("go/<int:pk>/", vendors.listing_leave, name="listing_leave"),
        path("method/", method.method, name="method"),
        path("about/", pages.about, name="about"),
        path("privacy/", pages.privacy, name="privacy"),
        path("disclaimer/", pages.disclaimer, name="disclaimer"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("data-licence/", pages.data_licence, name="data_licence"),
        path("report/", reports.error_report_create, name="error_report_create"),
        path("report/thanks/", reports.error_report_thanks, name="error_report_thanks"),
        path("style/", style.style_guide, name="style_guide"),
        path("healthz", health.healthz, name="healthz"),
    ],
    "stackbuilder",
)

urlpatterns = [
    path("", include(builder_urls)),
    path("", include("evidence.urls")),
    path("admin/", admin.site.urls),
]
