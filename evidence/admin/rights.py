"""Who may publish, and so who may delete what the public reads."""

from evidence.models import Article, Compound, Finding
from evidence.models.base import Published
from evidence.publication import is_public

PUBLISHED_BY_ITSELF = (Article, Compound, Finding)


def may_publish(user, model):
    """Say whether `user` may publish rows of `model`; a compound's rows are public with it."""
    owner = model if model in PUBLISHED_BY_ITSELF else Compound
    return user.has_perm(f"evidence.publish_{owner._meta.model_name}")


def may_delete(user, row):
    """Say whether `user` may delete `row`, beside the right to delete at all.

    What is published, or belongs to a compound that is, needs the right to publish. What all
    compounds share is left to the databases: a study with findings cannot be deleted by anyone.
    """
    is_guarded = isinstance(row, Published) or hasattr(row, "compound")
    return not is_guarded or not is_public(row) or may_publish(user, type(row))
