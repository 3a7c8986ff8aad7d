"""Why somebody may not propose, in sentences: what was refused, why with the value, what to do, what is kept."""

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from convenor.cycle import deadlines
from convenor.cycle.closing import moment_words
from convenor.cycle.deadlines import MINUTE, zone_of, zone_words
from convenor.cycle.models import Cycle
from convenor.cycle.rules import Kind
from convenor.proposals.call_rules import Refusal, Why
from convenor.proposals.calls import KindCall
from convenor.shared.languages.lists import listed


def said_in(moment: datetime, zone: str) -> str:
    """Say a moment by the clocks of a zone."""
    there = moment.astimezone(zone_of(zone))
    return moment_words(there.date(), there.time(), zone_words(zone, moment))


def closing_words(call: KindCall, cycle: Cycle) -> str:
    """Say when a call closes or closed: as it was stated, else by the clock of the year; the last minute in time."""
    if call.stated or call.window is None:
        return call.stated
    return said_in(call.window.closes_at - MINUTE, cycle.zone)


def has_closed(call: KindCall, at: datetime, cycle: Cycle) -> bool:
    """Say whether the stated minute is over at a moment, whatever the grace still takes."""
    return call.window is not None and cycle.moment(at) >= call.window.closes_at


def closing_sentence(call: KindCall, at: datetime, cycle: Cycle) -> str:
    """Say in a sentence when a call closes, or closed; nothing where its days are not set."""
    words = closing_words(call, cycle)
    if not words:
        return ""
    said = _("The call closed on %(closes)s.") if has_closed(call, at, cycle) else _("The call closes on %(closes)s.")
    return said % {"closes": words}


def opening_words(call: KindCall, cycle: Cycle) -> str:
    """Say when a call opens or opened, by the clocks of the zone that it was stated in."""
    if call.window is None:
        return ""
    return said_in(call.window.opens_at, call.call.zone if call.call else cycle.zone)


def kind_name(kind: Kind) -> str:
    """Name a kind in the reader's language."""
    return kind.name(get_language() or "en")


def sentences(refusals: Iterable[Refusal], call: KindCall | None, cycle: Cycle) -> list[str]:
    """Say every refusal, in their order."""
    return [sentence(one, call, cycle) for one in refusals]


def sentence(refusal: Refusal, call: KindCall | None, cycle: Cycle) -> str:
    """Say one refusal."""
    if call is None or refusal.why == Why.NO_KIND:
        return _("The rules of this year have no such kind of proposal. Choose one on the page of the call.")
    if refusal.why in _TIMES:
        return _of_time(refusal, call, cycle)
    if refusal.why in _CAPS:
        return _of_caps(refusal, call)
    return _of_people(refusal, call, cycle)


_TIMES = (Why.NO_CALL, Why.NOT_OPEN, Why.CLOSED, Why.GRACE)
_CAPS = (Why.CAP_PERSON, Why.CAP_ORGANISATION, Why.CAP_KIND, Why.CAP_KIND_ORGANISATION)


def _of_time(refusal: Refusal, call: KindCall, cycle: Cycle) -> str:
    words = {"kind": kind_name(call.kind), "opens": opening_words(call, cycle), "closes": closing_words(call, cycle)}
    if refusal.why == Why.NO_CALL:
        return _("“%(kind)s” cannot be proposed yet: the days of the call are not set.") % words
    if refusal.why == Why.NOT_OPEN:
        return _("“%(kind)s” cannot be proposed yet: the call opens on %(opens)s.") % words
    if refusal.why == Why.CLOSED and call.is_closed_early:
        said = _("The call for “%(kind)s” was closed early, on %(closes)s; what you wrote is kept. Reason: %(reason)s")
        return said % {**words, "reason": call.history[-1].reason}
    if refusal.why == Why.CLOSED:
        said = _(
            "The call for “%(kind)s” closed on %(closes)s. Ask the secretariat for an extension; "
            "what you wrote is kept."
        )
        return said % words
    until = said_in(refusal.values["ends_at"] - MINUTE, call.deadline.zone if call.deadline else cycle.zone)
    said = _("The call for “%(kind)s” closed on %(closes)s. It is still taken until %(until)s, and marked late.")
    return said % {**words, "until": until}


