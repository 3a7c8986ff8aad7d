"""A meeting of one or more days, its agenda, and what the reader of the document left open."""

from collections.abc import Mapping
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.meetings.captions.models import CaptionFeed, CaptionLine  # noqa: F401 - for Django to find
from convenor.meetings.floor_models import (  # noqa: F401 - for Django to find
    FloorAnswered,
    FloorEntry,
    FloorGuest,
    FloorTally,
    FloorWords,
    floor_topic,
)
from convenor.meetings.followup.models import ActionItem, ActionStep  # noqa: F401 - for Django to find
from convenor.meetings.participants.models import Attendance, Coming, Registration  # noqa: F401 - for Django to find
from convenor.meetings.record.models import (  # noqa: F401 - for Django to find
    Correction,
    Corrigendum,
    Minutes,
    MinutesEdit,
    MinutesNamed,
    MinutesText,
    TextModule,
)
from convenor.meetings.requests.models import SlotRequest  # noqa: F401 - for Django to find
from convenor.people.models import Person
from convenor.shared.languages.days import date_format
from convenor.shared.live.news import tell, topic_of


class AgendaDraft(models.Model):
    """A document somebody handed in, with its corrections, until it becomes a meeting or a new version of one."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="agenda_drafts")
    text = models.TextField(_("agenda"))
    file_name = models.CharField(max_length=200, blank=True)
    handed_in_at = models.DateTimeField()
    meeting = models.ForeignKey("Meeting", models.SET_NULL, null=True, blank=True, related_name="+")
    corrections = models.JSONField(default=dict, blank=True)  # see meetings.corrections.log
    earlier = models.TextField(blank=True, default="")  # the document before this version of it was handed in
    rows = models.JSONField(default=dict, blank=True)  # which part became which row: {"1.2.3": "i45"}
    revises = models.ForeignKey("Meeting", models.CASCADE, null=True, blank=True, related_name="new_versions")

    class Meta:
        ordering = ("-handed_in_at", "-pk")

    def __str__(self) -> str:
        return self.file_name or f"draft {self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the page where it is corrected."""
        return reverse("reading:draft", args=(self.pk,))


class Meeting(models.Model):
    """A meeting with its draft agenda and the document it was read from."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="meetings")
    slug = models.SlugField(_("short name"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    purpose = models.TextField(_("purpose"), blank=True)
    zone = models.CharField(_("time zone"), max_length=60)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # empty: that of the year
    source = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)  # counts changes, for subscribed calendars
    changed_at = models.DateTimeField(null=True, blank=True)  # when the last of them was made
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    registers_from = models.DateTimeField(_("registration from"), null=True, blank=True)  # empty: at once
    registers_until = models.DateTimeField(_("registration until"), null=True, blank=True)  # empty: not open
    needs_confirming = models.BooleanField(_("the secretariat confirms observers"), default=True)
    takes_strangers = models.BooleanField(_("people without an account may register"), default=True)
    seats = models.PositiveSmallIntegerField(_("places in the room"), null=True, blank=True)  # empty: no limit
    requests_until = models.DateTimeField(_("requests for slots until"), null=True, blank=True)  # empty: not open

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "slug"),
                name="one_meeting_per_address",
                violation_error_message=_("This year already has a meeting with this short name."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the agenda."""
        return reverse("meetings:agenda", args=(*self.cycle.address, self.slug))

    def count_change(self, *, at: datetime, to: int | None = None) -> None:
        """Count a change with its moment, so that subscribed calendars, papers and open pages take the new state.

        The count goes up by one, or to `to`. Call it last in the transaction: whoever changes the same agenda waits
        from here on.
        """
        count = models.F("sequence") + 1 if to is None else to
        type(self).objects.filter(pk=self.pk).update(sequence=count, changed_at=at)
        tell(topic_of(self))
        tell(floor_topic(self.pk))

    @property
    def stands_since(self) -> datetime:
        """When the agenda became what it is now."""
        return self.changed_at or self.created_at


class Audience(models.TextChoices):
    """Who may take part in a day."""

    OPEN = "open", _("open to all")
    MEMBERS_OBSERVERS = "members-observers", _("members, open to observers")
    MEMBERS = "members", _("members only")


