"""What captions hold about people."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.meetings.captions.channel import PAGE, captions_parts
from convenor.meetings.captions.models import CaptionFeed, CaptionLine
from convenor.people.models import Person
from convenor.people.privacy import Holding, Outcome, Rows, acts, register
from convenor.people.privacy_words import LEAST_WORDS
from convenor.shared.live import feeds


def lines_naming(person: Person) -> Rows:
    """Find lines in which somebody's full name was said; who spoke a line is written nowhere."""
    if len(person.name.split()) < LEAST_WORDS:
        return CaptionLine.objects.none()
    return CaptionLine.objects.filter(text__icontains=person.name)


def sources(forum: Forum | None) -> Mapping[int, date]:
    """Find feeds by the last day of their meeting; every meeting has a forum."""
    if forum is None:
        return {}
    found = CaptionFeed.objects.filter(meeting__cycle__forum=forum).annotate(last=Max("meeting__days__date"))
    return {key: last or made_at.date() for key, last, made_at in found.values_list("pk", "last", "made_at")}


def _drop(keys: Collection[int], _at: datetime) -> Done:
    return Done(CaptionFeed.objects.filter(pk__in=keys).delete()[0])


def _struck(rows: Rows, _at: datetime) -> Outcome:
    """Keep the lines; names are struck out of every text of the forum beside this."""
    return Outcome(kept=rows.count())


def register_all() -> None:
    """Register what captions hold, and what open pages follow of them."""
    feeds.register(PAGE, captions_parts)
    register(
        Holding(
            "captions",
            _("Captions of meetings in which your name was said"),
            _("Stay, because they are the meeting's; your name is struck out of them."),
            find=lines_naming,
            paths=("feed__meeting__title", "at", "text"),
            erase=_struck,
            covers=("meetings.captionline.text",),
        ),
        acts(
            "caption-feeds", _("Sources of captions that you made"), CaptionFeed, "made_by", "meeting__title", "made_at"
        ),
    )
    retention.register(
        Rule(
            "captions",
            gettext_noop("captions and transcripts of meetings"),
            _("Are deleted; the record of the meeting stays. Counted from the last day of the meeting."),
            months=24,
            since=sources,
            act=_drop,
        )
    )
