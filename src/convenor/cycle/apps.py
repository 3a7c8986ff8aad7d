"""Tells Django about this part."""

from django.apps import AppConfig


class Cycle(AppConfig):
    """The part named `cycle`."""

    name = "convenor.cycle"
