"""The command line: `convenor <verb>`, thin over the management commands."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one verb."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
    execute_from_command_line(["convenor", *sys.argv[1:]])
