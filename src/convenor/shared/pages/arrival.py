"""When a request arrived: what waits for its turn while the site is busy is not late for that."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

ARRIVED = "convenor.arrived_at"
Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def stamped(application: Application) -> Application:
    """Have each request know the moment at which the server began to hear it."""

    async def call(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, ARRIVED: datetime.now(UTC)}
        await application(scope, receive, send)

    return call


def arrived_at(request: HttpRequest) -> datetime:
    """Give the moment at which a request arrived; now where no server stamped it."""
    found = getattr(request, "scope", {}).get(ARRIVED)
    return found if isinstance(found, datetime) else timezone.now()
