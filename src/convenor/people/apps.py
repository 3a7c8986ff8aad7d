"""Tells Django about this part."""

from django.apps import AppConfig


class People(AppConfig):
    """The part named `people`."""

    name = "convenor.people"
