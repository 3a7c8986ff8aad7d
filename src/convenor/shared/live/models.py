"""The topics that pages follow."""

from django.db import models


class Topic(models.Model):
    """Something that changes, with how often it has changed: without a gap, in the order of the commits."""

    name = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
