"""Gathers everything the record of a meeting is made from; the number of queries grows with nothing."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from convenor.cycle import processes
from convenor.cycle.members import SEATED, shown_to, terms_in
from convenor.cycle.models import Cycle
from convenor.meetings.agenda_page import days_of
from convenor.meetings.captions.models import CaptionKind, CaptionLine
from convenor.meetings.captions.showing import SPOKE_BEFORE
from convenor.meetings.clock import Fact, Plan, plan_of
from convenor.meetings.floor import Entry, Kind
from convenor.meetings.floor.actuals import actuals
from convenor.meetings.floor_log import entries_of
from convenor.meetings.floor_models import FloorGuest, FloorWords
from convenor.meetings.floor_people import found_by_keys, guests_by_keys
from convenor.meetings.minutes import Capacity, Caption, Mode, Person, Present, Sources
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.models import Registration, State
from convenor.meetings.storing import agenda_of
from convenor.meetings.timing import links_of, paths_of, taken_along
from convenor.people.countries import country_name
from convenor.people.genders import gender_class
from convenor.people.models import Person as Account
from convenor.people.regions import COARSE, region_of
from convenor.people.roles import Role
from convenor.shared import references

PUBLIC = frozenset({Role.PUBLIC})
_NAMED = re.compile(r"(?:>>\s*)?([^\W\d_][^:.!?]{1,60}):\s+(\S.*)", re.DOTALL)
MOST_WORDS_OF_NAME = 6


def sources_of(
    meeting: Meeting, *, held: Collection[Role] = PUBLIC, sees_all: bool = False, language: str = ""
) -> Sources:
    """Gather them as readers with these roles may see people; `sees_all` names those whom the public list does not.

    The record is written in `language`, without one in that of the meeting. Captions are not among them: they are read
    by `captions_of`, and only for the verbatim record.
    """
    language = language or meeting.language or meeting.cycle.language
    shown = shown_to(meeting.cycle, held)
    days, links = days_of(meeting), links_of(meeting)
    agenda = agenda_of(meeting, days)
    printed = plan_of(agenda, meeting.zone, paths_of(agenda, links))
    entries = entries_of(meeting)
    words = FloorWords.objects.filter(entry__meeting=meeting).values_list("entry__sequence", "field", "text")
    people = _People(meeting, _held_on(meeting, entries, days), shown, language, sees_all=sees_all)
    return Sources(
        title=meeting.title,
        forum=f"{meeting.cycle.forum}, {meeting.cycle}",
        chairs=people.chairs,
        agenda=agenda.without_calls(),
        plan=_held(printed, entries),
        printed=printed,
        zone=meeting.zone,
        language=language,
        entries=tuple(entries),
        words={(entry, field): text for entry, field, text in words},
        continues={later: earlier for earlier, later in links},
        subjects=_subjects(meeting, entries),
        people=people.of(_keys(entries)),
        attendance=people.attendance,
        groups=_names(meeting.cycle, "groups", language),
        regions=_names(meeting.cycle, "regions", language),
    )


def _held_on(meeting: Meeting, entries: Sequence[Entry], days: Sequence[Day]) -> set[date]:
    """Give the days on which the meeting is held: those of its log, before that those of its agenda."""
    held = {entry.at.astimezone(ZoneInfo(meeting.zone)).date() for entry in entries}
    return held or {day.date for day in days if day.date}


def _held(printed: Plan, entries: Sequence[Entry]) -> Plan:
    return taken_along(printed, [Fact(one.act, one.key, one.at, one.to) for one in actuals(entries)])


def _names(cycle: Cycle, kind: str, language: str) -> dict[str, str]:
    return {one.code: cycle.rules.named(kind, one.code, language) for one in getattr(cycle.rules, kind)}


def _keys(entries: Sequence[Entry]) -> set[str]:
    """Give the keys of everybody whom the minutes may have to name."""
    fields = (Kind.ASKED, Kind.OBJECTED, Kind.ANSWERED, Kind.MINUTED, Kind.MINUTED_SETTLED)
    return {key for entry in entries if entry.kind in fields and (key := entry.text("person"))}


def _subjects(meeting: Meeting, entries: Sequence[Entry]) -> dict[tuple[str, int], str]:
    """Name what decisions are about, as far as it is this forum's and public."""
    wanted = {(entry.text("about_kind"), entry.number("about_id")) for entry in entries if entry.text("about_kind")}
    address = meeting.cycle.forum.get_absolute_url()
    pages = references.resolve_all(wanted).items() if wanted else ()
    found = {key: page.sentence for key, page in pages if page.url.startswith(address)}
    return found | {key: one.name or one.words for key, one in processes.find_all(meeting.cycle, wanted).items()}


