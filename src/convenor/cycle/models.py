"""A forum, its years, their phases and rules."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from convenor.cycle.rules import Rules
from convenor.people.models import Person


class Forum(models.Model):
    """A forum that prepares a meeting every year."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    accent = models.CharField(max_length=12, blank=True)
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles by address."""

    def at(self, forum: str, year: str) -> "CycleQuerySet":
        """Narrow to the cycle of an address, with what every page of it shows."""
        return self.filter(forum__slug=forum, slug=year).select_related("forum", "rule_set")


class Cycle(models.Model):
    """One forum's year, from the call to the reports."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="cycles")
    slug = models.SlugField(_("year or short name"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=200, blank=True)
    zone = models.CharField(_("time zone"), max_length=60)
    starts_on = models.DateField(_("first day of the annual meeting"))
    ends_on = models.DateField(_("last day of the annual meeting"))
    rule_set = models.ForeignKey("RuleSet", models.PROTECT, related_name="cycles")
    # An example year stands still at this moment; null where the real clock counts.
    stands_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("forum", "slug"),
                name="one_cycle_per_address",
                violation_error_message=_("This forum already has a cycle with this short name."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cycle_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the cycle's home."""
        return reverse("cycle:home", args=self.address)

    @property
    def address(self) -> tuple[str, str]:
        """The two parts of every address inside the cycle."""
        return self.forum.slug, self.slug

    @property
    def scope(self) -> str:
        """The journal's scope of this cycle."""
        return f"{self.forum.slug}/{self.slug}"

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone that the cycle's times are shown in."""
        return ZoneInfo(self.zone)

    @property
    def rules(self) -> Rules:
        """The rule set in force, parsed."""
        return self.rule_set.rules

    def moment(self, now: datetime) -> datetime:
        """Give the moment that counts here: the given one, but never later than the one an example stands at."""
        return min(now, self.stands_at) if self.stands_at else now


class RuleSet(models.Model):
    """Rules as data: one version, frozen once used."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    is_preset = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "version")

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @cached_property
    def rules(self) -> Rules:
        """The data as checked dataclasses; read once, a version in use is frozen."""
        return Rules.parse(self.data)


class PhaseKind(models.TextChoices):
    """The stations of the year, in their order."""

    CALL = "call", _("Call for proposals")
    SCREENING = "screening", _("Screening")
    EVALUATION = "evaluation", _("Evaluation")
    COMMITTEE = "committee", _("Committee meeting")
    MAIN_SESSIONS = "main-sessions", _("Main sessions")
    TIMETABLE = "timetable", _("Timetable")
    ANNUAL_MEETING = "annual-meeting", _("Annual meeting")
    REPORTS = "reports", _("Reports")


class Phase(models.Model):
    """One station of a cycle with its days, both included."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=20, choices=PhaseKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ("starts_on", "ends_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cycle", "kind"), name="one_phase_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="phase_ends_after_it_starts",
                violation_error_message=_("The phase ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_kind_display()}"
