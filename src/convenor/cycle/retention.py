"""How long what is kept, and erasing it when its time is over.

A part registers its rules in its `apps.ready()`:

    retention.register(Rule("drafts", _("Drafts …"), _("Are deleted …"), months=12, since=since, act=act))

`since(forum)` gives the rows the rule may take, each with the day from which its time counts; with None, those that
belong to no forum. `act(keys, at)` takes them.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle, Forum
from convenor.cycle.retention_models import Retention
from convenor.people.links import is_of_account, links_to, ways_to_forum
from convenor.people.models import Person
from convenor.people.privacy_erasure import wipe
from convenor.shared.journal import record
from convenor.shared.journal.texts import ERASED_TEXTS

_BESIDE = ("shared.mail", "people.merge", "people.distinct")
NEVER = "–"  # how the journal writes a time without end


@dataclass(frozen=True, slots=True)
class Done:
    """What a rule did: how many rows it took, and which of the journal's texts went with them, by scope."""

    rows: int
    texts: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of rows and the time after which they go; `title` is marked, the journal keeps it as it is written."""

    code: str
    title: str
    what: str | Promise
    months: int
    since: Callable[[Forum | None], Mapping[int, date]]
    act: Callable[[Collection[int], datetime], Done]


RULES: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules."""
    RULES.update({rule.code: rule for rule in rules})


@dataclass(frozen=True, slots=True)
class Line:
    """What a rule would do: the rows whose time is over, how many wait, and the day on which the next one's is."""

    rule: Rule
    months: int | None
    due: tuple[int, ...]
    waiting: int
    next_on: date | None


def plan(forum: Forum | None, *, on: date) -> list[Line]:
    """Say what is due in a forum on a day, or, with None, of what belongs to no forum."""
    own = months_of(forum)
    return [_line(rule, own[rule.code], rule.since(forum), on) for rule in RULES.values()]


def months_of(forum: Forum | None) -> dict[str, int | None]:
    """Give the months of every rule: the forum's own where it has some, else the default; None is for ever."""
    own = dict(Retention.objects.filter(forum=forum).values_list("rule", "months")) if forum else {}
    return {code: own.get(code, rule.months) for code, rule in RULES.items()}


def day_in(forum: Forum | None, *, now: datetime) -> date:
    """Give the day that counts in a forum: today, or, in an example, the day at which its newest year stands."""
    newest = _newest(forum)
    return newest.day_of(newest.moment(now)) if newest else now.date()


@transaction.atomic
def carry_out(forum: Forum | None, *, at: datetime, by: Person | None = None) -> list[tuple[Rule, int]]:
    """Erase what is due in a forum and write it into its newest year's journal; give the counts, zeros left out."""
    if forum is not None:
        Forum.objects.select_for_update().get(pk=forum.pk)  # two who start it at once erase and count once
    newest, did = _newest(forum), []
    for line in plan(forum, on=day_in(forum, now=at)):
        if not line.due:
            continue
        done = line.rule.act(line.due, at)
        did.append((line.rule, done.rows))
        for scope in sorted({newest.scope if newest else "", *done.texts}):
            _record(scope, line, done, by=by, at=at)
    return did


@transaction.atomic
def set_months(forum: Forum, months: Mapping[str, int | None], *, by: Person, at: datetime) -> int:
    """Set a forum's own times; give how many changed. What is due by them goes with the next `carry_out`."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    before = months_of(forum)
    changed = {code: value for code, value in months.items() if before[code] != value}
    newest = _newest(forum)
    for code, value in changed.items():
        Retention.objects.update_or_create(
            forum=forum, rule=code, defaults={"months": value, "changed_by": by, "changed_at": at}
        )
        record(
            scope=newest.scope if newest else "",
            verb="retention.set",
            at=at,
            actor=by,
            template=gettext_noop("Months that are kept, from %(before)s to %(after)s: %(rule_word)s."),
            values={"before": before[code] or NEVER, "after": value or NEVER, "rule_word": RULES[code].title},
        )
    return len(changed)


def later(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def known_only_by(people: QuerySet[Person], forum: Forum, *labels: str) -> QuerySet[Person]:
    """Narrow to people who never signed in and at whom only rows of these kinds point, all of them in one forum.

    Rows of an account do not count, nor do mails to them from this forum, or notes on whose entry is whose.
    """
    people = people.filter(joined_at=None, erased_at=None)
    for model, key in links_to(Person):
        if is_of_account(model):
            continue
        rows = model._base_manager.filter(**{key: OuterRef("pk")})
        if model._meta.label_lower in {*labels, *_BESIDE}:
            for way in ways_to_forum(model):
                rows = rows.exclude(**{f"{way}__in": ("", forum.slug)})
        people = people.exclude(Exists(rows))
    return people


def wipe_all(keys: Collection[int], at: datetime) -> Done:
    """Erase people, as the act of a rule."""
    texts: dict[str, list[str]] = {}
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        for scope, places in wipe(person, at=at).texts.items():
            texts.setdefault(scope, []).extend(places)
    return Done(len(keys), texts)


def _line(rule: Rule, months: int | None, since: Mapping[int, date], on: date) -> Line:
    if months is None:
        return Line(rule, None, (), len(since), None)
    ends = {key: later(day, months) for key, day in since.items()}
    due = tuple(sorted(key for key, end in ends.items() if end <= on))
    return Line(rule, months, due, len(since) - len(due), min((end for end in ends.values() if end > on), default=None))


def _newest(forum: Forum | None) -> Cycle | None:
    return forum.cycles.select_related("forum").order_by("-starts_on").first() if forum else None


def _record(scope: str, line: Line, done: Done, *, by: Person | None, at: datetime) -> None:
    values: dict[str, Any] = {"months": line.months, "rows": done.rows, "rule_word": line.rule.title}
    if scope in done.texts:
        values[ERASED_TEXTS] = " ".join(done.texts[scope])
    template = gettext_noop("What had been kept for %(months)s months was erased, %(rows)s in number: %(rule_word)s.")
    record(scope=scope, verb="retention.carried-out", at=at, actor=by, template=template, values=values)
