"""What other domains put on the home page of a cycle; they register in their `apps.ready()`, none is imported here.

    from convenor.cycle import home
    home.FACTS.append(facts)          # facts(cycle) -> {"call": _("227 received")}
    home.OFFERS.append(offers)        # offers(request, cycle) -> [Offer(…)]
    home.DATES.append(dates)          # dates(cycle) -> [Event(…)]
    home.DOCUMENTS.append(documents)  # documents(cycle) -> [Document(…)]

Each contributor is asked once per page and should cost one or two queries. Sentences are ready to print, in the
reader's language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from convenor.cycle.models import Cycle
from convenor.shared.languages.days import date_format


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the reader can do now; `until` is the last day, None where it stays open."""

    title: str
    url: str
    sentence: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A day to come, with its page."""

    on: date
    title: str
    url: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read, with a word on what it is."""

    title: str
    url: str
    note: str = ""
    is_standing: bool = False  # there from the first day: it says nothing of work done


FACTS: list[Callable[[Cycle], Mapping[str, str]]] = []
OFFERS: list[Callable[[HttpRequest, Cycle], Sequence[Offer]]] = []
DATES: list[Callable[[Cycle], Sequence[Event]]] = []
DOCUMENTS: list[Callable[[Cycle], Sequence[Document]]] = []


def facts_of(cycle: Cycle) -> dict[str, str]:
    """Give the known sentence per phase kind; where two domains speak of one phase, the upper one counts."""
    return {str(kind): words for contribute in FACTS for kind, words in contribute(cycle).items()}


def offers_to(request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Give what the reader can do, the most pressing first."""
    offers = [offer for contribute in OFFERS for offer in contribute(request, cycle)]
    return sorted(offers, key=lambda offer: (offer.until is None, offer.until or date.max))


def dates_after(cycle: Cycle, today: date, *, most: int = 5) -> list[Event]:
    """Give the next days, today's among them."""
    events = [event for contribute in DATES for event in contribute(cycle) if event.on >= today]
    return sorted(events, key=lambda event: event.on)[:most]


def documents_of(cycle: Cycle) -> list[Document]:
    """Give what there is to read."""
    return [document for contribute in DOCUMENTS for document in contribute(cycle)]


def phase_starts(cycle: Cycle) -> list[Event]:
    """Give the first day of every phase, linked to its place on the line."""
    home = cycle.get_absolute_url()
    return [
        Event(phase.starts_on, phase.get_kind_display(), f"{home}#phase-{phase.kind}", _until(phase.ends_on))
        for phase in cycle.phases.all()
    ]


def _until(day: date) -> str:
    return gettext("until %(day)s") % {"day": date_format(day, gettext("j F"))}
