#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

from stackbuilder.environment import InvalidEnvironment


def main():
    """Run the command; a bad variable ends it with its remedy instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stackbuilder.settings")
    try:
        execute_from_command_line(sys.argv)
    except InvalidEnvironment as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
