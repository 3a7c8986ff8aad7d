"""People, the organisations they speak for, the roles they hold for a time, and how they are asked to take one."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from convenor.people.regions import is_developing, region_of
from convenor.people.roles import Role
from convenor.people.sign_in_models import BrowserSession, Tally  # noqa: F401 - tables of this part, for Django to find

INVITATION_DAYS = 30


def running(day: date) -> models.Q:
    """Give the condition under which a term, or an affiliation, runs on a day; both ends count."""
    return (models.Q(since=None) | models.Q(since__lte=day)) & (models.Q(until=None) | models.Q(until__gte=day))


class Group(models.TextChoices):
    """Stakeholder group."""

    GOVERNMENT = "gov", _("Government")
    INTERGOVERNMENTAL = "igo", _("Intergovernmental organisation")
    PRIVATE = "prv", _("Private sector")
    CIVIL = "civ", _("Civil society")
    TECHNICAL = "tec", _("Technical community")


class Organisation(models.Model):
    """A body that people speak for."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True)
    group = models.CharField(_("stakeholder group"), max_length=3, choices=Group.choices, blank=True)
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def region(self) -> str:
        """Region code, from the country; empty when unknown."""
        return region_of(self.country)


class People(BaseUserManager["Person"]):
    """Finds and makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make an account; without a password the person signs in by code."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make an account that may do everything."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def by_email(self, email: str) -> "Person | None":
        """Find a person by address, whatever its letter case.

        Compared once more here: some databases take a dotless i for an i, which would hand one account to another.
        """
        wanted = email.strip().lower()
        return next((one for one in self.filter(email__iexact=wanted) if (one.email or "").lower() == wanted), None)


class Person(AbstractBaseUser, PermissionsMixin):
    """Anybody the house knows by name; with an address they can sign in."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    group = models.CharField(_("stakeholder group"), max_length=3, choices=Group.choices, blank=True)
    gender = models.CharField(_("gender, in your own words"), max_length=60, blank=True)
    # The organisation of the affiliation that runs; only `affiliations` writes it.
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    # When a mail came back because the address does not exist; the next sign-in takes the mark away.
    email_bounced_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)  # how the journal names them, and nothing else
    former_keys = models.JSONField(default=list, blank=True, editable=False)  # of rows that were merged into this one
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)  # since then only group, region and class

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_address",
                violation_error_message=_("Somebody with this e-mail address is already here."),
            ),
        )

    def __str__(self) -> str:
        return self.shown_name or self.email or f"#{self.pk}"

    @property
    def shown_name(self) -> str:
        """The name as pages show it; of somebody who was erased, that they were."""
        return self.name if self.erased_at is None else str(_("(erased)"))

    @property
    def keys(self) -> list[str]:
        """The keys under which the journal may name this person; before keys were random, it took the row's number."""
        return [str(self.key), *self.former_keys, f"p{self.pk}"]

    def terms_on(self, day: date) -> models.QuerySet["RoleTerm"]:
        """Give the terms that run on a day, in any forum."""
        return self.role_terms.filter(running(day))

    def terms_about(self, moment: datetime) -> models.QuerySet["RoleTerm"]:
        """Give the terms that run at a moment somewhere: of several forums, each of which has a calendar of its own."""
        around = models.Q()
        for days in (-1, 0, 1):
            around |= running(moment.date() + timedelta(days=days))
        return self.role_terms.filter(around)

    def holds(self, role: str, *, on: date) -> bool:
        """Say whether the person holds a role in some forum on a day; a superuser counts as secretariat.

        A role held for one meeting only does not count here.
        """
        is_everywhere = self.is_superuser and role == Role.SECRETARIAT
        return is_everywhere or self.terms_on(on).filter(role=role, meeting="").exists()

    @property
    def region(self) -> str:
        """Region code, from the country; empty when unknown."""
        return region_of(self.country)

    @property
    def is_from_developing_country(self) -> bool:
        """Whether the country counts as developing."""
        return is_developing(self.country)


class Affiliation(models.Model):
    """For whom a person speaks, from a day to a day; the one without an end is the present one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = (models.F("until").desc(nulls_first=True), models.F("since").desc(nulls_last=True), "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(until=None),
                name="one_present_affiliation",
                violation_error_message=_("One organisation at a time is without an end."),
            ),
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="affiliation_ends_after_it_starts",
                violation_error_message=_("The time there ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.organisation}"


class RoleTerm(models.Model):
    """A role that a person holds for a time: in a forum, in one of its cycles, or for one meeting."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_terms")
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.value) for role in Role if role.is_held]
    )
    forum = models.CharField(max_length=60, db_index=True)  # slug: the cycle layer stands above this one
    cycle = models.CharField(max_length=60, blank=True)  # slug; empty for every cycle of the forum
    meeting = models.CharField(max_length=60, blank=True, default="")  # slug; empty for the whole cycle
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("forum", "cycle", "role", "person")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role", "forum", "cycle", "meeting"),
                condition=models.Q(until=None),
                name="one_open_term_per_role",
                violation_error_message=_("This person already holds the role."),
            ),
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="term_ends_after_it_starts",
                violation_error_message=_("The term ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.forum}/{self.cycle or '*'}"

    def runs_on(self, day: date) -> bool:
        """Say whether it runs on a day; both ends count."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


class Answer(models.TextChoices):
    """What became of an invitation; the way through it is `ANSWERS`."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


ANSWERS: dict[Answer, frozenset[Answer]] = {
    Answer.OPEN: frozenset({Answer.ACCEPTED, Answer.DECLINED, Answer.WITHDRAWN}),
    Answer.ACCEPTED: frozenset(),
    Answer.DECLINED: frozenset({Answer.OPEN}),
    Answer.WITHDRAWN: frozenset({Answer.OPEN}),
}


class Invitation(models.Model):
    """An address that is asked to take a role; what it says of the person fills only what they leave open."""

    forum = models.CharField(max_length=60, db_index=True)  # slugs, as those of a term
    cycle = models.CharField(max_length=60, blank=True)
    meeting = models.CharField(max_length=60, blank=True, default="")
    scope = models.CharField(max_length=120)  # the journal it was written in
    role = models.CharField(_("role"), max_length=20)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    group = models.CharField(_("stakeholder group"), max_length=3, choices=Group.choices, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"))
    state = models.CharField(_("state"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(_("what the person says"), max_length=500, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("email", "role", "forum", "cycle", "meeting"),
                condition=models.Q(state="open"),
                name="one_open_invitation",
                violation_error_message=_("This address is invited already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.role}, {self.forum}/{self.cycle or '*'}"

    @property
    def ends_at(self) -> datetime:
        """The moment after which the link no longer works."""
        return self.sent_at + timedelta(days=INVITATION_DAYS)

    def is_expired(self, at: datetime) -> bool:
        """Say whether it stayed without an answer for too long."""
        return self.state == Answer.OPEN and at > self.ends_at


class Merge(models.Model):
    """Two rows of one person made one: which key and address went, and where."""

    forum = models.CharField(max_length=60, db_index=True)  # slug
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    lost_key = models.BigIntegerField()
    lost_email = models.EmailField(blank=True)
    moved = models.PositiveIntegerField()
    dropped = models.JSONField(default=dict)  # kind of row → how many stood on both sides
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.lost_key} → {self.kept_id}"


class Distinct(models.Model):
    """Two people who look alike and are not the same, as a forum's secretariat said."""

    forum = models.CharField(max_length=60, db_index=True)  # slug
    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("forum", "first", "second"), name="said_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="the_lower_key_first"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
