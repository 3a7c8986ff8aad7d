"""The form that a kind and a format ask for, with its words in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from convenor.cycle import rule_call, rule_words
from convenor.cycle.models import Cycle
from convenor.proposals.call_rules import LIST, PEOPLE, Asked, fields_for, may_change
from convenor.proposals.drafting.content import ORGANISATION
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.reading import (
    CODE,
    CODES,
    LINE,
    LINES,
    LINK,
    NAME,
    NUMBER,
    TEXT,
    YES_NO,
    Sort,
)
from convenor.proposals.models import Proposal
from convenor.shared.languages.days import date_format

LABELS: Mapping[str, Promise] = {
    "title": gettext_lazy("Title"),
    "theme": gettext_lazy("Theme"),
    "format": gettext_lazy("Format"),
    "minutes": gettext_lazy("Length"),
    "language": gettext_lazy("Language"),
    "seats": gettext_lazy("Expected attendance"),
    ORGANISATION: gettext_lazy("Organisation that proposes"),
    "first-proposal": gettext_lazy("Is it your first proposal to this forum?"),
}
HELPS: Mapping[str, Promise] = {
    "title": gettext_lazy("As the programme should print it."),
    "summary": gettext_lazy("What the session is about, and why it matters now. The committee reads this first."),
    "issue": gettext_lazy("The one question that the session is to move on."),
    "policy-questions": gettext_lazy("One per line."),
    "expected-outcomes": gettext_lazy("What will be there afterwards that was not there before."),
    "online-participation": gettext_lazy("How people who are not in the room take part."),
    "session-agenda": gettext_lazy("What happens when, and who leads it."),
    "tags": gettext_lazy("Words by which others find it, one per line."),
    "background-paper": gettext_lazy("Address of a paper that everybody can read."),
    "earlier-report": gettext_lazy("Address of the report of an earlier session."),
    "language": gettext_lazy("In which the session is held."),
    "seats": gettext_lazy("People in the room."),
    ORGANISATION: gettext_lazy("Its name is public. If you speak for nobody, type your own name."),
}
_SORTS: Mapping[str, str] = {
    rule_call.SHORT: LINE,
    rule_call.LONG: TEXT,
    rule_call.CHOICE: CODE,
    rule_call.CHOICES: CODES,
    rule_call.NUMBER: NUMBER,
    rule_call.YES_NO: YES_NO,
    rule_call.LINK: LINK,
    LIST: LINES,
}
FIRST, LAST = ("title", "theme", "format", "minutes"), ("language", "seats", ORGANISATION, "first-proposal")


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of the form."""

    code: str
    label: str
    sort: Sort
    is_required: bool = False
    most_words: int | None = None
    help: str = ""
    part: str = ""  # of people: they are no field that is typed
    visible: str = rule_call.PUBLIC
    notes: tuple[str, ...] = ()
    least: int | None = None  # of people
    most: int | None = None

    @property
    def is_people(self) -> bool:
        """Whether it asks for people."""
        return bool(self.part)


def asked_of(proposal: Proposal, content: Mapping[str, Value]) -> tuple[Asked, ...]:
    """Give what the rules ask of a proposal, by its kind and the format that is written."""
    rules = proposal.cycle.rules
    kind = rules.kind(proposal.kind) or rules.kinds[0]
    return fields_for(rules, kind, str(content.get("format") or ""))


def form_of(proposal: Proposal, content: Mapping[str, Value]) -> dict[str, Ask]:
    """Give the fields of a proposal's form by code."""
    return asks_of(proposal.cycle, asked_of(proposal, content))


def asks_of(cycle: Cycle, asked: tuple[Asked, ...]) -> dict[str, Ask]:
    """Give the fields of the form by code: those that the rules ask for, then those of every proposal."""
    own = [_ask(one) for one in asked]
    return {one.code: one for one in (*own, *_of_every(cycle))}


def _ask(one: Asked) -> Ask:
    language = get_language() or "en"
    label = one.own.name(language) if one.own else LABELS.get(one.code) or rule_words.FIELDS[one.code]
    help_text = one.own.help(language) if one.own else HELPS.get(one.code, "")
    return Ask(
        one.code,
        str(label),
        _sort(one, language),
        is_required=one.is_required,
        most_words=one.most_words,
        help=str(help_text),
        part=one.part,
        visible=one.visible,
        notes=tuple(_notes(one)),
        least=one.least,
        most=one.most,
    )


def _notes(one: Asked) -> Iterator[str]:
    if one.visible != rule_call.PUBLIC:
        yield _("Seen by: %(who)s.") % {"who": rule_words.word(rule_words.SEERS, one.visible)}
    if one.changes_until is not None:
        yield _("May be changed until %(day)s.") % {"day": date_format(one.changes_until, "j F Y")}


def _sort(one: Asked, language: str) -> Sort:
    if one.type == PEOPLE:
        return Sort(PEOPLE)
    if one.minutes:
        return Sort(NUMBER, tuple((str(n), _minutes(n)) for n in one.minutes))
    name = LINES if one.code == "tags" else _SORTS[one.type]
    return Sort(name, tuple((choice.code, choice.name(language)) for choice in one.options))


def _minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def _of_every(cycle: Cycle) -> Iterator[Ask]:
    languages = tuple((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES)
    sorts = {
        "language": Sort(CODE, languages),
        "seats": Sort(NUMBER),
        ORGANISATION: Sort(NAME),
        "first-proposal": Sort(YES_NO, (("yes", _("Yes")), ("no", _("No")))),
    }
    for code in LAST:
        yield Ask(code, str(LABELS[code]), sorts[code], is_required=code == ORGANISATION, help=str(HELPS.get(code, "")))


def changeable_codes(proposal: Proposal, content: Mapping[str, Value], day: date, *, is_open: bool) -> frozenset[str]:
    """Give the fields that may be written in: all of a draft, and of what was handed in those that are still open."""
    asked = asked_of(proposal, content)
    if is_open or proposal.number is None:
        return frozenset((*(one.code for one in asked), *LAST))
    return frozenset(one.code for one in asked if may_change(one, day, is_open=False))


def sorts_of(asks: Mapping[str, Ask]) -> dict[str, Sort]:
    """Give what can be typed into."""
    return {code: ask.sort for code, ask in asks.items() if not ask.is_people}
