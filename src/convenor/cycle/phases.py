"""The year as a line of phases: what is done, what runs, what is to come; pure, dates in, dates out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

CALL, SCREENING, EVALUATION, COMMITTEE = "call", "screening", "evaluation", "committee"
MAIN_SESSIONS, TIMETABLE, ANNUAL_MEETING, REPORTS = "main-sessions", "timetable", "annual-meeting", "reports"
KINDS = (CALL, SCREENING, EVALUATION, COMMITTEE, MAIN_SESSIONS, TIMETABLE, ANNUAL_MEETING, REPORTS)

# Days before the first day of the annual meeting on which a phase starts and ends, as the preparation of 2017 ran: call
# 1 March – 3 May, screening one week, evaluation three, committee 12–14 June, annual meeting 18 December.
_BEFORE = {
    CALL: (292, 229),
    SCREENING: (228, 222),
    EVALUATION: (221, 201),
    COMMITTEE: (189, 187),
    MAIN_SESSIONS: (186, 109),
    TIMETABLE: (108, 79),
}
_REPORT_DAYS = 14  # a report is due two weeks after the session


class Dated(Protocol):
    """A phase with its days, both included."""

    @property
    def kind(self) -> str:
        """The phase's code."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase's code and days."""

    kind: str
    starts_on: date
    ends_on: date


class State(StrEnum):
    """Where a phase stands at a moment."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to-come"


@dataclass(frozen=True, slots=True)
class Station:
    """One phase on the line; `is_here` marks where the year stands, `day` counts from 1 while the phase runs."""

    kind: str
    starts_on: date
    ends_on: date
    state: State
    is_here: bool
    day: int | None

    @property
    def days(self) -> int:
        """How many days the phase lasts, both ends included."""
        return (self.ends_on - self.starts_on).days + 1


def day_at(moment: datetime, zone: ZoneInfo) -> date:
    """Give the calendar day of a moment in a zone.

    Raises:
        ValueError: the moment has no zone of its own.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(zone).date()


def state_of(phase: Dated, day: date) -> State:
    """Say where a phase stands on a day."""
    if day > phase.ends_on:
        return State.DONE
    return State.CURRENT if day >= phase.starts_on else State.TO_COME


def line(phases: Iterable[Dated], moment: datetime, zone: ZoneInfo) -> tuple[Station, ...]:
    """Put the phases in their order and mark where the year stands at a moment, by the calendar of the zone.

    At most one station is `is_here`: of the phases that run, the one that started last.
    """
    day = day_at(moment, zone)
    ordered = sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on, _place(phase.kind)))
    running = [phase for phase in ordered if state_of(phase, day) is State.CURRENT]
    here = running[-1].kind if running else ""
    return tuple(
        Station(
            phase.kind,
            phase.starts_on,
            phase.ends_on,
            state_of(phase, day),
            phase.kind == here,
            (day - phase.starts_on).days + 1 if phase in running else None,
        )
        for phase in ordered
    )


def next_of(stations: Sequence[Station]) -> Station | None:
    """Give the first station to come, or None at the end of the year."""
    return next((station for station in stations if station.state is State.TO_COME), None)


def proposed(starts_on: date, ends_on: date) -> tuple[Span, ...]:
    """Propose the days of all phases from those of the annual meeting, with the distances of 2017.

    Raises:
        ValueError: the meeting ends before it starts.
    """
    if ends_on < starts_on:
        raise ValueError("the annual meeting ends before it starts")
    before = [
        Span(kind, starts_on - timedelta(days=first), starts_on - timedelta(days=last))
        for kind, (first, last) in _BEFORE.items()
    ]
    reports = Span(REPORTS, ends_on + timedelta(days=1), ends_on + timedelta(days=_REPORT_DAYS))
    return (*before, Span(ANNUAL_MEETING, starts_on, ends_on), reports)


def annual_meeting_after(committee_day: date, *, days: int = 4) -> tuple[date, date]:
    """Propose first and last day of the annual meeting, as long after a committee meeting as in 2017."""
    starts_on = committee_day + timedelta(days=_BEFORE[COMMITTEE][0])
    return starts_on, starts_on + timedelta(days=days - 1)


def _place(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
