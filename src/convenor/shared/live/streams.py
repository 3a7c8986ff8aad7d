"""Server-sent events, in front of Django: `Streams(get_asgi_application())` answers `/live/` and hands the rest on.

    GET /live/?on=<live address>~<number seen>&on=…

One stream carries all that a browser's windows follow. Events: `news` (see feeds.py), `closed` (a door has closed),
`beat` (a sign of life, also the first of all), `end` (the server stops). The id of news is their number; a reader of
one address who comes back may send it as Last-Event-ID.
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from types import FrameType
from urllib.parse import parse_qsl

from django.db import close_old_connections

from convenor.shared.live.doors import Answer, Application, Asker, Doors, Receive, Scope, Send, asker
from convenor.shared.live.feeds import GZIP_HEAD, Channel, Shown, grow_older, shown
from convenor.shared.live.rooms import BEAT, END, House, Listener
from convenor.shared.live.watching import watch

logger = logging.getLogger(__name__)
PATH = "/live/"
MOST_STREAMS = 10_000  # in one process; who comes after them asks again by itself
MOST_FOLLOWED = 30  # addresses in one stream
SECONDS_BETWEEN_BEATS = 15
HEAD = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """An address to follow, from a number on."""

    url: str
    seen: int


def wishes(query: bytes, last_event_id: str = "") -> list[Wish]:
    """Read what a stream shall follow; where it is one address, the id of the last event counts instead of its number.

    Raises:
        ValueError: it cannot be understood, or is too much.
    """
    told = [value.rpartition("~") for name, value in parse_qsl(query.decode("ascii")) if name == "on"]
    found = [Wish(url, int(seen)) for url, _mark, seen in told]
    if not 0 < len(found) <= MOST_FOLLOWED or not all(one.url.startswith("/") for one in found):
        raise ValueError("a stream follows at least one address of this site, and not too many")
    if len(found) == 1 and last_event_id.isdecimal():
        return [Wish(found[0].url, int(last_event_id))]
    return found


class Stream:
    """One open stream: sends what is new as fast as its reader takes it."""

    def __init__(self, scope: Scope, send: Send, *, is_packed: bool) -> None:
        self.scope, self.send = scope, send
        self.listener = Listener(is_packed=is_packed)
        self.askers: dict[str, Asker] = {}
        self.task: asyncio.Task[None] | None = None
        self.sending_since: float | None = None
        self.sent_at = 0.0

    def changed(self, url: str, answer: Answer) -> None:
        """Leave an address whose door has closed, or leads to another channel than before."""
        self.listener.close(url, answer if isinstance(answer, int) else HTTPStatus.CONFLICT)

    async def begin(self) -> None:
        """Send the head and a sign of life, by which the reader sees that nothing on the way holds events back."""
        encoding = [(b"content-encoding", b"gzip")] if self.listener.is_packed else []
        await self.send({"type": "http.response.start", "status": HTTPStatus.OK.value, "headers": [*HEAD, *encoding]})
        await self._send((GZIP_HEAD if self.listener.is_packed else b"") + self.listener.said(BEAT))

    async def run(self) -> None:
        """Send what is new, until the server stops or nothing is left to follow."""
        while not self.listener.ends:
            self.listener.wake.clear()
            if said := self.listener.pending():
                await self._send(said)
            elif self.listener.rooms:
                await self.listener.wake.wait()
            else:
                break
        await self._send(self.listener.said(END), more_body=False)

    async def _send(self, data: bytes, *, more_body: bool = True) -> None:
        now = asyncio.get_running_loop().time
        self.sending_since = now()
        await self.send({"type": "http.response.body", "body": data, "more_body": more_body})
        self.sending_since, self.sent_at = None, now()


class Streams:
    """The application: streams at their address, Django at all others."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.house = House(self._render)
        # One rendering after the other: two would only share the processor, and each holds a connection.
        self.renders = ThreadPoolExecutor(1, thread_name_prefix="live")
        self.doors = Doors(application)
        self.open: set[Stream] = set()
        self.work: list[asyncio.Task[None]] = []
        self.is_ending = False
        self.minute = 0  # of the wall clock, in which pages were last let grow older

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            await self.application(scope, receive, send)
        elif self.is_ending or len(self.open) >= MOST_STREAMS:
            await _plain(send, HTTPStatus.SERVICE_UNAVAILABLE, b"No more streams here.\n")
        else:
            headers = dict(scope["headers"])
            try:
                wanted = wishes(scope["query_string"], headers.get(b"last-event-id", b"").decode("latin-1"))
            except ValueError:
                await _plain(send, HTTPStatus.BAD_REQUEST, b"Ask as /live/?on=ADDRESS~NUMBER.\n")
            else:
                await self._stream(Stream(scope, send, is_packed=_takes_gzip(headers)), wanted, receive)

    async def _stream(self, stream: Stream, wanted: list[Wish], receive: Receive) -> None:
        self._start_work()
        self.open.add(stream)
        stream.task = asyncio.create_task(self._follow(stream, wanted))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait([stream.task, leaving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.open.discard(stream)
            stream.listener.leave()
            for who in stream.askers.values():
                self.doors.unwatch(who, stream.changed)
            for task in (stream.task, leaving):
                task.cancel()
            await asyncio.gather(stream.task, leaving, return_exceptions=True)

    async def _follow(self, stream: Stream, wanted: list[Wish]) -> None:
        await stream.begin()
        for wish in wanted:
            who = stream.askers[wish.url] = asker(wish.url, stream.scope)
            answer = await self.doors.ask(who)
            if isinstance(answer, Channel):
                stream.listener.enter(self.house.room(answer), wish.seen)
                self.doors.watch(who, stream.changed)
            else:
                stream.listener.close(wish.url, answer)
        await stream.run()

    def end(self) -> None:
        """End all streams, so that the server can stop at once; their readers come back when it is there again."""
        self.is_ending = True
        for stream in self.open:
            stream.listener.ends = True
            stream.listener.wake.set()
            if stream.sending_since is not None and stream.task is not None:  # a reader who takes nothing
                stream.task.cancel()

    # ---- what goes on beside the streams

    def _start_work(self) -> None:
        if not self.work:
            self.work = [asyncio.create_task(_for_ever(one)) for one in (self._hear, self._look_after)]
            _on_stop(asyncio.get_running_loop(), self.end)

    async def _render(self, channel: Channel) -> Shown:
        return await asyncio.get_running_loop().run_in_executor(self.renders, _shown, channel)

    async def _hear(self) -> None:
        async for numbers in watch(lambda: self.house.topics):
            self.house.hear(numbers)

    async def _look_after(self) -> None:
        """Every second: signs of life, and doors to ask at again."""
        while True:
            await asyncio.sleep(1)
            now = asyncio.get_running_loop().time()
            self.doors.look_after()
            if (minute := int(time.time() // 60)) != self.minute:
                self.minute = minute
                for topic in list(self.house.topics):
                    channel = next(iter(self.house.by_topic[topic])).channel
                    self.renders.submit(_grow_older, channel, minute)
            for stream in self.open:
                if stream.sending_since is None and now > stream.sent_at + SECONDS_BETWEEN_BEATS:
                    stream.listener.is_due = True
                    stream.listener.wake.set()


def _shown(channel: Channel) -> Shown:
    close_old_connections()
    try:
        return shown(channel)
    finally:
        close_old_connections()


def _grow_older(channel: Channel, minute: int) -> None:
    close_old_connections()
    try:
        grow_older(channel, minute)
    except Exception:
        logger.exception("“%s” could not be shown as time passes", channel.path)
    finally:
        close_old_connections()


def _on_stop(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> None:
    """Have the signals that stop the server end the streams first; whoever handles them still does."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, partial(_stop, loop, end, before))


def _stop(
    loop: asyncio.AbstractEventLoop,
    end: Callable[[], None],
    before: Callable[[int, FrameType | None], object],
    number: int,
    frame: FrameType | None,
) -> None:
    loop.call_soon_threadsafe(end)
    before(number, frame)


async def _for_ever(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception:
            logger.exception("What goes on beside the streams failed, and starts again")
        await asyncio.sleep(1)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _takes_gzip(headers: dict[bytes, bytes]) -> bool:
    return b"gzip" in headers.get(b"accept-encoding", b"")


async def _plain(send: Send, status: HTTPStatus, sentence: bytes) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(sentence)).encode())]
    await send({"type": "http.response.start", "status": status.value, "headers": [*head, (b"retry-after", b"5")]})
    await send({"type": "http.response.body", "body": sentence, "more_body": False})
