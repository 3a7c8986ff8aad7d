"""Where the papers of a record wait to be fetched; those of one stage stand apart from those of another."""

from django.urls import reverse

from convenor.meetings.captions.showing import languages_of
from convenor.meetings.record.models import Minutes
from convenor.meetings.record.take_away import Spoken, Taken
from convenor.shared.documents.shelf import Shelf

FORMS = ("pdf", "docx")


def kind_of(minutes: Minutes, item: int = 0) -> str:
    """Name what stands on the shelf: papers of a draft are not found once the minutes are public."""
    return f"meetings.{'extract' if item else 'minutes'}-{minutes.stage}"


def minutes_shelf(taken: Taken) -> Shelf:
    """Give the shelf of the minutes, or of the extract on an item."""
    minutes, meeting = taken.minutes, taken.minutes.meeting
    item = int(taken.item[1:] or 0)
    address = (*meeting.cycle.address, meeting.slug, *([taken.item] if item else []))
    page, back = ("extract-documents", "extract") if item else ("documents", "page")
    return Shelf(
        kind=kind_of(minutes, item),
        scope=meeting.cycle.scope,
        subject=item or meeting.pk,
        version=taken.version,
        is_settled=True,
        title=taken.report.title or meeting.title,
        tasks={form: f"convenor.meetings.record.papers.make_{form}" for form in FORMS},
        values={"cycle": meeting.cycle.pk, "meeting": meeting.pk, "item": item},
        page=reverse(f"meetings:record:{page}", args=address),
        back=reverse(f"meetings:record:{back}", args=address),
    )


def verbatim_kind(minutes: Minutes, language: str, *, sees_members: bool) -> str:
    """Name the shelf of the verbatim record: what was said on days for members stands on one of its own."""
    return f"meetings.verbatim-{minutes.stage}-{'members' if sees_members else 'public'}-{language}"


def verbatim_shelf(spoken: Spoken, language: str, *, sees_members: bool) -> Shelf:
    """Give the shelf of the verbatim record in one language of its captions."""
    meeting = spoken.minutes.meeting
    address = (*meeting.cycle.address, meeting.slug)
    known = languages_of(meeting)
    values = {
        "cycle": meeting.cycle.pk,
        "meeting": meeting.pk,
        "language": known.index(language) if language in known else 0,
        "members": int(sees_members),
    }
    return Shelf(
        kind=verbatim_kind(spoken.minutes, language, sees_members=sees_members),
        scope=meeting.cycle.scope,
        subject=meeting.pk,
        version=spoken.version,
        is_settled=True,
        title=spoken.verbatim.title or meeting.title,
        tasks={form: f"convenor.meetings.record.papers.make_verbatim_{form}" for form in FORMS},
        values=values,
        page=reverse("meetings:record:verbatim-documents", args=(*address, language or "none")),
        back=reverse("meetings:record:verbatim", args=address),
    )
