"""The readers of `bench/live.py`, in a process of their own: a plan comes as JSON on standard input, figures go out.

Each listener is a connection as a browser's, compressed. Pieces that many get alike are unpacked once. Changes are
made by requests of a signed-in secretary, one every tenth of a second; a change counts from the moment its request is
sent. This process also says how late its own clock ran, which is part of every time it measures.
"""

import asyncio
import json
import os
import re
import resource
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

import uvloop

ID = re.compile(rb"\nid: (\d+)\n")
LONGEST_MS = 60_000
SLOW_WINDOW = 4096  # bytes a slow reader's system takes in
POLL_SECONDS = 4.0
FIRST_SECONDS = 5.0  # without an event for so long a page asks by itself


@dataclass
class Watch:
    """When which number was made, and how long each took to be seen."""

    clock: Callable[[], float]
    made_at: dict[int, float] = field(default_factory=dict)
    by_ms: list[int] = field(default_factory=lambda: [0] * (LONGEST_MS + 1))
    pieces: dict[bytes, int] = field(default_factory=dict)
    events: int = 0

    def number_in(self, piece: bytes) -> int:
        """Give the last number in a compressed piece; the same bytes are unpacked once."""
        if piece not in self.pieces:
            if len(self.pieces) > 500:  # noqa: PLR2004 - the old ones do not come again
                self.pieces.clear()
            whole = b"".join(map(_inflated, piece.split(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")))
            self.pieces[piece] = max(map(int, ID.findall(whole)), default=-1)
        return self.pieces[piece]

    def saw(self, before: int, number: int) -> None:
        """Count every change after the one seen before."""
        now = self.clock()
        for one in range(before + 1, number + 1):
            if made := self.made_at.get(one):
                self.by_ms[min(LONGEST_MS, int((now - made) * 1000))] += 1

    def percentile(self, share: float) -> int:
        """Give the time within which this share of all was seen, in milliseconds."""
        wanted, counted = share * sum(self.by_ms), 0
        for milliseconds, number in enumerate(self.by_ms):
            counted += number
            if counted >= wanted and counted:
                return milliseconds
        return 0


def _inflated(piece: bytes) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece)


class Listener(asyncio.Protocol):
    """One open stream."""

    def __init__(self, watch: Watch, request: bytes, seen: int, *, is_slow: bool) -> None:
        self.watch, self.request, self.last, self.is_slow = watch, request, seen, is_slow
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.head_is_read = False
        self.has_begun = False
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        transport = cast("asyncio.Transport", transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Read whole pieces; a slow reader takes a little and rests."""
        self.buffer += data
        if not self.head_is_read:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            self.is_lost = not head.startswith(b"HTTP/1.1 200")
            self.head_is_read, self.buffer = True, rest
        while (piece := self._piece()) is not None:
            number = self.watch.number_in(piece)
            self.has_begun = self.has_begun or number >= 0  # the page's door is open, and it has been told where it is
            if number > self.last:
                if not self.is_slow:
                    self.watch.saw(self.last, number)
                    self.watch.events += 1
                self.last = number
        if self.is_slow and self.transport is not None:
            self.transport.pause_reading()
            asyncio.get_running_loop().call_later(1.0, self.resume)

    def resume(self) -> None:
        """Go on reading."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the stream ended."""
        self.is_lost = True

    def _piece(self) -> bytes | None:
        length, end, rest = self.buffer.partition(b"\r\n")
        if not end:
            return None
        size = int(length, 16)
        if len(rest) < size + 2:
            return None
        self.buffer = rest[size + 2 :]
        return rest[:size]


@dataclass
class Asker:
    """A page behind a proxy that holds events back: gives the stream up, and asks again every few seconds."""

    watch: Watch
    port: int
    head: str
    url: str
    last: int
    streamed: bool = False

    async def run(self) -> None:
        """Try the stream, then ask for ever."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request("GET", f"/live/?on={quoted(f'{self.url}~{self.last}')}", self.head))
        try:
            await asyncio.wait_for(reader.readuntil(b"data:"), FIRST_SECONDS)
            self.streamed = True
        except (TimeoutError, asyncio.IncompleteReadError):
            pass
        writer.close()
        clock = asyncio.get_running_loop().time
        while True:
            begun = clock()
            status, body = await answer(
                self.port, request("GET", self.url, f'{self.head}If-None-Match: "{self.last}"\r\n')
            )
            if status == HTTPStatus.OK:
                number = json.loads(body)["at"]
                self.watch.saw(self.last, number)
                self.last = max(self.last, number)
            await asyncio.sleep(POLL_SECONDS + min(20.0, 10 * (clock() - begun)))  # as live.js does


def quoted(text: str) -> str:
    """Write an address inside another."""
    return text.replace("&", "%26").replace("?", "%3F").replace("=", "%3D")


def request(method: str, path: str, head: str, body: str = "") -> bytes:
    """Write a request."""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n{head}\r\n{body}".encode()


async def answer(port: int, asked: bytes) -> tuple[int, bytes]:
    """Ask once, over a connection of its own, and give status and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    whole = await reader.read()
    writer.close()
    head, _end, body = whole.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1] or 0), body


@dataclass
class Lateness:
    """How late this process's own clock runs."""

    milliseconds: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Sleep for 20 ms again and again."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + 0.02
            await asyncio.sleep(0.02)
            self.milliseconds.append((loop.time() - due) * 1000)

    def percentile(self, share: float) -> float:
        """Give the lateness that this share did not exceed."""
        ordered = sorted(self.milliseconds)
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def processor_seconds(pid: int) -> float:
    """Give the processor time of the server and its processes; 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
        stats = [Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split() for one in (pid, *children)]
    except OSError:
        return 0.0
    return sum(int(one[11]) + int(one[12]) for one in stats) / os.sysconf("SC_CLK_TCK")


async def opened(plan: dict[str, Any], watch: Watch) -> list[Listener]:
    """Open all streams, a few at once, as browsers come one after the other; wait until each has begun."""
    import socket  # noqa: PLC0415

    loop, turns = asyncio.get_running_loop(), asyncio.Semaphore(50)

    async def one(group: dict[str, Any], head: str) -> Listener:
        async with turns:
            path = f"/live/?on={quoted(group['url'] + '~' + str(plan['number']))}"
            asked = request("GET", path, f"{head}Accept-Encoding: gzip\r\n")
            listener = Listener(watch, asked, plan["number"], is_slow=group["is_slow"])
            line = socket.socket()
            if group["is_slow"]:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_WINDOW)
            line.settimeout(0)
            await loop.sock_connect(line, ("127.0.0.1", plan["port"]))
            await loop.create_connection(lambda: listener, sock=line)
            while not listener.has_begun and not listener.is_lost:
                await asyncio.sleep(0.01)
            return listener

    return await asyncio.gather(*(one(group, head) for group in plan["groups"] for head in group["heads"]))


@dataclass
class Changes:
    """The changes made, one after the other, and who was behind at the end of which second."""

    plan: dict[str, Any]
    watch: Watch
    quick: list[Listener]
    number: int
    missed: int = 0
    late_ms: float = 0.0
    ends: list[tuple[float, int]] = field(default_factory=list)  # when to look whether all are at which number

    async def run(self) -> None:
        """Make ten a second; after each second, and half a one more, count who has not seen its last."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        for turn in range(self.plan["seconds"] * 10):
            due = begun + turn / 10
            await asyncio.sleep(max(0.0, due - clock()))
            self.late_ms = max(self.late_ms, 1000 * (clock() - due))
            self.number += 1
            self.watch.made_at[self.number] = clock()
            asked = request("POST", self.plan["changes"][turn % 2], self.plan["secretary"])
            status, _body = await answer(self.plan["port"], asked)
            if status != HTTPStatus.FOUND:
                sys.exit(f"a change was answered with {status}")
            if turn % 10 == 9:  # noqa: PLR2004 - the last of a second
                self.ends.append((clock() + 0.5, self.number))
            while self.ends and self.ends[0][0] <= clock():
                self.missed += sum(one.last < self.ends[0][1] for one in self.quick)
                self.ends.pop(0)


async def measure(plan: dict[str, Any]) -> dict[str, Any]:
    """Open, change, watch, count."""
    loop = asyncio.get_running_loop()
    watch, lateness, started = Watch(loop.time), Lateness(), loop.time()
    asked = Watch(loop.time, made_at=watch.made_at)
    listeners = await opened(plan, watch)
    opening = loop.time() - started
    askers = [Asker(asked, plan["proxy_port"], head, plan["url"], plan["number"]) for head in plan["asking_heads"]]
    beside = [loop.create_task(lateness.run()), *(loop.create_task(asker.run()) for asker in askers)]
    await asyncio.sleep(FIRST_SECONDS + 2 if askers else 2)
    changes = Changes(plan, watch, [one for one in listeners if not one.is_slow], plan["number"])
    begun, used = loop.time(), processor_seconds(plan["server"])
    await changes.run()
    seconds, used = loop.time() - begun, processor_seconds(plan["server"]) - used
    last = loop.time() + 60
    while any(one.last < changes.number for one in askers) and loop.time() < last:
        await asyncio.sleep(0.5)
    await asyncio.sleep(2)
    for one in listeners:
        if one.is_slow:
            one.is_slow = False
            one.resume()
    await asyncio.sleep(4)
    for task in beside:
        task.cancel()
    lasts = [*(one.last for one in listeners), *(one.last for one in askers)]
    return {
        "listeners": len(listeners), "asking": len(askers), "lost": sum(one.is_lost for one in listeners),
        "opened_in_s": round(opening, 1), "changes": len(watch.made_at), "changes_in_s": round(seconds, 1),
        "not_at_the_last_number_at_a_seconds_end": changes.missed,
        "not_at_the_last_number_in_the_end": sum(last < changes.number for last in lasts),
        "seen": sum(watch.by_ms), "p50_ms": watch.percentile(0.5), "p95_ms": watch.percentile(0.95),
        "p99_ms": watch.percentile(0.99), "asking_p95_ms": asked.percentile(0.95),
        "streamed_through_the_proxy": sum(one.streamed for one in askers),
        "own_lag_p50_ms": lateness.percentile(0.5), "own_lag_p99_ms": lateness.percentile(0.99),
        "change_sent_late_at_most_ms": round(changes.late_ms),
        "news_each_a_second": round(watch.events / len(changes.quick) / seconds, 1),
        "server_processor_share": round(used / seconds, 2),
        "own_processor_s": round(resource.getrusage(resource.RUSAGE_SELF).ru_utime, 1),
    }  # fmt: skip


if __name__ == "__main__":
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    print(json.dumps(uvloop.run(measure(json.load(sys.stdin)))))
