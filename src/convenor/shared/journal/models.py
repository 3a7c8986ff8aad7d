"""The journal's one table."""

from django.db import models


class Entry(models.Model):
    """A decision. `template` is a marked sentence, `values` fill it and never hold personal data."""

    scope = models.CharField(max_length=120, db_index=True)  # forum/cycle, or "" for the installation
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, blank=True)  # person key, never a name
    verb = models.CharField(max_length=60)
    template = models.TextField()
    values = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("scope", "number")
        constraints = (models.UniqueConstraint(fields=("scope", "number"), name="one_entry_per_number"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.number}: {self.verb}"
