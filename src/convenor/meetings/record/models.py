"""The tables of a meeting's record: how far it has come, what was edited and proposed, and the text of each stage.

The paragraphs of the draft stand in no table: they follow from the floor's log. What somebody changed is an entry that
is added and never changed, so that log and entries give the same minutes again at any time.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Forum
from convenor.meetings.participants.opening import is_open
from convenor.people.models import Person

LONGEST_TEXT = 4000  # characters of a paragraph


class Stage(models.TextChoices):
    """How far the minutes of a meeting have come."""

    DRAFT = "draft", _("draft")
    CIRCULATED = "circulated", _("circulated for correction")
    ADOPTED = "adopted", _("adopted")
    LOCKED = "locked", _("locked")


NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.CIRCULATED}),
    Stage.CIRCULATED: frozenset({Stage.DRAFT, Stage.ADOPTED}),
    Stage.ADOPTED: frozenset({Stage.LOCKED}),
    Stage.LOCKED: frozenset(),
}


class Minutes(models.Model):
    """The minutes of one meeting; the row is there from the first time somebody does something with them."""

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="minutes")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    corrections_until = models.DateTimeField(_("corrections until"), null=True, blank=True)
    by_silence = models.BooleanField(_("adopted if nobody objects by then"), default=False)
    circulated_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        "meetings.FloorEntry", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # by which they were adopted, of this meeting or a later one; null: by silence

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        """Address of the record."""
        return reverse("meetings:record:page", args=(*self.meeting.cycle.address, self.meeting.slug))

    def takes_corrections(self, now: datetime) -> bool:
        """Whether corrections can be proposed at a moment."""
        return self.stage == Stage.CIRCULATED and is_open(self.corrections_until, now)


class EditKind(models.TextChoices):
    """What an entry did with a paragraph. The entries keep these words."""

    EDIT = "edit", _("changed")
    INSERT = "insert", _("added")
    MODULE = "module", _("added from a text module")
    REMOVE = "remove", _("taken out")
    MOVE = "move", _("moved")


class Kept(models.QuerySet[Any]):
    """Entries, which are added and never changed; they go with their minutes."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse to change entries."""
        raise ValueError("the edits of minutes are added to and never changed")


class MinutesEdit(models.Model):
    """One change of the text by hand."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=EditKind.choices)
    key = models.CharField(max_length=80)  # of the paragraph: of the log's, or "own:<number>"
    after = models.CharField(max_length=80, blank=True)  # the paragraph, or section, behind which it stands
    text = models.TextField(blank=True)
    was = models.TextField(blank=True)  # what stood there before
    source = models.TextField(blank=True)  # what the log said when it was changed
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ("minutes", "number")
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="one_edit_of_minutes_per_number"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if not self._state.adding:
            raise ValueError("the edits of minutes are added to and never changed")
        super().save(*args, **kwargs)


class Wish(models.TextChoices):
    """What a participant proposes."""

    WORDING = "wording", _("other words for this paragraph")
    REMARK = "remark", _("a remark on this paragraph")


class Answer(models.TextChoices):
    """What became of a proposed correction."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REWORDED = "reworded", _("accepted in other words")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


ANSWERS: Mapping[Answer, frozenset[Answer]] = {
    Answer.OPEN: frozenset({Answer.ACCEPTED, Answer.REWORDED, Answer.DECLINED, Answer.WITHDRAWN}),
    Answer.ACCEPTED: frozenset(),
    Answer.REWORDED: frozenset(),
    Answer.DECLINED: frozenset(),
    Answer.WITHDRAWN: frozenset(),
}


class Correction(models.Model):
    """What somebody proposes to change in circulated minutes, and what became of it."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    key = models.CharField(max_length=80)  # of the paragraph
    wish = models.CharField(_("what is proposed"), max_length=7, choices=Wish.choices)
    text = models.TextField(_("proposed words"))
    was = models.TextField(blank=True)  # the paragraph as its proposer read it
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("proposed"))
    state = models.CharField(_("state"), max_length=9, choices=Answer.choices, default=Answer.OPEN)
    sentence = models.CharField(_("answer"), max_length=300, blank=True)
    edit = models.ForeignKey(MinutesEdit, models.SET_NULL, null=True, blank=True, related_name="corrections")
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.minutes}: {self.key}"


class MinutesText(models.Model):
    """The text of the minutes as it stood when they came to a stage, frozen."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    report = models.JSONField()  # see record.frozen
    last_entry = models.PositiveIntegerField(default=0)  # of the floor's log
    last_edit = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ("minutes", "number")
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="one_text_of_minutes_per_number"),)

    def __str__(self) -> str:
        return f"{self.minutes}: {self.number}"


class MinutesNamed(models.Model):
    """That minutes name a person, so that the name can be taken out again."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("minutes", "person", "name"), name="one_row_per_name_in_minutes"),
        )

    def __str__(self) -> str:
        return f"{self.minutes}: {self.name}"


class Corrigendum(models.Model):
    """A correction of locked minutes: it stands beside the text and does not touch it."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrigenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("minutes", "number")
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="one_corrigendum_per_number"),)

    def __str__(self) -> str:
        return f"{self.minutes}: {self.number}"


class TextModule(models.Model):
    """A sentence that a forum's rapporteurs use often; “…” stands for what has to be filled in."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="text_modules")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=1000)
    language = models.CharField(_("language"), max_length=8, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title