class Day(models.Model):
    """One day of a meeting, as the document prints it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="days")
    order = models.PositiveSmallIntegerField()
    date = models.DateField(_("date"), null=True, blank=True)
    label = models.CharField(_("label"), max_length=60, blank=True)
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, blank=True)
    webcast = models.URLField(_("webcast"), max_length=500, blank=True, default="")
    call = models.URLField(_("call link"), max_length=500, blank=True, default="")  # see permissions.JOIN
    languages = models.JSONField(_("interpretation"), default=list, blank=True)  # names of languages as typed

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("meeting", "order"), name="one_day_per_place"),)

    def __str__(self) -> str:
        if self.label:
            return self.label
        if self.date:
            return date_format(self.date, gettext("j F"))
        return gettext("Day %(number)s") % {"number": self.order + 1}


class BlockKind(models.TextChoices):
    """What a stretch of time is for."""

    ITEMS = "items", _("agenda items")
    BREAK = "break", _("break")
    SOCIAL = "social", _("social event")


class Block(models.Model):
    """A printed time with what stands under it; what the document leaves open is null."""

    day = models.ForeignKey(Day, models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField()
    starts = models.TimeField(_("start"), null=True, blank=True)
    ends = models.TimeField(_("end"), null=True, blank=True)
    kind = models.CharField(max_length=8, choices=BlockKind.choices, default=BlockKind.ITEMS)
    room = models.CharField(_("room"), max_length=300, blank=True)
    zone = models.CharField(_("time zone as printed"), max_length=60, blank=True, default="")
    is_marked_continued = models.BooleanField(default=False)
    pinned_start = models.BooleanField(_("start does not move"), default=False)
    pinned_end = models.BooleanField(_("end does not move"), default=False)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("day", "order"), name="one_block_per_place"),)

    def __str__(self) -> str:
        return f"{self.day} {self.starts or '?'}–{self.ends or '?'}"


class Item(models.Model):
    """An agenda item with its printed label and verbatim title."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=20, blank=True)
    title = models.TextField(_("title"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    presenters = models.JSONField(_("presenters"), default=list, blank=True)  # names as printed
    documents = models.JSONField(_("documents"), default=list, blank=True)  # words or addresses as printed
    arrivals = models.JSONField(_("arrivals"), default=list, blank=True)  # see agenda.windows
    links = models.JSONField(_("links"), default=list, blank=True)  # see meetings.linking
    since = models.PositiveSmallIntegerField(null=True, blank=True)  # number of the first version that has it
    matter = models.CharField(max_length=30, blank=True)  # what it is about: see meetings.matters

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Address of the item in its agenda."""
        return f"{self.block.day.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def named_beside(self) -> list[str]:
        """Who presents and is not named by the title itself."""
        return [name for name in self.presenters if name not in self.title]

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The documents, each with its address where one is printed that leads into the web."""
        return [(paper, paper if paper.startswith(("https://", "http://")) else "") for paper in self.documents]


class Continuation(models.Model):
    """Two items that are one matter: inferred by the reader, until a person undoes it."""

    earlier = models.ForeignKey(Item, models.CASCADE, related_name="continued_in")
    later = models.ForeignKey(Item, models.CASCADE, related_name="continues")
    words = models.CharField(max_length=300)  # the printed words it was inferred from
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("earlier", "later"), name="one_link_per_pair"),)

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"


class Doubt(models.Model):
    """Something the document leaves open or contradicts, shown until somebody settles it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="doubts")
    code = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    day = models.ForeignKey(Day, models.CASCADE, null=True, blank=True, related_name="doubts")
    block = models.ForeignKey(Block, models.CASCADE, null=True, blank=True, related_name="doubts")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="doubts")
    start = models.PositiveIntegerField(default=0)  # span in the meeting's source
    end = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.code}"


class Sitting(models.Model):
    """A stretch of work on the agenda of a meeting: where it began, and what was done since, so that it can be undone.

    It ends when somebody says so, when a version is made, or after an hour in which nobody changed anything; then the
    journal says how much was changed.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="sitting")
    base = models.JSONField()  # the agenda where it began, with its keys
    log = models.JSONField(default=dict)  # see meetings.corrections.log
    aside = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # what hung on parts that were taken out
    stands = models.CharField(max_length=64)  # digest of the agenda as this sitting left it
    began_at = models.DateTimeField()
    began_with = models.PositiveIntegerField()  # the meeting's sequence
    changed_at = models.DateTimeField(db_index=True)  # read by what ends those that rest
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.began_at:%Y-%m-%d %H:%M}"


class Standing(models.TextChoices):
    """How far the agenda of a meeting has come."""

    DRAFT = "draft", _("Draft")
    CIRCULATED = "circulated", _("Circulated")
    ADOPTED = "adopted", _("Adopted")
    REVISED = "revised", _("Revised")


NEXT: Mapping[Standing, frozenset[Standing]] = {
    Standing.DRAFT: frozenset({Standing.DRAFT, Standing.CIRCULATED}),
    Standing.CIRCULATED: frozenset({Standing.CIRCULATED, Standing.ADOPTED}),
    Standing.ADOPTED: frozenset({Standing.REVISED}),
    Standing.REVISED: frozenset({Standing.REVISED}),
}


class Version(models.Model):
    """The agenda of a meeting as it stood at a moment, frozen."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=Standing.choices)
    agenda = models.JSONField()  # with its keys, see meetings.agenda.edits.part_to_dict
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "number"),
                name="one_version_per_number",
                violation_error_message=_("This meeting already has a version with this number."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.number}"


class GoneEvent(models.Model):
    """A day or a block that stood in the calendar feed and left it: who subscribed is told that it is cancelled."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="gone_events")
    key = models.CharField(max_length=20)  # of its row: see syncing.key_of
    date = models.DateField()
    starts = models.TimeField(null=True, blank=True)  # null: a whole day
    ends = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, blank=True, default="")  # as its block printed it
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("meeting", "key"), name="one_cancellation_per_event"),)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.key}"
