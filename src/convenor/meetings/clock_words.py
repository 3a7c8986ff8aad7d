"""What the clock says, in sentences of the page's language; the clock itself writes no prose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.clock import (
    BlockTimes,
    Change,
    DayEnd,
    Deed,
    Finding,
    Note,
    Occurrence,
    Proposal,
    Reason,
    Way,
    Why,
)
from convenor.shared.languages.days import date_format

MINUTE = timedelta(minutes=1)
# Why something is late: goes on behind "25 min late: ".
CAUSES: Mapping[Why, str] = {
    Why.OPENED_LATE: marked("%(name)s was opened late"),
    Why.NOT_OPENED: marked("%(name)s has not been opened yet"),
    Why.NOT_BEGUN: marked("%(name)s has not been taken up yet"),
    Why.TAKEN_UP_LATE: marked("%(name)s was taken up late"),
    Why.OVERRAN: marked("%(name)s takes longer than planned"),
    Why.BREAK_OVERRAN: marked("%(name)s took longer than planned"),
    Why.WAITS_FOR_GUEST: marked("%(name)s comes only at %(time)s"),
    Why.DAY_BEFORE: marked("%(name)s goes on for so long"),
    Why.CARRIED: marked("what was left of %(name)s comes first"),
    Why.CUT: marked("%(name)s comes before it and does not move"),
    Why.ANOTHER_ORDER: marked("items were taken in another order"),
}
REMARKS: Mapping[Why, str] = {
    Why.EARLY: marked("%(length)s earlier than planned."),
    Why.GOES_ON: marked("Interrupted by %(name)s. It goes on at %(time)s with the %(length)s that are left."),
    Why.STOPS: marked("Stops at the fixed end of %(name)s. It goes on at %(time)s with the %(length)s that are left."),
    Why.CONTINUES: marked("Goes on with what was begun before."),
    Why.FROM_DAY: marked("Left over from %(name)s."),
}
# The same where the moment is not known.
WITHOUT_TIME: Mapping[Why, str] = {
    Why.GOES_ON: marked("Interrupted by %(name)s, with %(length)s left."),
    Why.STOPS: marked("Stops at the fixed end of %(name)s, with %(length)s left."),
    Why.WAITS_FOR_GUEST: marked("%(name)s comes later"),
}
FINDINGS: Mapping[Finding, str] = {
    Finding.DAY_OVERRUNS: marked("%(name)s is expected to end at %(end)s, %(length)s after its planned end."),
    Finding.HARD_END: marked("%(name)s is expected to go on for %(length)s after %(time)s, when nothing can go on."),
    Finding.NOT_OPENED: marked("%(name)s should have begun at %(time)s, %(length)s ago, and has not been opened."),
    Finding.GUEST_LATE: marked("%(guest)s comes only at %(time)s: %(name)s waits %(length)s."),
    Finding.GUEST_GONE: marked("%(guest)s leaves at %(time)s, %(length)s before the expected end of %(name)s."),
    Finding.PIN_MISSED: marked("%(name)s cannot begin at %(time)s as fixed: it begins %(length)s later."),
    Finding.OVERFULL: marked("The items of %(name)s need %(length)s more than it has."),
    Finding.LEFT_OVER: marked("%(name)s is left over: %(length)s of it were not treated."),
    Finding.UNKNOWN_FACT: marked(
        "Something was noted at %(time)s about %(name)s, which is not on the agenda any more."
    ),
}
CHANGES: Mapping[Deed, str] = {
    Deed.SHORTENED: marked("%(name)s is shortened from %(before)s to %(after)s."),
    Deed.DROPPED: marked("%(name)s is dropped (%(before)s)."),
    Deed.TO_DAY: marked("%(name)s: %(after)s are moved to %(to)s."),
    Deed.PLACED: marked("%(name)s is taken after %(to)s."),
}
WAYS: Mapping[Way, str] = {
    Way.SHORTEN: marked("Shorten what is to come"),
    Way.NEXT_DAY: marked("Move the rest to the next day"),
    Way.DROP: marked("Drop something"),
    Way.REORDER: marked("Take another order"),
}
NO_CHANGE: Mapping[Way, str] = {
    Way.SHORTEN: marked("Nothing that is to come can be made shorter."),
    Way.NEXT_DAY: marked("There is no next day that could take the rest."),
    Way.DROP: marked("Nothing is to come that could be dropped."),
    Way.REORDER: marked("No other order helps."),
}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """Says what the clock found; `names` of keys, times in a zone, and the date where it is another than `on`."""

    names: Mapping[str, str]
    zone: str
    on: date | None = None

    def delay(self, one: Occurrence | BlockTimes) -> str:
        """Say how late a stretch or a block is and why; empty where it is not."""
        if one.delay < MINUTE / 2 or not one.delayed:
            return ""
        if len(one.delayed) == 1:
            causes = self.cause(one.delayed[0])
        else:
            parts = (
                _("%(cause)s (%(length)s)") % {"cause": self.cause(reason), "length": length(reason.length)}
                for reason in one.delayed
            )
            causes = "; ".join(parts)
        return _("%(length)s late: %(causes)s.") % {"length": length(one.delay), "causes": causes}

    def cause(self, reason: Reason) -> str:
        """Say a cause of a delay, as a part of a sentence."""
        return self._said(CAUSES, reason)

    def remark(self, reason: Reason) -> str:
        """Say what else there is to know about a stretch or a block, as a sentence."""
        return self._said(REMARKS, reason)

    def finding(self, note: Note) -> str:
        """Say what somebody has to know or decide."""
        values = {
            "name": self._name(note.key),
            "guest": self._name(note.guest),
            "length": length(note.length),
            "time": self.time(note.at),
            "end": self.time(note.at + note.length if note.at is not None and note.length is not None else None),
        }
        return _capital(_(FINDINGS[note.code]) % values)

    def change(self, change: Change) -> str:
        """Say one thing that a proposal does."""
        values = {
            "name": self._name(change.item),
            "before": length(change.before),
            "after": length(change.after),
            "to": self._name(change.to),
        }
        return _capital(_(CHANGES[change.deed]) % values)

    def end(self, end: DayEnd) -> str:
        """Say when a day would end; empty where that does not change."""
        if end.after is None or end.after == end.before:
            return ""
        values = {"name": self._name(end.day), "after": self.time(end.after), "before": self.time(end.before)}
        if end.before is None:
            return _capital(_("%(name)s then ends at %(after)s.") % values)
        return _capital(_("%(name)s then ends at %(after)s instead of %(before)s.") % values)

    def proposal(self, proposal: Proposal) -> Iterator[str]:
        """Yield what a proposal does, when the days would end, and what stays in the way."""
        if not proposal.changes:
            yield _(NO_CHANGE[proposal.way])
        yield from map(self.change, proposal.changes)
        yield from filter(None, map(self.end, proposal.ends))
        yield from map(self.finding, proposal.notes)

    def time(self, moment: datetime | None) -> str:
        """Write a moment as clocks of the zone show it."""
        if moment is None:
            return ""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.on is None or local.date() == self.on:
            return f"{local:%H:%M}"
        return _("%(time)s on %(date)s") % {"time": f"{local:%H:%M}", "date": date_format(local.date(), _("j F"))}

    def _said(self, sentences: Mapping[Why, str], reason: Reason) -> str:
        words = (
            sentences[reason.code] if reason.at is not None else WITHOUT_TIME.get(reason.code, sentences[reason.code])
        )
        values = {"name": self._name(reason.key), "length": length(reason.length), "time": self.time(reason.at)}
        said = _(words) % values
        return _capital(said) if sentences is REMARKS else said

    def _name(self, key: str) -> str:
        return self.names.get(key, key)


def way(way: Way) -> str:
    """Name a way to gain time, as one would on a button."""
    return _(WAYS[way])


def length(given: timedelta | None) -> str:
    """Write a length in whole minutes, from an hour on in hours and minutes."""
    if given is None:
        return ""
    minutes = round(given / MINUTE)
    if not minutes:
        return _("less than a minute") if given else _("0 min")
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
