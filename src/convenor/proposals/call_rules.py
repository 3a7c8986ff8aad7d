"""Who may propose what at a moment, and what a proposal of a kind is asked; pure.

Facts come in as values, refusals go out as codes with values: `call_words` says them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from convenor.cycle import deadlines, rule_call
from convenor.cycle.rules import Choice, Field, Kind, Rules


class Why(StrEnum):
    """Why somebody may not propose, or what they are told before they do."""

    NO_KIND = "no-kind"
    NO_CALL = "no-call"
    NOT_OPEN = "not-open"
    CLOSED = "closed"
    GRACE = "grace"
    COMMITTEE = "committee"
    REPORT_OWED = "report-owed"
    CODE_NEEDED = "code-needed"
    NOT_ACTIVITY = "not-activity"
    NOT_INSTITUTION = "not-institution"
    NOT_NEWCOMER = "not-newcomer"
    NOT_GROUP = "not-group"
    CAP_PERSON = "cap-person"
    CAP_ORGANISATION = "cap-organisation"
    CAP_KIND = "cap-kind"
    CAP_KIND_ORGANISATION = "cap-kind-organisation"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason with its values; what does not stop is only told."""

    why: Why
    values: Mapping[str, Any] = field(default_factory=dict)
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Proposer:
    """What is known of somebody who wants to propose; counts are of what they handed in, the proposal at hand left out.

    `places` counts the kinds that take a place of the budget, `of_kind` those of the kind at hand.
    """

    group: str = ""
    is_on_committee: bool = False
    leads_activity: bool = False
    is_of_members_institution: bool = False
    is_newcomer: bool = True
    has_code: bool = False
    reports_owed: int = 0
    places: int = 0
    of_kind: int = 0
    places_of_organisation: int = 0
    of_kind_of_organisation: int = 0


def may_propose(
    rules: Rules, kind: Kind | None, window: deadlines.Window | None, proposer: Proposer, at: datetime
) -> tuple[Refusal, ...]:
    """Give every reason why somebody may not hand in a proposal of a kind at a moment, and what they are told.

    Nothing in it that `stops`: they may. The window is that of the kind, with its grace; None: no call was made.

    Raises:
        ValueError: the moment has no zone of its own.
    """
    if kind is None:
        return (Refusal(Why.NO_KIND),)
    return (*_of_time(window, at), *_of_people(rules, kind, proposer), *_of_caps(rules, kind, proposer))


