"""Gives roles their rights inside a migration; migrations call it, so what it does never changes.

Django makes the permissions of a model only after all migrations have run, so they are made here
first. Rights are only added: what an administrator took from a role or gave it stays.
"""

from django.contrib.auth.management import create_permissions


def grant(apps, schema_editor, rights):
    """Give rights: {role: {"app.model": ("view", …)}}; makes roles and permissions it misses.

    Raises DoesNotExist for a right that no model has.
    """
    database = schema_editor.connection.alias
    labels = {label.partition(".")[0] for models in rights.values() for label in models}
    for label in sorted(labels):
        make_permissions(apps, label, database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    for role, models in rights.items():
        group, _ = groups.get_or_create(name=role)
        group.permissions.add(
            *(
                permissions.get(
                    content_type__app_label=label.partition(".")[0],
                    content_type__model=label.partition(".")[2],
                    codename=f"{act}_{label.partition('.')[2]}",
                )
                for label, acts in models.items()
                for act in acts
            )
        )


def make_permissions(apps, label, database):
    """Make the permissions of an app's models as they are at this migration."""
    config = apps.get_app_config(label)
    # A migration's app has no module of models, without which Django would make nothing.
    config.models_module = True
    create_permissions(config, verbosity=0, using=database, apps=apps)
    config.models_module = None
