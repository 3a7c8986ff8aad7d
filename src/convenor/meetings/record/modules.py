"""Text modules: sentences that minutes of such meetings use, and those that a forum keeps of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.models import Forum
from convenor.meetings.record.models import TextModule
from convenor.people.models import Person
from convenor.shared.errors import Refused

MOST_OWN = 100  # of one forum
USUAL = {  # "…" is filled in by whoever uses it
    "note": gettext_lazy("The Committee took note of …."),
    "agreed": gettext_lazy("The Committee agreed that …."),
    "agreed-condition": gettext_lazy("The Committee agreed to …, on the condition that …."),
    "asked": gettext_lazy("The Committee asked the secretariat to …, by …."),
    "heard": gettext_lazy("The Committee heard a report by … on …."),
    "thanked": gettext_lazy("The Committee expressed its appreciation to … for …."),
    "views": gettext_lazy("Some participants were of the view that …. Others were of the view that …."),
    "reserved": gettext_lazy("… asked that its reservation be placed on record: …."),
    "deferred": gettext_lazy("The Committee decided to come back to … at its next meeting."),
}


@dataclass(frozen=True, slots=True)
class Module:
    """A sentence to begin with; `pk` is that of a forum's own."""

    code: str
    title: str
    text: str
    pk: int = 0


def modules_of(forum: Forum, language: str = "") -> list[Module]:
    """Give the usual sentences in the language that is on, then those of the forum in it, or in any."""
    own = TextModule.objects.filter(forum=forum)
    usual = [Module(code, str(text), str(text)) for code, text in USUAL.items()]
    if language:
        own = own.filter(language__in=("", language))
    return usual + [Module(f"own-{one.pk}", one.title, one.text, one.pk) for one in own]


@transaction.atomic
def add(forum: Forum, title: str, text: str, *, language: str = "", by: Person, at: datetime) -> TextModule:
    """Keep a sentence for the rapporteurs of a forum.

    Raises:
        Refused: the forum has as many as it may.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    if TextModule.objects.filter(forum=forum).count() >= MOST_OWN:
        raise Refused(_("Nothing was added: the forum has %(most)s text modules. Remove one.") % {"most": MOST_OWN})
    return TextModule.objects.create(forum=forum, title=title, text=text, language=language, by=by, at=at)


@transaction.atomic
def remove(forum: Forum, pk: int) -> bool:
    """Remove a sentence of a forum, and say whether there was one; minutes that used it keep their words."""
    return TextModule.objects.filter(forum=forum, pk=pk).delete()[0] > 0
