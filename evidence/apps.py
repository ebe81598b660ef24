"""Django's handle on the evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The lower app: it imports nothing of `stackbuilder`."""

    name = "evidence"
    verbose_name = "Evidence"
    default_auto_field = "django.db.models.BigAutoField"
