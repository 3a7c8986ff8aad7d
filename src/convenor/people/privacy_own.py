"""What the parts below the forums hold about people: accounts, roles, mails, jobs, the journal."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from convenor.people.account_sections import Row, Section
from convenor.people.models import Affiliation, Answer, Distinct, Invitation, Merge, Person, RoleTerm
from convenor.people.privacy import GOES, Holding, Outcome, Rows, acts, emptied, goes, register, stays
from convenor.people.privacy_words import journal_texts
from convenor.people.sign_in_models import BrowserSession
from convenor.shared.documents.models import File
from convenor.shared.jobs.models import Job
from convenor.shared.journal.models import Entry
from convenor.shared.languages.models import Confirmation, TranslationChange
from convenor.shared.mail.models import Batch, Mail, MailTemplate, Stop

ARCHIVE = "people.data"  # the kind of the file that holds a download until it is fetched


def _end_terms(rows: Rows, at: datetime) -> Outcome:
    """Let roles end with this day; one that had not begun never was."""
    gone = rows.filter(since__gt=at.date()).delete()[0]
    rows.filter(Q(until=None) | Q(until__gt=at.date())).update(until=at.date())
    return Outcome(gone=gone, kept=rows.count())


def _close_invitations(rows: Rows, _at: datetime) -> Outcome:
    """Take open invitations back; of answered ones only the answer stays."""
    gone = rows.filter(state=Answer.OPEN).delete()[0]
    return Outcome(gone=gone, kept=rows.update(email="", name="", country="", group="", words=""))


def _addressed(field: str, person: Person) -> Q:
    """Find rows by somebody's address; nobody's address is no address."""
    return Q(**{f"{field}__iexact": person.email}) if person.email else Q(pk__in=())


def _mails(person: Person) -> Rows:
    return Mail.objects.filter(Q(person=person.pk) | _addressed("to", person))


ACCOUNTS = (
    Holding(
        "account",
        _("Account"),
        _(
            "Name, address, password, language and organisation go. Your stakeholder group, the region instead of "
            "the country, and a class instead of your own words on gender stay in a row that names nobody, because "
            "the statistics of past years count them."
        ),
        find=lambda person: Person.objects.filter(pk=person.pk),
        paths=(
            "name",
            "email",
            "country",
            "group",
            "gender",
            "organisation__name",
            "language",
            "joined_at",
            "last_login",
            "email_bounced_at",
            "key",
            "former_keys",
        ),
        erase=lambda _rows, _at: Outcome(kept=1),  # the account comes last, see `privacy_erasure`
        covers=("people.person.name", "people.person.email", "people.person.gender"),
    ),
    Holding(
        "organisations",
        _("Organisations you spoke for"),
        _("Go. The organisations themselves stay."),
        find=lambda person: Affiliation.objects.filter(person=person.pk),
        paths=("organisation__name", "since", "until"),
        erase=goes,
        covers=("people.affiliation.person",),
    ),
    Holding(
        "roles",
        _("Roles"),
        _("End today. Past ones stay without your name, because they are the composition of a committee."),
        find=lambda person: RoleTerm.objects.filter(person=person.pk),
        paths=("role", "forum", "cycle", "meeting", "since", "until"),
        erase=_end_terms,
        covers=("people.roleterm.person",),
    ),
    Holding(
        "invitations",
        _("Invitations to you"),
        _("Open ones go; of answered ones only the answer stays, without your address."),
        find=lambda person: Invitation.objects.filter(_addressed("email", person)),
        paths=("forum", "cycle", "meeting", "role", "email", "name", "state", "sent_at", "answered_at", "words"),
        erase=_close_invitations,
        covers=("people.invitation.email", "people.invitation.name", "people.invitation.words"),
    ),
    acts("invitations-sent", _("Invitations you sent"), Invitation, "invited_by", "forum", "role", "sent_at"),
    Holding(
        "merges",
        _("Entries merged into yours"),
        _("Stay as a number; the other address goes."),
        find=lambda person: Merge.objects.filter(kept=person.pk),
        paths=("forum", "lost_email", "at"),
        erase=emptied(lost_email=""),
        covers=("people.merge.kept", "people.merge.lost_email"),
    ),
    acts("merges-made", _("Entries of others that you merged"), Merge, "by", "forum", "at"),
    Holding(
        "distinct",
        _("Notes that you are not somebody else of a similar name"),
        GOES,
        find=lambda person: Distinct.objects.filter(Q(first=person.pk) | Q(second=person.pk)),
        paths=("forum",),
        erase=goes,
        covers=("people.distinct.first", "people.distinct.second"),
    ),
)


SIGN_IN = (
    Holding(
        "browsers",
        _("Browsers that are signed in"),
        _("Are signed out."),
        find=lambda person: BrowserSession.objects.filter(person=person.pk),
        paths=("browser", "system", "started_at", "used_at", "expire_date"),
        erase=goes,
        covers=("people.browsersession.person",),
    ),
    Holding(
        "passkeys",
        _("Passkeys"),
        GOES,
        find=lambda person: Authenticator.objects.filter(user=person.pk),
        paths=("type", "created_at", "last_used_at"),
        erase=goes,
        covers=("mfa.authenticator.user",),
    ),
    Holding(
        "sign-in-elsewhere",
        _("Links to accounts elsewhere"),
        GOES,
        find=lambda person: SocialAccount.objects.filter(user=person.pk),
        paths=("provider", "uid", "extra_data", "date_joined", "last_login"),
        erase=goes,
        covers=("socialaccount.socialaccount.user",),
    ),
    Holding(
        "addresses",
        _("Addresses that the sign-in library keeps"),
        GOES,
        find=lambda person: EmailAddress.objects.filter(user=person.pk),
        paths=("email", "verified"),
        erase=goes,
        covers=("account.emailaddress.user",),
    ),
)


# What the shared parts hold; they stand below this one and cannot register themselves.
BELOW = (
    Holding(
        "mails",
        _("Mails to you"),
        _("Go, those that still wait to be sent, too."),
        find=lambda person: _mails(person).filter(is_secret=False),
        paths=("to", "forum", "subject", "text", "state", "queued_at", "sent_at"),
        erase=goes,
        covers=("shared.mail.person", "shared.mail.to", "shared.mail.text", "shared.mail.html"),
    ),
    Holding(
        "codes",
        _("Mails that let you in"),
        GOES,
        find=lambda person: _mails(person).filter(is_secret=True),  # without what opens the door
        paths=("to", "subject", "state", "queued_at", "sent_at"),
        erase=goes,
        covers=(),
    ),
    Holding(
        "no-letters",
        _("Forums whose letters to many you stopped"),
        _("Go: without your address no letter can reach you."),
        find=lambda person: Stop.objects.filter(_addressed("address", person)),
        paths=("forum", "at"),
        erase=goes,
        covers=("shared.stop.address",),
    ),
    acts("letters-written", _("Letters to many that you wrote"), Batch, "written_by", "forum", "title"),
    acts("letters-released", _("Letters to many that you released"), Batch, "released_by", "forum", "title"),
    acts("mail-words", _("Wordings of mails that you changed"), MailTemplate, "by", "forum", "kind", "at"),
    acts("wordings", _("Translations that you proposed"), TranslationChange, "by", "language", "strings", "at"),
    acts("wordings-confirmed", _("Translations that you confirmed"), Confirmation, "by", "language", "at"),
    acts("jobs", _("Computations you started"), Job, "by", "task", "state", "queued_at", "sentence"),
    Holding(
        "downloads",
        _("Downloads of your data"),
        GOES,
        find=lambda person: File.objects.filter(kind=ARCHIVE, subject=person.pk or 0),
        paths=("name", "size_bytes", "made_at", "kept_until"),
        erase=goes,
        covers=(),
    ),
    Holding(
        "journal-acts",
        _("Entries of the journal on what you did"),
        _(
            "Stay: the journal is chained, and whoever took part in a decision must not be able to change it "
            "later. They hold a key that leads to nobody's name any more."
        ),
        find=lambda person: Entry.objects.filter(actor__in=person.keys),
        paths=("scope", "number", "at", "verb", "template", "values"),
        erase=stays,
        covers=(),
    ),
    Holding(
        "journal-texts",
        _("Your name in entries of the journal"),
        _(
            "Goes; so do titles and reasons that name you. The chain of the journal holds without them, and an entry "
            "says that they went."
        ),
        find=journal_texts,
        paths=("entry__scope", "entry__number", "field", "text"),
        erase=lambda _rows, _at: Outcome(),  # the erasure itself does it, because the journal has to say so
        covers=("shared.journalpayload.text",),
    ),
)


def my_data(_person: Person, _on: date) -> Section:
    """Lead from the account page to one's data."""
    link = gettext("Download or erase what is held about me")
    return Section(gettext("My data"), [Row(link, reverse("people:data"))])


def register_all() -> None:
    """Register what this part and those below hold."""
    register(*ACCOUNTS, *SIGN_IN, *BELOW)
