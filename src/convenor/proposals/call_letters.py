"""Mail to those who have a draft when the deadline of their kind changes: held, for the secretariat to release."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from convenor.cycle.models import Cycle, Phase, PhaseKind
from convenor.people.models import Person
from convenor.proposals.call_models import Turn
from convenor.proposals.call_words import closing_words, kind_name
from convenor.proposals.calls import KindCall, call_of, calls_of
from convenor.proposals.models import State
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import Letter, write_all
from convenor.shared.mail.kinds import Example, Kind, Placeholder

DEADLINE = "proposals.call-deadline"


def register() -> None:
    """Register it; called once, when the parts are ready."""
    kinds.register(
        Kind(
            code=DEADLINE,
            title=gettext_noop("The deadline of a call changed"),
            purpose=gettext_noop(
                "Waits to be released when the deadline of a call is moved, or the call is closed early or opened "
                "again; goes to everybody who has a draft of that kind."
            ),
            subject=gettext_noop("{forum}: {news}"),
            text=gettext_noop(
                "Dear {name},\n\n{news}\n\nReason: {reason}\n\nYou have a draft of the kind “{kind}”; it is kept as "
                "it is. What the call asks for, and until when:\n{link}"
            ),
            placeholders=(
                Placeholder("name", gettext_noop("name of whoever has a draft, else the address"), "Amina Diallo"),
                Placeholder("forum", gettext_noop("name of the forum's year"), "IGF 2017"),
                Placeholder("kind", gettext_noop("kind of the draft"), "Workshop"),
                Placeholder(
                    "news",
                    gettext_noop("a sentence: what changed, with the deadline that counts"),
                    "The call for “Workshop” now closes on 10 May 2017, 23:59 UTC−11.",
                    is_needed=True,
                ),
                Placeholder("reason", gettext_noop("why it changed"), "The server was down on the last evening."),
                Placeholder(
                    "link", gettext_noop("address of the page of the call"), f"{settings.ORIGIN}/igf/2017/call/",
                    is_link=True,
                ),
            ),
            choices=_choices,
            example=_example,
        )
    )  # fmt: skip


def tell_drafts(cycle: Cycle, kind: str, *, by: Person, at: datetime) -> int:
    """Write to everybody who has a draft of a kind, in their language; give how many letters wait to be released."""
    call = call_of(cycle, kind)
    if call is None:
        return 0
    own = Q(kind=kind) | (Q(kind="") if cycle.rules.kinds[0].code == kind else Q(pk__in=()))
    owners = cycle.proposals.filter(own, state=State.DRAFT).order_by().values("owner")
    people = Person.objects.filter(pk__in=owners, is_active=True).exclude(email=None)
    letters = [Letter(person, values_for(person, call, cycle), person.language or cycle.language) for person in people]
    if letters:
        write_all(DEADLINE, letters, forum=cycle.forum.slug, at=at, by=by)
    return len(letters)


def phase_moved(phase: Phase, *, by: Person, at: datetime) -> None:
    """Write to those with a draft of a kind that follows the phase of the call, when its deadline moved."""
    if phase.kind == PhaseKind.CALL:
        for call in calls_of(phase.cycle):
            if call.call is None:
                tell_drafts(phase.cycle, call.kind.code, by=by, at=at)


def values_for(person: Person, call: KindCall, cycle: Cycle) -> dict[str, str]:
    """Give what fills the letter to somebody, in their language."""
    with override(person.language or cycle.language):
        return {
            "name": person.name or person.email or "",
            "forum": cycle.name,
            "kind": kind_name(call.kind),
            "news": _news(call, cycle),
            "reason": call.deadline.reason if call.deadline else "",
            "link": f"{settings.ORIGIN}{reverse('call:page', args=cycle.address)}",
        }


def _news(call: KindCall, cycle: Cycle) -> str:
    words = {"kind": kind_name(call.kind), "closes": closing_words(call, cycle)}
    if call.is_closed_early:
        return _("The call for “%(kind)s” was closed early, on %(closes)s.") % words
    if call.history and call.history[-1].turn == Turn.REOPENED:
        return _("The call for “%(kind)s” is open again, until %(closes)s.") % words
    return _("The call for “%(kind)s” now closes on %(closes)s.") % words


def _choices(cycle: Any) -> list[tuple[str, str]]:
    return [(call.kind.code, kind_name(call.kind)) for call in calls_of(cycle) if call.moves]


def _example(cycle: Any, key: str) -> Example | None:
    call = call_of(cycle, key) if key else None
    person = Person(name="Amina Diallo", language=cycle.language)
    return Example(values_for(person, call, cycle), cycle.language) if call and call.moves else None
