"""Where the people of a proposal stand: what each said, whether they can be asked, in how many sessions they speak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.proposals.contributing import hours as clock
from convenor.proposals.contributing.asking import MOST_ASKS, rows_with_everything
from convenor.proposals.contributing.models import ContributorAnswer, Said
from convenor.proposals.contributing.parts import answer_of, name_of, said_of
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import listed

LIVE = (State.SUBMITTED, State.SCREENED_OUT)


@dataclass(frozen=True, slots=True)
class Line:
    """One part with what is known of it."""

    row: Contributor
    name: str
    said: Said
    answer: ContributorAnswer | None
    sessions: int  # in how many proposals of the year the person is named as speaker
    cap: int
    may_be_asked: bool

    @property
    def is_over_cap(self) -> bool:
        """Whether they speak in more sessions than the rules allow."""
        return self.row.part == Part.SPEAKER and self.sessions > self.cap


@dataclass(frozen=True, slots=True)
class Standing:
    """The people of a proposal."""

    lines: Sequence[Line]
    unasked: int  # people who can be asked and were not
    confirmed_speakers: int
    least_speakers: int


def standing_of(proposal: Proposal) -> Standing:
    """Give where the people of a proposal stand; two queries."""
    rows = list(rows_with_everything(proposal.contributors.all()))
    lines = lines_of(proposal.cycle, rows)
    waiting = {
        one.row.person_id
        for one in lines
        if one.may_be_asked and (one.answer is None or (one.answer.left_at is None and not one.answer.is_held))
    }
    confirmed = {one.row.person_id for one in lines if one.row.part == Part.SPEAKER and one.said == Said.CONFIRMED}
    return Standing(lines, len(waiting), len(confirmed), proposal.cycle.rules.least_speakers)


def lines_of(cycle: Cycle, rows: Sequence[Contributor]) -> list[Line]:
    """Put together what is known of parts; one query."""
    sessions = sessions_of(cycle, {row.person_id for row in rows})
    cap = cycle.rules.sessions_per_speaker
    return [
        Line(
            row,
            name_of(row),
            said_of(row),
            answer := answer_of(row),
            sessions.get(row.person_id, 0),
            cap,
            _may_be_asked(row, answer),
        )
        for row in rows
    ]


def _may_be_asked(row: Contributor, answer: ContributorAnswer | None) -> bool:
    is_own = row.person_id == row.proposal.owner_id
    is_silent = said_of(row) == Said.OPEN and (answer is None or answer.asks < MOST_ASKS)
    return is_silent and not is_own and bool(row.person.email) and row.person.erased_at is None


def speaking(cycle: Cycle) -> Q:
    """Give the condition under which a part counts towards the cap of a year: a speaker who did not decline."""
    return Q(proposal__cycle=cycle, proposal__state__in=LIVE, part=Part.SPEAKER) & ~Q(answer__said=Said.DECLINED)


def sessions_of(cycle: Cycle, people: Iterable[int]) -> Mapping[int, int]:
    """Count by person in how many proposals of a year they are named as speaker."""
    found = Contributor.objects.filter(speaking(cycle), person__in=set(people)).order_by()
    return dict(found.values_list("person").annotate(Count("proposal", distinct=True)))


def hours_in_words(answer: ContributorAnswer, zone: ZoneInfo) -> list[str]:
    """Say at which hours somebody is available, by the clock of a zone; whole days of that zone without hours."""
    found = []
    for one in clock.read(answer.available):
        start, end = (moment.astimezone(zone) for moment in one.moments(ZoneInfo(answer.zone)))
        if one.since is None and one.until is None and ZoneInfo(answer.zone) == zone:
            found.append(_("%(day)s, all day") % {"day": date_format(start, "j F")})
            continue
        until = date_format(end, "H:i") if end.date() == start.date() else date_format(end, "j F, H:i")
        found.append(f"{date_format(start, 'j F, H:i')} – {until}")
    return found


def consents_in_words(answer: ContributorAnswer) -> str:
    """Say what somebody does not agree to; nothing where they agree to all or were not asked."""
    refused = {
        "may_be_named": _("not named publicly"),
        "may_be_recorded": _("not recorded"),
        "may_be_photographed": _("not photographed"),
    }
    return listed(words for name, words in refused.items() if getattr(answer, name) is False)
