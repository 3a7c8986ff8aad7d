"""How long a forum keeps what, where it departs from the default."""

from django.conf import settings
from django.db import models


class Retention(models.Model):
    """A forum's own time for one rule of `retention.RULES`; without months it keeps for ever."""

    forum = models.ForeignKey("cycle.Forum", models.CASCADE, related_name="retentions")
    rule = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("forum", "rule")
        constraints = (models.UniqueConstraint(fields=("forum", "rule"), name="one_time_per_rule"),)

    def __str__(self) -> str:
        return f"{self.forum_id}: {self.rule}"
