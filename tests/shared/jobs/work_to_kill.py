"""Jobs for a worker that is killed: on its first attempt each says where it is, and stays there for ever."""

import os
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from convenor.shared.jobs import Report
from convenor.shared.jobs.effects import keep, once
from convenor.shared.journal import record

BEFORE, WITHIN, BETWEEN, AFTER = range(4)  # of what is kept


def write_into_the_journal(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Write a first entry, then one that ends the job; be killed at the place that `values` name."""
    report(0.1, "begun")

    def write(verb: str) -> str:
        record(scope="killed", verb=verb, template="Done.", values={}, at=at)
        _stay_at(WITHIN if verb == "job.kept" else None, values)
        return f"{verb}, process {os.getpid()}"

    _stay_at(BEFORE, values)
    once("first", lambda: write("job.begun"))
    _stay_at(BETWEEN, values)
    sentence = keep(lambda: write("job.kept"))
    _stay_at(AFTER, values)
    return sentence


def _stay_at(place: int | None, values: Mapping[str, int]) -> None:
    """Wait to be killed, once per folder."""
    if place != values["place"]:
        return
    try:
        Path(os.environ["CONVENOR_HOME"], "was-here").touch(exist_ok=False)
    except FileExistsError:
        return
    sys.stdout.write("here\n")
    sys.stdout.flush()
    threading.Event().wait()
