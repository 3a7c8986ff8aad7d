"""Asking at doors: with the reader's own request, once for all who are nobody, again before the minute is over."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from convenor.shared.live import doors
from convenor.shared.live.doors import Doors, Receive, Scope, Send, asker
from convenor.shared.live.feeds import Channel
from convenor.shared.live.streams import MOST_FOLLOWED, Wish, wishes
from convenor.shared.live.views import TICKET

URL = "/igf/2017/meetings/june/live/?in=en&as=x"
CHANNEL = Channel("test.page", "a:1", 1, "/igf/2017/meetings/june/live/", "en", frozenset())


def scope(cookie: str = "", host: str = "localhost") -> Scope:
    """Give the request that opens a stream."""
    headers = [(b"host", host.encode()), (b"cookie", cookie.encode()), (b"if-none-match", b'"3"')]
    whole = {"type": "http", "asgi": {}, "http_version": "1.1", "scheme": "http", "client": None, "server": None}
    return {**whole, "method": "GET", "path": "/live/", "query_string": b"on=x", "headers": headers}


class House:
    """An application that opens to whoever has not signed out, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[Scope] = []
        self.status = 204

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as Django does."""
        self.asked.append(scope)
        assert await receive() == {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.sleep(0.01)
        if self.status == 204:
            scope[TICKET].append(CHANNEL)
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def run(test: Callable[[Doors, House], Coroutine[Any, Any, None]]) -> None:
    """Run a test in a loop of its own."""

    async def inside() -> None:
        house = House()
        await test(Doors(house), house)

    asyncio.run(inside())


def test_the_question_is_the_readers_own_request_for_the_live_address():
    async def test(doors: Doors, house: House) -> None:
        assert await doors.ask(asker(URL, scope("sessionid=abc"))) == CHANNEL
        (asked,) = house.asked
        assert (asked["method"], asked["path"], asked["query_string"]) == ("GET", CHANNEL.path, b"in=en&as=x")
        assert asked["headers"] == [(b"host", b"localhost"), (b"cookie", b"sessionid=abc")]

    run(test)


def test_many_without_an_account_are_asked_for_once_and_each_session_for_itself():
    async def test(doors: Doors, house: House) -> None:
        nobody = [scope(f"language=fr; other={number}") for number in range(20)]
        somebody = [scope(f"sessionid={number}") for number in range(3)]
        elsewhere = [scope(host="evil.example")]
        answers = await asyncio.gather(*(doors.ask(asker(URL, one)) for one in [*nobody, *somebody, *elsewhere]))
        assert set(answers) == {CHANNEL}
        assert len(house.asked) == 1 + 3 + 1

    run(test)


@pytest.mark.parametrize(("status", "said"), [(302, 401), (403, 403), (404, 404), (409, 409), (500, 500)])
def test_a_closed_door_says_why(status: int, said: int):
    async def test(doors: Doors, house: House) -> None:
        house.status = status
        assert await doors.ask(asker(URL, scope())) == said

    run(test)


@pytest.mark.parametrize("url", ["/outbox/", "/igf/2017/meetings/june/", "/nowhere/at/all", "/enter/1:x/"])
def test_no_other_address_is_asked_at(url: str):
    async def test(doors: Doors, house: House) -> None:
        assert await doors.ask(asker(url, scope())) == 404
        assert house.asked == []

    run(test)


def test_a_door_that_closes_later_is_told_to_those_who_listen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doors, "SECONDS_VALID", (0.0, 0.0))
    monkeypatch.setattr(doors, "SECONDS_FRESH", 0.0)

    async def test(doors: Doors, house: House) -> None:
        told: list[tuple[str, object]] = []
        who = asker(URL, scope("sessionid=abc"))

        def changed(url: str, answer: object) -> None:
            told.append((url, answer))

        await doors.ask(who)
        doors.watch(who, changed)
        for status in (204, 403, 403):
            house.status = status
            doors.look_after()
            await asyncio.sleep(0.1)
        assert told == [(URL, 403)]
        doors.unwatch(who, changed)
        doors.look_after()
        assert (len(house.asked), doors.known) == (4, {})

    run(test)


def test_what_a_stream_follows_is_read_strictly():
    many = b"&".join([b"on=%2Fa~1"] * (MOST_FOLLOWED + 1))

    assert wishes(b"on=%2Fa%3Fin%3Den~41&on=/b~-1") == [Wish("/a?in=en", 41), Wish("/b", -1)]
    assert wishes(b"on=/a~41", "44") == [Wish("/a", 44)]
    assert wishes(b"on=/a~41&on=/b~1", "44") == [Wish("/a", 41), Wish("/b", 1)]
    for bad in (b"", b"on=", b"on=/a", b"on=/a~x", b"on=http://elsewhere/~1", b"on=\xff~1", many):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever; the answer is the same
            wishes(bad)
