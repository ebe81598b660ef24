"""The live site is what an operator runs: two workers, and a log that leads to nobody."""

import re
import urllib.request
from urllib.error import HTTPError

import pytest

LINE = re.compile(r'<\d+> \[[^\]]+\] "GET (\S+) HTTP/1\.1" \d{3} \d+ \d+\.\d+s')


def get(url, **headers):
    """Ask for a page on a new connection, which either worker may take."""
    request = urllib.request.Request(url, headers={"Connection": "close", **headers})
    with urllib.request.urlopen(request, timeout=20) as response:
        response.read()
        return response


def test_site_is_served_by_both_of_its_workers(site):
    for _ in range(200):
        get(f"{site.url}/healthz")
        if len(set(site.serving_pids())) == 2:
            break

    assert len(site.worker_pids()) == 2
    assert set(site.serving_pids()) == site.worker_pids()


def test_access_log_holds_no_trace_of_the_person(site):
    get(
        f"{site.url}/healthz?from=log-test",
        Cookie="about=secret-cookie",
        Referer="http://127.0.0.1/secret-referrer",
        **{"User-Agent": "secret-browser"},
    )

    line = site.logged("from=log-test")
    assert LINE.fullmatch(line)[1] == "/healthz?from=log-test"
    assert "secret" not in site.access_log.read_text() + site.error_log.read_text()


def test_request_line_within_the_limit_is_answered(site):
    assert get(f"{site.url}/healthz?x={'a' * 8000}").status == 200


def test_request_line_beyond_the_limit_is_refused_by_the_server(site):
    with pytest.raises(HTTPError) as caught:
        get(f"{site.url}/healthz?x={'a' * 9000}")

    assert caught.value.code == 414
    caught.value.close()


def test_pages_are_compressed(site):
    response = get(f"{site.url}/admin/login/", **{"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"


def test_static_files_are_compressed_and_kept_for_ever(site):
    manifest = (site.data_dir / "static" / "staticfiles.json").read_text()
    name = re.search(r'"admin/css/base\.css": "([^"]+)"', manifest)[1]

    response = get(f"{site.url}/static/{name}", **{"Accept-Encoding": "br"})

    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]


def test_management_command_works_on_the_site(site):
    printed = site.manage(
        "shell", "-c", "from evidence.models import *; print(Compound.objects.count())"
    )

    assert int(printed.splitlines()[-1]) > 0
