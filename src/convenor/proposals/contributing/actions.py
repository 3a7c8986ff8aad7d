"""What somebody whom a proposal names does with their link: confirm, decline, change what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.proposals.contributing import letters
from convenor.proposals.contributing.hours import Hours
from convenor.proposals.contributing.models import ContributorAnswer, ContributorNeeds, Said
from convenor.proposals.contributing.opening import is_open, last_day
from convenor.proposals.contributing.parts import answer_of, said_of
from convenor.proposals.models import Contributor, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.journal import record
from convenor.shared.languages.days import date_format


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says: to each part, and for all of them from where, when and what may be public."""

    parts: Mapping[int, Said]
    words: str = ""
    is_on_site: bool = True
    zone: str = ""
    hours: Sequence[Hours] = ()
    needs: str = ""
    may_be_named: bool | None = None
    may_be_recorded: bool | None = None
    may_be_photographed: bool | None = None
    about: Mapping[str, str] = field(default_factory=dict)  # group, country, gender

    @property
    def confirms(self) -> bool:
        """Whether any part is taken."""
        return Said.CONFIRMED in self.parts.values()


@transaction.atomic
def answer(proposal: Proposal, person: Person, said: Answer, *, at: datetime) -> list[Contributor]:
    """Take an answer to all the parts of a person in a proposal; give the parts as they stand now.

    Locks the proposal, so that two clicks answer once and nobody is taken out meanwhile. Its proposer is told of every
    part that is newly declined. What people need is kept apart from everything else.

    Raises:
        Refused: the proposal is withdrawn, or answers are no longer taken.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("cycle__forum", "owner").get(pk=proposal.pk)
    )
    _check_open(proposal, at=at)
    rows = list(proposal.contributors.filter(person=person).select_related("person", "answer", "organisation"))
    changed: dict[Said, list[Contributor]] = {Said.CONFIRMED: [], Said.DECLINED: []}
    for row in rows:
        row.proposal = proposal
        if (now := said.parts.get(row.pk)) is not None:
            if said_of(row) != now:
                changed[now].append(row)
            _put_down(row, now, said, at=at)
    if said.confirms:
        _keep_needs(proposal, person, said.needs)
        _keep_about(person, said.about)
    else:
        _drop_needs(proposal, person)
    _record(proposal, changed, at=at)
    if changed[Said.DECLINED]:
        letters.tell_proposer(changed[Said.DECLINED], said.words, page=letters.people_page(proposal), at=at)
    _drop_reminders(proposal, person)
    return rows


def _check_open(proposal: Proposal, *, at: datetime) -> None:
    if proposal.state == State.WITHDRAWN:
        raise Refused(_("Your answer was not taken: the proposal is withdrawn. There is nothing left to do for you."))
    if not is_open(proposal.cycle, at=at):
        raise Refused(
            _("Your answer was not taken: answers could be changed until %(day)s. Write to the secretariat.")
            % {"day": date_format(last_day(proposal.cycle), "DATE_FORMAT")}
        )


def _put_down(row: Contributor, now: Said, said: Answer, *, at: datetime) -> None:
    one = answer_of(row) or ContributorAnswer(contributor=row)
    one.said, one.answered_at = now, at
    if now == Said.CONFIRMED:
        one.words, one.zone, one.available = "", said.zone, [hours.plain for hours in said.hours]
        one.may_be_named, one.may_be_recorded = said.may_be_named, said.may_be_recorded
        one.may_be_photographed = said.may_be_photographed
        row.is_on_site = said.is_on_site
    else:
        one.words, one.zone, one.available = said.words, "", []
    one.save()
    row.is_confirmed = now == Said.CONFIRMED
    row.save(update_fields=["is_confirmed", "is_on_site"])


def _keep_needs(proposal: Proposal, person: Person, needs: str) -> None:
    key: dict[str, Any] = {"cycle": proposal.cycle, "person": person}
    if needs:
        ContributorNeeds.objects.update_or_create(**key, defaults={"needs": needs})
    else:
        ContributorNeeds.objects.filter(**key).delete()


def _drop_needs(proposal: Proposal, person: Person) -> None:
    """Forget what somebody needs who takes part in nothing of the year any more."""
    if not person.contributions.filter(proposal__cycle=proposal.cycle, is_confirmed=True).exists():
        ContributorNeeds.objects.filter(cycle=proposal.cycle, person=person).delete()


def _keep_about(person: Person, about: Mapping[str, str]) -> None:
    """Keep what somebody says of themselves; whoever has signed in says it on their account, and nowhere else."""
    if person.last_login is not None or not about:
        return
    for name, value in about.items():
        setattr(person, name, value)
    person.language = person.language or get_language() or ""
    person.save(update_fields=[*about, "language"])


def _record(proposal: Proposal, changed: Mapping[Said, Sequence[Contributor]], *, at: datetime) -> None:
    """Enter how many parts were confirmed or declined; who it was stays out of the journal, and so does a draft."""
    if proposal.number is None:
        return
    scope, values = proposal.cycle.scope, dict[str, str | int | float]()
    for row in changed[Said.CONFIRMED]:
        template = gettext_noop("In proposal %(number)s a part was confirmed: %(part_word)s.")
        values = {"number": proposal.number, "part_word": _PARTS[row.part]}
        record(scope=scope, verb="contributor.confirmed", template=template, values=values, subject=proposal, at=at)
    for row in changed[Said.DECLINED]:
        template = gettext_noop("In proposal %(number)s a part was declined: %(part_word)s.")
        values = {"number": proposal.number, "part_word": _PARTS[row.part]}
        record(scope=scope, verb="contributor.declined", template=template, values=values, subject=proposal, at=at)


_PARTS = {
    "organiser": gettext_noop("Organiser"),
    "co-organiser": gettext_noop("Co-organiser"),
    "speaker": gettext_noop("Speaker"),
    "moderator": gettext_noop("Moderator"),
    "online-moderator": gettext_noop("Online moderator"),
    "rapporteur": gettext_noop("Rapporteur"),
}


def _drop_reminders(proposal: Proposal, person: Person) -> None:
    """Discard what is held for somebody about a proposal in which they have answered for every part."""
    parts = proposal.contributors.filter(person=person).select_related("answer")
    if all(said_of(row) != Said.OPEN for row in parts):
        letters.drop_held(proposal, person, because=_("The answer came before the mail left."))
