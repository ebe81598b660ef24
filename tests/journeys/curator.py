"""A curator at the admin of a live site: plain HTTP, cookies and forms, as a browser sends them."""

import re
import secrets
import urllib.request
from contextlib import contextmanager
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode

SECONDS_TO_ANSWER = 30
PLAIN_TYPES = ("hidden", "text", "number", "password", "email", "url")


class FormReader(HTMLParser):
    """Collects the fields of one form with the values that an untouched form sends."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id = form_id
        self.fields = []
        self.is_inside = False
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "form":
            self.is_inside = attributes.get("id") == self.form_id
        elif not self.is_inside:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in attributes:
            self.fields.append((self.select, attributes.get("value", "")))
        elif tag == "textarea":
            self.textarea = name
            self.fields.append((name, ""))
        elif tag == "input" and name:
            self._add_input(name, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.textarea:
            # The line break that follows the opening tag is no part of the text.
            text = self.fields.pop()[1].removeprefix("\r").removeprefix("\n")
            self.fields.append((self.textarea, text.replace("\r\n", "\n").replace("\n", "\r\n")))
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            name, text = self.fields.pop()
            self.fields.append((name, text + data))

    def _add_input(self, name, attributes):
        kind = attributes.get("type", "text")
        if kind in PLAIN_TYPES:
            self.fields.append((name, attributes.get("value", "")))
        elif kind in ("checkbox", "radio") and "checked" in attributes:
            self.fields.append((name, attributes.get("value", "on")))


def make_account(site):
    """Make an account that may do anything, and return its name and password."""
    name, password = f"curator-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    site.manage(
        "createsuperuser",
        "--no-input",
        f"--username={name}",
        f"--email={name}@example.org",
        DJANGO_SUPERUSER_PASSWORD=password,
    )
    return name, password


class Curator:
    """Somebody who may change everything in the admin of `site`, logged in."""

    def __init__(self, site):
        self.site = site
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def log_in(self):
        """Make the account and log in with it."""
        name, password = make_account(self.site)
        self.submit("/admin/login/?next=/admin/", "login-form", username=name, password=password)

    def get(self, path, data=None):
        """Return the address arrived at and the page there; `data` is posted."""
        request = urllib.request.Request(f"{self.site.url}{path}", data=data)
        with self.browser.open(request, timeout=SECONDS_TO_ANSWER) as response:
            return response.url.removeprefix(self.site.url), response.read().decode()

    def submit(self, path, form_id, **changes):
        """Send a form with `changes`; a form that comes back was refused.

        Returns the values that the changed fields had before.
        """
        _, page = self.get(path)
        reader = FormReader(form_id)
        reader.feed(page)
        before = dict(reader.fields)
        assert before.keys() >= changes.keys(), f"{path} has no {changes.keys() - before.keys()}"
        kept = [(name, value) for name, value in reader.fields if name not in changes]
        arrived, answer = self.get(path, urlencode([*kept, *changes.items()]).encode())
        assert arrived != path, re.findall(r'errorlist[^>]*>.*?</ul>|errornote">[^<]*', answer)
        return {name: before[name] for name in changes}

    @contextmanager
    def changed(self, key, **changes):
        """Change the public finding `key` as two people do, and put it back by the same way."""
        second = Curator(self.site)
        second.log_in()
        _, found = self.get(f"/admin/evidence/finding/?q={key}")
        path = re.search(r"/admin/evidence/finding/\d+/change/", found)[0]
        before = self.submit(path, "finding_form", why="For a journey", **changes)
        second.accept_waiting()
        del before["why"]
        try:
            yield before
        finally:
            self.submit(path, "finding_form", why="As it was", **before)
            second.accept_waiting()

    def accept_waiting(self):
        """Accept the one proposal that waits, as the second person."""
        _, found = self.get("/admin/evidence/proposal/?state__exact=open")
        path = re.search(r"/admin/evidence/proposal/\d+/", found)[0]
        _, page = self.get(f"{path}change/")
        reader = FormReader("decision_form")
        reader.feed(page)
        _, answer = self.get(
            f"{path}decide/", urlencode([*reader.fields, ("decision", "accept")]).encode()
        )
        assert "Accepted and public" in answer
