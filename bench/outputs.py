"""Measure every form in which an agenda is taken away: `python bench/outputs.py [--json] [--runs 9] [--keep FOLDER]`.

Two invented agendas of three days, with 40 and 200 items, are stored in a folder of its own. What pages hand out is
measured as whole requests in this process; PDF and DOCX as the worker writes them, after the first one of the process.
Milliseconds are the median and the slowest of the runs.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convenor.meetings.agenda import Agenda
    from convenor.meetings.models import Meeting
    from convenor.shared.documents import Document

ROOT = Path(__file__).resolve().parents[1]
AT = datetime(2017, 6, 12, 8, tzinfo=UTC)
SIZES, DAYS, IN_BLOCK = (40, 200), 3, 4
WORDS = "Updates from the working group on access, with the reports of three initiatives and what is left open"
PAGES = {
    "page to print": "print", "plain text": "text", "CSV": "csv", "JSON": "full-json", "JSON, interchange": "json",
    "calendar": "calendar",
}  # fmt: skip
Row = dict[str, float | int | str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure every form in which an agenda is taken away.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--runs", type=int, default=9, help="of each form (default: %(default)s)")
    parser.add_argument("--keep", type=Path, help="leave what was written in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        prepare(home)
        rows = [row for items in SIZES for row in measured(items, options.runs, options.keep)]
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'form':20}{'items':>7}{'ms':>9}{'slowest':>9}{'kB':>9}")
    for row in rows:
        print(f"{row['form']:20}{row['items']:7}{row['ms']:9.1f}{row['slowest']:9.1f}{row['kB']:9.1f}")


def prepare(home: str) -> None:
    """Set an empty installation up."""
    os.environ.update(CONVENOR_HOME=home, DJANGO_SETTINGS_MODULE="convenor.config.settings", CONVENOR_HOSTS="*")
    os.environ.pop("CONVENOR_DATABASE_URL", None)
    sys.path.insert(0, str(ROOT / "src"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "convenor.config", "setup"]
    subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()


def invented(items: int) -> "Agenda":
    """Invent an agenda: blocks of four items, every second item with two under it, lengths and presenters."""
    from convenor.meetings.agenda import Agenda, Block, Day, Item

    made, days = 0, []
    for day in range(DAYS):
        blocks: list[Block] = []
        until = round(items * (day + 1) / DAYS)
        while made < until:
            tops: list[Item] = []
            while made < until and len(tops) < IN_BLOCK // 2:
                made += 1
                under = tuple(Item("ab"[at], f"{WORDS} {at}") for at in range(min(2, until - made)))
                made += len(under)
                tops.append(Item(str(made), f"{WORDS} {made}", 10, under, presenters=("Ann Example", "Ben Example")))
            minute = 9 * 60 + 20 * len(blocks)
            start, end = (f"{at // 60:02}:{at % 60:02}" for at in (minute, minute + 20))
            blocks.append(Block(start, end, items=tuple(tops)))
        days.append(Day(f"2017-06-{12 + day}", f"Day {day + 1}", "Meeting", place="Room A", blocks=tuple(blocks)))
    return Agenda(f"Meeting of {items} items", "The purpose of the meeting is to be measured.", tuple(days))


def stored(items: int) -> "Meeting":
    """Store an invented agenda as the meeting of a forum of its own."""
    from convenor.meetings.actions import NewForum, hand_in, make_meeting
    from convenor.meetings.syncing import sync
    from convenor.people.models import Person

    by = Person.objects.create(name=f"Secretary {items}")
    draft = hand_in("Meeting\n\n12 June 2017\n10:00 - 11:00 1. Opening\n", by=by, at=AT)
    forum = NewForum(f"Forum {items}", starts_on=AT.date(), ends_on=AT.date())
    meeting = make_meeting(draft, into=forum, title=f"Meeting of {items}", zone="Europe/Zurich", by=by, at=AT)
    sync(meeting, invented(items))
    return meeting


def measured(items: int, runs: int, keep: Path | None) -> list[Row]:
    """Measure every form of one agenda."""
    from django.test import Client
    from django.urls import reverse

    from convenor.meetings.agenda_page import days_of
    from convenor.meetings.outputs.about import about
    from convenor.meetings.outputs.paper import agenda_paper
    from convenor.meetings.storing import agenda_of
    from convenor.shared.documents.pdf import to_pdf
    from convenor.shared.documents.wordfile import to_docx

    meeting = stored(items)
    client = Client(headers={"accept-language": "en"})
    where = (*meeting.cycle.address, meeting.slug)

    def fetched(name: str) -> Callable[[], bytes]:
        return lambda: client.get(reverse(f"meetings:{name}", args=where)).content

    def paper() -> "Document":
        return agenda_paper(agenda_of(meeting, days_of(meeting)), about(meeting), at=AT)

    forms: dict[str, Callable[[], bytes]] = {form: fetched(name) for form, name in PAGES.items()}
    forms |= {"DOCX": lambda: to_docx(paper()).data, "PDF": lambda: to_pdf(paper()).data}
    return [_timed(form, items, write, runs, keep) for form, write in forms.items()]


def _timed(form: str, items: int, write: Callable[[], bytes], runs: int, keep: Path | None) -> Row:
    data = write()
    spent = []
    for _run in range(runs):
        before = time.perf_counter()
        data = write()
        spent.append((time.perf_counter() - before) * 1000)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{items}-{form.lower().replace(' ', '-').replace(',', '')}").write_bytes(data)
    return {
        "form": form,
        "items": items,
        "ms": round(statistics.median(spent), 1),
        "slowest": round(max(spent), 1),
        "kB": round(len(data) / 1000, 1),
    }


if __name__ == "__main__":
    main()
