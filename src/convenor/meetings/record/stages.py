"""The way of minutes through their stages: circulate, take back, adopt, lock; and what is corrected afterwards."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import ngettext

from convenor.cycle.deadlines import zone_of
from convenor.meetings.floor.state import Outcome
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Meeting
from convenor.meetings.participants.opening import is_open, until_words
from convenor.meetings.record import letters
from convenor.meetings.record.keeping import freeze, journal, locked, text_now
from convenor.meetings.record.models import LONGEST_TEXT, NEXT, Answer, Corrigendum, Minutes, Stage
from convenor.meetings.record.naming import note_names
from convenor.people.models import Person
from convenor.shared.errors import Refused

KIND = "meetings.minutes"  # as decisions name them
ADOPTING = (Outcome.ADOPTED, Outcome.AGREED, Outcome.AGREED_ON_CONDITION)


@transaction.atomic
def circulate(meeting: Meeting, *, until: datetime, by_silence: bool, by: Person, at: datetime) -> int:
    """Send the draft to those who took part, for corrections until a moment; give to how many.

    Raises:
        Refused: it is no draft, has nothing to read, or the deadline is past.
    """
    minutes = locked(meeting)
    _require_next(minutes, Stage.CIRCULATED)
    if not is_open(until, minutes.meeting.cycle.moment(at)):
        raise Refused(
            _("Nothing was circulated: %(until)s is past. Give a later moment; the draft is kept.")
            % {"until": until_words(until, minutes.meeting.zone)}
        )
    if not any(text_now(minutes).paragraphs()):
        raise Refused(_("Nothing was circulated: the minutes have no paragraph yet."))
    minutes.stage, minutes.corrections_until, minutes.by_silence = Stage.CIRCULATED, until, by_silence
    minutes.circulated_at = at
    minutes.save(update_fields=["stage", "corrections_until", "by_silence", "circulated_at"])
    freeze(minutes, at=at)
    note_names(minutes)
    there = until.astimezone(zone_of(minutes.meeting.zone))
    journal(
        minutes,
        verb="minutes.circulated",
        template=marked("The minutes of “%(title)s” were circulated for corrections until %(until)s."),
        values={"until": f"{there:%Y-%m-%d %H:%M} {minutes.meeting.zone}"},
        by=by,
        at=at,
    )
    return letters.send_circulated(minutes, by=by, at=at)


@transaction.atomic
def take_back(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Make circulated minutes a draft again; the corrections that were proposed stay.

    Raises:
        Refused: they are not circulated.
    """
    minutes = locked(meeting)
    _require_next(minutes, Stage.DRAFT)
    minutes.stage, minutes.corrections_until, minutes.by_silence = Stage.DRAFT, None, False
    minutes.save(update_fields=["stage", "corrections_until", "by_silence"])
    template = marked("The minutes of “%(title)s” are a draft again.")
    journal(minutes, verb="minutes.taken-back", template=template, by=by, at=at)


@transaction.atomic
def adopt(meeting: Meeting, decision: FloorEntry, *, by: Person, at: datetime) -> None:
    """State that a decision of the floor, of this or a later meeting, adopted the minutes.

    Raises:
        Refused: they are not circulated, corrections wait for an answer, or the decision adopts nothing.
    """
    minutes = locked(meeting)
    _require_next(minutes, Stage.ADOPTED)
    _require_answered(minutes)
    if decision.pk not in {entry.pk for entry in deciding(minutes)}:
        raise Refused(
            _("Nothing was adopted: this entry is no decision that adopts. Choose the decision of the floor.")
        )
    _adopted(minutes, decision, at=at)
    template = marked("The minutes of “%(title)s” were adopted by decision %(number)s of the floor.")
    journal(minutes, verb="minutes.adopted", template=template, values={"number": decision.sequence}, by=by, at=at)


