"""The outbox: one row per message and recipient, the batches they wait in, and the forums' own words."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from convenor.shared.mail.message import CODE

SUBJECT_LETTERS = 255
RETRY_DAYS = 5  # as long as mail servers keep trying
LEASE_MINUTES = 10  # after which a delivery that never ended counts as broken off


class State(models.TextChoices):
    """The life of a mail; the way through it is `NEXT`."""

    HELD = "held", _("held")  # until somebody releases it
    KEPT = "kept", _("kept")  # no mail server was set when it was to leave: read here, never sent
    WAITING = "waiting", _("on its way")
    SENT = "sent", _("sent")  # a mail server took it
    FAILED = "failed", _("failed")
    BOUNCED = "bounced", _("came back")
    DISCARDED = "discarded", _("discarded")


NEXT: dict[State, frozenset[State]] = {
    State.HELD: frozenset({State.WAITING, State.KEPT, State.DISCARDED}),
    State.KEPT: frozenset(),
    State.WAITING: frozenset({State.SENT, State.FAILED, State.HELD}),
    State.SENT: frozenset({State.BOUNCED}),
    State.FAILED: frozenset({State.WAITING}),
    State.BOUNCED: frozenset(),
    State.DISCARDED: frozenset(),
}


class Batch(models.Model):
    """Mails of one kind that are released together; it takes more in until the first of them is released."""

    forum = models.CharField(max_length=60, db_index=True)  # slug: the cycle layer stands above this one
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=SUBJECT_LETTERS)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("forum", "kind", "title"), condition=Q(closed_at=None), name="one_open_batch_of_a_title"
            ),
        )

    def __str__(self) -> str:
        return self.title


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails by what is still to do."""

    def free(self, *, at: datetime) -> "MailQuerySet":
        """Narrow to mails that are on their way and in nobody's hands at the moment."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=at), state=State.WAITING)

    def due(self, *, at: datetime) -> "MailQuerySet":
        """Narrow to free mails whose next try is due; codes go stale too soon for a second one."""
        return self.free(at=at).filter(due_at__lte=at).exclude(kind=CODE)


class Mail(models.Model):
    """A message to one address, kept whether or not it has been sent."""

    to = models.CharField(_("to"), max_length=320)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mails")
    forum = models.CharField(max_length=60, blank=True, default="")  # slug; empty for the installation's own, as codes
    kind = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    subject = models.CharField(_("subject"), max_length=SUBJECT_LETTERS)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True, default="")
    is_secret = models.BooleanField(default=False)  # its text lets its reader in: withheld on every page
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, blank=True, related_name="mails")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.KEPT)
    queued_at = models.DateTimeField(_("written at"))
    released_at = models.DateTimeField(null=True, blank=True)  # tries are counted from here
    due_at = models.DateTimeField(null=True, blank=True)  # not tried before
    lease_until = models.DateTimeField(null=True, blank=True)  # somebody is delivering it until then
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failure = models.TextField(blank=True, default="")  # what the server, or the mail that came back, said

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        indexes = (
            models.Index(fields=("-queued_at", "-id"), name="mails_newest_first"),  # the outbox page
            models.Index(fields=("forum", "-queued_at"), name="mails_of_a_forum"),  # its log
            models.Index(fields=("state", "due_at"), name="mails_to_send"),  # every round of the sender
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def is_code(self) -> bool:
        """Whether it holds a code to sign in."""
        return self.kind == CODE

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it sent once more."""
        return self.state == State.FAILED and bool(self.text) and not self.is_code

    def set_out(self, *, at: datetime) -> None:
        """Put it on its way; without a mail server it is only kept. Saves nothing."""
        self.state = State.WAITING if settings.SMTP_URL else State.KEPT
        self.released_at = self.due_at = at

    def take_in_hand(self, *, at: datetime) -> None:
        """Note that whoever does this delivers it now. Saves nothing."""
        self.tried_at, self.lease_until = at, at + timedelta(minutes=LEASE_MINUTES)


class MailTemplate(models.Model):
    """A forum's own words for one kind of mail in one language; the highest version counts, earlier ones are kept."""

    forum = models.CharField(max_length=60)  # slug
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=SUBJECT_LETTERS, blank=True)
    text = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)  # from this version on the words that ship count again
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("forum", "kind", "language", "-version")
        constraints = (
            models.UniqueConstraint(fields=("forum", "kind", "language", "version"), name="one_template_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.forum}: {self.kind}, {self.language}, version {self.version}"


class Stop(models.Model):
    """An address that wants no more letters to many from a forum."""

    forum = models.CharField(max_length=60)  # slug
    address = models.CharField(max_length=320)  # lower case
    at = models.DateTimeField()

    class Meta:
        ordering = ("forum", "address")
        constraints = (models.UniqueConstraint(fields=("forum", "address"), name="one_stop_per_address"),)

    def __str__(self) -> str:
        return f"{self.forum}: {self.address}"


class Beat(models.Model):
    """The last sign of life of something that should always run; its row is also the lock of those that do it."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"
