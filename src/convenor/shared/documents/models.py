"""Documents that jobs made, kept for some days."""

from django.db import models

from convenor.shared.documents import Missing


class File(models.Model):
    """The newest document of a kind about one row, in one form and language; its maker's pages say who may fetch it."""

    kind = models.CharField(max_length=60)  # "evaluation.synthesis"
    scope = models.CharField(max_length=130, db_index=True)  # "forum/year", as the journal's
    subject = models.PositiveBigIntegerField()  # key of the row it is about
    version = models.PositiveIntegerField(default=0)  # of that row, where it counts its changes
    form = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    missing = models.JSONField(default=list)  # pairs of code point and count
    made_at = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)  # the sweep

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject", "form", "language"), name="one_file_of_a_kind"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def missing_signs(self) -> list[Missing]:
        """What of its text it could not show."""
        return [Missing(code, count) for code, count in self.missing]