@transaction.atomic
def adopt_by_silence(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Adopt minutes that were circulated to be adopted if nobody objects, after their deadline.

    Raises:
        Refused: that was not said when they were circulated, the deadline is to come, or corrections wait.
    """
    minutes = locked(meeting)
    _require_next(minutes, Stage.ADOPTED)
    if not minutes.by_silence or minutes.corrections_until is None:
        raise Refused(
            _(
                "Nothing was adopted: the minutes were circulated without saying that silence adopts them. Choose the "
                "decision of the floor that adopts them."
            )
        )
    if is_open(minutes.corrections_until, minutes.meeting.cycle.moment(at)):
        raise Refused(
            _("Nothing was adopted: corrections can be proposed until %(until)s. Wait until then.")
            % {"until": until_words(minutes.corrections_until, minutes.meeting.zone)}
        )
    _require_answered(minutes)
    _adopted(minutes, None, at=at)
    journal(
        minutes,
        verb="minutes.adopted",
        template=marked("The minutes of “%(title)s” were adopted by silence."),
        by=by,
        at=at,
    )


@transaction.atomic
def lock(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Lock adopted minutes: from here on nothing changes them.

    Raises:
        Refused: they are not adopted.
    """
    minutes = locked(meeting)
    _require_next(minutes, Stage.LOCKED)
    minutes.stage, minutes.locked_at = Stage.LOCKED, at
    minutes.save(update_fields=["stage", "locked_at"])
    freeze(minutes, at=at)
    note_names(minutes)
    journal(minutes, verb="minutes.locked", template=marked("The minutes of “%(title)s” were locked."), by=by, at=at)


@transaction.atomic
def add_corrigendum(meeting: Meeting, text: str, *, by: Person, at: datetime) -> Corrigendum:
    """Add a corrigendum to locked minutes; their text stays as it is.

    Raises:
        Refused: the minutes are not locked, or there are no words.
    """
    minutes = locked(meeting)
    if minutes.stage != Stage.LOCKED:
        raise Refused(_("No corrigendum was added: the minutes are not locked yet. Change the paragraph instead."))
    text = text.replace("\0", "").strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Refused(
            _("No corrigendum was added: it has %(count)s characters; write 1 to %(limit)s.")
            % {"count": len(text), "limit": LONGEST_TEXT}
        )
    number = (minutes.corrigenda.aggregate(last=Max("number"))["last"] or 0) + 1
    row = Corrigendum.objects.create(minutes=minutes, number=number, text=text, by=by, at=at)
    template = marked("The minutes of “%(title)s” have corrigendum %(number)s: %(words)s")
    journal(minutes, verb="minutes.corrigendum", template=template, values={"number": number}, words=text, by=by, at=at)
    return row


def deciding(minutes: Minutes) -> list[FloorEntry]:
    """Give the decisions that may have adopted the minutes, the latest first.

    They are of this meeting or of one that was made later in the same forum, and about these minutes or about an item.
    """
    entries = FloorEntry.objects.filter(kind__in=("adopted", "decided"), meeting__pk__gte=minutes.meeting_id)
    entries = entries.filter(meeting__cycle__forum=minutes.meeting.cycle.forum_id).select_related("meeting")
    states = {meeting.pk: state_of(meeting) for meeting in {entry.meeting for entry in entries}}
    fitting = {
        (meeting, one.id)
        for meeting, state in states.items()
        for one in state.decisions
        if one.outcome in ADOPTING and (not one.about.kind or (one.about.kind, one.about.id) == (KIND, minutes.pk))
    }
    return sorted(
        (entry for entry in entries if (entry.meeting_id, entry.sequence) in fitting),
        key=lambda entry: (entry.at, entry.pk),
        reverse=True,
    )


def _adopted(minutes: Minutes, decision: FloorEntry | None, *, at: datetime) -> None:
    minutes.stage, minutes.adopted_at, minutes.decision = Stage.ADOPTED, at, decision
    minutes.save(update_fields=["stage", "adopted_at", "decision"])
    freeze(minutes, at=at)
    note_names(minutes)


def _require_next(minutes: Minutes, stage: Stage) -> None:
    if stage not in NEXT[Stage(minutes.stage)]:
        raise Refused(
            _("Nothing was changed: the minutes are at the stage “%(stage)s”. Look at the record as it stands.")
            % {"stage": minutes.get_stage_display()}
        )


def _require_answered(minutes: Minutes) -> None:
    if count := minutes.corrections.filter(state=Answer.OPEN).count():
        raise Refused(
            ngettext(
                "Nothing was adopted: %(count)s proposed correction waits for an answer. Answer it first.",
                "Nothing was adopted: %(count)s proposed corrections wait for an answer. Answer them first.",
                count,
            )
            % {"count": count}
        )
