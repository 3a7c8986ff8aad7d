"""What pages show of captions: the last lines beside the item, or a whole day, with who spoke by the floor's log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from convenor.meetings.captions.models import CaptionFeed, CaptionKind, CaptionLine
from convenor.meetings.floor import State
from convenor.meetings.floor.state import Turn
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_people import names_of
from convenor.meetings.models import Audience, Day, Meeting

LAST_LINES, PER_PAGE = 8, 300
SPOKE_BEFORE = timedelta(seconds=8)  # a caption comes so much later than the word


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that one person spoke; nobody is named where the log knows of none."""

    at: datetime
    speaker: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of one language, and which others there are."""

    language: str
    languages: Sequence[tuple[str, str]]
    passages: Sequence[Passage]
    earlier: int | None = None  # the number of the line to go back to


def languages_of(meeting: Meeting) -> list[str]:
    """Give the languages that have captions, in the order in which they came."""
    feeds = CaptionFeed.objects.filter(meeting=meeting)
    return list(dict.fromkeys(feed.language for feed in feeds if feed.is_shown))


def chosen(known: Sequence[str], wanted: str) -> str:
    """Give the language that is wanted where there is one, else the first; "" where there are no captions."""
    return wanted if wanted in known else next(iter(known), "")


def language_name(code: str) -> str:
    """Name a language in itself."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def last_captions(meeting: Meeting, language: str, *, shows_members: bool) -> Captions:
    """Give the last lines of a language: of the day that is open, or while none is, of the last one."""
    found, state = _lines(meeting, language, shows_members=shows_members), state_of(meeting)
    if state.day:
        found = found.filter(day=int(state.day[1:]))
    lines = list(found.order_by("-at", "-pk")[:LAST_LINES])
    return Captions(language, _named(languages_of(meeting)), passages(meeting, reversed(lines)))


def day_captions(meeting: Meeting, day: Day, language: str, *, shows_members: bool, before: int = 0) -> Captions | None:
    """Give a page of the captions of a day, the last ones or those before a line."""
    known = languages_of(meeting)
    language = chosen(known, language)
    if not language:
        return None
    found = _lines(meeting, language, shows_members=shows_members).filter(day=day)
    if before and (line := found.filter(pk=before).first()):
        found = found.filter(Q(at__lt=line.at) | Q(at=line.at, pk__lt=line.pk))
    lines = list(found.order_by("-at", "-pk")[: PER_PAGE + 1])
    earlier = lines[PER_PAGE - 1].pk if len(lines) > PER_PAGE else None
    return Captions(language, _named(known), passages(meeting, reversed(lines[:PER_PAGE])), earlier)


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in codes]


def _lines(meeting: Meeting, language: str, *, shows_members: bool) -> QuerySet[CaptionLine, CaptionLine]:
    shown = Q(feed__kind=CaptionKind.LIVE) | Q(feed__closed_at=None)
    found = CaptionLine.objects.filter(shown, feed__meeting=meeting, feed__language=language).select_related("feed")
    return found if shows_members else found.exclude(day=None).exclude(day__audience=Audience.MEMBERS)


def passages(meeting: Meeting, lines: Iterable[CaptionLine]) -> list[Passage]:
    """Join lines that one person spoke."""
    spoken = list(lines)
    if not spoken:
        return []
    turns = turns_of(state_of(meeting))
    keys = [_speaker(turns, line) for line in spoken]
    names = names_of(meeting, {key for key in keys if key})
    found: list[tuple[str, Passage]] = []
    for key, line in zip(keys, spoken, strict=True):
        if found and found[-1][0] == key:
            last = found[-1][1]
            found[-1] = (key, Passage(last.at, last.speaker, [*last.lines, line.text]))
        else:
            found.append((key, Passage(line.at, (names.get(key) or _("(erased)")) if key else "", [line.text])))
    return [passage for _key, passage in found]


def turns_of(state: State) -> list[Turn]:
    """Give all turns, the one under way and one that was interrupted too."""
    return [*state.turns, *filter(None, (state.interrupted, state.turn))]


def _speaker(turns: Sequence[Turn], line: CaptionLine) -> str:
    """Give who had the floor when a line was spoken; of an interruption and what it cut into, the later one."""
    said = line.at - SPOKE_BEFORE if line.feed.kind == CaptionKind.LIVE else line.at
    fits = [one for one in turns if one.began_at <= said and (one.ended_at is None or said <= one.ended_at)]
    return max(fits, key=lambda one: one.began_at).person if fits else ""
