"""Access codes of a call: made and shown once, taken when a draft begins, revoked.

A code is twelve letters and digits that cannot be mistaken for one another, 59 bits: nobody guesses one. Only a digest
under the key of the installation is kept.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.proposals.call_models import AccessCode
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record, typed
from convenor.shared.journal.texts import SECRETARIAT

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP, LABEL_LENGTH, LONGEST = 12, 4, 120, 100


def digest_of(cycle: Cycle, code: str) -> str:
    """Give what is kept of a code; spaces, hyphens and small letters make no other code."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("convenor.proposals.access-code", f"{cycle.pk}:{plain}", algorithm="sha256").hexdigest()


@transaction.atomic
def make_code(
    cycle: Cycle, *, kind: str, label: str, limit: int | None, by: Person, at: datetime
) -> tuple[AccessCode, str]:
    """Make a code for a kind; give its row, and the code itself, which cannot be shown again.

    Raises:
        Refused: the rules have no such kind, or the code has no label.
    """
    label = tidy_name(label)[:LABEL_LENGTH]
    if cycle.rules.kind(kind) is None or not kind:
        raise Refused(_("No code was made: the rules of this year have no kind “%(kind)s”.") % {"kind": kind})
    if not label:
        raise Refused(_("No code was made: say for whom it is, so that you know it again."))
    plain = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    row = AccessCode.objects.create(
        cycle=cycle, kind=kind, label=label, digest=digest_of(cycle, plain), limit=limit, made_by=by, made_at=at
    )
    words = gettext_noop("An access code for the kind “%(kind)s” was made: %(label)s")
    _record(row, words, verb="call.code-made", by=by, at=at)
    return row, "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))


@transaction.atomic
def revoke_code(cycle: Cycle, *, pk: int, by: Person, at: datetime) -> AccessCode:
    """Revoke a code: nobody can begin with it any more; what was begun with it stays.

    Raises:
        AccessCode.DoesNotExist: the year has no such code.
    """
    rows = AccessCode.objects.select_for_update(of=("self",)).select_related("cycle__forum", "cycle__rule_set")
    row = rows.get(cycle=cycle, pk=pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        words = gettext_noop("An access code for the kind “%(kind)s” was revoked: %(label)s")
        _record(row, words, verb="call.code-revoked", by=by, at=at)
    return row


def take_code(cycle: Cycle, *, kind: str, code: str) -> AccessCode:
    """Give the row of a typed code and lock it until the draft that it lets in is stored.

    Call it in the transaction that stores the draft with this `access_code`: uses are the drafts that hold it.

    Raises:
        Refused: there is no such code for the kind, it was revoked, or it let in as many as it may.
    """
    kept = _("What you typed is kept; ask the secretariat for a code.")
    rows = AccessCode.objects.select_for_update()
    row = rows.filter(cycle=cycle, kind=kind, digest=digest_of(cycle, code[:LONGEST])).first()
    if row is None:
        raise Refused(_("This access code is not known here for this kind of proposal.") + " " + kept)
    if row.revoked_at is not None:
        raise Refused(_("This access code was revoked.") + " " + kept)
    if row.limit is not None and row.proposals.count() >= row.limit:
        raise Refused(
            _("This access code has let in %(n)s proposals, and no more than that are allowed.") % {"n": row.limit}
            + " "
            + kept
        )
    return row


def _record(row: AccessCode, template: str, *, verb: str, by: Person, at: datetime) -> None:
    kind = row.cycle.rules.kind(row.kind)
    record(
        scope=row.cycle.scope,
        verb=verb,
        at=at,
        actor=by,
        subject=row.cycle,
        template=template,
        private={"kind": typed(kind.name("en") if kind else row.kind), "label": Private(row.label, None, SECRETARIAT)},
    )
