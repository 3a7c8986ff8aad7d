"""Asking an address to take a role: the mail, the signed link, the answer."""

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.people.mail_kinds import INVITATION
from convenor.people.models import ANSWERS, Answer, Invitation, Person
from convenor.people.role_actions import Term, give_role, overlapping
from convenor.people.roles import Role
from convenor.people.terms import NAMES, WORDS, names_of
from convenor.shared.errors import Refused
from convenor.shared.journal import record
from convenor.shared.languages.days import date_format
from convenor.shared.mail.actions import write
from convenor.shared.mail.models import Mail

_links = Signer(salt="convenor.people.invitation")


def term_of(invitation: Invitation) -> Term:
    """Give the role that an invitation offers."""
    return Term(
        Role(invitation.role),
        invitation.forum,
        invitation.cycle,
        invitation.meeting,
        invitation.since,
        invitation.until,
    )


@transaction.atomic
def invite(
    email: str,
    term: Term,
    *,
    scope: str,
    by: Person,
    at: datetime,
    name: str = "",
    country: str = "",
    group: str = "",
) -> Invitation:
    """Invite an address to a role and send the mail.

    Raises:
        Refused: the address is invited to this already.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two clicks invite once
    same = Invitation.objects.filter(
        email=email.lower(), role=term.role, forum=term.forum, cycle=term.cycle, meeting=term.meeting
    )
    if (open_one := same.filter(state=Answer.OPEN).first()) is not None:
        raise Refused(
            _("%(email)s is invited to this already, since %(day)s. Send that invitation again, or withdraw it.")
            % {"email": email, "day": date_format(open_one.sent_at, "j F Y")}
        )
    invitation = Invitation.objects.create(
        email=email.lower(),
        role=term.role,
        forum=term.forum,
        cycle=term.cycle,
        meeting=term.meeting,
        since=term.since,
        until=term.until,
        name=name,
        country=country,
        group=group,
        scope=scope,
        invited_by=by,
        sent_at=at,
    )
    template = gettext_noop("Somebody was invited to a role: %(role_word)s.")
    _record(invitation, verb="invitation.sent", template=template, by=by, at=at)
    _send(invitation)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person, at: datetime) -> Invitation:
    """Send the mail once more; the link is good for the whole time again.

    Raises:
        Refused: it was accepted, or the address got another invitation to the same since.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != Answer.OPEN:
        _check_next(invitation, Answer.OPEN)
        twins = Invitation.objects.filter(
            email=invitation.email, role=invitation.role, forum=invitation.forum, cycle=invitation.cycle
        )
        if twins.filter(meeting=invitation.meeting, state=Answer.OPEN).exists():
            raise Refused(_("Nothing was sent: another invitation to the same is open."))
    invitation.state, invitation.sent_at, invitation.answered_at = Answer.OPEN, at, None
    invitation.save(update_fields=["state", "sent_at", "answered_at"])
    template = gettext_noop("An invitation was sent again: %(role_word)s.")
    _record(invitation, verb="invitation.sent-again", template=template, by=by, at=at)
    _send(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an invitation back; its link no longer works.

    Raises:
        Refused: it is not open any more.
    """
    invitation = _answer(invitation, Answer.WITHDRAWN, at=at)
    template = gettext_noop("An invitation was withdrawn: %(role_word)s.")
    _record(invitation, verb="invitation.withdrawn", template=template, by=by, at=at)


@transaction.atomic
def accept(invitation: Invitation, *, by: Person, at: datetime) -> Invitation:
    """Take the role that was offered; what the invitation says of the person fills what they left open.

    A role that the person holds in that time already is left as it is.

    Raises:
        Refused: it is not open any more, too old, or for another address.
    """
    if (by.email or "").lower() != invitation.email:
        raise Refused(
            _("Nothing was accepted: this invitation is for another address than %(email)s.") % {"email": by.email}
        )
    _check_age(invitation, at=at)
    invitation = _answer(invitation, Answer.ACCEPTED, at=at)
    for field in ("name", "country", "group"):
        setattr(by, field, getattr(by, field) or getattr(invitation, field))
    by.save(update_fields=["name", "country", "group"])
    term = term_of(invitation)
    if not overlapping(term.of(by), term.since, term.until).exists():
        give_role(by, term, scope=invitation.scope, by=by, at=at)
    template = gettext_noop("An invitation was accepted: %(role_word)s.")
    _record(invitation, verb="invitation.accepted", template=template, by=by, at=at)
    return invitation


@transaction.atomic
def decline(invitation: Invitation, *, words: str, at: datetime) -> Invitation:
    """Say no, with a sentence if one likes; whoever has the link may.

    Raises:
        Refused: it is not open any more, or too old.
    """
    _check_age(invitation, at=at)
    invitation = _answer(invitation, Answer.DECLINED, at=at)
    invitation.words = words[:500]
    invitation.save(update_fields=["words"])
    template = gettext_noop("An invitation was declined: %(role_word)s.")
    _record(invitation, verb="invitation.declined", template=template, by=None, at=at)
    return invitation


def link_to(invitation: Invitation) -> str:
    """Give the path of an invitation's page, which nobody can guess."""
    return reverse("people:invitation", args=[_links.sign(str(invitation.pk))])


def find(token: str) -> Invitation | None:
    """Give the invitation of a link, or None where the link was changed or the row is gone."""
    try:
        return Invitation.objects.filter(pk=int(_links.unsign(token))).select_related("invited_by").first()
    except (BadSignature, ValueError):
        return None


def place_name(invitation: Invitation) -> str:
    """Name the forum, year or meeting of the offered role."""
    slugs = (invitation.forum, invitation.cycle, invitation.meeting)
    place = slugs if invitation.meeting else slugs[:2]
    return names_of([place])[place][0]


def said_of(invitation: Invitation) -> dict[str, str]:
    """Give what fills the mail of an invitation, in the language of the page."""
    return {
        "name": invitation.name or invitation.email,
        "role": str(NAMES[Role(invitation.role)]),
        "place": place_name(invitation),
        "link": f"{settings.ORIGIN}{link_to(invitation)}",
        "day": date_format(invitation.ends_at, "j F Y"),
    }


def invitation_mail(invitation: Invitation) -> Mail:
    """Write the mail of an invitation in the forum's words; it goes at once."""
    said, forum = said_of(invitation), invitation.forum
    return write(INVITATION, to=invitation.email, context=said, forum=forum, at=invitation.sent_at)


def _send(invitation: Invitation) -> None:
    invitation_mail(invitation)


def _answer(invitation: Invitation, answer: Answer, *, at: datetime) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_next(invitation, answer)
    invitation.state, invitation.answered_at = answer, at
    invitation.save(update_fields=["state", "answered_at"])
    return invitation


def _check_next(invitation: Invitation, answer: Answer) -> None:
    state = Answer(invitation.state)
    if answer not in ANSWERS[state]:
        raise Refused(_("Nothing was changed: this invitation is %(state)s.") % {"state": state.label})


def _check_age(invitation: Invitation, *, at: datetime) -> None:
    if invitation.is_expired(at):
        raise Refused(
            _(
                "Nothing was changed: this invitation could be answered until %(day)s. "
                "Ask the secretariat to send it again."
            )
            % {"day": date_format(invitation.ends_at, "j F Y")}
        )


def _record(invitation: Invitation, *, verb: str, template: str, by: Person | None, at: datetime) -> None:
    words = WORDS[Role(invitation.role)]
    values = {"role_word": words}
    record(scope=invitation.scope, verb=verb, at=at, actor=by, subject=invitation, template=template, values=values)
