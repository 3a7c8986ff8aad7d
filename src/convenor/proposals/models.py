"""Proposals and the people they name."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.call_models import AccessCode, Call, CallDeadline  # noqa: F401 - for Django
from convenor.proposals.contributing.models import ContributorAnswer, ContributorNeeds  # noqa: F401 - for Django
from convenor.proposals.drafting.models import Draft, Version  # noqa: F401 - for Django
from convenor.proposals.importing.models import Import, ImportedFrom, ImportMemory, ImportRow  # noqa: F401 - for Django
from convenor.proposals.searched import FoldedText, FoldingQuerySet, with_folded


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
    State.WITHDRAWN: frozenset({State.DRAFT, State.SUBMITTED}),
}


class ProposalQuerySet(FoldingQuerySet["Proposal"]):
    """Proposals, whose texts stay folded for search however they are changed."""

    def graded(self, cycle: Cycle) -> "ProposalQuerySet":
        """Narrow to what the committee of a year grades and selects from: wishes are none of it."""
        return self.filter(cycle=cycle, state=State.SUBMITTED).exclude(kind__in=cycle.rules.ungraded)


class Proposal(models.Model):
    """A session somebody wants to hold; codes (theme, format) are those of the cycle's rule set."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)  # given when it is first handed in
    kind = models.CharField(_("kind"), max_length=40, blank=True, default="")  # empty: the first kind of the rules
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
    answers = models.JSONField(_("answers to the custom fields"), default=dict, blank=True)  # by the field's code
    access_code = models.ForeignKey(
        AccessCode, models.SET_NULL, null=True, blank=True, related_name="proposals", editable=False
    )  # that it was begun with
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)  # counts the saves: what an edit was based on
    searched_title = FoldedText(of=("title",))
    searched_text = FoldedText(of=("title", "summary"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("cycle", "number"), name="one_proposal_per_number"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="proposal_takes_time"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False) | models.Q(state__in=(State.DRAFT, State.WITHDRAWN)),
                name="handed_in_has_a_number",
            ),
        )
        indexes = (models.Index(fields=("cycle", "state"), name="proposals_by_state"),)  # list, evaluation

    def __str__(self) -> str:
        return self.title if self.number is None else f"{self.number}. {self.title}"

    @property
    def given_number(self) -> int:
        """The number of a proposal that was handed in.

        Raises:
            ValueError: it is a draft that has none yet.
        """
        if self.number is None:
            raise ValueError("a draft has no number yet")
        return self.number

    def get_absolute_url(self) -> str:
        """Address of the proposal's page; of a draft that has no number yet, the list."""
        if self.number is None:
            return reverse("proposals:list", args=self.cycle.address)
        return reverse("proposals:proposal", args=(*self.cycle.address, self.number))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is searched in step with what is saved."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_folded(Proposal, kwargs["update_fields"])
        super().save(*args, **kwargs)


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
    named_as = models.CharField(_("named as"), max_length=200, blank=True, default="")  # as the proposer typed it
    order = models.PositiveSmallIntegerField(default=0)
    may_edit = models.BooleanField(_("may write in the form"), default=False)

    class Meta:
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("proposal", "person", "part"), name="one_part_once"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.part}"

    @property
    def shown_name(self) -> str:
        """The name on the pages of whoever named them: as they typed it, which tells nothing of an account."""
        return self.named_as or self.person.shown_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note the organisation of this day with a new row: what a proposal says stays as it was."""
        if self._state.adding and self.organisation_id is None:
            self.organisation_id = self.person.organisation_id
        super().save(*args, **kwargs)
