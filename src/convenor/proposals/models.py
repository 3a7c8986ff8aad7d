"""Proposals and the people they name."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.importing.models import Import, ImportedFrom, ImportMemory, ImportRow  # noqa: F401 - for Django


class State(models.TextChoices):
    """The life of a proposal; the way through it is `NEXT`."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    SCREENED_OUT = "screened-out", _("did not pass screening")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.DRAFT, State.SCREENED_OUT, State.WITHDRAWN}),
    State.SCREENED_OUT: frozenset({State.SUBMITTED}),
    State.WITHDRAWN: frozenset({State.DRAFT}),
}


class Proposal(models.Model):
    """A session somebody wants to hold; codes (theme, format) are those of the cycle's rule set."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("description"))
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # empty: that of the year
    issue = models.TextField(_("specific issue"), blank=True)
    policy_questions = models.JSONField(_("policy questions"), default=list)
    expected_outcomes = models.TextField(_("expected outcomes"), blank=True)
    online_participation = models.TextField(_("online participation"), blank=True)
    session_agenda = models.TextField(_("agenda of the session"), blank=True)
    theme = models.CharField(_("theme"), max_length=40)
    tags = models.JSONField(_("tags"), default=list)
    format = models.CharField(_("format"), max_length=40)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    seats = models.PositiveIntegerField(_("expected attendance"), default=60)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="proposals", verbose_name=_("proposer"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    is_first = models.BooleanField(_("first proposal ever"), default=False)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    screening_reason = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("cycle", "number"), name="one_proposal_per_number"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="proposal_takes_time"),
        )
        indexes = (models.Index(fields=("cycle", "state"), name="proposals_by_state"),)  # list, evaluation

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        """Address of the proposal's page."""
        return reverse("proposals:proposal", args=(*self.cycle.address, self.number))


class Part(models.TextChoices):
    """What somebody does in a session."""

    ORGANISER = "organiser", _("Organiser")
    CO_ORGANISER = "co-organiser", _("Co-organiser")
    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    ONLINE_MODERATOR = "online-moderator", _("Online moderator")
    RAPPORTEUR = "rapporteur", _("Rapporteur")


class Contributor(models.Model):
    """A person's part in a proposal, under the organisation they spoke for when they were named."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="contributors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("organisation"),
    )
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    is_on_site = models.BooleanField(_("on site"), default=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("proposal", "person", "part"), name="one_part_once"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.part}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note the organisation of this day with a new row: what a proposal says stays as it was."""
        if self._state.adding and self.organisation_id is None:
            self.organisation_id = self.person.organisation_id
        super().save(*args, **kwargs)
