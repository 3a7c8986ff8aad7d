"""Rooms: what comes close together is joined, slow readers skip, nobody waits for another."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from convenor.shared.live import rooms
from convenor.shared.live.feeds import Channel, Shown
from convenor.shared.live.rooms import House, Listener

CHANNEL = Channel("test.page", "a:1", 1, "/live/a/", "en", frozenset())


class Database(list[int]):
    """A topic's numbers, of which the last is rendered; below zero the row is gone."""

    def __init__(self) -> None:
        super().__init__([1])
        self.failures = 0
        self.rendered: list[Shown] = []

    async def render(self, _channel: Channel) -> Shown:
        """Render the last number, once."""
        if self.failures:
            self.failures -= 1
            raise RuntimeError("no database")
        if self[-1] < 0:
            raise ObjectDoesNotExist
        if not self.rendered or self.rendered[-1].number != self[-1]:
            self.rendered.append(Shown(self[-1], 1, {"a": str(self[-1])}, {"a": self[-1]}))
        return self.rendered[-1]


@pytest.fixture
def numbers() -> Database:
    """Give a database with one number."""
    return Database()


def run(numbers: Database, test: Callable[[House], Coroutine[Any, Any, None]]) -> None:
    """Run a test in a loop of its own."""

    async def inside() -> None:
        await test(House(numbers.render))

    asyncio.run(inside())


def told(said: bytes) -> list[tuple[str, Any]]:
    """Read events: what they are, and their number or status."""
    events = [
        dict(line.split(": ", 1) for line in one.split("\n") if ": " in line)
        for one in said.decode().split("\n\n")
        if one
    ]
    return [
        (one["event"], (data := json.loads(one.get("data") or "{}")).get("at", data.get("status"))) for one in events
    ]


async def until(listener: Listener, wanted: bytes) -> bytes:
    """Wait until a listener has something to say that contains this."""
    said = b""
    async with asyncio.timeout(3):
        while wanted not in said:
            listener.wake.clear()
            said += listener.pending()
            if wanted not in said:
                await listener.wake.wait()
    return said


def test_who_enters_is_told_where_things_stand_even_without_a_change(numbers: Database):
    async def test(house: House) -> None:
        listener = Listener(is_packed=False)
        listener.enter(house.room(CHANNEL), 1)
        said = await until(listener, b"news")
        assert told(said) == [("news", 1)]
        assert json.loads(said.decode().split("data: ")[1])["parts"] == {}
        assert listener.pending() == b""

    run(numbers, test)


def test_changes_that_come_close_together_are_joined(numbers: Database):
    async def test(house: House) -> None:
        listener = Listener(is_packed=False)
        listener.enter(house.room(CHANNEL), 1)
        await until(listener, b"news")
        for number in range(2, 40):
            numbers.append(number)
            house.hear({"a:1": number, "b:1": 7})
            await asyncio.sleep(0.01)
        await until(listener, b"id: 39")

    run(numbers, test)
    rendered = [one.number for one in numbers.rendered]
    assert (rendered[0], rendered[-1]) == (1, 39)
    assert len(rendered) < 12


def test_a_slow_reader_skips_to_the_latest(numbers: Database):
    async def test(house: House) -> None:
        quick, slow = Listener(is_packed=False), Listener(is_packed=False)
        for one in (quick, slow):
            one.enter(house.room(CHANNEL), 1)
        await until(slow, b"news")
        for number in (2, 3, 4):
            numbers.append(number)
            house.hear({"a:1": number})
            await until(quick, f"id: {number}".encode())
        assert told(slow.pending()) == [("news", 4)]

    run(numbers, test)


def test_a_late_word_of_an_older_number_changes_nothing(numbers: Database):
    async def test(house: House) -> None:
        listener = Listener(is_packed=False)
        listener.enter(house.room(CHANNEL), 1)
        await until(listener, b"news")
        numbers.append(6)
        house.hear({"a:1": 5})
        await until(listener, b"id: 6")
        house.hear({"a:1": 5})
        await asyncio.sleep(0.3)
        assert listener.pending() == b""

    run(numbers, test)


def test_what_is_gone_closes_its_room_and_an_empty_room_is_cleared_away(numbers: Database):
    async def test(house: House) -> None:
        listener, other = Listener(is_packed=False), Listener(is_packed=False)
        listener.enter(house.room(CHANNEL), 1)
        other.enter(house.room(CHANNEL), 1)
        await until(listener, b"news")
        other.leave()
        numbers.append(-1)
        house.hear({"a:1": 2})
        assert told(await until(listener, b"closed")) == [("closed", 404)]
        assert (dict(house.rooms), list(house.topics)) == ({}, [])

    run(numbers, test)


def test_a_rendering_that_fails_is_tried_again(numbers: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rooms, "SECONDS_AFTER_FAILURE", 0.05)
    numbers.failures = 2

    async def test(house: House) -> None:
        listener = Listener(is_packed=False)
        listener.enter(house.room(CHANNEL), 1)
        assert told(await until(listener, b"news")) == [("news", 1)]

    run(numbers, test)


def test_a_sign_of_life_is_said_only_where_nothing_else_is(numbers: Database):
    async def test(house: House) -> None:
        listener = Listener(is_packed=False)
        listener.is_due = True
        assert told(listener.pending()) == [("beat", None)]
        listener.enter(house.room(CHANNEL), 0)
        await asyncio.sleep(0.1)
        listener.is_due = True
        assert told(listener.pending()) == [("news", 1)]
        assert listener.pending() == b""

    run(numbers, test)