def _of_caps(refusal: Refusal, call: KindCall) -> str:
    words = {"kind": kind_name(call.kind), "n": refusal.values["n"], "cap": refusal.values["cap"]}
    cap = refusal.values["cap"]
    if refusal.why == Why.CAP_PERSON:
        said = ngettext(
            "You handed in %(n)s proposal, and a person hands in at most %(cap)s. Withdraw one to hand in this one; "
            "your draft is kept.",
            "You handed in %(n)s proposals, and a person hands in at most %(cap)s. Withdraw one to hand in this one; "
            "your draft is kept.",
            refusal.values["n"],
        )
    elif refusal.why == Why.CAP_ORGANISATION:
        said = ngettext(
            "Your organisation handed in %(n)s proposal, and one organisation hands in at most %(cap)s. Agree with "
            "your colleagues which to withdraw; your draft is kept.",
            "Your organisation handed in %(n)s proposals, and one organisation hands in at most %(cap)s. Agree with "
            "your colleagues which to withdraw; your draft is kept.",
            refusal.values["n"],
        )
    elif refusal.why == Why.CAP_KIND:
        said = ngettext(
            "A person hands in at most %(cap)s proposal of the kind “%(kind)s”, and you have %(n)s. Your draft is "
            "kept.",
            "A person hands in at most %(cap)s proposals of the kind “%(kind)s”, and you have %(n)s. Your draft is "
            "kept.",
            cap,
        )
    else:
        said = ngettext(
            "An organisation hands in at most %(cap)s proposal of the kind “%(kind)s”, and yours has %(n)s. Your "
            "draft is kept.",
            "An organisation hands in at most %(cap)s proposals of the kind “%(kind)s”, and yours has %(n)s. Your "
            "draft is kept.",
            cap,
        )
    return said % words


def _of_people(refusal: Refusal, call: KindCall, cycle: Cycle) -> str:
    language = get_language() or "en"
    groups = (cycle.rules.named("groups", code, language) for code in refusal.values.get("groups", ()))
    words = {**refusal.values, "kind": kind_name(call.kind), "groups": listed(groups)}
    if refusal.why == Why.REPORT_OWED:
        said = ngettext(
            "You owe this forum %(n)s report. File it first: your account says which.",
            "You owe this forum %(n)s reports. File them first: your account says which.",
            refusal.values["n"],
        )
        return said % words
    return str(_FOR_WHOM[refusal.why]) % words


_FOR_WHOM = {
    Why.COMMITTEE: gettext_lazy("Members of the committee do not propose. A colleague from your institution may."),
    Why.CODE_NEEDED: gettext_lazy("“%(kind)s” is proposed with an access code. The secretariat gives it out."),
    Why.NOT_ACTIVITY: gettext_lazy("“%(kind)s” is proposed by those who lead an activity of the forum."),
    Why.NOT_INSTITUTION: gettext_lazy("“%(kind)s” is proposed by institutions with a member on the committee."),
    Why.NOT_NEWCOMER: gettext_lazy(
        "“%(kind)s” is for newcomers: you proposed something to this forum in another year."
    ),
    Why.NOT_GROUP: gettext_lazy(
        "“%(kind)s” is proposed by these stakeholder groups: %(groups)s. Yours is another, or not stated."
    ),
}


HOUR, DAY = 60, 24 * 60
LAST_DAYS = 2  # until then the hours count


def now_words(call: KindCall, at: datetime, cycle: Cycle) -> str:
    """Say how long there is to go, or how long it has been closed: words that stand without script."""
    state = call.state(cycle.moment(at).astimezone(UTC))
    match state:
        case deadlines.ToCome(minutes_to_go=minutes):
            return _("Opens in %(span)s.") % {"span": span(minutes)}
        case deadlines.Open(minutes_left=minutes):
            return _("Open: %(span)s left.") % {"span": span(minutes)}
        case deadlines.Grace(ends_at=ends_at):
            left = ceil((ends_at - cycle.moment(at)) / MINUTE)
            return _("Closed, still taken for %(span)s.") % {"span": span(max(left, 1))}
        case deadlines.Closed(minutes_late=minutes):
            return _("Closed %(span)s ago.") % {"span": span(minutes)}
        case _:
            return _("The days of the call are not set yet.")


def span(minutes: int) -> str:
    """Say a length: in days, in its last two days in hours, in its last hour in minutes."""
    if minutes > LAST_DAYS * DAY:
        return ngettext("%(n)s day", "%(n)s days", minutes // DAY) % {"n": minutes // DAY}
    if minutes >= HOUR:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
