"""Make an administrator: the first account of a new site, or one to get back in by."""

import os
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from stackbuilder.accounts import audit
from stackbuilder.accounts.roles import ADMINISTRATOR
from stackbuilder.models import AuditAct

PASSWORD_VARIABLE = "ADMINISTRATOR_PASSWORD"  # noqa: S105 the name of a variable
NOBODY_TO_ASK = f"Nobody can be asked here: set {PASSWORD_VARIABLE}, and give --username."


class Command(BaseCommand):
    """Makes an account of staff in the role Administrator; it is no superuser."""

    help = (
        "Make an account in the role Administrator. What is not given is asked for; the password "
        f"is read from {PASSWORD_VARIABLE} if that is set, and never from the command line."
    )

    def add_arguments(self, parser):
        """Take the name and address of the account."""
        parser.add_argument("--username", help="The name to log in with.")
        parser.add_argument("--email", default="", help="Where to reach the administrator.")
        parser.add_argument("--no-input", action="store_true", help="Ask nothing; fail instead.")

    def handle(self, *, username, email, no_input, **options):
        """Check everything first, then make the account, its role and its audit entry at once."""
        username = username or self.ask(input, "Username: ", no_input)
        user = get_user_model()(username=username, email=email, is_staff=True)
        password = os.environ.get(PASSWORD_VARIABLE) or self.ask_password(no_input)
        user.set_password(password)
        problems = [*problems_of(user), *problems_of_password(password, user)]
        if problems:
            raise CommandError("\n".join(problems))
        with transaction.atomic():
            user.save()
            user.groups.add(administrators())
            what = f"role {ADMINISTRATOR}, on the server's command line"
            audit.record(AuditAct.ACCOUNT_ADDED, whom=user, what=what)
        self.stdout.write(f"{username} may log in at /admin/ as {ADMINISTRATOR}.")

    def ask(self, question, words, no_input):
        """Ask for one thing, or say how to give it without being asked."""
        if no_input or not self.stdin_is_terminal():
            raise CommandError(NOBODY_TO_ASK)
        return question(words).strip()

    def ask_password(self, no_input):
        """Ask for the password twice."""
        password = self.ask(getpass, "Password: ", no_input)
        if password != self.ask(getpass, "Password (again): ", no_input):
            raise CommandError("The two passwords are not the same; nothing was made.")
        return password

    def stdin_is_terminal(self):
        """Say whether there is somebody to ask."""
        return os.isatty(0)


def administrators():
    """Return the role; a site without it was not migrated."""
    role = Group.objects.filter(name=ADMINISTRATOR).first()
    if role is None:
        raise CommandError(f"There is no role {ADMINISTRATOR}: run `manage.py migrate` first.")
    return role


def problems_of(user):
    """Return what is wrong with name or address, a sentence each."""
    try:
        user.full_clean()
    except ValidationError as error:
        return [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
    return []


def problems_of_password(password, user):
    """Return why the password is too weak, a sentence each."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [f"password: {text}" for text in error.messages]
    return []
