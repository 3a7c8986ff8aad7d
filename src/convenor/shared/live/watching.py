"""How a server process learns that numbers have grown, whichever process changed them.

On SQLite it looks: `PRAGMA data_version` says whether another connection has committed, for about 4 µs, without
reading a page of the file, so that it can be asked twenty times a second by the event loop itself. Changes by this
process's own requests, by the worker and by the command line come the same way, and a look is also what joins changes
that come close together. On PostgreSQL the database tells: `tell` notifies in its transaction.
"""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from typing import Any

import psycopg
from django.db import connections

from convenor.shared.live.news import CHANNEL

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_BETWEEN_CHECKS = 5.0  # on PostgreSQL: numbers are read again although nothing was told
SECONDS_AFTER_FAILURE = 1.0
Numbers = Mapping[str, int]
Topics = Callable[[], Collection[str]]


def watch(topics: Topics) -> AsyncIterator[Numbers]:
    """Give numbers of topics for ever, whenever some may have grown; those of new topics soon."""
    return on_postgres(topics) if connections["default"].vendor == "postgresql" else on_sqlite(topics)


async def on_sqlite(topics: Topics) -> AsyncIterator[Numbers]:
    """Look whether anything was committed; if so, read the numbers."""
    database = sqlite3.connect(connections["default"].settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        seen: tuple[int, frozenset[str]] | None = None
        while True:
            if wanted := frozenset(topics()):
                try:
                    now = (int(database.execute("PRAGMA data_version").fetchone()[0]), wanted)
                    if now != seen:
                        yield _numbers(database, wanted)
                        seen = now
                except sqlite3.OperationalError:  # locked for a moment: the next look will tell
                    logger.debug("The database was locked at a look", exc_info=True)
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    finally:
        database.close()


def _numbers(database: sqlite3.Connection, wanted: Collection[str]) -> Numbers:
    query = "SELECT name, number FROM shared_topic WHERE name IN (SELECT value FROM json_each(?))"
    return dict(database.execute(query, [json.dumps(sorted(wanted))]).fetchall())


async def on_postgres(topics: Topics) -> AsyncIterator[Numbers]:
    """Listen; read the numbers after connecting and every few seconds, so that nothing is missed when a line breaks."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                while True:
                    yield await _all_numbers(line, topics())
                    async for told in line.notifies(timeout=SECONDS_BETWEEN_CHECKS):
                        number, _space, topic = told.payload.partition(" ")
                        yield {topic: int(number)}
        except psycopg.OperationalError:
            logger.warning("The line to the database that tells of changes broke; it is opened again", exc_info=True)
        await asyncio.sleep(SECONDS_AFTER_FAILURE)


def _address() -> dict[str, Any]:
    given = connections["default"].get_connection_params()
    return {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}


async def _all_numbers(line: psycopg.AsyncConnection[Any], wanted: Collection[str]) -> Numbers:
    query = "SELECT name, number FROM shared_topic WHERE name = ANY(%s)"
    rows = await (await line.execute(query, [sorted(wanted)])).fetchall()
    return dict(rows)
