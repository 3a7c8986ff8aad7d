"""What the page of the call says: each kind in plain words made from the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from convenor.cycle import deadlines, rule_call
from convenor.cycle.closing import stated
from convenor.cycle.deadlines import MINUTE
from convenor.cycle.models import Cycle
from convenor.cycle.rule_shapes import in_language
from convenor.cycle.rules import Kind, Rules
from convenor.cycle.wording import lengths
from convenor.proposals.call_models import CallDeadline, Turn
from convenor.proposals.call_rules import fields_for
from convenor.proposals.call_words import closing_words, has_closed, now_words, opening_words, said_in
from convenor.proposals.calls import KindCall, calls_of
from convenor.shared.languages.lists import listed

# The sign beside the words of a state, and whether something can be begun in it.
TAGS = {
    deadlines.ToCome: ("", gettext_lazy("not open yet")),
    deadlines.Open: ("good", gettext_lazy("open")),
    deadlines.Grace: ("warn", gettext_lazy("closed, still taken")),
    deadlines.Closed: ("", gettext_lazy("closed")),
}
_WHO = {
    rule_call.ANYONE: gettext_lazy("Anybody may propose it."),
    rule_call.ACTIVITY: gettext_lazy("Those who lead an activity of the forum may propose it."),
    rule_call.INSTITUTION: gettext_lazy("Institutions with a member on the committee may propose it."),
    rule_call.NEWCOMER: gettext_lazy("Those who proposed nothing to this forum in another year may propose it."),
    rule_call.CODE: gettext_lazy("Those who have an access code from the secretariat may propose it."),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One later deadline in words: what stood before, what counts then, and why."""

    turn: str
    before: str
    after: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KindSheet:
    """A kind as the page shows it; `…_here` are moments by the reader's own clock, empty where none is known."""

    code: str
    name: str
    what: str  # the forum's own word for what is proposed; empty: a proposal
    call: KindCall
    tag: str
    tag_class: str
    is_taken: bool
    now: str
    has_opened: bool
    has_closed: bool
    opens: str
    opens_at: datetime | None
    opens_here: str
    closes: str
    last_minute: datetime | None
    closes_here: str
    moved: tuple[Moved, ...]
    for_whom: tuple[str, ...]
    formats: tuple[tuple[str, str], ...]
    caps: tuple[str, ...]


def sheets(cycle: Cycle, at: datetime, *, here: str = "") -> list[KindSheet]:
    """Give every kind in words at a moment; `here` is the zone of the reader, where it is known."""
    return [sheet(call, cycle, at, here=here) for call in calls_of(cycle)]


def sheet(call: KindCall, cycle: Cycle, at: datetime, *, here: str = "") -> KindSheet:
    """Give one kind in words."""
    kind, rules, language = call.kind, cycle.rules, get_language() or "en"
    state = call.state(cycle.moment(at).astimezone(UTC))
    tag_class, tag = TAGS[type(state)] if state else ("", gettext_lazy("not open yet"))
    window = call.window
    last = window.closes_at - MINUTE if window else None
    return KindSheet(
        code=kind.code,
        name=kind.name(language),
        what=in_language(kind.words, language),
        call=call,
        tag=str(tag),
        tag_class=tag_class,
        is_taken=isinstance(state, deadlines.Open | deadlines.Grace),
        now=now_words(call, at, cycle),
        has_opened=window is not None and cycle.moment(at) >= window.opens_at,
        has_closed=has_closed(call, at, cycle),
        opens=opening_words(call, cycle),
        opens_at=window.opens_at if window else None,
        opens_here=said_in(window.opens_at, here) if window and here else "",
        closes=closing_words(call, cycle),
        last_minute=last,
        closes_here=said_in(last, here) if last and here else "",
        moved=tuple(_moved(call)),
        for_whom=tuple(_for_whom(kind, rules, language)),
        formats=tuple(
            (one.name(language), lengths(kind.lengths(one))) for one in rules.formats if kind.allows(one.code)
        ),
        caps=tuple(_caps(kind)),
    )


def _moved(call: KindCall) -> Iterator[Moved]:
    for old, new in call.moves:
        turn = Turn(new.turn) if isinstance(new, CallDeadline) else Turn.MOVED
        yield Moved(str(turn.label), stated(old), stated(new), new.reason, new.set_at)


def _for_whom(kind: Kind, rules: Rules, language: str) -> Iterator[str]:
    yield str(_WHO[kind.who])
    if kind.groups:
        names = listed(rules.named("groups", code, language) for code in kind.groups)
        yield _("Only for these stakeholder groups: %(groups)s.") % {"groups": names}


def _caps(kind: Kind) -> Iterator[str]:
    if kind.per_person is not None:
        words = ngettext("At most %(n)s per person.", "At most %(n)s per person.", kind.per_person)
        yield words % {"n": kind.per_person}
    if kind.per_organisation is not None:
        words = ngettext("At most %(n)s per organisation.", "At most %(n)s per organisation.", kind.per_organisation)
        yield words % {"n": kind.per_organisation}
    if kind.takes_place:
        yield _("It counts for the places that the committee fills, and for the limits of persons and organisations.")
    else:
        yield _("It takes none of the places that the committee fills.")
    if not kind.is_graded:
        yield _("It is read when main sessions are planned; it is not graded, and becomes no session by itself.")


def depends_on_format(cycle: Cycle, kind: Kind) -> bool:
    """Say whether a proposal of a kind is asked other things in one format than in another."""
    allowed = [one.code for one in cycle.rules.formats if kind.allows(one.code)]
    asks = {
        tuple((one.code, one.is_required, one.minutes) for one in fields_for(cycle.rules, kind, code))
        for code in allowed
    }
    return len(asks) > 1
