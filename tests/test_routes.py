"""The list of routes is the site's own, and addresses made of it lead to its views."""

from django.urls import resolve

from tests.routes import PLACEHOLDER, filled, routes


def test_routes_are_those_of_both_apps_and_the_admin():
    found = list(routes())

    assert {"/", "/healthz", "/report/", "/compounds/<slug:slug>/"} <= set(found)
    assert "/admin/<str:app_label>/" in found
    assert len(found) == len(set(found)) > 60


def test_address_of_each_route_leads_to_a_view():
    values = {"int": "7", "str": "evidence", "path": "x", "slug": "x", "uuid": "x"}

    addresses = [filled(route, lambda converter, name: values[converter]) for route in routes()]

    assert not any(PLACEHOLDER.search(address) for address in addresses)
    assert all(resolve(address).func for address in addresses)