def stopping(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """Give those for which nothing can be handed in."""
    return tuple(one for one in refusals if one.stops)


def _of_time(window: deadlines.Window | None, at: datetime) -> Iterator[Refusal]:
    if window is None:
        yield Refusal(Why.NO_CALL)
        return
    match deadlines.state(window, at):
        case deadlines.ToCome(opens_at=opens_at):
            yield Refusal(Why.NOT_OPEN, {"opens_at": opens_at})
        case deadlines.Grace(closed_at=closed_at, ends_at=ends_at):
            yield Refusal(Why.GRACE, {"closed_at": closed_at, "ends_at": ends_at}, stops=False)
        case deadlines.Closed(closed_at=closed_at):
            yield Refusal(Why.CLOSED, {"closed_at": closed_at})


def _of_people(rules: Rules, kind: Kind, proposer: Proposer) -> Iterator[Refusal]:
    screened = {one.check for one in rules.screening}
    if proposer.is_on_committee and "committee-apart" in screened:
        yield Refusal(Why.COMMITTEE)
    if proposer.reports_owed:
        yield Refusal(Why.REPORT_OWED, {"n": proposer.reports_owed}, stops="reports-filed" in screened)
    if kind.groups and proposer.group not in kind.groups:
        yield Refusal(Why.NOT_GROUP, {"groups": kind.groups})
    let_in = {
        rule_call.ANYONE: (True, Why.NO_KIND),
        rule_call.ACTIVITY: (proposer.leads_activity, Why.NOT_ACTIVITY),
        rule_call.INSTITUTION: (proposer.is_of_members_institution, Why.NOT_INSTITUTION),
        rule_call.NEWCOMER: (proposer.is_newcomer, Why.NOT_NEWCOMER),
        rule_call.CODE: (proposer.has_code, Why.CODE_NEEDED),
    }
    is_let_in, why = let_in[kind.who]
    if not is_let_in:
        yield Refusal(why)


def _of_caps(rules: Rules, kind: Kind, proposer: Proposer) -> Iterator[Refusal]:
    """The limits of the rule set count what takes a place; a kind's own limits count that kind."""
    if kind.takes_place:
        yield from _cap(Why.CAP_PERSON, proposer.places, rules.proposals_per_person)
        yield from _cap(Why.CAP_ORGANISATION, proposer.places_of_organisation, rules.proposals_per_organisation)
    yield from _cap(Why.CAP_KIND, proposer.of_kind, kind.per_person)
    yield from _cap(Why.CAP_KIND_ORGANISATION, proposer.of_kind_of_organisation, kind.per_organisation)


def _cap(why: Why, there: int, most: int | None) -> Iterator[Refusal]:
    if most is not None and there >= most:
        yield Refusal(why, {"n": there, "cap": most})


# Where a field of every proposal is kept: a column of the proposal, or people in a part. What has neither is kept
# among the answers, as custom fields are.
COLUMNS: Mapping[str, str] = {
    "title": "title",
    "theme": "theme",
    "format": "format",
    "minutes": "minutes",
    "summary": "summary",
    "issue": "issue",
    "policy-questions": "policy_questions",
    "expected-outcomes": "expected_outcomes",
    "online-participation": "online_participation",
    "session-agenda": "session_agenda",
    "tags": "tags",
}
PARTS: Mapping[str, str] = {
    "co-organisers": "co-organiser",
    "speakers": "speaker",
    "moderator": "moderator",
    "online-moderator": "online-moderator",
    "rapporteur": "rapporteur",
}
# Types that only fields of every proposal have, beside those of `rule_call`.
LIST, PEOPLE = "list", "people"
_TYPES: Mapping[str, str] = {
    "title": rule_call.SHORT,
    "theme": rule_call.CHOICE,
    "format": rule_call.CHOICE,
    "minutes": rule_call.CHOICE,
    "policy-questions": LIST,
    "tags": LIST,
    "background-paper": rule_call.LINK,
    "earlier-report": rule_call.LINK,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form: what it is, where its answer is kept, and what it must keep to.

    `column` names a column of the proposal and `part` a part of its people; with neither, the answer is in `answers`
    under the code. `own` is the custom field behind it; the others are named in the words of the house.
    """

    code: str
    type: str
    is_required: bool
    column: str = ""
    part: str = ""
    most_words: int | None = None
    least: int | None = None
    most: int | None = None
    options: tuple[Choice, ...] = ()
    minutes: tuple[int, ...] = ()
    visible: str = rule_call.PUBLIC
    changes_until: date | None = None
    own: Field | None = None


def fields_for(rules: Rules, kind: Kind, format_code: str) -> tuple[Asked, ...]:
    """Give what a proposal of a kind in a format is asked, in the order of the form.

    A format that is not chosen yet ("") is asked for what every format is. What the kind does not offer is not required
    either, whatever its format requires of others.
    """
    offered = {*(rule_call.FIELDS if kind.offered is None else kind.offered), *kind.required}
    required = {*rules.required_fields(format_code), *kind.required}
    return (
        *(_always(rules, kind, code, format_code) for code in rule_call.ALWAYS_ASKED),
        *(_of_every(rules, code, code in required) for code in rule_call.FIELDS if code in offered),
        *(_own(one) for one in rules.fields if one.asks(kind.code, format_code)),
    )


def _always(rules: Rules, kind: Kind, code: str, format_code: str) -> Asked:
    formats = tuple(one for one in rules.formats if kind.allows(one.code))
    options: Mapping[str, tuple[Choice, ...]] = {"theme": rules.themes, "format": formats}
    chosen = tuple(one for one in formats if one.code == format_code)
    return Asked(
        code,
        _TYPES[code],
        is_required=True,
        column=COLUMNS[code],
        options=options.get(code, ()),
        minutes=tuple(sorted({n for one in chosen or formats for n in kind.lengths(one)})) if code == "minutes" else (),
    )


def _of_every(rules: Rules, code: str, is_required: bool) -> Asked:
    are_speakers = code == "speakers"
    return Asked(
        code,
        PEOPLE if code in PARTS else _TYPES.get(code, rule_call.LONG),
        is_required=is_required or (are_speakers and rules.least_speakers > 0),
        column=COLUMNS.get(code, ""),
        part=PARTS.get(code, ""),
        most_words=rules.description_words if code == "summary" else None,
        least=rules.least_speakers if are_speakers else None,
        most=rules.most_speakers if are_speakers else None,
        visible=rules.visibility.get("speakers" if code in PARTS else code, rule_call.PUBLIC),
    )


def _own(one: Field) -> Asked:
    return Asked(
        one.code,
        one.type,
        is_required=one.is_required,
        most_words=one.most_words,
        options=one.options,
        visible=one.visible,
        changes_until=one.changes_until,
        own=one,
    )


def may_change(one: Asked, day: date, *, is_open: bool) -> bool:
    """Say whether a field may still be changed on a day of the forum: with the deadline, or until its own day."""
    return is_open or (one.changes_until is not None and day <= one.changes_until)
