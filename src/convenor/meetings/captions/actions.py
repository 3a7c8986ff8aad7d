"""What can be done with captions: make and close a feed, add lines to it, read a transcript in, withdraw it."""

import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.meetings.captions.models import CaptionFeed, CaptionKind, CaptionLine, captions_topic
from convenor.meetings.captions.reading import MOST_LINES, Said, Unreadable, read
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import floor_topic
from convenor.meetings.models import Day, Meeting
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed
from convenor.shared.live.news import tell

MOST_PER_MESSAGE = 500  # lines of a live feed
MESSAGE = re.compile(r"[A-Za-z0-9._-]{0,40}")


@transaction.atomic
def open_feed(meeting: Meeting, *, language: str, label: str, by: Person, at: datetime) -> tuple[CaptionFeed, str]:
    """Make a live feed; give it with its token, which is stored nowhere and can be shown once only."""
    token = secrets.token_urlsafe(32)
    feed = CaptionFeed.objects.create(
        meeting=meeting, kind=CaptionKind.LIVE, language=language, label=label, digest=digest_of(token), made_by=by,
        made_at=at,
    )  # fmt: skip
    _journal(meeting, "captions.opened", gettext_noop("“%(meeting)s” has a live feed of captions."), by=by, at=at)
    tell(floor_topic(meeting.pk))  # pages that were opened before lead to it
    return feed, token


@transaction.atomic
def close_feed(feed: CaptionFeed, *, by: Person, at: datetime) -> None:
    """Revoke the token of a live feed, whose lines stay; or withdraw a transcript, whose lines are no longer shown."""
    feed = CaptionFeed.objects.select_for_update(of=("self",)).select_related("meeting__cycle__forum").get(pk=feed.pk)
    if feed.closed_at:
        return
    feed.closed_at = at
    feed.save(update_fields=["closed_at"])
    template = (
        gettext_noop("A live feed of captions of “%(meeting)s” was closed.")
        if feed.kind == CaptionKind.LIVE
        else gettext_noop("A transcript of “%(meeting)s” was withdrawn.")
    )
    _journal(feed.meeting, "captions.closed", template, by=by, at=at)
    tell(captions_topic(feed.meeting_id))


def feed_of(meeting: Meeting, token: str) -> CaptionFeed | None:
    """Find the open feed of a token."""
    if not token:
        return None
    return CaptionFeed.objects.filter(
        meeting=meeting, kind=CaptionKind.LIVE, digest=digest_of(token), closed_at=None
    ).first()


def digest_of(token: str) -> str:
    """Give what is stored of a token."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def add_lines(
    feed: CaptionFeed, text: str, *, at: datetime, begins_at: datetime | None = None, message: str = ""
) -> int:
    """Add what a live feed sends, plain lines or WebVTT; give how many lines are new.

    Times of cues count from `begins_at`; without it, and for plain lines, what is said is said now. A message that
    comes again is taken once.

    Raises:
        Refused: the feed was closed, no day of the meeting is open, there is nothing in it, or too much.
    """
    meeting = feed.meeting
    if CaptionFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk).closed_at:
        raise Refused(_("This token opens no feed of captions here. Ask the secretariat for another."))
    if message and CaptionLine.objects.filter(feed=feed, message=message).exists():
        return 0
    state = state_of(meeting)
    if not state.day:
        raise Refused(_("Nothing was stored: no day of the meeting is open. Send again when the chair has opened it."))
    found = _read(text, most=MOST_PER_MESSAGE)
    day = Day.objects.filter(meeting=meeting, pk=int(state.day[1:])).first()
    _add(feed, day, [(at if begins_at is None or one.after is None else begins_at + one.after, one) for one in found],
         message=message)  # fmt: skip
    return len(found)


@transaction.atomic
def read_transcript(
    meeting: Meeting, text: str, *, day: Day, begins_at: datetime, language: str, label: str, by: Person, at: datetime
) -> CaptionFeed:
    """Read a transcript of a day in: WebVTT with times from `begins_at`, or text whose lines may have a time of day.

    Lines without a time stand at that of the line before.

    Raises:
        Refused: there is nothing in it, or too much.
    """
    found = _read(text, most=MOST_LINES)
    is_of_day = not text.lstrip("\ufeff \n\r\t").startswith("WEBVTT")
    midnight = begins_at.replace(hour=0, minute=0, second=0, microsecond=0)
    feed = CaptionFeed.objects.create(
        meeting=meeting, kind=CaptionKind.TRANSCRIPT, language=language, label=label, made_by=by, made_at=at
    )
    moments, last = [], begins_at
    for one in found:
        if one.after is not None:
            last = (midnight if is_of_day and one.after >= timedelta(hours=1) else begins_at) + one.after
        moments.append((last, one))
    _add(feed, day, moments)
    _journal(meeting, "captions.read", gettext_noop("A transcript of “%(meeting)s” was read in."), by=by, at=at)
    return feed


def _read(text: str, *, most: int) -> list[Said]:
    try:
        found = read(text)
    except Unreadable as error:
        if str(error) == "empty":
            raise Refused(_("Nothing was stored: there are no lines in it. Send text, or WebVTT with cues.")) from None
        raise Refused(_("Nothing was stored: it is too long. Send it in parts.")) from None
    if len(found) > most:
        raise Refused(
            _("Nothing was stored: it has %(count)s lines, and %(limit)s are allowed. Send it in parts.")
            % {"count": len(found), "limit": most}
        )
    return found


def _add(feed: CaptionFeed, day: Day | None, found: list[tuple[datetime, Said]], *, message: str = "") -> None:
    CaptionLine.objects.bulk_create(
        (CaptionLine(feed=feed, day=day, at=at, text=one.text, message=message) for at, one in found), batch_size=500
    )
    tell(captions_topic(feed.meeting_id))


def _journal(meeting: Meeting, verb: str, template: str, *, by: Person, at: datetime) -> None:
    record(
        scope=meeting.cycle.scope,
        verb=verb,
        at=at,
        actor=by,
        subject=meeting,
        template=template,
        private={"meeting": typed(meeting.title)},
    )
