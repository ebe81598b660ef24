"""Whatever the document allows is answered as it says, and whatever it forbids is refused."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from stackbuilder.api.answers import ASKING
from stackbuilder.api.interface import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "unlimited", "connected")]

EXAMPLES = 200
# The same requests each time: a failure can be looked at again.
CONFIG = SchemathesisConfig.from_dict(
    {"generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"}}
)
SCHEMA = schemathesis.openapi.from_dict(document(), config=CONFIG)
SCHEMA.app = get_wsgi_application()


@pytest.fixture
def unlimited(monkeypatch):
    """Thousands of requests in a minute are what this test is for."""
    monkeypatch.setattr(ASKING, "take", lambda client: 0.0)


@pytest.fixture
def connected():
    """Keep the connection, and with it the test's transaction, as Django's own client does."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_document_is_what_the_api_does(case):
    # The test transport unpacks nothing.
    case.call_and_validate(headers={"Host": "testserver", "Accept-Encoding": "identity"})
