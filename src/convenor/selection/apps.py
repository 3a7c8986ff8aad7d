"""Tells Django about this part."""

from django.apps import AppConfig


class Selection(AppConfig):
    """The part named `selection`."""

    name = "convenor.selection"
