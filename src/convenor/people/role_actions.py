"""Giving, changing and ending roles. Every change is an entry of the journal; the name stands beside the chain."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.people.terms import NAMES, WORDS
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record

OPEN_END = "…"  # how an open first or last day is printed
# Sentences of entries from before the journal kept names beside its chain: they are still said in every language.
FORMER = (
    gettext_noop("A role was given: %(role_word)s, from %(since)s to %(until)s."),
    gettext_noop("The term of a role was changed: %(role_word)s, from %(since)s to %(until)s."),
    gettext_noop("A role was ended: %(role_word)s, with %(last_day)s."),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A role in a place for a time, before anybody holds it: short names of forum, year and meeting."""

    role: Role
    forum: str
    cycle: str = ""
    meeting: str = ""
    since: date | None = None
    until: date | None = None

    def of(self, person: Person) -> QuerySet[RoleTerm]:
        """Give the terms of a person in this role and place, whenever."""
        return person.role_terms.filter(role=self.role, forum=self.forum, cycle=self.cycle, meeting=self.meeting)


@transaction.atomic
def give_role(person: Person, term: Term, *, scope: str, by: Person | None, at: datetime) -> RoleTerm:
    """Give somebody a role for a time.

    Raises:
        Refused: the term ends before it starts, or overlaps one that the person has.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    _check_order(term.since, term.until)
    _check_overlap(term.of(person), term.since, term.until, role=term.role)
    given = RoleTerm.objects.create(
        person=person,
        role=term.role,
        forum=term.forum,
        cycle=term.cycle,
        meeting=term.meeting,
        since=term.since,
        until=term.until,
    )
    template = gettext_noop("A role was given to %(name)s: %(role_word)s, from %(since)s to %(until)s.")
    _record(given, verb="role.given", template=template, scope=scope, by=by, at=at)
    return given


@transaction.atomic
def change_term(
    term: RoleTerm, *, since: date | None, until: date | None, scope: str, by: Person, at: datetime
) -> RoleTerm:
    """Change the first and last day of a term; the same days change nothing.

    Raises:
        Refused: the term would end before it starts, overlap another one, or leave the forum without a secretariat.
    """
    term = _locked(term)
    if (term.since, term.until) == (since, until):
        return term
    _check_order(since, until)
    twins = RoleTerm.objects.filter(
        person=term.person_id, role=term.role, forum=term.forum, cycle=term.cycle, meeting=term.meeting
    )
    _check_overlap(twins.exclude(pk=term.pk), since, until, role=Role(term.role))
    _check_last_secretariat(term, since=since, until=until, today=at.date())
    term.since, term.until = since, until
    term.save(update_fields=["since", "until"])
    template = gettext_noop("The term of %(name)s was changed: %(role_word)s, from %(since)s to %(until)s.")
    _record(term, verb="role.changed", template=template, scope=scope, by=by, at=at)
    return term


@transaction.atomic
def end_role(term: RoleTerm, *, last_day: date, scope: str, by: Person, at: datetime) -> RoleTerm | None:
    """End a role with its last day; one that had not begun by then is taken away. Gives what is left of the term.

    Raises:
        Refused: the forum would be left without a secretariat, or the role has ended before.
    """
    term = _locked(term)
    if term.until is not None and term.until < last_day:
        raise Refused(
            _("Nothing was changed: this role ended on %(until)s already. Change its term to prolong it.")
            % {"until": term.until}
        )
    _check_last_secretariat(term, since=term.since, until=last_day, today=at.date())
    never_began = term.since is not None and term.since > last_day
    term.until = term.since if never_began else last_day
    if not never_began:
        term.save(update_fields=["until"])
    template = gettext_noop("The role of %(name)s was ended: %(role_word)s, with %(last_day)s.")
    _record(term, verb="role.ended", template=template, scope=scope, by=by, at=at, last_day=last_day.isoformat())
    if never_began:
        term.delete()
        return None
    return term


def overlapping(terms: QuerySet[RoleTerm], since: date | None, until: date | None) -> QuerySet[RoleTerm]:
    """Narrow to the terms that share a day with a time."""
    starts_before_end = Q() if until is None else Q(since=None) | Q(since__lte=until)
    ends_after_start = Q() if since is None else Q(until=None) | Q(until__gte=since)
    return terms.filter(starts_before_end & ends_after_start)


def _locked(term: RoleTerm) -> RoleTerm:
    """Lock a term with every secretariat's of its forum, so that two who end each other's leave one."""
    others = Q(forum=term.forum, role=Role.SECRETARIAT)
    rows = {row.pk: row for row in RoleTerm.objects.select_for_update().filter(others | Q(pk=term.pk)).order_by("pk")}
    if term.pk not in rows:
        raise Refused(_("Nothing was changed: this role was taken away in the meantime."))
    return rows[term.pk]


def _check_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Refused(
            _("Nothing was changed: the term would end on %(until)s, before it starts on %(since)s.")
            % {"since": since, "until": until}
        )


def _check_overlap(twins: QuerySet[RoleTerm], since: date | None, until: date | None, *, role: Role) -> None:
    twin = overlapping(twins, since, until).first()
    if twin is not None:
        raise Refused(
            _("Nothing was changed: this person is “%(role)s” from %(since)s to %(until)s already. Change that term.")
            % {"role": NAMES[role], "since": twin.since or OPEN_END, "until": twin.until or OPEN_END}
        )


def _check_last_secretariat(term: RoleTerm, *, since: date | None, until: date | None, today: date) -> None:
    """Refuse to leave a day, from today on, without anybody who is secretariat where this term is."""
    if term.role != Role.SECRETARIAT or term.meeting or (term.until is not None and term.until < today):
        return
    loses_now = since is not None and since > today and (term.since is None or term.since <= today)
    loses_later = until is not None and (term.until is None or until < term.until)
    if not loses_now and not loses_later:
        return
    first_without = today if loses_now else max((until or today) + timedelta(days=1), today)
    others = RoleTerm.objects.filter(
        role=Role.SECRETARIAT, forum=term.forum, meeting="", cycle__in={"", term.cycle}, person__is_active=True
    ).exclude(pk=term.pk)
    if not overlapping(others, first_without, first_without).exists():
        raise Refused(
            _(
                "Nothing was changed: from %(day)s nobody would be secretariat here, and nobody could change that. "
                "Give the role to somebody else first, for the same years."
            )
            % {"day": first_without}
        )


def _record(
    term: RoleTerm, *, verb: str, template: str, scope: str, by: Person | None, at: datetime, last_day: str = ""
) -> None:
    days = {
        "since": term.since.isoformat() if term.since else OPEN_END,
        "until": term.until.isoformat() if term.until else OPEN_END,
    }
    values = {"role_word": WORDS[Role(term.role)], **({"last_day": last_day} if last_day else days)}
    private = {"name": Private(term.person.name or OPEN_END, of=term.person)}
    record(scope=scope, verb=verb, at=at, actor=by, subject=term, template=template, values=values, private=private)
