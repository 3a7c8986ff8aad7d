"""Tables of imports: a file that was handed in, its rows with their fates, what a forum told of its columns."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Person
from convenor.proposals.importing.fates import Fate


class ImportState(models.TextChoices):
    """The life of an import; the way through it is `IMPORT_NEXT`."""

    READING = "reading", _("being read")
    REFUSED = "refused", _("could not be read")
    LOOKED_AT = "looked-at", _("not taken over yet")
    WRITING = "writing", _("being taken over")
    DONE = "done", _("taken over")


IMPORT_NEXT: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.LOOKED_AT, ImportState.REFUSED}),
    ImportState.REFUSED: frozenset(),
    ImportState.LOOKED_AT: frozenset({ImportState.LOOKED_AT, ImportState.WRITING}),
    ImportState.WRITING: frozenset({ImportState.DONE, ImportState.LOOKED_AT}),
    ImportState.DONE: frozenset(),
}


class Import(models.Model):
    """A file of proposals that somebody handed in; the file itself is kept until it is read."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="imports")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    handed_in_at = models.DateTimeField(_("handed in at"))
    state = models.CharField(_("state"), max_length=12, choices=ImportState.choices, default=ImportState.READING)
    kind = models.CharField(max_length=12, blank=True)  # csv, xlsx, pretalx
    data = models.BinaryField(blank=True, default=b"")
    beside = models.BinaryField(blank=True, default=b"")  # the speakers of a pretalx export
    header = models.JSONField(default=list)
    columns = models.JSONField(default=list)  # a field per column, "" where it is left out
    codes = models.JSONField(default=dict)  # kind → spelling as bare words → code: what people told for this file
    otherwise = models.JSONField(default=dict)  # what rows count as that leave theme, format or organisation open
    as_drafts = models.BooleanField(default=False)
    is_template = models.BooleanField(default=False)
    notes = models.JSONField(default=list)  # of the whole file: [[code, values], …]
    counts = models.JSONField(default=dict)  # fate → rows
    mark = models.CharField(max_length=32, blank=True)  # of the fates as they were last shown
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    class Meta:
        ordering = ("-handed_in_at", "-pk")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Address of the import's page."""
        return reverse("proposals:import", args=(*self.cycle.address, self.pk))

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody to look and to confirm."""
        return self.state == ImportState.LOOKED_AT


class ImportRow(models.Model):
    """A row of the file; once it became a proposal its cells are emptied, a refused one keeps them."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # in the file
    cells = models.JSONField(default=list)
    fate = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Fate], blank=True)
    told = models.JSONField(default=list)  # [[code, values], …]: faults first, then notes
    changes = models.JSONField(default=list)  # fields that an update changes
    proposal = models.ForeignKey("proposals.Proposal", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("source", "number"), name="one_row_per_number"),)
        indexes = (models.Index(fields=("source", "fate"), name="import_rows_by_fate"),)  # the preview's tabs

    def __str__(self) -> str:
        return f"{self.source}: {self.number}"


class ImportedFrom(models.Model):
    """Which row of the forum's own list a proposal is, so that the next import changes it and makes no second one."""

    proposal = models.OneToOneField("proposals.Proposal", models.CASCADE, related_name="imported_from")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="+")
    outside_id = models.CharField(max_length=100, blank=True)
    digests = models.JSONField(default=dict)  # field → mark of what the last import said

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "outside_id"),
                condition=~models.Q(outside_id=""),
                name="one_proposal_per_outside_number",
            ),
        )

    def __str__(self) -> str:
        return self.outside_id or f"{self.proposal_id}"


class ImportMemory(models.Model):
    """What a forum's secretariat told of headings and spellings, for its next file."""

    forum = models.OneToOneField(Forum, models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)  # heading as bare words → field, "" where it is left out
    codes = models.JSONField(default=dict)  # kind → spelling as bare words → code
    otherwise = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.forum_id}"
