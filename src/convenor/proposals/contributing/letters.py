"""Mails to the people whom a proposal names, and to its proposer when one of them declines."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from convenor.people.models import Person
from convenor.proposals.contributing.links import link_of
from convenor.proposals.contributing.opening import last_day
from convenor.proposals.contributing.parts import name_of, parts_in_words
from convenor.proposals.models import Contributor, Proposal
from convenor.shared.languages.days import date_format
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import Letter, compose_all, write, write_all
from convenor.shared.mail.kinds import Example, Kind, Placeholder
from convenor.shared.mail.models import Mail, State

ASKED = "proposals.contributor-asked"
REMINDED = "proposals.contributor-reminded"
DECLINED = "proposals.contributor-declined"
MOST_CHOICES = 50
_WORDS = {
    ASKED: (
        gettext_noop("Question to the people whom a proposal names"),
        gettext_noop(
            "Goes to whoever a proposal names, when it is handed in or its proposer asks; where the secretariat asks "
            "many together, when it releases the mails."
        ),
        gettext_noop("{year}: do you take part in “{title}”?"),
        gettext_noop(
            "Dear {name},\n\n{proposer} proposes the session “{title}” for {year} and names you in it: {part}.\n\n"
            "Please say whether you take part, from where and when. You need no account:\n{link}\n\n"
            "The link is for you alone: keep it to yourself. You can change your answer until {day}. If you did not "
            "expect this, decline there, and you are named no longer."
        ),
    ),
    REMINDED: (
        gettext_noop("Reminder to the people whom a proposal names"),
        gettext_noop(
            "Is written for whoever was asked and has not answered for some days, twice at most, and goes when the "
            "secretariat releases it; it is discarded when the answer comes first."
        ),
        gettext_noop("{year}: your answer about “{title}”"),
        gettext_noop(
            "Dear {name},\n\nyou were asked whether you take part in the session “{title}” of {year}: {part}. "
            "{proposer} waits for your answer, and the committee counts only those who confirmed.\n\n"
            "Answer here, you need no account:\n{link}\n\nThe link is for you alone. You can answer until {day}."
        ),
    ),
    DECLINED: (
        gettext_noop("Somebody whom a proposal names declines"),
        gettext_noop("Goes at once to whoever proposed the session."),
        gettext_noop("{name} does not take part in “{title}”"),
        gettext_noop(
            "Dear {proposer},\n\n{name} declines to take part in “{title}”: {part}. {words}\n\n"
            "See who has confirmed, and name somebody else:\n{link}"
        ),
    ),
}


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    for code, (title, purpose, subject, text) in _WORDS.items():
        is_to_proposer = code == DECLINED
        kinds.register(
            Kind(
                code=code,
                title=title,
                purpose=purpose,
                subject=subject,
                text=text,
                placeholders=_placeholders(is_to_proposer=is_to_proposer),
                choices=None if is_to_proposer else _choices,
                example=None if is_to_proposer else _example,
            )
        )


def _placeholders(*, is_to_proposer: bool) -> tuple[Placeholder, ...]:
    here = f"{settings.ORIGIN}/igf/2017/proposals/"
    told = (
        Placeholder("name", gettext_noop("name of whoever is named in the proposal"), "Amina Diallo"),
        Placeholder("proposer", gettext_noop("name of whoever proposes"), "Zoë Example"),
        Placeholder("title", gettext_noop("title of the proposal"), "Access for all"),
        Placeholder("part", gettext_noop("the part, or parts, in the session"), "Speaker"),
        Placeholder("year", gettext_noop("name of the year"), "IGF 2017"),
    )
    if is_to_proposer:
        link = Placeholder(
            "link",
            gettext_noop("address of the page of the people of the proposal"),
            f"{here}114/people/",
            is_link=True,
        )
        return (*told, Placeholder("words", gettext_noop("what the person says, if anything"), "I am away."), link)
    link = Placeholder(
        "link",
        gettext_noop("address of the page where the person answers"),
        f"{here}people/answer/…/",
        is_needed=True,
        is_link=True,
    )
    return (*told, Placeholder("day", gettext_noop("last day on which the answer can be changed"), "17 December"), link)


def language_of(person: Person, proposal: Proposal) -> str:
    """Give the language in which somebody is written to: their own, else that of the proposal, else of the year."""
    return person.language or proposal.language or proposal.cycle.language


def questions(rows: Sequence[Contributor], *, last: date) -> list[Mail]:
    """Compose the mails that ask people for their answer, one each for all their parts in a proposal."""
    by_forum = _by_forum(rows, last).items()
    return [mail for forum, letters in by_forum for mail in compose_all(ASKED, letters, forum=forum)]


def hold(
    kind: str, rows: Sequence[Contributor], *, last: date, by: Person | None, at: datetime
) -> dict[tuple[int, int], Mail]:
    """Write the same to people of one year as a batch that the secretariat releases; give each one's mail."""
    written = list[Mail]()
    for forum, letters in _by_forum(rows, last).items():
        written += write_all(kind, letters, forum=forum, at=at, by=by)
    keys = dict.fromkeys((row.proposal_id, row.person_id) for row in rows)  # in the order of the letters
    return dict(zip(keys, written, strict=True))


