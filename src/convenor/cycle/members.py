"""The people of a forum: who they are, how they are searched, and how the committee divides.

Who belongs to a forum is said by the parts that know, in their `apps.ready()`:

    members.APPEARANCES.append(("speakers", speakers))  # speakers(forum) -> a query of the keys of people
    members.MEETINGS.append(meetings)     # meetings(cycle) -> [("june", "2nd Open Consultations")]
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle, Forum
from convenor.people.genders import gender_class, gender_names
from convenor.people.models import Person, RoleTerm, running
from convenor.people.regions import GROUPS, region_of
from convenor.people.roles import Role
from convenor.people.terms import NAMES
from convenor.shared.charts import Balance, balance

# Beside the field of the table of visibility that lets somebody see them; empty: whoever sees the directory.
APPEARANCES: list[tuple[str, Callable[[Forum], QuerySet[Any, Any]]]] = []
MEETINGS: list[Callable[[Cycle], Sequence[tuple[str, str]]]] = []
SEATED = (Role.CHAIR, Role.MEMBER)  # whose balance counts
PER_PAGE = 100
NOW, PAST, TO_COME, ALL = "now", "past", "to-come", "all"


def members_of(forum: Forum) -> QuerySet[Person]:
    """Give everybody who holds or held a role in a forum, or takes part where it is public."""
    return _people(forum, [find for _field, find in APPEARANCES])


def shown_to(cycle: Cycle, held: Collection[Role]) -> frozenset[str]:
    """Give the fields of people that somebody with these roles may see in a cycle."""
    return frozenset(field for field in cycle.rules.visibility if cycle.rules.visible(field, held))


def members_shown(cycle: Cycle, shown: Collection[str]) -> QuerySet[Person]:
    """Narrow the people of a forum to those whose part in it the reader is shown."""
    return _people(cycle.forum, [find for field, find in APPEARANCES if not field or field in shown])


def _people(forum: Forum, finders: Sequence[Callable[[Forum], QuerySet[Any, Any]]]) -> QuerySet[Person]:
    keys = [RoleTerm.objects.filter(forum=forum.slug).values("person"), *(find(forum) for find in finders)]
    return Person.objects.filter(reduce(or_, (Q(pk__in=found) for found in keys)), erased_at=None)


def meetings_of(cycle: Cycle) -> list[tuple[str, str]]:
    """Give the meetings of a cycle, short name and title."""
    return [meeting for find in MEETINGS for meeting in find(cycle)]


def terms_in(cycle: Cycle) -> QuerySet[RoleTerm]:
    """Give the terms that count in a cycle, those of its forum in every year among them, the weightiest role first."""
    order = Case(*(When(role=role, then=Value(index)) for index, role in enumerate(NAMES)), output_field=IntegerField())
    return (
        RoleTerm.objects.filter(forum=cycle.forum.slug, cycle__in=("", cycle.slug))
        .select_related("person__organisation")
        .order_by(order, "person__name", "person", "since", "pk")
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for, a word per filter; it stands in the address, and empty means all."""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read it from an address; anything unknown simply finds nothing."""
        return cls(**{one.name: query.get(one.name, "").replace("\0", "").strip()[:100] for one in fields(cls)})

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != type(self)()


@dataclass(frozen=True, slots=True)
class Search(Asked):
    """Filters of the directory."""

    q: str = ""
    group: str = ""
    region: str = ""
    role: str = ""

    def apply(self, people: QuerySet[Person], cycle: Cycle, *, on: date, shown: Collection[str]) -> QuerySet[Person]:
        """Narrow people by fields that the reader is shown; every word must be found in name or organisation."""
        for word in self.q.split():
            found = Q(name__icontains=word)
            if "organisation" in shown:
                found |= Q(organisation__name__icontains=word)
            people = people.filter(found)
        if self.group and "group" in shown:
            people = people.filter(group=self.group)
        if self.region and "region" in shown:
            people = people.filter(country__in=GROUPS.get(self.region, frozenset()))
        if self.role:
            held = RoleTerm.objects.filter(running(on), forum=cycle.forum.slug, role=self.role)
            people = people.filter(pk__in=held.values("person"))
        roles = Prefetch(
            "role_terms", RoleTerm.objects.filter(running(on), forum=cycle.forum.slug), to_attr="held_here"
        )
        return people.select_related("organisation").prefetch_related(roles).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Narrowing(Asked):
    """Filters of the list of roles; without a word on time, the terms that run."""

    role: str = ""
    group: str = ""
    region: str = ""
    term: str = ""

    def apply(self, terms: QuerySet[RoleTerm], *, on: date) -> QuerySet[RoleTerm]:
        """Narrow a list of terms."""
        when = {
            NOW: running(on),
            PAST: Q(until__lt=on),
            TO_COME: Q(since__gt=on),
            ALL: Q(),
        }
        terms = terms.filter(when.get(self.term or NOW, Q(pk__in=())))
        if self.role:
            terms = terms.filter(role=self.role)
        if self.group:
            terms = terms.filter(person__group=self.group)
        if self.region:
            terms = terms.filter(person__country__in=GROUPS.get(self.region, frozenset()))
        return terms


def committee_balance(cycle: Cycle, language: str, *, on: date) -> list[Balance]:
    """Show how chair and members of a day divide by region, group and gender; everybody counts once."""
    seated = terms_in(cycle).filter(running(on), role__in=SEATED, meeting="").order_by()
    people = Person.objects.filter(pk__in=seated.values("person")).order_by().values_list("country", "group", "gender")
    regions, groups, genders = Counter[str](), Counter[str](), Counter[str]()
    for country, group, gender in people:
        regions[region_of(country)] += 1
        groups[group] += 1
        genders[gender_class(gender)] += 1
    rules = cycle.rules
    return [
        balance(_("Region"), [(one.code, one.name(language)) for one in rules.regions], regions),
        balance(_("Stakeholder group"), [(one.code, one.name(language)) for one in rules.groups], groups),
        balance(_("Gender"), gender_names(), genders),
    ]
