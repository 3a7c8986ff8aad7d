"""The tables of the floor: the log of a meeting, and beside it what must not stand in it.

The log holds keys, numbers and codes. Names of guests and words of decisions stand in tables of their own, so that they
can be erased and the log stays whole. Answers of an anonymous check stand in no row with a person: see
docs/explanation/floor.md for what each table tells and to whom.
"""

from typing import Any, NoReturn
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.meetings.floor import Channel, Kind
from convenor.people.models import Group


def floor_topic(meeting: int) -> str:
    """Name what open pages of a meeting's floor follow; the pages of its agenda follow the meeting itself."""
    return f"meetings.floor:{meeting}"


class Kept(models.QuerySet[Any]):
    """Entries, which are added and never changed; they go with their meeting."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse to change entries."""
        raise ValueError("the log of a meeting is added to and never changed")


class FloorEntry(models.Model):
    """One entry of a meeting's log. Its digest holds that of the entry before, so that a changed row shows."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="floor_entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    by = models.CharField(max_length=40, db_index=True)  # a person's key, never a name
    at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=[(channel.value, channel.value) for channel in Channel])
    values = models.JSONField(default=dict)
    token = models.CharField(max_length=40, blank=True)  # of the message, so that it is entered once
    digest = models.CharField(max_length=64)

    objects = Kept.as_manager()

    class Meta:
        ordering = ("meeting", "sequence")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "sequence"), name="one_floor_entry_per_number"),
            models.UniqueConstraint(
                fields=("meeting", "by", "token"), condition=~models.Q(token=""), name="one_floor_entry_per_message"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sequence}: {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if not self._state.adding:
            raise ValueError("the log of a meeting is added to and never changed")
        super().save(*args, **kwargs)


class FloorWords(models.Model):
    """What was typed with an entry: words of a proposal, a decision or a minuted point, the condition of one."""

    entry = models.ForeignKey(FloorEntry, models.CASCADE, related_name="words")
    field = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ("entry", "field")
        constraints = (models.UniqueConstraint(fields=("entry", "field"), name="one_floor_text_per_field"),)

    def __str__(self) -> str:
        return self.text


class FloorGuest(models.Model):
    """Somebody without an account who takes the floor: entered by name, known to the log by a random key."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="floor_guests")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    group = models.CharField(_("stakeholder group"), max_length=3, choices=Group.choices, blank=True)
    gender = models.CharField(_("gender, in their own words"), max_length=60, blank=True)

    class Meta:
        ordering = ("meeting", "name", "pk")

    def __str__(self) -> str:
        return self.name


class FloorAnswered(models.Model):
    """That somebody has answered an anonymous check, and nothing else: neither what nor when."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="floor_answered")
    check_number = models.PositiveIntegerField()
    person_key = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ("meeting", "check_number", "person_key")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "check_number", "person_key"), name="one_anonymous_answer_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.check_number}"


class FloorTally(models.Model):
    """How many of a group gave an answer to an anonymous check that runs; the rows are there before any answer."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="floor_tallies")
    check_number = models.PositiveIntegerField()
    group = models.CharField(max_length=3, blank=True)
    answer = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("meeting", "check_number", "group", "answer")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "check_number", "group", "answer"), name="one_tally_per_answer"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.check_number}: {self.group} {self.answer}"
