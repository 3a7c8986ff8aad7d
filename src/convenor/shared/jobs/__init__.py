"""Work that runs later, with progress and an outcome, and whose effect happens once.

A view says `enqueue("convenor.selection.compute.compute_selection", {"cycle": 1}, by=person, at=now)`; only the worker
imports the function's module, so that solvers never enter a web process. What the function does to the data it does in
`effects.keep(…)`; where something outside does not answer it raises `Retry`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convenor.shared.jobs.models import Job

Report = Callable[[float | None, str], None]


class Retry(Exception):  # noqa: N818 - a wish, not an error
    """Something outside, such as a server, does not answer now; its text is a sentence for people."""


def enqueue(
    task: str,
    values: Mapping[str, int],
    *,
    by: Any,
    at: datetime,
    back: str = "",
    scope: str = "",
    key: str | None = None,
) -> Job:
    """Hand a job in: see `queue.enqueue`. Imported late, since Django loads this package before its models."""
    from convenor.shared.jobs import queue  # noqa: PLC0415

    return queue.enqueue(task, values, by=by, at=at, back=back, scope=scope, key=key)
