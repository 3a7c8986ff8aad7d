"""Tells Django about this part."""

from django.apps import AppConfig


class Evaluation(AppConfig):
    """The part named `evaluation`."""

    name = "convenor.evaluation"
