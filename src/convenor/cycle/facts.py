"""Correcting what a year says of itself: name, place, language, days of its annual meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

# How the journal calls each fact.
WORDS: Mapping[str, str] = {
    "name": gettext_noop("name"),
    "place": gettext_noop("place"),
    "language": gettext_noop("language"),
    "starts_on": gettext_noop("first day of the annual meeting"),
    "ends_on": gettext_noop("last day of the annual meeting"),
}
TYPED = ("name", "place")  # may name people, so the chain only seals them
NOTHING = "–"  # how the journal prints a fact that is left open


@dataclass(frozen=True, slots=True)
class Facts:
    """What a year says of itself. Its zone is no fact of this kind: every day and deadline was set in it."""

    name: str
    place: str
    language: str
    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, cycle: Cycle) -> "Facts":
        """Read them from a year."""
        return cls(**{one.name: getattr(cycle, one.name) for one in fields(cls)})


@transaction.atomic
def correct_year(cycle: Cycle, facts: Facts, *, by: Person, at: datetime) -> int:
    """Correct the facts of a year, each change an entry of the journal; give how many changed.

    The phases stay where they are: they are set on a page of their own.

    Raises:
        Refused: the name is empty, or the meeting would end before it starts; nothing is changed.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("forum").get(pk=cycle.pk)
    new = Facts(tidy_name(facts.name), tidy_name(facts.place), facts.language, facts.starts_on, facts.ends_on)
    if not new.name:
        raise Refused(_("Nothing was changed: the year needs a name that can be read."))
    if new.ends_on < new.starts_on:
        raise Refused(
            _("The annual meeting would end on %(end)s, before it starts on %(start)s. Correct one of the days.")
            % {"end": new.ends_on, "start": new.starts_on}
        )
    old = Facts.of(cycle)
    changed = [name for name in WORDS if getattr(old, name) != getattr(new, name)]
    for name in changed:
        setattr(cycle, name, getattr(new, name))
        said = {"before": _said(getattr(old, name)), "after": _said(getattr(new, name))}
        record(
            scope=cycle.scope,
            verb="cycle.corrected",
            at=at,
            actor=by,
            subject=cycle,
            template=gettext_noop("Of this year, the %(fact_word)s was “%(before)s” and is now “%(after)s”."),
            values={"fact_word": WORDS[name], **({} if name in TYPED else said)},
            private={key: typed(word) for key, word in said.items()} if name in TYPED else None,
        )
    cycle.save(update_fields=changed)
    return len(changed)


def _said(value: str | date) -> str:
    return (value if isinstance(value, str) else value.isoformat()) or NOTHING
