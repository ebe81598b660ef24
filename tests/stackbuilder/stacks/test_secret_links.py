"""No secret of an edit link stands in a log line."""

import logging

import pytest
from django.conf import settings

from stackbuilder.stacks.secret_links import HideSecrets, without_secret


@pytest.mark.parametrize(
    "text, shown",
    [
        ("GET /stacks/edit/abc_-1/ HTTP/1.1", "GET /stacks/edit/…/ HTTP/1.1"),
        ("/stacks/edit/abc/delete/", "/stacks/edit/…/delete/"),
        ("https://host.example/stacks/edit/abc?changed=yes", "https://host.example/stacks/edit/…?changed=yes"),
        ("'/stacks/edit/abc'", "'/stacks/edit/…'"),
        ("GET /stacks/abc/ HTTP/1.1", "GET /stacks/abc/ HTTP/1.1"),
    ],
)  # fmt: skip
def test_without_secret_hides_the_secret_and_nothing_else(text, shown):
    assert without_secret(text) == shown


def test_without_secret_leaves_other_values_alone():
    assert without_secret(404) == 404


def test_filter_hides_secrets_in_message_and_arguments():
    record = logging.makeLogRecord(
        {"msg": "%s: /stacks/edit/one/ %d", "args": ("Not Found /stacks/edit/two/", 404)}
    )

    assert HideSecrets().filter(record)
    assert record.getMessage() == "Not Found /stacks/edit/…/: /stacks/edit/…/ 404"


def test_every_handler_of_the_site_has_the_filter():
    handlers = settings.LOGGING["handlers"].values()

    assert handlers
    assert all(handler["filters"] == ["no_secrets"] for handler in handlers)
