"""Gunicorn's access log without the secrets of edit links (`logger_class` in its settings)."""

from gunicorn.glogging import Logger

from stackbuilder.stacks.secret_links import without_secret


class AccessLogger(Logger):
    """Gunicorn's own logger; the request line, the path and the referrer lose the secret."""

    def atoms(self, *args, **kwargs):
        """Return what an access line may be made of."""
        found = super().atoms(*args, **kwargs)
        return {name: without_secret(value) for name, value in found.items()}
