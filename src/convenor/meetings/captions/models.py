"""Where captions come from, and what was said. Lines are added and never changed, but for a name that is struck."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person


class Added(models.QuerySet[Any]):
    """Lines, which are added and never changed; they go with their feed."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse to change lines."""
        raise ValueError("captions are added to and never changed")


class CaptionKind(models.TextChoices):
    """How captions come in."""

    LIVE = "live", _("live feed")
    TRANSCRIPT = "transcript", _("transcript")


class CaptionFeed(models.Model):
    """A source of captions in one language: whoever has the token of a live one may add lines until it is closed."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="caption_feeds")
    kind = models.CharField(max_length=10, choices=CaptionKind.choices)
    language = models.CharField(_("language"), max_length=8)
    label = models.CharField(_("who writes them"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)  # of the token, which is shown once
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # a live one: no more lines; a transcript: withdrawn

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_kind_display()} {self.language}"

    @property
    def is_shown(self) -> bool:
        """Whether pages show its lines: those of a live feed stay when its token is revoked."""
        return self.kind == CaptionKind.LIVE or self.closed_at is None


class CaptionLine(models.Model):
    """One line, with the moment at which it was said, and the day of the agenda, which says who may read it."""

    feed = models.ForeignKey(CaptionFeed, models.CASCADE, related_name="lines")
    day = models.ForeignKey("meetings.Day", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    message = models.CharField(max_length=40, blank=True)  # of what it came with, so that it is taken once

    objects = Added.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(fields=("feed", "at"), name="captions_in_order"),
            models.Index(fields=("feed", "message"), name="captions_of_a_message"),
        )

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; refuse to change one."""
        if not self._state.adding:
            raise ValueError("captions are added to and never changed")
        super().save(*args, **kwargs)


def captions_topic(meeting: int) -> str:
    """Name what open pages of a meeting's captions follow."""
    return f"meetings.captions:{meeting}"
