"""People, their organisations, and the roles they hold for a time."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from convenor.people.regions import is_developing, region_of
from convenor.people.roles import Role


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
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False, editable=False)

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
        return self.name or self.email or f"#{self.pk}"

    def terms_on(self, day: date) -> models.QuerySet["RoleTerm"]:
        """Give the terms that run on a day, in any forum."""
        return self.role_terms.filter(
            models.Q(since=None) | models.Q(since__lte=day), models.Q(until=None) | models.Q(until__gte=day)
        )

    def holds(self, role: str, *, on: date) -> bool:
        """Say whether the person holds a role in some forum on a day; a superuser counts as secretariat."""
        return (self.is_superuser and role == Role.SECRETARIAT) or self.terms_on(on).filter(role=role).exists()

    @property
    def region(self) -> str:
        """Region code, from the country; empty when unknown."""
        return region_of(self.country)

    @property
    def is_from_developing_country(self) -> bool:
        """Whether the country counts as developing."""
        return is_developing(self.country)


class RoleTerm(models.Model):
    """A role that a person holds in a forum, or in one of its cycles, for a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_terms")
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.value) for role in Role if role.is_held]
    )
    forum = models.CharField(max_length=60, db_index=True)  # slug: the cycle layer stands above this one
    cycle = models.CharField(max_length=60, blank=True)  # slug; empty for every cycle of the forum
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("forum", "cycle", "role", "person")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role", "forum", "cycle"),
                name="one_term_per_role",
                violation_error_message=_("This person already holds the role."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.forum}/{self.cycle or '*'}"
