"""Django's admin with our log-in."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Makes `admin.site` the one with a second factor and an audit trail."""

    default_site = "stackbuilder.accounts.site.StaffSite"
