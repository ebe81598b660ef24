"""Django's handle on the stackbuilder app."""

from django.apps import AppConfig


class StackbuilderConfig(AppConfig):
    """The upper app: it may import `evidence`, never the other way round."""

    name = "stackbuilder"
    verbose_name = "Stackbuilder"
    default_auto_field = "django.db.models.BigAutoField"
