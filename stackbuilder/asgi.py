"""The same application for an ASGI server; `make run` uses WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stackbuilder.settings")

application = get_asgi_application()
