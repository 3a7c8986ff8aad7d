"""What stands above and beside an agenda while it is under way: now, what somebody has to know, what could be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from convenor.meetings.actions_times import proposed
from convenor.meetings.agenda_times import AgendaTimes
from convenor.meetings.clock import BlockTimes, DayTimes, Finding, Occurrence, Proposal, State, Way
from convenor.meetings.clock_words import ClockWords, length, way
from convenor.meetings.proposed_edits import mark_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal as the page shows it: the words of its button, what it does, and the mark by which it is taken."""

    mark: str
    name: str
    sentences: Sequence[str]
    is_order: bool


@dataclass(frozen=True, slots=True)
class Now:
    """The present moment of a meeting: the item under way, facts in pairs, findings and proposals in sentences."""

    time: str
    item: str
    facts: Sequence[tuple[str, str]]
    findings: Sequence[str]
    offers: Sequence[Offer]

    @property
    def orders(self) -> list[Offer]:
        """Another order, where somebody is waited for."""
        return [offer for offer in self.offers if offer.is_order]

    @property
    def ways(self) -> list[Offer]:
        """Ways to end a day in time."""
        return [offer for offer in self.offers if not offer.is_order]


def now_of(times: AgendaTimes, *, offers: bool) -> Now:
    """Gather what is to be known now; what could be done is reckoned only for those who may do it."""
    timing = times.timing
    local = timing.now.astimezone(ZoneInfo(timing.meeting.zone))
    gone = {note.key: _("an item") for note in timing.projection.notes if note.code is Finding.UNKNOWN_FACT}
    words = ClockWords({**gone, **times.words.names}, timing.meeting.zone, local.date())
    times.words = words
    day = _today(times)
    return Now(
        f"{local:%H:%M}",
        timing.under_way,
        list(_facts(times, day)) if day else (),
        list(dict.fromkeys(words.finding(note) for note in timing.projection.notes)),
        [_offer(one, words) for one in proposed(timing)] if offers else (),
    )


def _today(times: AgendaTimes) -> DayTimes | None:
    """Give the day that is open, or the next that is still to come."""
    days = times.timing.projection.days
    return next((one for one in days if one.state is State.RUNNING), None) or next(
        (one for one in days if one.state is State.TO_COME), None
    )


def _facts(times: AgendaTimes, day: DayTimes) -> Iterator[tuple[str, str]]:
    words, order = times.words, day.running_order()
    running = next((one for one in order if isinstance(one, Occurrence) and one.state is State.RUNNING), None)
    if running is not None:
        yield words.names.get(running.item, ""), times.until(running)
        left = _left(running, times)
        if left:
            yield _("Time left"), left
    following = next((one for one in order if isinstance(one, Occurrence) and one.state is State.TO_COME), None)
    if following is not None and following.expected is not None:
        values = {"name": words.names.get(following.item, ""), "time": words.time(following.expected.start)}
        yield pgettext("an agenda item", "Next"), _("%(name)s, expected %(time)s") % values
    pause = next((one for one in order if isinstance(one, BlockTimes) and one.state is not State.HELD), None)
    if pause is not None and pause.expected is not None:
        yield words.names.get(pause.key, ""), words.time(pause.expected.start)
    if day.expected is not None and day.expected.end is not None:
        yield _("Day ends"), _("expected %(time)s") % {"time": words.time(day.expected.end)}


def _left(running: Occurrence, times: AgendaTimes) -> str:
    """Say how much of the time of an item is left, counted over all its stretches."""
    planned = next((one.planned for one in times.of[running.item] if one.planned), None)
    if planned is None or planned.end is None or running.expected is None or running.expected.end is None:
        return ""
    left = max(timedelta(0), running.expected.end - times.timing.now)
    return _("%(left)s of %(whole)s") % {"left": length(left), "whole": length(planned.end - planned.start)}


def _offer(proposal: Proposal, words: ClockWords) -> Offer:
    return Offer(mark_of(proposal), way(proposal.way), list(words.proposal(proposal)), proposal.way is Way.REORDER)
