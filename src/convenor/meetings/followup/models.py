"""Action items of a meeting: who is to do what by when, and what became of it."""

from collections.abc import Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person

LONGEST_WHAT = 1000
LONGEST_SENTENCE = 300


class State(models.TextChoices):
    """Where an action item stands."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DONE, State.DROPPED}),
    State.DONE: frozenset({State.OPEN}),
    State.DROPPED: frozenset({State.OPEN}),
}


class ActionItem(models.Model):
    """Something that a meeting asked somebody to do, minuted at the floor or entered afterwards."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="action_items")
    number = models.PositiveIntegerField()
    entry = models.PositiveIntegerField(null=True, blank=True)  # of the floor's log; null: entered by hand
    item = models.ForeignKey("meetings.Item", models.SET_NULL, null=True, blank=True, related_name="action_items")
    what = models.TextField(_("what is to be done"), max_length=LONGEST_WHAT)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="action_items")
    owner_words = models.CharField(_("for whom, in words"), max_length=200, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    sentence = models.CharField(_("what became of it"), max_length=LONGEST_SENTENCE, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # counts changes, for subscribed calendars
    reminders = models.PositiveSmallIntegerField(default=0)  # sent since the due day was set
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("meeting", "number")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "number"), name="one_action_item_per_number"),
            models.UniqueConstraint(
                fields=("meeting", "entry"), condition=~models.Q(entry=None), name="one_action_item_per_entry"
            ),
        )

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return reverse("meetings:actions:one", args=(*self.meeting.cycle.address, self.pk))

    @property
    def whose(self) -> str:
        """Who does it, in words; somebody who was erased is not named."""
        return self.owner.shown_name if self.owner else self.owner_words


class ActionStep(models.Model):
    """What happened to an action item: made, changed, reported, reopened."""

    action = models.ForeignKey(ActionItem, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=7, choices=State.choices)
    note = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.action_id}: {self.state}"
