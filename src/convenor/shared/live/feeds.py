"""What pages show of topics: each page registers how its parts are rendered, once per change for all who see the same.

A part is the content of one element of the page. The number is read before the rows are, so that what is shown is
never older than its number says; it may be newer, and is then shown once more.
"""

import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Lock

from django.db import transaction
from django.utils.translation import override

from convenor.shared.live.news import number_of, tick

MOST_KEPT = 256  # channels of which the last rendering is kept
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

Render = Callable[[int, frozenset[str]], Mapping[str, str]]
Ages = Callable[[int], bool]
_RENDERS: dict[str, Render] = {}
_AGES: dict[str, Ages] = {}


def register(page: str, render: Render, *, ages: Ages | None = None) -> None:
    """Say how a page's parts are rendered: (row, level) → content by the id of its element, always the same ids.

    It raises `ObjectDoesNotExist` when the row is gone. The level is the page's own: who sees the same has the same.
    `ages` says of a row whether what is shown of it becomes another by time alone: then it is shown anew every minute.
    """
    _RENDERS[page] = render
    if ages is not None:
        _AGES[page] = ages


@dataclass(frozen=True, slots=True)
class Channel:
    """A page as everybody sees it who reads it in this language and has these rights; `path` is its live address."""

    page: str
    topic: str
    subject: int
    path: str
    language: str
    level: frozenset[str]

    @property
    def url(self) -> str:
        """The address with what it depends on, so that an old page learns that its reader has become another."""
        mark = sha256(" ".join([self.page, *sorted(self.level)]).encode()).hexdigest()[:12]
        return f"{self.path}?in={self.language}&as={mark}"


@dataclass(frozen=True, slots=True)
class Following:
    """What a page says of itself so that it can follow: make it before the rows are read."""

    url: str
    number: int
    at: datetime


def following(channel: Channel, *, at: datetime) -> Following:
    """Say how far a page is that is about to be rendered."""
    return Following(channel.url, number_of(channel.topic), at)


@dataclass(slots=True)
class Shown:
    """The parts at one number, with the number at which each got its present content."""

    number: int
    first: int  # from here on it is known what changed when
    parts: Mapping[str, str]
    since: Mapping[str, int]
    _events: dict[tuple[int, bool], bytes] = field(default_factory=dict)

    def after(self, seen: int) -> dict[str, str]:
        """Give the parts that changed after a number; all where that is not known."""
        if not self.first <= seen <= self.number:
            return dict(self.parts)
        return {name: content for name, content in self.parts.items() if self.since[name] > seen}

    def news(self, url: str, seen: int) -> dict[str, object]:
        """Give the news for those who have seen a number; it has gone back where an older database was put in place."""
        went_back = seen > self.number
        return {"on": url, "at": self.number, "since": seen, "back": went_back, "parts": self.after(seen)}

    def event(self, url: str, seen: int, *, is_packed: bool) -> bytes:
        """Write the news as an event, once for all who have seen the same number."""
        if not self.first <= seen <= self.number:  # whatever was said to have been seen: these get the same
            seen = -1 if seen < self.first else self.number + 1
        key = (seen, is_packed)
        if key not in self._events:
            data = json.dumps(self.news(url, seen), ensure_ascii=False)
            event = f"event: news\nid: {self.number}\ndata: {data}\n\n".encode()
            self._events[key] = packed(event) if is_packed else event
        return self._events[key]


def packed(data: bytes) -> bytes:
    """Compress a piece that refers to nothing before it, so that every gzip stream can take it."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH)


_minutes: dict[str, int] = {}  # the last minute in which this process asked, by topic


def grow_older(channel: Channel, minute: int) -> None:
    """Let the page of a channel become older where it does; asked once in a minute for each topic, by whoever reads it.

    The database keeps the minute, so that of several processes one counts it.
    """
    if channel.page in _AGES and _minutes.get(channel.topic) != minute:
        _minutes[channel.topic] = minute
        if _AGES[channel.page](channel.subject):
            with transaction.atomic():
                tick(channel.topic, minute)


class _Kept:
    """The last rendering of one channel."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.shown: Shown | None = None


_kept: OrderedDict[Channel, _Kept] = OrderedDict()
_kept_lock = Lock()


def shown(channel: Channel) -> Shown:
    """Render a channel, unless that has been done since its last change; many who ask at once wait for one rendering.

    Raises:
        ObjectDoesNotExist: what the page shows is gone.
    """
    with _kept_lock:
        kept = _kept.setdefault(channel, _Kept())
        _kept.move_to_end(channel)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    with kept.lock:
        number = number_of(channel.topic)
        if kept.shown is None or kept.shown.number != number:
            kept.shown = _rendered(channel, number, kept.shown)
        return kept.shown


def _rendered(channel: Channel, number: int, before: Shown | None) -> Shown:
    """Render; what changed meanwhile may be in it already, and is still news to a page that has seen the number."""
    with override(channel.language):
        parts = dict(_RENDERS[channel.page](channel.subject, channel.level))
    last = max(number, number_of(channel.topic))
    if before is None or before.number > number:  # greater only where an older database was put back
        return Shown(number, number, parts, dict.fromkeys(parts, last))
    since = {name: before.since[name] if before.parts.get(name) == content else last for name, content in parts.items()}
    return Shown(number, before.first, parts, since)


def forget(topics: Collection[str] = ()) -> None:
    """Drop what was rendered of topics, or everything."""
    with _kept_lock:
        for channel in [one for one in _kept if not topics or one.topic in topics]:
            del _kept[channel]
