"""Work that runs later, once, with progress and an outcome.

A view says `enqueue("convenor.selection.compute.compute_selection", {"cycle": 1}, by=person, at=now)`; only the worker
imports the function's module, so that solvers never enter a web process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convenor.shared.jobs.models import Job

Report = Callable[[float | None, str], None]


def enqueue(task: str, values: Mapping[str, int], *, by: Any, at: datetime, back: str = "") -> Job:
    """Hand a job in: see `queue.enqueue`. Imported late, since Django loads this package before its models."""
    from convenor.shared.jobs import queue  # noqa: PLC0415

    return queue.enqueue(task, values, by=by, at=at, back=back)
