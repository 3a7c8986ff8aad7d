"""Rooms, slots, sessions, and where and when each is held."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Proposal


class Room(models.Model):
    """A room of the annual meeting."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=80)
    seats = models.PositiveIntegerField(_("seats"))
    is_step_free = models.BooleanField(_("step-free"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")
        constraints = (models.UniqueConstraint(fields=("cycle", "name"), name="one_room_per_name"),)

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A stretch of time in which sessions run in parallel."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("start"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ("starts_at", "minutes")
        constraints = (
            models.UniqueConstraint(fields=("cycle", "starts_at", "minutes"), name="one_slot_per_time"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="slot_takes_time"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} ({self.minutes})"

    @property
    def ends_at(self) -> datetime:
        """The end of the slot."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Closure(models.Model):
    """A room that cannot be used in a slot."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="closures")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("slot", "room")
        constraints = (models.UniqueConstraint(fields=("room", "slot"), name="closed_once"),)

    def __str__(self) -> str:
        return f"{self.room} ≠ {self.slot}"


class Kind(models.TextChoices):
    """Kinds of session."""

    WORKSHOP = "workshop", _("Workshop")
    OPEN_FORUM = "open-forum", _("Open forum")
    COALITION = "coalition", _("Dynamic coalition")
    BPF = "bpf", _("Best practice forum")
    MAIN = "main", _("Main session")
    CEREMONY = "ceremony", _("Opening or closing")


class Session(models.Model):
    """Something held at the annual meeting: a selected proposal, or a session of its own."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="sessions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # empty: that of the year
    proposal = models.OneToOneField(Proposal, models.CASCADE, null=True, blank=True, related_name="session")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    seats = models.PositiveIntegerField(_("expected attendance"))
    people: "models.ManyToManyField[Person, models.Model]" = models.ManyToManyField(
        Person, blank=True, related_name="sessions"
    )
    # Whether it still is to be held: a session that was released and then dropped stays, so that releases stay whole.
    is_held = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("cycle", "number"), name="one_session_per_number"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return reverse("publishing:session", args=(*self.cycle.address, self.number))


class Release(models.Model):
    """A published state of the timetable."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("cycle", "number"), name="one_release_per_number"),)

    def __str__(self) -> str:
        return str(_("Release %(number)s of the programme")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Address of the programme."""
        return reverse("publishing:programme", args=self.cycle.address)


class Placement(models.Model):
    """Where and when a session is held: on the board (no release), or as released."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="placements")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="placements")
    room = models.ForeignKey(Room, models.CASCADE, related_name="placements")
    release = models.ForeignKey(Release, models.CASCADE, null=True, blank=True, related_name="placements")
    is_locked = models.BooleanField(_("locked"), default=False)

    class Meta:
        ordering = ("slot__starts_at", "room__order")
        constraints = (
            models.UniqueConstraint(fields=("session", "release"), name="released_once"),
            models.UniqueConstraint(fields=("slot", "room", "release"), name="one_released_session_per_cell"),
            # A missing release equals no other in SQL: the board needs constraints of its own.
            models.UniqueConstraint(fields=("session",), condition=models.Q(release=None), name="placed_once"),
            models.UniqueConstraint(
                fields=("slot", "room"), condition=models.Q(release=None), name="one_session_per_cell"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session}: {self.slot}, {self.room}"


class Solution(models.Model):
    """One run of the timetable solver and what it could prove, or why there is no timetable."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="solutions")
    computed_at = models.DateTimeField()
    is_proven = models.BooleanField(default=False)
    cost = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    price = models.JSONField(default=dict)  # wish → {"units": …, "cost": …}
    findings = models.JSONField(default=list)  # why it is impossible, as data

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.cycle} {self.computed_at:%Y-%m-%d %H:%M}"
