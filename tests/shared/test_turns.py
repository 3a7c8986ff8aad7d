"""Requests take turns: few at once, in the order in which they came, and a slow line keeps nobody waiting."""

import asyncio
import threading
import time
from typing import Any

from django.http import HttpRequest, HttpResponse

from convenor.shared.pages.turns import Turns


def scope(path: str) -> dict[str, Any]:
    """Write a request."""
    return {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}


def without_a_site(threads: int, seen: list[tuple[str, str]], *, seconds: float = 0) -> Turns:
    """Make the handler with a view in place of the whole site, which notes path and thread."""

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append((request.path, threading.current_thread().name))
        time.sleep(seconds)
        return HttpResponse(request.path)

    turns = Turns(threads)
    turns.get_response = answer  # type: ignore[method-assign]  # the site
    return turns


async def ask(turns: Turns, path: str, send: Any) -> None:
    """Ask as the server does."""
    said = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not said:
            await asyncio.Event().wait()
        return said.pop()

    await turns(scope(path), receive, send)


async def nobody(_message: dict[str, Any]) -> None:
    """Take an answer."""


def test_requests_are_done_in_the_order_in_which_they_came_and_few_at_once():
    seen: list[tuple[str, str]] = []
    turns = without_a_site(2, seen, seconds=0.002)
    paths = [f"/{n}/" for n in range(20)]

    async def all_at_once() -> None:
        await asyncio.gather(*(ask(turns, path, nobody) for path in paths))

    asyncio.run(all_at_once())

    places = [paths.index(path) for path, _thread in seen]
    assert sorted(places) == list(range(20))
    assert all(abs(place - turn) <= 1 for turn, place in enumerate(places))
    assert len({thread for _path, thread in seen}) == 2


def test_a_slow_line_holds_no_thread():
    turns, heard = without_a_site(1, []), list[str]()

    async def slow_and_quick() -> None:
        taken = asyncio.Event()

        async def slow(_message: dict[str, Any]) -> None:
            await taken.wait()

        async def quick(message: dict[str, Any]) -> None:
            heard.append(message["type"])

        waiting = asyncio.create_task(ask(turns, "/slow/", slow))
        await asyncio.wait_for(ask(turns, "/quick/", quick), 5)
        assert not waiting.done()
        taken.set()
        await waiting

    asyncio.run(slow_and_quick())

    assert heard == ["http.response.start", "http.response.body"]
