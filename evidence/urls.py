"""Addresses of the evidence pages."""

from django.urls import path

from evidence.views import compounds

app_name = "evidence"

urlpatterns = [
    path("compounds/<slug:slug>/", compounds.compound_detail, name="compound_detail"),
]
