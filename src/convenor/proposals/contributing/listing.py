"""The secretariat's table of everybody whom the proposals of a year name: filters in the address, and a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.proposals.contributing.asking import UNASKED, rows_with_everything
from convenor.proposals.contributing.models import ContributorNeeds, Said
from convenor.proposals.contributing.parts import answer_of
from convenor.proposals.contributing.standing import (
    LIVE,
    Line,
    consents_in_words,
    hours_in_words,
    lines_of,
    speaking,
)
from convenor.proposals.models import Contributor, Part
from convenor.shared import spreadsheets
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import listed

PER_PAGE, LONGEST_NUMBER = 100, 6
NOT_ASKED, CAP, NEEDS, UNWILLING = "not-asked", "over-cap", "needs", "consent"


@dataclass(frozen=True, slots=True)
class Search:
    """What the secretariat looks for; it stands in the address, and empty means all."""

    said: str = ""
    part: str = ""
    flag: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Search":
        """Read it from an address; anything unknown finds nothing."""
        return cls(**{one.name: query.get(one.name, "").replace("\0", "").strip()[:100] for one in fields(cls)})

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Search()

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode({one.name: value for one in fields(self) if (value := getattr(self, one.name))})

    def apply(self, rows: QuerySet[Contributor], cycle: Cycle) -> QuerySet[Contributor]:
        """Narrow the table."""
        if self.said:
            rows = rows.filter(_SAID.get(self.said, Q(pk__in=())))
        if self.part:
            rows = rows.filter(part=self.part)
        if self.flag:
            rows = rows.filter(_flagged(self.flag, cycle))
        for word in self.q.split():
            found = Q(person__name__icontains=word) | Q(named_as__icontains=word) | Q(person__email__icontains=word)
            found |= Q(organisation__name__icontains=word) | Q(proposal__title__icontains=word)
            if word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER:
                found |= Q(proposal__number=int(word))
            rows = rows.filter(found)
        return rows


_SAID = {
    Said.CONFIRMED.value: Q(is_confirmed=True),
    Said.DECLINED.value: Q(answer__said=Said.DECLINED),
    Said.OPEN.value: Q(is_confirmed=False) & ~Q(answer__said=Said.DECLINED),
}


def flags() -> list[tuple[str, str]]:
    """Name what a row can be looked for by."""
    return [
        (NOT_ASKED, _("not asked yet")),
        (CAP, _("above the cap of sessions")),
        (NEEDS, _("needs something")),
        (UNWILLING, _("does not agree to be named, recorded or photographed")),
    ]


def _flagged(flag: str, cycle: Cycle) -> Q:
    if flag == NOT_ASKED:
        return UNASKED
    if flag == CAP:
        counted = Contributor.objects.filter(speaking(cycle)).order_by().values("person")
        above = counted.annotate(n=Count("proposal", distinct=True)).filter(n__gt=cycle.rules.sessions_per_speaker)
        return Q(part=Part.SPEAKER, person__in=above.values("person"))
    if flag == NEEDS:
        return Q(person__in=ContributorNeeds.objects.filter(cycle=cycle).values("person"))
    if flag == UNWILLING:
        no = Q(answer__may_be_named=False) | Q(answer__may_be_recorded=False)
        return no | Q(answer__may_be_photographed=False)
    return Q(pk__in=())


def rows_of(cycle: Cycle) -> QuerySet[Contributor]:
    """Give everybody whom the proposals that were handed in name, with what they need."""
    needs = ContributorNeeds.objects.filter(cycle=cycle, person=OuterRef("person")).values("needs")
    rows = Contributor.objects.filter(proposal__cycle=cycle, proposal__state__in=LIVE)
    return rows_with_everything(rows).annotate(needs=Subquery(needs)).order_by("proposal__number", "pk")


def counts_of(cycle: Cycle) -> dict[str, int]:
    """Count by answer; one query."""
    rows = Contributor.objects.filter(proposal__cycle=cycle, proposal__state__in=LIVE)
    counted = {name: Count("pk", filter=condition) for name, condition in _SAID.items()}
    return rows.order_by().aggregate(**counted, total=Count("pk"), unasked=Count("pk", filter=UNASKED))


def header() -> list[str]:
    """Name the columns of the spreadsheet."""
    return [
        _("No."), _("Proposal"), _("Part"), _("Name"), _("E-mail address"), _("Organisation"), _("Stakeholder group"),
        _("Region"), _("Gender"), _("Answer"), _("What the person says"), _("Asked"), _("Answered"), _("Takes part"),
        _("Time zone"),
        _("Available, by the clock of the forum"), _("Sessions as speaker"), _("Does not agree"), _("Needs"),
    ]  # fmt: skip


def cells(cycle: Cycle, rows: Sequence[Contributor]) -> Iterator[list[str]]:
    """Give the rows of the spreadsheet as words."""
    language, rules = get_language() or "en", cycle.rules
    for line in lines_of(cycle, rows):
        yield _cells(line, cycle, language, rules)


def _cells(line: Line, cycle: Cycle, language: str, rules: Any) -> list[str]:
    row, answer = line.row, line.answer
    asked, answered = (date_format(at, "Y-m-d H:i") if at else "" for at in _moments(row))
    return [
        str(row.proposal.number or ""),
        row.proposal.title,
        row.get_part_display(),
        line.name,
        row.person.email or "",
        row.organisation.name if row.organisation else "",
        rules.named("groups", row.person.group, language),
        rules.named("regions", row.person.region, language),
        row.person.gender,
        str(line.said.label),
        answer.words if answer else "",
        _("a mail is held") if answer and answer.is_held else asked,
        answered,
        _("on site") if row.is_on_site else _("online"),
        answer.zone if answer else "",
        listed(hours_in_words(answer, cycle.zone_info)) if answer and answer.zone else "",
        str(line.sessions),
        consents_in_words(answer) if answer else "",
        row.needs or "",  # type: ignore[attr-defined]  # annotated in `rows_of`
    ]


def _moments(row: Contributor) -> tuple[Any, Any]:
    answer = answer_of(row)
    return (answer.left_at, answer.answered_at) if answer else (None, None)


def as_csv(cycle: Cycle, rows: Iterable[Contributor]) -> str:
    """Write the table for a spreadsheet; what it would take for a formula is kept as text."""
    return spreadsheets.as_csv(header(), cells(cycle, list(rows)))
