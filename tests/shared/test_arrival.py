"""A request knows when it arrived, however long it waits for its turn."""

from asyncio import run
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.test import RequestFactory

from convenor.shared.pages.arrival import ARRIVED, arrived_at, stamped

SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}


def test_what_waits_for_its_turn_keeps_the_moment_of_its_arrival():
    heard: list[dict[str, Any]] = []

    async def application(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        heard.append(scope)

    before = datetime.now(UTC)
    run(stamped(application)(SCOPE, None, None))
    after = datetime.now(UTC)

    assert before <= arrived_at(ASGIRequest(heard[0], BytesIO())) <= after
    waited = {**heard[0], ARRIVED: before - timedelta(seconds=30)}
    assert arrived_at(ASGIRequest(waited, BytesIO())) == before - timedelta(seconds=30)


def test_without_a_server_it_is_now():
    before = datetime.now(UTC)

    assert before <= arrived_at(RequestFactory().get("/")) <= datetime.now(UTC)