class _People:
    """Who was registered, who was there, and who the keys of the log are."""

    def __init__(
        self, meeting: Meeting, held: Collection[date], shown: Collection[str], language: str, *, sees_all: bool
    ) -> None:
        self.meeting, self.shown, self.language, self.sees_all = meeting, shown, language, sees_all
        rows = meeting.registrations.filter(state=State.CONFIRMED).select_related("person__organisation")
        self.registered = {str(row.person.key): row for row in rows.prefetch_related("attendance")}
        terms = terms_in(meeting.cycle).filter(role__in=SEATED, meeting__in=("", meeting.slug))
        if held:  # who is elected later, or left before, did not sit there
            began, ended = Q(since=None) | Q(since__lte=max(held)), Q(until=None) | Q(until__gte=min(held))
            terms = terms.filter(began, ended)
        self.terms = list(terms)

    @property
    def chairs(self) -> tuple[str, ...]:
        """The names of those who chair."""
        names = (one.person.shown_name for one in self.terms if one.role == Role.CHAIR and not one.person.erased_at)
        return tuple(dict.fromkeys(names))

    @property
    def attendance(self) -> tuple[Present, ...]:
        """Who was there on which day."""
        return tuple(
            Present(f"d{mark.day_id}", key, Mode(mark.mode))
            for key, row in self.registered.items()
            for mark in row.attendance.all()
        )

    def of(self, keys: Collection[str]) -> dict[str, Person]:
        """Give everybody who is registered, and those whom the log knows; who was erased has no name."""
        guests = guests_by_keys(self.meeting, keys)
        known = found_by_keys(set(keys) - guests.keys())
        found = {key: self._guest(one) for key, one in guests.items()}
        found |= {key: self._account(key, one) for key, one in known.items()}
        return {key: self._account(key, row.person) for key, row in self.registered.items()} | found

    def _guest(self, one: FloorGuest) -> Person:
        known = self._known(str(one.key), one.country, one.group, one.gender)
        return replace(known, name=one.name, organisation=one.organisation if "organisation" in self.shown else "")

    def _account(self, key: str, one: Account) -> Person:
        row = self.registered.get(str(one.key))
        organisation = (row.organisation if row else "") or (str(one.organisation) if one.organisation else "")
        return replace(
            self._known(key, one.country, one.group, one.gender),
            name="" if one.erased_at else one.shown_name,
            organisation=organisation if "organisation" in self.shown and not one.erased_at else "",
            capacity=self._capacity(row, one),
            mode=Mode(row.mode) if row else None,
            is_listed=bool(row and (self.sees_all or row.is_listed)),
        )

    def _capacity(self, row: Registration | None, one: Account) -> Capacity | None:
        """Give the capacity of a registration; a member needs none."""
        if row:
            return Capacity(row.capacity)
        return Capacity.MEMBER if any(term.person_id == one.pk for term in self.terms) else None

    def _known(self, key: str, country: str, group: str, gender: str) -> Person:
        """Give somebody without a name, with what may be shown."""
        is_known = bool(country) and country not in COARSE
        return Person(
            key,
            country=country_name(country, self.language) if is_known and "country" in self.shown else "",
            group=group if "group" in self.shown else "",
            region=region_of(country) if "region" in self.shown else "",
            gender=gender_class(gender) if "gender" in self.shown else "",
        )


def captions_of(meeting: Meeting, language: str) -> tuple[Caption, ...]:
    """Read what was said in a language; lines of a live feed come some seconds after the words."""
    shown = Q(feed__kind=CaptionKind.LIVE) | Q(feed__closed_at=None)
    lines = CaptionLine.objects.filter(shown, feed__meeting=meeting, feed__language=language).order_by("at", "pk")
    rows = lines.values_list("at", "text", "day", "feed__kind")
    return tuple(
        Caption(at - (SPOKE_BEFORE if kind == CaptionKind.LIVE else timedelta()), said, by, f"d{day}" if day else "")
        for at, text, day, kind in rows
        for by, said in [voice_of(text)]
    )


def voice_of(text: str) -> tuple[str, str]:
    """Part a line into the name it begins with ("CHAIR AMOUR: Thank you.") and what is said; "" without a name."""
    found = _NAMED.fullmatch(text.strip())
    if not found:
        return "", text
    words = found[1].split()
    is_name = len(words) <= MOST_WORDS_OF_NAME and all(word[:1].isupper() or len(word) < 4 for word in words)  # noqa: PLR2004 - "de", "van"
    return (found[1].strip(), found[2]) if is_name else ("", text)
