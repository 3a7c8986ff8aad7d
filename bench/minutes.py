"""Measure the minutes of a meeting: from its log to the record, the summary report, the verbatim record and each form.

`python bench/minutes.py [--json]`

A meeting of three days with about 1,500 entries is held in memory by 120 people: speeches, decisions, action items,
and 6,000 lines of captions. The milliseconds are those of this process alone (its own time on the processor), the
median of five; those of the PDF are by the clock, since another process sets it.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")

import django  # noqa: E402 - the lines above make it importable

django.setup()

from convenor.meetings.agenda import Agenda, Block, Day, Item  # noqa: E402 - as above
from convenor.meetings.clock import plan_of  # noqa: E402 - as above
from convenor.meetings.floor import (  # noqa: E402 - as above
    Channel,
    Entry,
    Rule,
    Setting,
    State,
    Step,
    Wish,
    change,
    days,
    decisions,
    items,
    lists,
    minuting,
    record,
    turns,
)
from convenor.meetings.floor.minuting import Sort  # noqa: E402 - as above
from convenor.meetings.floor.state import Outcome  # noqa: E402 - as above
from convenor.meetings.minutes import (  # noqa: E402 - as above
    Capacity,
    Caption,
    Mode,
    Person,
    Present,
    Sources,
    record_of,
    report_of,
    verbatim_of,
)
from convenor.meetings.minutes_outputs.akoma import report_akn, verbatim_akn  # noqa: E402 - as above
from convenor.meetings.minutes_outputs.data import report_json  # noqa: E402 - as above
from convenor.meetings.minutes_outputs.paper import report_paper, verbatim_paper  # noqa: E402 - as above
from convenor.meetings.minutes_words import wording_in  # noqa: E402 - as above
from convenor.shared.documents.pdf import to_pdf  # noqa: E402 - as above
from convenor.shared.documents.plain import to_text  # noqa: E402 - as above
from convenor.shared.documents.wordfile import to_docx  # noqa: E402 - as above

PEOPLE, DAYS, ITEMS_PER_DAY, SPEECHES_PER_ITEM, LINES, ROUNDS = 120, 3, 13, 11, 6_000, 5
BEGINS = datetime(2017, 6, 12, 7, tzinfo=UTC)


def agenda() -> Agenda:
    """Give the agenda: days of items without sub-items."""
    return Agenda(
        "Meeting",
        days=tuple(
            Day(
                f"2017-06-{12 + day}",
                key=f"d{day}",
                blocks=(
                    Block(
                        "09:00",
                        "18:00",
                        key=f"b{day}",
                        items=tuple(
                            Item(f"{number}", f"Matter {number}", key=f"i{day}x{number}")
                            for number in range(ITEMS_PER_DAY)
                        ),
                    ),
                ),
            )
            for day in range(DAYS)
        ),
    )


class Floor:
    """The floor of a meeting in memory."""

    def __init__(self, chance: random.Random) -> None:
        """Begin an empty log."""
        self.chance, self.now = chance, BEGINS
        self.state, self.entries = State(), list[Entry]()
        self.words: dict[tuple[int, str], str] = {}
        printed = [item.key for day in agenda().days for block in day.blocks for item in block.items]
        self.setting = Setting(tuple(f"d{day}" for day in range(DAYS)), items=tuple(printed))

    def do(self, step: Step, **words: str) -> None:
        """Enter a step."""
        self.now += timedelta(seconds=self.chance.randrange(5, 60))
        entry = record(
            self.state, self.setting, step, by="p0", at=self.now, channel=Channel.ROOM, expected=self.state.mark
        )
        self.entries.append(entry)
        self.state = change(self.state, entry)
        self.words.update({(entry.sequence, field): text for field, text in words.items()})

    def hold(self) -> None:
        """Hold the whole meeting."""
        for day in range(DAYS):
            self.now = BEGINS + timedelta(days=day)
            self.do(partial(days.open_day, day=f"d{day}", rules=(Rule.FIRST_COME,)))
            for number in range(ITEMS_PER_DAY):
                self.do(partial(items.take_up, item=f"i{day}x{number}"))
                self.treat()
            self.do(days.close_day)

    def treat(self) -> None:
        """Let people speak, decide something, and minute what is to be done."""
        for _ in range(SPEECHES_PER_ITEM):
            person = f"p{self.chance.randrange(PEOPLE)}"
            if any(one.person == person for one in self.state.waiting(self.state.matter)):
                continue
            seat = self.chance.choice((Channel.ROOM, Channel.ONLINE))
            self.do(partial(lists.ask, person=person, wish=Wish.INTERVENTION, seat=seat))
            self.do(turns.call_next)
            self.do(turns.end_turn)
        self.do(partial(decisions.decide, outcome=Outcome.AGREED), proposal="The list as it was circulated")
        for sort in (Sort.ACTION, Sort.PROPOSAL, Sort.ANNOUNCEMENT):
            self.do(partial(minuting.minute, sort=sort), minuted="What the secretariat wrote while it was spoken")


def sources(floor: Floor) -> Sources:
    """Give what the minutes are made from."""
    groups, regions = ("civ", "gov", "prv", "tec", "igo"), ("af", "ap", "ee", "lac", "weo")
    people = {
        f"p{number}": Person(
            f"p{number}", f"Person {number}", "Organisation", "Country", floor.chance.choice(groups),
            floor.chance.choice(regions), "none", Capacity.MEMBER, Mode.ROOM, is_listed=True,
        )
        for number in range(PEOPLE)
    }  # fmt: skip
    there = tuple(Present(f"d{day}", key, Mode.ROOM) for key in people for day in range(DAYS))
    return Sources(
        "Meeting",
        agenda=agenda(),
        plan=plan_of(agenda(), "Europe/Zurich"),
        zone="Europe/Zurich",
        entries=tuple(floor.entries),
        words=floor.words,
        people=people,
        attendance=there,
    )


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Give the median time of some work."""
    spent = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        spent.append((clock() - start) * 1000)
    return round(median(spent), 1)


def main() -> None:
    """Print the figures."""
    floor = Floor(random.Random(7))
    floor.hold()
    given, wording, on = sources(floor), wording_in("en"), date(2017, 6, 14)
    step = (floor.now - BEGINS) / LINES
    captions = tuple(Caption(BEGINS + step * at, "A line of what was said in the room.") for at in range(LINES))
    made = record_of(given)
    report, verbatim = report_of(made, wording), verbatim_of(made, captions, wording)
    paper, words = report_paper(report, at=floor.now), verbatim_paper(verbatim, at=floor.now)
    figures = {
        f"record of {len(floor.entries)} entries": milliseconds(lambda: record_of(given)),
        f"report of {sum(1 for _ in report.paragraphs())} paragraphs": milliseconds(lambda: report_of(made, wording)),
        f"verbatim record of {LINES} lines": milliseconds(lambda: verbatim_of(made, captions, wording)),
        "report as JSON": milliseconds(lambda: report_json(report, made)),
        "report as Akoma Ntoso": milliseconds(lambda: report_akn(report, address="f/2017/m", on=on)),
        "verbatim as Akoma Ntoso": milliseconds(lambda: verbatim_akn(verbatim, address="f/2017/m", on=on)),
        "report as text": milliseconds(lambda: to_text(paper)),
        "report as DOCX": milliseconds(lambda: to_docx(paper)),
        "report as PDF": milliseconds(lambda: to_pdf(paper), time.perf_counter),
        "verbatim as PDF": milliseconds(lambda: to_pdf(words), time.perf_counter),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:32} {value:8.1f} ms")


if __name__ == "__main__":
    main()
