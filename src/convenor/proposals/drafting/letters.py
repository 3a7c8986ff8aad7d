"""The mail that says a proposal was handed in, with the whole of its text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from convenor.people.models import Person
from convenor.proposals.drafting.asking import Ask, form_of
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.showing import shown
from convenor.proposals.models import Contributor, Proposal
from convenor.shared.languages.days import date_format
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import Letter, queue
from convenor.shared.mail.kinds import Kind, Placeholder

RECEIPT, WITHDRAWN = "proposals.receipt", "proposals.withdrawn"


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    kinds.register(
        Kind(
            code=RECEIPT,
            title=gettext_noop("Receipt of a proposal"),
            purpose=gettext_noop(
                "Goes at once to whoever proposes, with the whole text; also to a co-organiser who hands it in."
            ),
            subject=gettext_noop("{year}: proposal {number} has arrived"),
            text=gettext_noop(
                "Dear {name},\n\nyour proposal “{title}” has arrived on {when} and has the number {number}. "
                "You can change it and hand it in again as long as the call is open:\n{link}\n\n"
                "This is what was handed in:\n\n{text}"
            ),
            placeholders=(
                *_placeholders(),
                Placeholder("when", gettext_noop("moment it was handed in"), "3 May 2017, 21:14"),
                Placeholder("text", gettext_noop("everything it says"), "Title: Access for all", is_needed=True),
            ),
        )
    )
    kinds.register(
        Kind(
            code=WITHDRAWN,
            title=gettext_noop("A proposal is withdrawn"),
            purpose=gettext_noop("Goes at once to whoever proposed, when the proposal is withdrawn."),
            subject=gettext_noop("{year}: proposal {number} is withdrawn"),
            text=gettext_noop(
                "Dear {name},\n\nyour proposal “{title}” (number {number}) is withdrawn. Its text is kept; as long "
                "as the call is open you can take that back:\n{link}"
            ),
            placeholders=_placeholders(),
        )
    )


def _placeholders() -> tuple[Placeholder, ...]:
    return (
        Placeholder("name", gettext_noop("name of whoever proposes"), "Amina Diallo"),
        Placeholder("year", gettext_noop("name of the year"), "IGF 2017"),
        Placeholder("number", gettext_noop("number of the proposal"), "114"),
        Placeholder("title", gettext_noop("title of the proposal"), "Access for all"),
        Placeholder(
            "link",
            gettext_noop("address of the form"),
            f"{settings.ORIGIN}/igf/2017/proposals/drafts/1/",
            is_link=True,
        ),
    )


def send_receipt(
    proposal: Proposal, content: Mapping[str, Value], people: Sequence[Contributor], *, to: Person, at: datetime
) -> None:
    """Write the receipt with the whole text to whoever hands in and to whoever proposes, each in their language.

    Somebody without an address gets none.
    """
    readers = {one.pk: one for one in (to, proposal.owner) if one.email}
    receipts = [_receipt(proposal, content, people, to=one, at=at) for one in readers.values()]
    if receipts:
        queue(RECEIPT, receipts, forum=proposal.cycle.forum.slug, at=at)


def _receipt(
    proposal: Proposal, content: Mapping[str, Value], people: Sequence[Contributor], *, to: Person, at: datetime
) -> Letter:
    language = _language(proposal, to)
    with override(language):
        when = date_format(at.astimezone(proposal.cycle.zone_info), _("j F Y, H:i"))
        text = "\n\n".join(_paragraphs(form_of(proposal, content), content, people))
        values = {**_values(proposal, to), "when": f"{when} ({proposal.cycle.zone})", "text": text}
    return Letter(to, values, language)


def send_withdrawn(proposal: Proposal, *, to: Person, at: datetime) -> None:
    """Write that a proposal is withdrawn."""
    if to.email:
        letter = Letter(to, _values(proposal, to), _language(proposal, to))
        queue(WITHDRAWN, [letter], forum=proposal.cycle.forum.slug, at=at)


def _language(proposal: Proposal, to: Person) -> str:
    return to.language or proposal.cycle.language


def _values(proposal: Proposal, to: Person) -> dict[str, str]:
    link = reverse("proposals:draft", args=(*proposal.cycle.address, proposal.pk))
    return {
        "name": to.name,
        "year": proposal.cycle.name,
        "number": str(proposal.number or ""),
        "title": proposal.title,
        "link": f"{settings.ORIGIN}{link}",
    }


def _paragraphs(asks: Mapping[str, Ask], content: Mapping[str, Value], people: Sequence[Contributor]) -> Iterator[str]:
    for ask in asks.values():
        if not ask.is_people and (words := shown(ask, content.get(ask.code))):
            yield f"{ask.label}\n{words}"
    if people:
        named = (_("%(name)s, %(part)s") % {"name": one.shown_name, "part": one.get_part_display()} for one in people)
        yield "\n".join([_("People"), *named])