def _by_forum(rows: Sequence[Contributor], last: date) -> dict[str, list[Letter]]:
    together: dict[tuple[int, int], list[Contributor]] = {}
    for row in rows:
        together.setdefault((row.proposal_id, row.person_id), []).append(row)
    found: dict[str, list[Letter]] = {}
    for parts in together.values():
        letter = _letter(parts, last)
        found.setdefault(parts[0].proposal.cycle.forum.slug, []).append(letter)
    return found


def _letter(parts: Sequence[Contributor], last: date) -> Letter:
    row = parts[0]
    language = language_of(row.person, row.proposal)
    with override(language):
        values = {**told_of(parts), "day": date_format(last, "DATE_FORMAT")}
    return Letter(row.person, {**values, "link": f"{settings.ORIGIN}{link_of(row.proposal, row.person)}"}, language)


def told_of(parts: Sequence[Contributor]) -> dict[str, str]:
    """Give what every mail about somebody's parts says, in the language that is on."""
    row = parts[0]
    return {
        "name": name_of(row),
        "proposer": row.proposal.owner.shown_name or row.proposal.organisation.name,
        "title": row.proposal.title,
        "part": parts_in_words(parts),
        "year": row.proposal.cycle.name,
    }


def tell_proposer(parts: Sequence[Contributor], words: str, *, page: str, at: datetime) -> None:
    """Tell the proposer that somebody declines; one without an address is not told."""
    proposal, owner = parts[0].proposal, parts[0].proposal.owner
    if not owner.email:
        return
    language = language_of(owner, proposal)
    with override(language):
        values = {**told_of(parts), "words": words, "link": f"{settings.ORIGIN}{page}"}
    forum = proposal.cycle.forum.slug
    write(DECLINED, to=owner, context=values, language=language, forum=forum, at=at)


def drop_held(proposal: Proposal, person: Person, *, because: str) -> None:
    """Discard what is held for somebody about a proposal, known by its link; what asks about another one stays."""
    held = Mail.objects.filter(person=person, kind__in=(ASKED, REMINDED), state=State.HELD)
    held.filter(text__contains=link_of(proposal, person)).update(state=State.DISCARDED, failure=because)


def drop_all_held(proposal: Proposal, *, because: str) -> None:
    """Discard what is held for everybody whom a proposal names, as far as it is about this one."""
    named = proposal.contributors.values("person")
    held = Mail.objects.filter(person__in=named, kind__in=(ASKED, REMINDED), state=State.HELD).select_related("person")
    about = [one.pk for one in held if one.person and link_of(proposal, one.person) in one.text]
    Mail.objects.filter(pk__in=about, state=State.HELD).update(state=State.DISCARDED, failure=because)


def people_page(proposal: Proposal) -> str:
    """Give the address of the page of the people of a proposal."""
    return reverse("proposals:contributing:people", args=(*proposal.cycle.address, proposal.pk))


def _rows(cycle: Any) -> Any:
    rows = Contributor.objects.filter(proposal__cycle=cycle, person__email__isnull=False, person__erased_at=None)
    return rows.select_related("person", "proposal__cycle__forum", "proposal__owner", "proposal__organisation")


def _choices(cycle: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), f"{name_of(row)}, {row.proposal}") for row in _rows(cycle)[:MOST_CHOICES]]


def _example(cycle: Any, key: str) -> Example | None:
    """Fill with real people, but for the link: that opens the page to whoever has it."""
    row = _rows(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    if row is None:
        return None
    language = language_of(row.person, row.proposal)
    with override(language):
        day = date_format(last_day(row.proposal.cycle), "DATE_FORMAT")
        return Example({**told_of([row]), "day": day, "link": f"{settings.ORIGIN}/…/"}, language)
