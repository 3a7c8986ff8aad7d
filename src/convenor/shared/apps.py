"""Tells Django about this part."""

from django.apps import AppConfig


class Shared(AppConfig):
    """The part named `shared`."""

    name = "convenor.shared"
