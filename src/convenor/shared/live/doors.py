"""Asking at the doors of pages whether a reader may follow them: with the reader's own request, as a page would be.

A stream holds no thread and no database connection; each question is a short request of its own through the whole
application, so that whatever closes a page closes its stream. Readers without an account are asked for together.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from random import uniform
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import parse_cookie
from django.urls import Resolver404, resolve

from convenor.shared.live.feeds import Channel
from convenor.shared.live.views import TICKET

logger = logging.getLogger(__name__)
Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Answer = Channel | int  # what stands behind a door, or the status with which it stays closed

AT_ONCE = 4  # questions; a thousand browsers that come back together stand in line
SECONDS_FRESH = 5.0  # an answer serves all who open a stream meanwhile
SECONDS_VALID = (45.0, 55.0)  # then it is asked again, spread so that not all are asked at once
HEADERS = frozenset([b"host", b"cookie", b"x-forwarded-proto", b"x-forwarded-for", b"user-agent"])
SCOPE = ("type", "asgi", "http_version", "scheme", "client", "server")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks at which live address: everybody with the same session, or without any, gets the same answer."""

    url: str
    host: bytes
    session: str
    scope: Scope = field(compare=False, hash=False, repr=False)


def asker(url: str, scope: Scope) -> Asker:
    """Name who asks, from the request that opens a stream."""
    headers = [(name, value) for name, value in scope["headers"] if name in HEADERS]
    cookies = parse_cookie("; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie"))
    parts = urlsplit(url)
    inner = {
        **{name: scope.get(name) for name in SCOPE},
        "method": "GET",
        "root_path": "",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": headers,
    }
    host = next((value for name, value in headers if name == b"host"), b"")
    return Asker(url, host, cookies.get(settings.SESSION_COOKIE_NAME, ""), inner)


@dataclass(slots=True)
class _Known:
    """The last answer to an asker, and whom to tell when it becomes another."""

    answer: Answer = HTTPStatus.SERVICE_UNAVAILABLE
    asked_at: float = float("-inf")
    valid_until: float = float("-inf")
    question: asyncio.Task[None] | None = None
    changed: set[Callable[[str, Answer], None]] = field(default_factory=set)


class Doors:
    """Keeps the answers, and asks again within the minute while somebody listens."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.known: dict[Asker, _Known] = {}

    async def ask(self, who: Asker) -> Answer:
        """Give the channel behind a door, or the status with which it stays closed."""
        known = self.known.setdefault(who, _Known())
        if asyncio.get_running_loop().time() > known.asked_at + SECONDS_FRESH:
            await asyncio.shield(self._question(who, known))
        return known.answer

    def watch(self, who: Asker, changed: Callable[[str, Answer], None]) -> None:
        """Have somebody told when the answer becomes another."""
        self.known.setdefault(who, _Known()).changed.add(changed)

    def unwatch(self, who: Asker, changed: Callable[[str, Answer], None]) -> None:
        """Have somebody told no more."""
        if known := self.known.get(who):
            known.changed.discard(changed)

    def look_after(self) -> None:
        """Ask again where an answer has become old, and forget those nobody waits for; call it every second."""
        now = asyncio.get_running_loop().time()
        for who, known in list(self.known.items()):
            if known.changed and now > known.valid_until:
                self._question(who, known)
            elif not known.changed and known.question is None and now > known.asked_at + SECONDS_FRESH:
                del self.known[who]

    def _question(self, who: Asker, known: _Known) -> asyncio.Task[None]:
        if known.question is None:
            known.question = asyncio.create_task(self._learn(who, known))
        return known.question

    async def _learn(self, who: Asker, known: _Known) -> None:
        before = known.answer
        try:
            async with self.turns:
                known.answer = await self._answer(who.scope)
        except Exception:
            logger.exception("Nobody answered at the door of “%s”", who.url)
            known.answer = HTTPStatus.SERVICE_UNAVAILABLE
        known.asked_at = asyncio.get_running_loop().time()
        known.valid_until = known.asked_at + uniform(*SECONDS_VALID)
        known.question = None
        if known.answer != before:
            for changed in list(known.changed):
                changed(who.url, known.answer)

    async def _answer(self, scope: Scope) -> Answer:
        if not _is_live(scope["path"]):
            return HTTPStatus.NOT_FOUND
        ticket: list[Channel] = []
        status: list[int] = []
        messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            if not messages:
                await asyncio.Event().wait()  # until the answer is there, and this is cancelled
            return messages.pop()

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(int(message["status"]))

        await self.application({**scope, TICKET: ticket}, receive, note)
        if ticket:
            return ticket[0]
        return HTTPStatus.UNAUTHORIZED if status[0] == HTTPStatus.FOUND else status[0]


def _is_live(path: str) -> bool:
    try:
        return bool(getattr(resolve(path).func, "is_live", False))
    except Resolver404:
        return False
