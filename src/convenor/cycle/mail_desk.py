"""What the pages of a forum's mail look up."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.models import Cycle
from convenor.people.account_sections import Row, Section
from convenor.people.models import Person
from convenor.shared.mail.kinds import KINDS
from convenor.shared.mail.models import Batch, Mail, State
from convenor.shared.mail.views import own_mails

LATELY = 10  # batches without held mails that the desk still shows
MOST_BOUNCED = 50


@dataclass(frozen=True, slots=True)
class Search:
    """How the log is narrowed; it lives in the address."""

    words: str = ""
    state: str = ""
    kind: str = ""
    person: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read it from an address; what is not understood narrows nothing."""
        person = query.get("person", "")
        return cls(
            words=query.get("q", "").strip()[:200],
            state=query.get("state", "") if query.get("state") in State.values else "",
            kind=query.get("kind", "") if query.get("kind") in KINDS else "",
            person=int(person) if person.isdecimal() and person.isascii() and len(person) < len(str(2**63)) else None,
        )

    @property
    def is_on(self) -> bool:
        """Whether it narrows anything."""
        return self != Search()

    def apply(self, mails: QuerySet[Mail]) -> QuerySet[Mail]:
        """Narrow."""
        if self.words:
            words = self.words
            mails = mails.filter(
                Q(to__icontains=words) | Q(subject__icontains=words) | Q(person__name__icontains=words)
            )
        if self.state:
            mails = mails.filter(state=self.state)
        if self.kind:
            mails = mails.filter(kind=self.kind)
        return mails if self.person is None else mails.filter(person=self.person)


def mails_of(cycle: Cycle) -> QuerySet[Mail]:
    """Give the mails of the forum of a cycle, and of no other."""
    return Mail.objects.filter(forum=cycle.forum.slug)


def batches_of(cycle: Cycle) -> QuerySet[Any]:  # of batches with counts, which the stubs do not know
    """Give the batches of a forum with how many of their mails are held, wait, left, or went wrong."""
    went_wrong = (State.FAILED, State.BOUNCED)
    return (
        Batch.objects.filter(forum=cycle.forum.slug)
        .select_related("written_by", "released_by")
        .annotate(
            held=Count("mails", Q(mails__state=State.HELD)),
            waiting=Count("mails", Q(mails__state=State.WAITING)),
            sent=Count("mails", Q(mails__state__in=(State.SENT, State.KEPT))),
            wrong=Count("mails", Q(mails__state__in=went_wrong)),
            all=Count("mails"),
        )
    )


def bounced_people(cycle: Cycle) -> QuerySet[Person]:
    """Give the people whom this forum has written to and whose address takes no mail."""
    mails = mails_of(cycle)
    is_reader = Q(pk__in=mails.exclude(person=None).values("person")) | Q(
        email__in=mails.filter(person=None).values("to")
    )
    return Person.objects.filter(is_reader, email_bounced_at__isnull=False).order_by("-email_bounced_at")


def titles(codes: set[str]) -> dict[str, str]:
    """Name kinds of mail in the reader's language."""
    return {code: _(KINDS[code].title) if code in KINDS else code for code in codes}


def my_mails(person: Person, on: date) -> Section | None:
    """Tell somebody on their account page that mails to them can be read here."""
    count = own_mails(person).count()
    if not count:
        return None
    words = ngettext("%(count)s mail was sent to me", "%(count)s mails were sent to me", count) % {"count": count}
    note = _("A mail to you came back: is your address right?") if person.email_bounced_at else ""
    return Section(_("Mails to me"), [Row(words, reverse("mail:mine"), note)])
