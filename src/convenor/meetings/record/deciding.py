"""The decisions that may have adopted minutes, in words."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from convenor.cycle.deadlines import zone_of
from convenor.meetings.floor_decision_actions import PROPOSAL
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry, FloorWords
from convenor.meetings.models import Item
from convenor.meetings.record.models import Minutes
from convenor.meetings.record.stages import deciding
from convenor.shared.languages.days import date_format

MOST_LETTERS = 90


def choices_of(minutes: Minutes) -> list[tuple[int, str]]:
    """Give the decisions to choose from, each with its words, its meeting and its time."""
    entries = deciding(minutes)
    return [(entry.pk, words_of(entry)) for entry in entries]


def words_of(entry: FloorEntry) -> str:
    """Name a decision: its words or its item, its meeting, its moment."""
    decision = next((one for one in state_of(entry.meeting).decisions if one.id == entry.sequence), None)
    numbers = [entry.sequence, decision.basis if decision else 0]
    texts = FloorWords.objects.filter(entry__meeting=entry.meeting_id, entry__sequence__in=numbers, field=PROPOSAL)
    said = texts.order_by("-entry__sequence").values_list("text", flat=True).first()
    said = said or _item(decision.item if decision else "") or _("decision %(number)s") % {"number": entry.sequence}
    there = localtime(entry.at, zone_of(entry.meeting.zone))
    words = {"words": said[:MOST_LETTERS], "meeting": entry.meeting.title, "at": date_format(there, "j F Y, H:i")}
    return _("%(words)s (%(meeting)s, %(at)s)") % words


def _item(key: str) -> str:
    row = Item.objects.filter(pk=int(key[1:])).first() if key[1:].isdecimal() else None
    return str(row) if row else ""
