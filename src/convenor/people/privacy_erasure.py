"""Erasing a person: in one transaction everything about them goes or is left without them, and the journal says so.

What stays of the account is a row without name and address: stakeholder group, regional group and class of gender,
which the statistics of past years count, and nothing that leads to the person. It keeps grades of one unknown evaluator
together, because the calibration of grades needs to know which belong to one hand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.people.genders import gender_class
from convenor.people.links import forums_of, links_to
from convenor.people.models import Person, RoleTerm
from convenor.people.privacy import HOLDINGS, Outcome
from convenor.people.privacy_words import can_be_struck, journal_texts, strike_out
from convenor.people.regions import coarse
from convenor.people.role_actions import overlapping
from convenor.people.roles import Role
from convenor.people.terms import names_of
from convenor.shared.documents.files import forget
from convenor.shared.errors import Refused
from convenor.shared.journal import record
from convenor.shared.journal.models import Entry
from convenor.shared.journal.texts import ERASED_TEXTS, erase_texts
from convenor.shared.languages.lists import listed

# Columns of an account: what an erasure sets them to, and those that stay. Together they are all; a test says so.
BLANK: Mapping[str, object] = {
    "name": "",
    "email": None,
    "organisation": None,
    "language": "",
    "is_active": False,
    "is_superuser": False,
    "joined_at": None,
    "last_login": None,
    "email_bounced_at": None,
    "former_keys": [],
}
MADE_NEW = ("password", "key", "country", "gender", "erased_at")
KEPT = ("id", "group", "is_example")
CLASSES = {"women": "woman", "men": "man", "own": "self-described", "none": ""}  # words that stand for their class


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, in numbers; `texts` are the places of the journal's texts that went, by scope."""

    gone: int
    kept: int
    struck: int
    is_name_left: bool
    texts: Mapping[str, Collection[str]]


@transaction.atomic
def erase(
    person: Person, *, at: datetime, scope: str = "", by: Person | None = None, asked_on: date | None = None
) -> Erased:
    """Erase a person and write that into the journals that knew them; without `by`, they did it themselves.

    Args:
        scope: the journal of whoever does it; the installation's own where a person erases themselves.
        asked_on: the day of the written request on which a secretariat does it.

    Raises:
        Refused: the person was erased before, or is the last secretariat of a forum.
    """
    person = _locked(person)
    _refuse_last_secretariat(person, today=at.date())
    digest = sha256(str(person.key).encode()).hexdigest()
    scopes = {scope, *Entry.objects.filter(actor__in=person.keys).order_by().values_list("scope", flat=True)}
    done = wipe(person, at=at)
    template, values = gettext_noop("A person's data were erased at their own request."), {"key_digest": digest}
    if by is not None and asked_on is not None:
        template = gettext_noop("A person's data were erased on their written request of %(asked_on)s.")
        values["asked_on"] = asked_on.isoformat()
    for one in sorted(scopes | done.texts.keys()):
        texts = {ERASED_TEXTS: " ".join(done.texts[one])} if one in done.texts else {}
        record(scope=one, verb="person.erased", at=at, actor=by, template=template, values={**values, **texts})
    return done


@transaction.atomic
def wipe(person: Person, *, at: datetime) -> Erased:
    """Erase a person; whoever calls this writes the journal, and names there the texts that went (`ERASED_TEXTS`)."""
    person = _locked(person)
    forums, is_name_left = forums_of(person), bool(person.name) and not can_be_struck(person)
    texts = erase_texts(journal_texts(person))
    outcomes = [holding.erase(holding.find(person), at) for holding in HOLDINGS.values()]
    for model, key in links_to(Person):  # the rows of the libraries that sign people in
        if not model.__module__.startswith("convenor."):
            outcomes.append(Outcome(gone=model._base_manager.filter(**{key: person.pk}).delete()[0]))
    struck = strike_out(person, forums)
    for forum in forums:
        forget(forum)  # documents that name the person are made again without
    _blank(person, at=at)
    gone, kept = sum(one.gone for one in outcomes), sum(one.kept for one in outcomes)
    return Erased(gone, kept, struck, is_name_left, texts)


def refusal(person: Person, *, today: date) -> str:
    """Say why a person cannot be erased now, or nothing."""
    places = [(term.forum, term.cycle) for term in _only_secretariat(person, today=today)]
    if not places:
        return ""
    names = names_of(places)
    return _(
        "Nothing was erased: nobody else is secretariat of %(place)s. Give the role to somebody first, "
        "so that the forum can go on; then erase."
    ) % {"place": listed(dict.fromkeys(names[place][0] for place in places))}


def _locked(person: Person) -> Person:
    """Lock the account.

    Raises:
        Refused: there is nobody to erase any more.
    """
    found = Person.objects.select_for_update().filter(pk=person.pk, erased_at=None).first()
    if found is None:
        raise Refused(_("Nothing was erased: this was done before."))
    return found


def _refuse_last_secretariat(person: Person, *, today: date) -> None:
    # Every term of the role is locked first: two who leave at once would each count on the other.
    list(RoleTerm.objects.select_for_update().filter(role=Role.SECRETARIAT).order_by("pk").values_list("pk"))
    if sentence := refusal(person, today=today):
        raise Refused(sentence)


def _only_secretariat(person: Person, *, today: date) -> list[RoleTerm]:
    """Give the terms without which somebody's forum would have nobody that runs it today."""
    terms = person.terms_on(today).filter(role=Role.SECRETARIAT, meeting="")
    return [term for term in terms if not _others(term, person, today).exists()]


def _others(term: RoleTerm, person: Person, today: date) -> QuerySet[RoleTerm]:
    same = RoleTerm.objects.filter(role=Role.SECRETARIAT, forum=term.forum, meeting="", cycle__in={"", term.cycle})
    return overlapping(same.filter(person__is_active=True).exclude(person=person), today, today)


def _blank(person: Person, *, at: datetime) -> None:
    """Leave of the account what the statistics count."""
    person.country, person.gender = coarse(person.country), CLASSES[gender_class(person.gender)]
    person.password, person.key, person.erased_at = make_password(None), uuid4(), at
    for column, value in BLANK.items():
        setattr(person, column, value)
    person.save()
