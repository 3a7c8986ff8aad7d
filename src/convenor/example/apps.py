"""Tells Django about this part."""

from django.apps import AppConfig


class Example(AppConfig):
    """The part named `example`."""

    name = "convenor.example"
