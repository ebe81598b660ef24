"""Gunicorn's access log holds no secret of an edit link."""

from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config

from stackbuilder.access_log import AccessLogger


def test_access_line_names_the_page_without_its_secret():
    path = "/stacks/edit/a-secret/"
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    request = SimpleNamespace(headers=[("referer", f"https://host.example{path}")])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": path,
        "PATH_INFO": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://host.example{path}",
    }

    atoms = AccessLogger(Config()).atoms(response, request, environ, timedelta(seconds=1))

    assert atoms["r"] == "GET /stacks/edit/…/ HTTP/1.1"
    assert "a-secret" not in str(atoms)
