"""The page of the form: fields with what stands in them, what lacks, who takes part."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from convenor.cycle.rule_call import PUBLIC
from convenor.proposals.call_rules import Asked
from convenor.proposals.drafting.asking import FIRST, LAST, Ask, asked_of, asks_of, changeable_codes
from convenor.proposals.drafting.completing import Meter, measure
from convenor.proposals.drafting.content import content_of, has_unsent
from convenor.proposals.drafting.counting import count_words
from convenor.proposals.drafting.merging import Value, digest, digests
from convenor.proposals.drafting.pasted import Line as PastedLine
from convenor.proposals.drafting.people import Row, rows_of, somebodies
from convenor.proposals.drafting.reading import CODE, CODES, LINES, TEXT, YES_NO, typed
from convenor.proposals.drafting.saving import Saved
from convenor.proposals.drafting.showing import shown
from convenor.proposals.drafting.words import Line, lines_of
from convenor.proposals.models import Part, Proposal

FEW = 7  # options that stand side by side; more are a list


@dataclass(frozen=True, slots=True)
class Bound:
    """A field with what stands in it."""

    ask: Ask
    values: Sequence[str]  # as its controls hold it
    shown: str
    words: int
    fault: str = ""
    theirs: str | None = None  # what somebody else wrote meanwhile

    @property
    def text(self) -> str:
        """What a field of one control holds."""
        return self.values[0] if self.values else ""

    @property
    def look(self) -> str:
        """Which controls it has."""
        sort = self.ask.sort
        if sort.name in (TEXT, LINES):
            return "area"
        if sort.name == CODES:
            return "ticks"
        if sort.name == YES_NO:
            return "choice"
        return "select" if sort.options or sort.name == CODE else "line"

    @property
    def is_settled(self) -> bool:
        """Whether it has its only possible value."""
        codes = [code for code, _words in self.ask.sort.options]
        return len(codes) == 1 and codes == list(self.values) and not self.fault

    @property
    def can_be_both(self) -> bool:
        """Whether two versions can stand one after the other."""
        return self.ask.sort.name in (TEXT, LINES)

    @property
    def is_above(self) -> bool:
        """Whether it has more words than it may."""
        return self.ask.most_words is not None and self.words > self.ask.most_words


@dataclass(frozen=True)
class Whole:
    """A proposal as it is written: every field, what lacks, who takes part."""

    proposal: Proposal
    content: Mapping[str, Value]
    is_open: bool = True
    day: date = date.min  # of the forum: some fields may be changed until one
    saved: Saved | None = None
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)  # typed and not stored: comes back as it is
    is_blank = False
    is_late: bool = False  # handed in after the deadline: only what may still be changed is new

    @cached_property
    def asks(self) -> dict[str, Ask]:
        """The fields by code."""
        return asks_of(self.proposal.cycle, self._asked)

    @cached_property
    def _asked(self) -> tuple[Asked, ...]:
        return asked_of(self.proposal, self.content)

    @cached_property
    def people(self) -> list[Row]:
        """Who takes part."""
        return rows_of(self.proposal)

    @property
    def people_words(self) -> list[str]:
        """Whom the rules ask for, and how many of them."""
        return [_people_words(ask) for ask in self.asks.values() if ask.is_people]

    @property
    def names_people(self) -> bool:
        """Whether anybody beside the proposer is asked for or named."""
        return bool(self.people_words) or len(self.people) > 1

    @cached_property
    def meter(self) -> Meter:
        """How far it is."""
        rules = self.proposal.cycle.rules
        checks = frozenset(one.check for one in rules.screening)
        return measure(
            self._asked, self.content, somebodies(self.people), checks=checks, speaker_cap=rules.sessions_per_speaker
        )

    @cached_property
    def lines(self) -> list[Line]:
        """What lacks, in sentences."""
        return lines_of(self.meter, self.asks, {row.one.pk: row.name for row in self.people})

    @property
    def stopping(self) -> list[Line]:
        """What it cannot be handed in with, in sentences; of a late change as far as it can be mended."""
        is_late = self.is_late or bool(self.late)
        return [line for line in self.lines if line.stops and (not is_late or line.code in self.open_codes)]

    @property
    def all_texts(self) -> list[Bound]:
        """What is written in sentences."""
        return [one for one in self.bound(self.typed) if one.shown and one.can_be_both]

    @property
    def all_facts(self) -> list[Bound]:
        """What is written in a word."""
        return [one for one in self.bound(self.typed) if one.shown and not one.can_be_both and one.ask.code != "title"]

    @property
    def withheld(self) -> list[str]:
        """The fields that the rules do not show to everybody."""
        return [ask.label for ask in self.asks.values() if ask.visible != PUBLIC]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.content.get("title") or _("without a title yet"))

    @property
    def language(self) -> str:
        """What it is written in, as far as it says."""
        return str(self.content.get("language") or "")

    @property
    def has_unsent(self) -> bool:
        """Whether something is written that was not handed in."""
        return self.proposal.number is not None and has_unsent(self.proposal)

    @cached_property
    def typed(self) -> list[str]:
        """The codes of the fields that are typed into: people are none."""
        return [code for code, ask in self.asks.items() if not ask.is_people]

    @cached_property
    def open_codes(self) -> list[str]:
        """The codes of those that may be typed into now."""
        changeable = changeable_codes(self.proposal, self.content, self.day, is_open=self.is_open)
        return [code for code in self.typed if code in changeable]

    @cached_property
    def late(self) -> dict[str, Value]:
        """What can be handed in after the deadline: as it was handed in, with what the rules still let change.

        Nothing where none of that differs.
        """
        if self.proposal.number is None or self.is_open:
            return {}
        before = content_of(self.proposal)
        now = {code: self.content.get(code) for code in self.open_codes}
        changed = {code: value for code, value in now.items() if digest(value) != digest(before.get(code))}
        return before | changed if changed else {}

    def bound(self, codes: Sequence[str]) -> list[Bound]:
        """Give fields with what stands in them."""
        return [self._one(self.asks[code]) for code in codes]

    def _one(self, ask: Ask) -> Bound:
        value = self.content.get(ask.code)
        clashes = {one.field: one for one in self.saved.clashes} if self.saved else {}
        faults = self.saved.faults if self.saved else {}
        comes_back = ask.code in clashes or ask.code in faults
        values = list(self.said.get(ask.code, ())) if comes_back else typed(ask.sort, value)
        return Bound(
            ask,
            values,
            shown(ask, value),
            count_words(values[0]) if values else 0,
            faults.get(ask.code, ""),
            shown(ask, value) if ask.code in clashes else None,
        )

    @property
    def shape(self) -> str:
        """What the form asks for, in short: another format may ask for other fields."""
        said = json.dumps([[code, [one for one, _said in self.asks[code].sort.options]] for code in self.open_codes])
        return sha256(said.encode()).hexdigest()[:12]


def _people_words(ask: Ask) -> str:
    words = ask.label
    if ask.least or ask.most:
        words = _("%(what)s, from %(least)s to %(most)s") % {"what": words, "least": ask.least, "most": ask.most}
    return " ".join((words, _("(needed)") if ask.is_required else "", *ask.notes)).strip()


@dataclass(frozen=True)
class FormPage(Whole):
    """Everything the page of a draft shows."""

    sentence: str = ""  # what was refused
    person: Mapping[str, str] = field(default_factory=dict)  # typed about somebody who was not added
    paste: str = ""
    pasted: Sequence[PastedLine] = ()

    @property
    def takes_people(self) -> bool:
        """Whether people may be named and taken out."""
        return self.is_open or self.proposal.number is None

    @property
    def first(self) -> list[Bound]:
        """What every session is known by; where the rules leave one choice, and it is made, nothing is asked."""
        return [one for one in self.bound([code for code in FIRST if code in self.open_codes]) if not one.is_settled]

    @property
    def texts(self) -> list[Bound]:
        """What the rules ask for."""
        return self.bound([code for code in self.open_codes if code not in (*FIRST, *LAST)])

    @property
    def last(self) -> list[Bound]:
        """The rest."""
        return self.bound([code for code in LAST if code in self.open_codes])

    @property
    def closed(self) -> list[Bound]:
        """What can no longer be changed."""
        return [
            one
            for one in self.bound([code for code in self.typed if code not in self.open_codes])
            if one.shown or one.fault
        ]

    @property
    def gone(self) -> list[tuple[str, str]]:
        """What was typed into fields that the form has no longer, by their codes."""
        faults = self.saved.faults if self.saved else {}
        return [(code, "\n".join(self.said.get(code, ()))) for code in faults if code not in self.asks]

    @property
    def was(self) -> str:
        """The digests of what the form was opened with."""
        return json.dumps(digests({code: self.content.get(code) for code in self.open_codes}))

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parts that somebody can be named in."""
        return [(code, str(words)) for code, words in Part.choices if code != Part.ORGANISER]

    @property
    def usable(self) -> int:
        """How many pasted people can be added."""
        return sum(not line.faults for line in self.pasted)
