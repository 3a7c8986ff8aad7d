"""Tells Django about this part."""

from django.apps import AppConfig


class Config(AppConfig):
    """The part named `config`."""

    name = "convenor.config"
