"""Tells Django about this part."""

from django.apps import AppConfig


class Publishing(AppConfig):
    """The part named `publishing`."""

    name = "convenor.publishing"
