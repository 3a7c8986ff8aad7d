"""Registrations for a meeting, who means to be there on which day, and who was."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person


class Capacity(models.TextChoices):
    """In which capacity somebody takes part, in the order in which lists print them."""

    MEMBER = "member", _("committee member")
    SECRETARIAT = "secretariat", _("secretariat")
    OBSERVER = "observer", _("observer")
    GUEST = "guest", _("guest")


class Mode(models.TextChoices):
    """From where somebody takes part."""

    ROOM = "room", _("on site")
    ONLINE = "online", _("online")


class State(models.TextChoices):
    """Where a registration stands."""

    INVITED = "invited", _("has not answered yet")
    ASKED = "asked", _("waits for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT: Mapping[State, frozenset[State]] = {
    State.INVITED: frozenset({State.ASKED, State.CONFIRMED, State.WITHDRAWN}),
    State.ASKED: frozenset({State.CONFIRMED, State.DECLINED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.DECLINED, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.CONFIRMED}),
    State.WITHDRAWN: frozenset({State.ASKED, State.CONFIRMED}),
}


IN = frozenset({State.ASKED, State.CONFIRMED})  # whoever still means to come


class Registration(models.Model):
    """Somebody who takes part in a meeting, or wants to; as the list of participants prints them."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="registrations")
    capacity = models.CharField(_("capacity"), max_length=11, choices=Capacity.choices)
    mode = models.CharField(_("takes part"), max_length=6, choices=Mode.choices)
    state = models.CharField(_("state"), max_length=9, choices=State.choices)
    organisation = models.CharField(_("organisation, as the list prints it"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    needs = models.TextField(_("what you need to take part"), max_length=1000, blank=True)
    contact = models.EmailField(_("e-mail address"), blank=True)  # of somebody without an account
    is_listed = models.BooleanField(_("on the public list"), default=False)
    sentence = models.CharField(_("reason"), max_length=300, blank=True)  # of a refusal, for the person
    registered_at = models.DateTimeField(_("registered"))
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("person__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "person"),
                name="one_registration_per_person",
                violation_error_message=_("This person is registered for the meeting already."),
            ),
            models.UniqueConstraint(
                fields=("meeting", "contact"),
                condition=~models.Q(contact=""),
                name="one_registration_per_address",
                violation_error_message=_("This address is registered for the meeting already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    @property
    def is_in(self) -> bool:
        """Whether the person still means to come."""
        return self.state in IN

    @property
    def days_coming(self) -> dict[int, str]:
        """On which days the person means to be there, and from where."""
        return {one.day_id: one.mode for one in self.coming.all()}

    @property
    def days_there(self) -> dict[int, str]:
        """On which days the person was there, and from where."""
        return {one.day_id: one.mode for one in self.attendance.all()}

    @property
    def is_without_account(self) -> bool:
        """Whether the secretariat speaks for somebody who cannot sign in."""
        return self.person.email is None and self.person.erased_at is None


class Coming(models.Model):
    """Somebody means to be there on a day."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="coming")
    day = models.ForeignKey("meetings.Day", models.CASCADE, related_name="+")
    mode = models.CharField(_("takes part"), max_length=6, choices=Mode.choices)

    class Meta:
        ordering = ("day__order",)
        constraints = (models.UniqueConstraint(fields=("registration", "day"), name="one_coming_per_day"),)

    def __str__(self) -> str:
        return f"{self.registration.person}, {self.day}"


class Attendance(models.Model):
    """Somebody was there on a day."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendance")
    day = models.ForeignKey("meetings.Day", models.CASCADE, related_name="attendance")
    mode = models.CharField(_("took part"), max_length=6, choices=Mode.choices)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ("day__order",)
        constraints = (models.UniqueConstraint(fields=("registration", "day"), name="one_attendance_per_day"),)

    def __str__(self) -> str:
        return f"{self.registration.person}, {self.day}"
