"""The proposers of `bench/deadline.py`, in a process of their own: a plan comes in as JSON, figures go out.

Each is a connection as a browser's, kept open. Three saves as the page makes them, then the proposal is handed in; a
time counts from the moment the request is sent, with every further try. What got no answer is tried again, with the
same token, until ten seconds after the deadline.
"""

import asyncio
import json
import random
import resource
import statistics
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvloop

SAVES = 3
AGAIN_SECONDS = 0.5
PATIENCE_SECONDS = 10.0
WORDS = ("cables", "rights", "access", "trust", "nets", "people", "costs", "rules", "speech", "data")


@dataclass
class Figures:
    """What was seen."""

    saves_ms: list[float] = field(default_factory=list)
    submits_ms: list[float] = field(default_factory=list)
    lags_ms: list[float] = field(default_factory=list)
    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    requests: int = 0
    tried_again: int = 0
    late_refused: int = 0
    not_answered: int = 0


class Line:
    """A connection that is kept open, and opened again when it broke."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.head = f"Host: 127.0.0.1:{port}\r\nCookie: sessionid={session}; csrftoken={'a' * 32}\r\n"
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, fields: dict[str, str], more: str = "") -> tuple[int, bytes]:
        """Send a form; give status and body.

        Raises:
            OSError: there was no whole answer.
        """
        body = urlencode({**fields, "csrfmiddlewaretoken": "a" * 32}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self.head}{more}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            if self.writer is None or self.reader is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.writer.write(head.encode() + body)
            return await self._answer(self.reader)
        except (OSError, asyncio.IncompleteReadError, IndexError, ValueError) as error:
            self.close()
            raise OSError(str(error)) from error

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        if "transfer-encoding: chunked" in head:
            body = b""
            while size := int(await reader.readline(), 16):
                body += await reader.readexactly(size + 2)
            await reader.readline()
            return status, body
        length = head.partition("content-length:")[2].partition("\r\n")[0].strip()
        return status, await reader.readexactly(int(length or 0))

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def try_until(line: Line, until: float, figures: Figures, *message: Any) -> tuple[int, bytes] | None:
    """Send a message until it is answered, each time the same; None if the time ran out."""
    while time.time() < until:
        figures.requests += 1
        try:
            status, body = await asyncio.wait_for(line.post(*message), PATIENCE_SECONDS)
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return status, body
        except (OSError, TimeoutError):
            line.close()
        figures.tried_again += 1
        await asyncio.sleep(AGAIN_SECONDS)
    return None


async def propose(plan: dict[str, Any], client: dict[str, Any], figures: Figures, *, is_late: bool) -> None:
    """Save three texts, then hand in; who is late does that after the deadline."""
    chance = random.Random(client["key"])
    closes_at = plan["closes_at"]
    before = chance.triangular(0.3, 52, 2)  # the mode lies near the deadline
    hands_in_at = closes_at + chance.uniform(0.1, 5) if is_late else closes_at - before - 0.7
    line = Line(plan["port"], client["session"])
    title = f"Proposal {client['key']} of {chance.choice(WORDS)}"
    said, opened = ["", ""], ["", ""]
    for turn in range(SAVES):
        await sleep_until(hands_in_at - (SAVES - turn) * 2 - chance.random(), figures)
        said = [title, f"{title}. " + " ".join(chance.choice(WORDS) for _word in range(150 + 20 * turn))]
        message = {
            "f-title": said[0], "f-summary": said[1], "token": f"{chance.getrandbits(128):032x}",
            "was": json.dumps({"title": opened[0], "summary": opened[1]}),
        }  # fmt: skip
        started = time.perf_counter()
        answer = await try_until(
            line, closes_at + PATIENCE_SECONDS, figures, client["form"], message, "X-In-Place: 1\r\n"
        )
        figures.saves_ms.append((time.perf_counter() - started) * 1000)
        if answer is None or answer[0] != HTTPStatus.OK:
            figures.not_answered += 1
            return
        was = json.loads(answer[1])["was"]
        opened = [was["title"], was["summary"]]
    await sleep_until(hands_in_at, figures)
    started = time.perf_counter()
    answer = await try_until(line, closes_at + PATIENCE_SECONDS, figures, client["submit"], {})
    figures.submits_ms.append((time.perf_counter() - started) * 1000)
    count(client["key"], answer, (said[0], said[1]), figures)
    line.close()


def count(key: int, answer: tuple[int, bytes] | None, texts: tuple[str, str], figures: Figures) -> None:
    """Count what became of a proposal: acknowledged, refused because it is late, or without an answer."""
    if answer is None:
        figures.not_answered += 1
    elif answer[0] == HTTPStatus.FOUND:
        figures.texts[key] = texts
    elif answer[0] == HTTPStatus.UNPROCESSABLE_ENTITY:
        figures.late_refused += 1
    else:
        sys.exit(f"the server answered {answer[0]}: {answer[1][:300]!r}")


async def sleep_until(moment: float, figures: Figures) -> None:
    """Sleep until a moment, and note how late this process woke."""
    if (wait := moment - time.time()) > 0:
        await asyncio.sleep(wait)
        figures.lags_ms.append((time.time() - moment) * 1000)


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Let everybody propose."""
    figures = Figures()
    on_time = len(plan["clients"]) - plan["late"]
    await asyncio.gather(
        *(propose(plan, client, figures, is_late=n >= on_time) for n, client in enumerate(plan["clients"]))
    )
    return {
        "acknowledged": len(figures.texts),
        "texts": figures.texts,
        "late_refused": figures.late_refused,
        "not_answered": figures.not_answered,
        "tried_again": figures.tried_again,
        "requests": figures.requests,
        **_shares("save", figures.saves_ms),
        **_shares("submit", figures.submits_ms),
        "longest_ms": round(max(figures.saves_ms + figures.submits_ms)),
        "own_lag_p99_ms": round(_share(figures.lags_ms, 99)),
    }


def _shares(name: str, times: list[float]) -> dict[str, int]:
    return {f"{name}_p{share}_ms": round(_share(times, share)) for share in (50, 95, 99)}


def _share(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    wanted = json.load(sys.stdin)
    Path(wanted["answers"]).write_text(json.dumps(uvloop.run(run(wanted))), "utf-8")
