"""Gives the four roles their rights (see stackbuilder/accounts/roles.py); they are only added."""

from django.db import migrations

from stackbuilder.accounts.grants import grant

WRITE = ("add", "change", "view")
KEEP = ("add", "change", "delete", "view")
READ = ("view",)

# What a curator writes; what is public is deleted only by those who may publish, so that this
# right to delete is one to drafts.
OWN = (
    "article", "finding", "study", "alias", "regulatorystatus", "protocol", "sideeffect", "caution",
    "interaction", "compound", "unitsynonym",
)
# What all compounds share, and articles and files name: it is added and changed.
SHARED = ("goal", "outcome", "outcomemid", "condition", "medicineclass")
PUBLISHED = ("article", "compound", "finding")
RECORDS = ("evidenceversion", "profile", "proposal")


def evidence(acts, names):
    return {f"evidence.{name}": acts for name in names}


CURATOR = {
    **evidence(KEEP, OWN),
    **evidence(WRITE, SHARED),
    **evidence(READ, RECORDS),
    "stackbuilder.errorreport": ("change", "view"),
}
REVIEWER = {
    **evidence(READ, (*OWN, *SHARED, *RECORDS)),
    **evidence(("view", "publish"), PUBLISHED),
    "stackbuilder.errorreport": READ,
}
VENDOR_MANAGER = {
    # A listing names its compound.
    "evidence.compound": READ,
    "stackbuilder.vendor": KEEP,
    "stackbuilder.listing": KEEP,
    "stackbuilder.clickcount": READ,
    "stackbuilder.errorreport": ("change", "view"),
}
ADMINISTRATOR = {
    **evidence(KEEP, (*OWN, *SHARED)),
    **evidence((*KEEP, "publish"), PUBLISHED),
    **evidence(READ, RECORDS),
    "stackbuilder.vendor": KEEP,
    "stackbuilder.listing": KEEP,
    "stackbuilder.clickcount": READ,
    "stackbuilder.errorreport": ("change", "delete", "view"),
    "stackbuilder.savedstack": ("delete", "view"),
    "stackbuilder.auditentry": READ,
    # Accounts are made inactive, never deleted.
    "auth.user": WRITE,
    "auth.group": KEEP,
}


def give_roles(apps, schema_editor):
    grant(
        apps,
        schema_editor,
        {
            "Curator": CURATOR,
            "Reviewer": REVIEWER,
            "Vendor manager": VENDOR_MANAGER,
            "Administrator": ADMINISTRATOR,
        },
    )


class Migration(migrations.Migration):

    dependencies = [
        ("stackbuilder", "0004_audit_entry"),
        ("evidence", "0003_workflow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # Backwards, roles stay: somebody may have them.
        migrations.RunPython(give_roles, migrations.RunPython.noop),
    ]
