"""What participants propose to correct in circulated minutes, and what rapporteurs answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.meetings.models import Meeting
from convenor.meetings.participants.opening import until_words
from convenor.meetings.record import editing, letters
from convenor.meetings.record.keeping import lines_now, locked
from convenor.meetings.record.models import ANSWERS, LONGEST_TEXT, Answer, Correction, Minutes, Stage, Wish
from convenor.meetings.record.replay import Line, standing
from convenor.people.models import Person
from convenor.shared.errors import Refused

MOST_OPEN = 100  # proposed corrections of one person to one meeting's minutes
LONGEST_SENTENCE = 300


@transaction.atomic
def propose(
    meeting: Meeting, key: str, wish: Wish, text: str, *, seen: str = "", by: Person, at: datetime
) -> Correction:
    """Propose other words for a paragraph, or a remark on it; `seen` is the paragraph as its proposer read it.

    Raises:
        Refused: corrections are not open, the paragraph is gone or was changed meanwhile, or nothing is proposed.
    """
    minutes = locked(meeting)
    require_open(minutes, at=at)
    line = _line(minutes, key)
    editing.require_seen(line, seen)
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Refused(
            _("Nothing was proposed: your text has %(count)s characters; write 1 to %(limit)s.")
            % {"count": len(text), "limit": LONGEST_TEXT}
        )
    if wish == Wish.WORDING and text == line.text:
        raise Refused(_("Nothing was proposed: the words are those of the paragraph. Change them, or make a remark."))
    if minutes.corrections.filter(by=by, state=Answer.OPEN).count() >= MOST_OPEN:
        raise Refused(
            _("Nothing was proposed: %(most)s of your corrections wait already. Withdraw one.") % {"most": MOST_OPEN}
        )
    return Correction.objects.create(minutes=minutes, key=key, wish=wish, text=text, was=line.text, by=by, at=at)


@transaction.atomic
def withdraw(correction: Correction, *, at: datetime) -> None:
    """Take back what one proposed.

    Raises:
        Refused: it is answered already.
    """
    row = _row(correction, Answer.WITHDRAWN)
    row.state, row.answered_at = Answer.WITHDRAWN, at
    row.save(update_fields=["state", "answered_at"])


@transaction.atomic
def accept(correction: Correction, *, sentence: str = "", by: Person, at: datetime) -> None:
    """Take proposed words over into the minutes; whoever proposed them is told.

    Raises:
        Refused: it is answered already, it is a remark, or the paragraph reads otherwise than its proposer saw it.
    """
    row = _row(correction, Answer.ACCEPTED)
    if row.wish != Wish.WORDING:
        raise Refused(
            _("Nothing was changed: a remark proposes no words. Write the paragraph, and accept it with that.")
        )
    row.edit = editing.edit(row.minutes.meeting, row.key, row.text, seen=row.was, by=by, at=at)
    _answer(row, Answer.ACCEPTED, sentence, by=by, at=at)


@transaction.atomic
def reword(correction: Correction, text: str, *, seen: str, sentence: str = "", by: Person, at: datetime) -> None:
    """Accept a correction in other words; `seen` is the paragraph as the rapporteur read it.

    Raises:
        Refused: it is answered already, the words are those of before, or the paragraph was changed meanwhile.
    """
    row = _row(correction, Answer.REWORDED)
    row.edit = editing.edit(row.minutes.meeting, row.key, text, seen=seen, by=by, at=at)
    if row.edit is None:
        raise Refused(_("Nothing was changed: the paragraph reads so already. Change its words, or decline."))
    _answer(row, Answer.REWORDED, sentence, by=by, at=at)


@transaction.atomic
def decline(correction: Correction, sentence: str, *, by: Person, at: datetime) -> None:
    """Decline a correction with a sentence for whoever proposed it.

    Raises:
        Refused: it is answered already, or the sentence is missing.
    """
    row = _row(correction, Answer.DECLINED)
    if not sentence.strip():
        raise Refused(_("Nothing was declined: say in a sentence why; whoever proposed it is told."))
    _answer(row, Answer.DECLINED, sentence, by=by, at=at)


def require_open(minutes: Minutes, *, at: datetime) -> None:
    """Refuse corrections of minutes that take none.

    Raises:
        Refused: they are not circulated, or the deadline is past.
    """
    if minutes.takes_corrections(minutes.meeting.cycle.moment(at)):
        return
    if minutes.stage == Stage.CIRCULATED and minutes.corrections_until:
        until = until_words(minutes.corrections_until, minutes.meeting.zone)
        raise Refused(
            _(
                "Nothing was proposed: corrections were taken until %(until)s. What you typed is kept on this page; "
                "write to the secretariat."
            )
            % {"until": until}
        )
    raise Refused(
        _("Nothing was proposed: the minutes are at the stage “%(stage)s”. What you typed is kept on this page.")
        % {"stage": minutes.get_stage_display()}
    )


def _line(minutes: Minutes, key: str) -> Line:
    for line in standing(lines_now(minutes)[1]):
        if line.key == key:
            return line
    raise Refused(_("Nothing was proposed: the paragraph is not there any more. Look at the minutes as they stand."))


def _row(correction: Correction, to: Answer) -> Correction:
    """Lock the minutes and give the correction as it stands now."""
    minutes = locked(correction.minutes.meeting)
    row = minutes.corrections.select_related("by").get(pk=correction.pk)
    if to not in ANSWERS[Answer(row.state)]:
        raise Refused(_("Nothing was changed: this correction is: %(state)s.") % {"state": row.get_state_display()})
    row.minutes = minutes
    return row


def _answer(row: Correction, state: Answer, sentence: str, *, by: Person, at: datetime) -> None:
    row.state, row.sentence = state, " ".join(sentence.replace("\0", "").split())[:LONGEST_SENTENCE]
    row.answered_by, row.answered_at = by, at
    row.save(update_fields=["state", "sentence", "edit", "answered_by", "answered_at"])
    letters.send_answered(row, at=at)
