"""Tells Django about this part."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"
