"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from stackbuilder.api.interface import api_urls
from stackbuilder.views import (
    about_you,
    builder,
    comparison,
    compounds,
    goals,
    health,
    method,
    open_data,
    pages,
    reports,
    search,
    stack_edits,
    stacks,
    style,
    suggestions,
    vendors,
)

builder_urls = (
    [
        path("", builder.builder, name="builder"),
        path("about-you/", about_you.about_you, name="about_you"),
        path("about-you/forget/", about_you.about_you_forget, name="about_you_forget"),
        path("about-you/let-in/", about_you.about_you_let_in, name="about_you_let_in"),
        path("suggest/", suggestions.suggest, name="suggest"),
        path("suggest/curve/", suggestions.suggest_curve, name="suggest_curve"),
        path("goals/", goals.goal_list, name="goal_list"),
        path("goals/<slug:slug>/", goals.goal_detail, name="goal_detail"),
        path("compounds/", compounds.compound_list, name="compound_list"),
        path("compounds/<slug:slug>/vendors/", vendors.vendor_list, name="vendor_list"),
        path("compare/", comparison.compare, name="compare"),
        path("search/", search.search, name="search"),
        path("print/", stacks.stack_print, name="stack_print"),
        path("stacks/new/", stack_edits.stack_create, name="stack_create"),
        path("stacks/deleted/", stack_edits.stack_deleted, name="stack_deleted"),
        path("stacks/edit/<str:secret>/", stack_edits.stack_edit, name="stack_edit"),
        path("stacks/edit/<str:secret>/delete/", stack_edits.stack_delete, name="stack_delete"),
        path("stacks/<str:token>/", stacks.stack_detail, name="stack_detail"),
        path("stacks/<str:token>/print/", stacks.saved_stack_print, name="saved_stack_print"),
        path("stacks/<str:token>/csv/", stacks.stack_csv, name="stack_csv"),
        path("stacks/<str:token>/json/", stacks.stack_json, name="stack_json"),
        path("go/<int:pk>/", vendors.listing_leave, name="listing_leave"),
        path("method/", method.method, name="method"),
        path("about/", pages.about, name="about"),
        path("privacy/", pages.privacy, name="privacy"),
        path("disclaimer/", pages.disclaimer, name="disclaimer"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("data-licence/", pages.data_licence, name="data_licence"),
        path("api/", open_data.api, name="api"),
        path("data/", open_data.data, name="data"),
        path("data/json/", open_data.data_json, name="data_json"),
        path("data/csv/", open_data.data_csv, name="data_csv"),
        path("report/", reports.error_report_create, name="error_report_create"),
        path("report/thanks/", reports.error_report_thanks, name="error_report_thanks"),
        path("style/", style.style_guide, name="style_guide"),
        path("healthz", health.healthz, name="healthz"),
    ],
    "stackbuilder",
)

urlpatterns = [
    path("api/v1/", include(api_urls)),
    path("", include(builder_urls)),
    path("", include("stackbuilder.machines.urls")),
    path("", include("evidence.urls")),
    path("admin/", admin.site.urls),
]

# Below the API a request that cannot be read is refused in the API's own form.
handler400 = "stackbuilder.api.problems.bad_request"
