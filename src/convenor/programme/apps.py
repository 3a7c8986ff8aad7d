"""Tells Django about this part."""

from django.apps import AppConfig


class Programme(AppConfig):
    """The part named `programme`."""

    name = "convenor.programme"
