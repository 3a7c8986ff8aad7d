"""A forum, its years, their phases, deadlines, rules and what is owed to it."""

import json
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from convenor.cycle.deadlines import moment_of
from convenor.cycle.phases import day_at
from convenor.cycle.retention_models import Retention  # noqa: F401 - a table of this part, for Django to find
from convenor.cycle.rules import Rules
from convenor.people.models import Organisation, Person

LAST_ZONE = timezone(-timedelta(hours=12))  # in which every day ends last


class Forum(models.Model):
    """A forum that prepares a meeting every year."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    accent = models.CharField(max_length=12, blank=True)
    is_example = models.BooleanField(default=False, editable=False)
    # From this day on what was kept long enough goes by itself; null until the secretariat was told of it.
    erases_from = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the forum's page, where its years are."""
        return reverse("cycle:forum", args=(self.slug,))


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
    language = models.CharField(_("language"), max_length=8, default="en")  # of its texts, unless they say another
    starts_on = models.DateField(_("first day of the annual meeting"))
    ends_on = models.DateField(_("last day of the annual meeting"))
    rule_set = models.ForeignKey("RuleSet", models.RESTRICT, related_name="cycles")
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

    def day_of(self, moment: datetime) -> date:
        """Give the calendar day of a moment here; by it terms of roles begin and end, in every meeting of the year."""
        return day_at(moment, self.zone_info)


@lru_cache(maxsize=32)
def _parsed(data: str) -> Rules:
    """Read rules once per process, and again when a word of them changed: every page asks for them."""
    return Rules.parse(json.loads(data))


class RuleSet(models.Model):
    """Rules as data: one version, frozen once used (`cycle.rules_in_use`).

    A preset belongs to nobody; a forum that changes one gets its own copy, whose versions count on from the preset's.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, null=True, blank=True, related_name="rule_sets")
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    is_preset = models.BooleanField(default=False)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")  # changed from
    reason = models.TextField(_("reason for the change"), blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "version")
        constraints = (models.UniqueConstraint(fields=("forum", "name", "version"), name="one_rule_set_per_version"),)

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @cached_property
    def rules(self) -> Rules:
        """The data as checked dataclasses; read once, a version in use is frozen."""
        return _parsed(json.dumps(self.data))


class RuleDraft(models.Model):
    """The next rules of a cycle while they are being written; one per cycle, shared by its secretariat."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="rule_draft")
    based_on = models.ForeignKey(RuleSet, models.CASCADE, related_name="+")
    base = models.JSONField()  # the data it was taken from: somebody may change that version in place meanwhile
    data = models.JSONField()
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.cycle}: draft from {self.based_on}"


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


class Deadline(models.Model):
    """The moment at which a phase ends, as it was stated; the newest row of a phase counts, the others are its history.

    Wall clock and zone are kept, not the moment, because they are what was promised.
    """

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="deadlines")
    on = models.DateField(_("day"))
    clock = models.TimeField(_("time"))
    zone = models.CharField(_("time zone"), max_length=60)
    reason = models.TextField(_("reason"), blank=True)
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.clock:%H:%M} {self.zone}"

    @property
    def moment(self) -> datetime:
        """The beginning of the stated minute; whoever is in time within that minute is in time."""
        return moment_of(self.on, self.clock, self.zone)


def end_of(day: date) -> datetime:
    """Give the moment at which a day has ended everywhere: what somebody files today counts today in every zone."""
    return datetime.combine(day + timedelta(days=1), time(0), LAST_ZONE)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Obligations by where they stand on a day."""

    def of(self, subject: Person | Organisation) -> "ObligationQuerySet":
        """Narrow to those of a person, or of an organisation itself."""
        return self.filter(**{"person" if isinstance(subject, Person) else "organisation": subject})

    def open_on(self, day: date) -> "ObligationQuerySet":
        """Leave out what was filed by the end of a day, wherever it ends last."""
        return self.filter(models.Q(filed_at=None) | models.Q(filed_at__gte=end_of(day)))

    def overdue_on(self, day: date) -> "ObligationQuerySet":
        """Narrow to what is open although its day has passed."""
        return self.open_on(day).filter(due_on__lt=day)


class Obligation(models.Model):
    """What a person or an organisation owes a forum by a day: a report, a list; filed by reference.

    Source and filing point by kind and id, as the journal does, because what they point to stands above this layer.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="obligations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="obligations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="obligations")
    what = models.CharField(_("what is owed"), max_length=200)
    due_on = models.DateField(_("due"))
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_kind = models.CharField(max_length=40, blank=True)
    filed_id = models.BigIntegerField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None, organisation__isnull=False)
                | models.Q(person__isnull=False, organisation=None),
                name="one_subject_owes",
                violation_error_message=_("Either a person or an organisation owes something."),
            ),
        )
        indexes = (models.Index(fields=("forum", "due_on"), name="obligations_by_day"),)

    def __str__(self) -> str:
        return self.what

    @property
    def subject(self) -> Person | Organisation:
        """Who owes it."""
        owing = self.person or self.organisation
        if owing is None:
            raise ValueError("an obligation without a subject")
        return owing
