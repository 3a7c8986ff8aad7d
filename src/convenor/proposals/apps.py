"""Tells Django about this part."""

from django.apps import AppConfig


class Proposals(AppConfig):
    """The part named `proposals`."""

    name = "convenor.proposals"
