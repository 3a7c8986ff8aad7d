"""Who follows what in this process: a room per channel, rendered once per change for everybody in it."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping
from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist

from convenor.shared.live.feeds import Channel, Shown, packed

logger = logging.getLogger(__name__)
SECONDS_JOINED = 0.1  # between two renderings of a channel: changes that come closer together are joined
SECONDS_AFTER_FAILURE = 1.0
Render = Callable[[Channel], Awaitable[Shown]]


class Listener:
    """One stream: what it follows, and up to which number it has been told.

    It keeps no queue: what it is told is made when it can be sent, so that a slow reader skips to the latest state.
    """

    def __init__(self, *, is_packed: bool) -> None:
        self.is_packed = is_packed
        self.rooms: dict[str, Room] = {}
        self.seen: dict[str, int] = {}
        self.untold: set[str] = set()  # addresses of which nothing has been said yet
        self.closed: dict[str, int] = {}  # addresses whose door has closed, to be told
        self.wake = asyncio.Event()
        self.is_due = False  # for a sign of life
        self.ends = False

    def enter(self, room: "Room", seen: int) -> None:
        """Follow a room from a number on."""
        url = room.channel.url
        self.rooms[url], self.seen[url] = room, seen
        self.untold.add(url)
        room.listeners.add(self)
        self.wake.set()
        if room.shown is None:
            room.hear(None)

    def close(self, url: str, status: int) -> None:
        """Leave what may no longer be followed, and say so."""
        if room := self.rooms.pop(url, None):
            room.leave(self)
        self.closed[url] = status
        self.wake.set()

    def leave(self) -> None:
        """Leave all rooms."""
        for room in self.rooms.values():
            room.leave(self)
        self.rooms.clear()

    def pending(self) -> bytes:
        """Give what has to be said now, and count it as said."""
        said = [self.said(closed(url, status)) for url, status in self.closed.items()]
        self.closed.clear()
        for url, room in self.rooms.items():
            now = room.shown
            if now is not None and (now.number != self.seen[url] or url in self.untold):
                said.append(now.event(url, self.seen[url], is_packed=self.is_packed))
                self.seen[url] = now.number
                self.untold.discard(url)
        if self.is_due and not said:
            said.append(self.said(BEAT))
        self.is_due = False
        return b"".join(said)

    def said(self, event: bytes) -> bytes:
        """Write an event as this reader takes it."""
        return packed(event) if self.is_packed else event


BEAT = b"event: beat\ndata:\n\n"  # an event, not a comment, so that the page can see it
END = b"event: end\ndata:\n\n"


def closed(url: str, status: int) -> bytes:
    """Write the event that a door has closed."""
    return f"event: closed\ndata: {json.dumps({'on': url, 'status': status})}\n\n".encode()


class Room:
    """Everybody in this process who follows one channel, and what they are shown."""

    def __init__(self, channel: Channel, *, render: Render, emptied: Callable[["Room"], None]) -> None:
        self.channel = channel
        self.render, self.emptied = render, emptied
        self.listeners: set[Listener] = set()
        self.shown: Shown | None = None
        self.is_stale = False  # something else than what is shown was heard of
        self.work: asyncio.Task[None] | None = None

    def leave(self, listener: Listener) -> None:
        """Let a listener go."""
        self.listeners.discard(listener)
        if not self.listeners:
            self.emptied(self)

    def hear(self, number: int | None) -> None:
        """Take note of a number; render if it is another than the one shown."""
        if self.shown is None or self.shown.number != number:
            self.is_stale = True
            if self.work is None:
                self.work = asyncio.create_task(self._render())

    async def _render(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self.is_stale and self.listeners:
                self.is_stale, pause, started = False, SECONDS_JOINED, loop.time()
                try:
                    self._take(await self.render(self.channel))
                except ObjectDoesNotExist:
                    self._end(HTTPStatus.NOT_FOUND)
                except Exception:
                    logger.exception("“%s” could not be shown to those who follow it", self.channel.path)
                    self.is_stale, pause = True, SECONDS_AFTER_FAILURE
                await asyncio.sleep(max(0.0, started + pause - loop.time()))
        finally:
            self.work = None

    def _take(self, now: Shown) -> None:
        if now is not self.shown:
            self.shown = now
            for listener in self.listeners:
                listener.wake.set()

    def _end(self, status: int) -> None:
        for listener in list(self.listeners):
            listener.close(self.channel.url, status)


class House:
    """All rooms of this process."""

    def __init__(self, render: Render) -> None:
        self.render = render
        self.rooms: dict[Channel, Room] = {}
        self.by_topic: defaultdict[str, set[Room]] = defaultdict(set)

    @property
    def topics(self) -> Collection[str]:
        """What is followed here."""
        return self.by_topic.keys()

    def room(self, channel: Channel) -> Room:
        """Give the room of a channel, opened if need be."""
        if channel not in self.rooms:
            room = Room(channel, render=self.render, emptied=self._close)
            self.rooms[channel] = room
            self.by_topic[channel.topic].add(room)
        return self.rooms[channel]

    def hear(self, numbers: Mapping[str, int]) -> None:
        """Take note of numbers; those of topics nobody follows here are left alone."""
        for topic, number in numbers.items():
            for room in self.by_topic.get(topic, ()):
                room.hear(number)

    def _close(self, room: Room) -> None:
        if self.rooms.pop(room.channel, None):
            self.by_topic[room.channel.topic].discard(room)
            if not self.by_topic[room.channel.topic]:
                del self.by_topic[room.channel.topic]
