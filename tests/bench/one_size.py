"""Measure one size in a process and a database of its own; prints JSON for `tests.bench`."""

# ruff: noqa: E402, T201 Django must be set up before models; what this prints is its result

import gzip
import http.client
import json
import os
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from evidence.models import Finding
from evidence.publication import all_pairs, pairs_touched_by, publish_change, system_user
from stackbuilder import candidates
from tests.bench.made_catalogue import make_catalogue
from tests.live import serving

REPEATS = 9
GOALS = ("goal-1", "goal-2")


def measure(compounds):
    """Return {figure: [values]} for a catalogue of so many compounds; seconds unless named."""
    call_command("migrate", verbosity=0)
    make_catalogue(compounds)
    figures = {"synthesis of all": [_timed(_synthesise_all)]}
    figures["one publication"] = [_timed(_publish_one) for _ in range(REPEATS)]
    figures["snapshot load"] = [_timed(_load) for _ in range(REPEATS)]
    figures["snapshot memory, MB"] = [_memory_mb(_load)]
    figures["ranking with places"] = [_timed(_rank) for _ in range(3)]
    cookie = _staff_cookie()
    connection.close()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), dict(os.environ)) as site:
        figures |= _pages(site, cookie)
    return figures


def _timed(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _synthesise_all():
    publish_change(by=system_user(), why="Benchmark", pairs=all_pairs())


def _publish_one():
    finding = Finding.objects.order_by("?").first()
    finding.estimate += (finding.ci_high - finding.estimate) / 7
    finding.save()
    publish_change(by=system_user(), why="Benchmark", pairs=pairs_touched_by(finding))


def _load():
    candidates.forget()
    candidates.snapshot()


def _rank():
    tables = candidates.snapshot()
    tables._ranked.cache_clear()
    tables.ranked(dict.fromkeys(GOALS, 1))


def _memory_mb(act):
    tracemalloc.start()
    act()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept / 1e6


def _staff_cookie():
    """Return the session of a curator who may see everything."""
    user = get_user_model().objects.create_superuser("bench", "bench@example.org")
    client = Client()
    client.force_login(user)
    return client.cookies.output(header="", sep=";", attrs=[]).strip()


def _pages(site, cookie):
    """Return what pages take through the real server, each asked for again and again."""
    query = "&".join(f"goal={goal}:{weight}" for weight, goal in enumerate(GOALS, start=1))
    asked = {
        "builder, no goal": ("/", {}),
        "builder page": (f"/?{query}", {}),
        "builder fragment": (f"/?{query}", {"HX-Request": "true"}),
        "goal page": ("/goals/goal-1/", {}),
        "compound page": ("/compounds/compound-1/", {}),
        "list of compounds": ("/compounds/", {}),
        "search by name": ("/search/?q=compound+42", {"HX-Request": "true"}),
        "search by a word of the text": ("/search/?q=benchmark", {"HX-Request": "true"}),
        "search with a typing error": ("/search/?q=compuond+42", {"HX-Request": "true"}),
        # Twenty findings a compound: 100,000 of them at 5,000.
        "admin list of findings": ("/admin/evidence/finding/", {"Cookie": cookie}),
    }
    figures = {}
    for name, (path, headers) in asked.items():
        # Until each worker has its tables and this ranking; the first answer is told apart.
        first = _get(site, path, headers)[0]
        for _ in range(REPEATS):
            _get(site, path, headers)
        answers = [_get(site, path, headers) for _ in range(REPEATS)]
        figures[f"{name}, first"] = [first]
        figures[name] = [seconds for seconds, _ in answers]
        figures[f"{name}, kB compressed"] = [answers[0][1] / 1000]
    return figures


def _get(site, path, headers):
    """Return seconds and compressed bytes of one answer on a connection of its own."""
    host, port = site.url.removeprefix("http://").split(":")
    start = time.perf_counter()
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - start
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    if answer.headers.get("Content-Encoding") != "gzip":
        body = gzip.compress(body)
    return seconds, len(body)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
