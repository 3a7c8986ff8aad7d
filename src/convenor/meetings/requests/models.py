"""What organisations and members ask a meeting to take up."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person


class Kind(models.TextChoices):
    """What is asked for."""

    BRIEFING = "briefing", _("a slot for a briefing")
    OTHER_BUSINESS = "other-business", _("a point under any other business")


class State(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", _("open")
    PLACED = "placed", _("on the agenda")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PLACED, State.DECLINED, State.WITHDRAWN}),
    State.PLACED: frozenset(),
    State.DECLINED: frozenset({State.PLACED}),
    State.WITHDRAWN: frozenset({State.OPEN}),
}


class SlotRequest(models.Model):
    """Somebody asks that a meeting hears or takes up something."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="requests")
    kind = models.CharField(_("what is asked for"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=2000)
    organisation = models.CharField(_("organisation or initiative"), max_length=200, blank=True)
    speaker = models.CharField(_("who speaks"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    day = models.ForeignKey("meetings.Day", models.SET_NULL, null=True, blank=True, related_name="+")  # that suits best
    documents = models.JSONField(_("documents"), default=list, blank=True)  # addresses
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    sentence = models.CharField(_("answer"), max_length=300, blank=True)
    item = models.ForeignKey("meetings.Item", models.SET_NULL, null=True, blank=True, related_name="requests")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1),
                name="a_slot_has_minutes",
                violation_error_message=_("A slot has at least one minute."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_lost(self) -> bool:
        """Whether it was on the agenda, and its item was taken off since."""
        return self.state == State.PLACED and self.item_id is None

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return gettext("taken off the agenda") if self.is_lost else self.get_state_display()

    @property
    def can_be_placed(self) -> bool:
        """Whether it can come on the agenda now."""
        return self.is_lost or State.PLACED in NEXT[State(self.state)]
