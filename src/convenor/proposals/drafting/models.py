"""What is being written of a proposal, and every text of it that was worth keeping."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person


class Draft(models.Model):
    """What is written and not handed in yet: the proposal itself stays as it was handed in until that is done again.

    Its moments stand at the proposal (`saved_at`, `revision`); this row goes when the proposal is handed in.
    """

    proposal = models.OneToOneField("proposals.Proposal", models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)  # code of the field → value
    tokens = models.JSONField(default=list)  # of the last saves: one that is repeated is known again
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"draft of {self.proposal_id}"


class Why(models.TextChoices):
    """Why a text was kept."""

    WRITTEN = "written", _("written")
    SUBMITTED = "submitted", _("handed in")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("taken back from the withdrawn ones")
    CLASHED = "clashed", _("not taken over: somebody else had changed the same")


class Version(models.Model):
    """A text of a proposal as it stood; people stand in it by key, so that who is erased is erased here, too."""

    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    why = models.CharField(_("why it was kept"), max_length=9, choices=Why.choices)
    content = models.JSONField(default=dict)
    people = models.JSONField(default=list)  # [key of the person, part], in their order
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("kept at"))

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("proposal", "number"), name="one_text_per_version"),)

    def __str__(self) -> str:
        return f"{self.proposal_id}, version {self.number}"
