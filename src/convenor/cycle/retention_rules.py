"""The rules of forums themselves: people who never came, invitations, the texts of mails."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule, known_only_by
from convenor.people.models import Invitation, Person, RoleTerm
from convenor.shared.mail.models import Mail, State

_STILL_TO_GO = (State.HELD, State.WAITING)


def never_came(forum: Forum | None) -> Mapping[int, date]:
    """Find people of a forum who never signed in and whose roles, all of them in this forum, have ended."""
    if forum is None:
        return {}
    people = known_only_by(Person.objects.filter(role_terms__forum=forum.slug), forum, "people.roleterm")
    people = people.exclude(pk__in=RoleTerm.objects.filter(until=None).values("person")).distinct()
    return dict(people.annotate(last=Max("role_terms__until")).order_by("pk").values_list("pk", "last"))


def invitations(forum: Forum | None) -> Mapping[int, date]:
    """Find a forum's invitations, answered or not."""
    if forum is None:
        return {}
    return {key: at.date() for key, at in Invitation.objects.filter(forum=forum.slug).values_list("pk", "sent_at")}


def mail_texts(forum: Forum | None) -> Mapping[int, date]:
    """Find mails of a forum, or of none, that have gone out and still have a text."""
    mails = (
        Mail.objects.filter(forum=forum.slug if forum else "").exclude(text="", html="").exclude(state__in=_STILL_TO_GO)
    )
    return {key: at.date() for key, at in mails.values_list("pk", "queued_at")}


def _drop_invitations(keys: Collection[int], _at: datetime) -> Done:
    return Done(Invitation.objects.filter(pk__in=keys).delete()[0])


def _empty_mails(keys: Collection[int], _at: datetime) -> Done:
    return Done(Mail.objects.filter(pk__in=keys).update(text="", html="", failure=""))


def register_all() -> None:
    """Register the rules of this part."""
    retention.register(
        Rule(
            "never-came",
            gettext_noop("people who never signed in and whose roles have ended"),
            _(
                "Name and address are erased; the role stays in the statistics. "
                "Counted from the last day of the last role."
            ),
            months=24,
            since=never_came,
            act=retention.wipe_all,
        ),
        Rule(
            "invitations",
            gettext_noop("invitations to a role"),
            _("Are deleted, answered or not. Counted from the day of the last mail."),
            months=12,
            since=invitations,
            act=_drop_invitations,
        ),
        Rule(
            "mail-texts",
            gettext_noop("texts of mails that were sent"),
            _(
                "The text is emptied; that a mail was sent, to whom and when, stays. "
                "Counted from the day it was written."
            ),
            months=12,
            since=mail_texts,
            act=_empty_mails,
        ),
    )
