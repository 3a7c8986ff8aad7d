"""What is done with action items: take them from the log, enter, change, report done, drop, reopen."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.followup import letters
from convenor.meetings.followup.models import LONGEST_SENTENCE, LONGEST_WHAT, NEXT, ActionItem, ActionStep, State
from convenor.meetings.models import Item, Meeting
from convenor.meetings.participants.actions import locked
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import listed


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done, by whom, until when; `owner_words` name a body where it is no person."""

    what: str
    owner: Person | None = None
    owner_words: str = ""
    due: date | None = None
    item: Item | None = None


@transaction.atomic
def enter(meeting: Meeting, wanted: Wanted, *, by: Person, at: datetime, entry: int | None = None) -> ActionItem:
    """Enter an action item; its owner is told by mail.

    Raises:
        Refused: it does not say what is to be done, or by whom.
    """
    meeting = locked(meeting)
    _check(wanted)
    last = meeting.action_items.aggregate(last=Max("number"))["last"] or 0
    row = ActionItem(meeting=meeting, number=last + 1, entry=entry, made_at=at, changed_at=at)
    _fill(row, wanted)
    row.save()
    _step(row, "", by=by, at=at)
    letters.send_given(row, at=at)
    template = marked("“%(title)s” asked for action item %(number)s: %(what)s")
    _journal(row, verb="action.entered", template=template, by=by, at=at)
    return row


@transaction.atomic
def change(
    row: ActionItem, wanted: Wanted, *, seen: int | None = None, note: str = "", by: Person, at: datetime
) -> None:
    """Change what is to be done, by whom or until when; a new owner is told. `seen` is the sequence that was read.

    Raises:
        Refused: it does not say what is to be done, or by whom, or somebody else has changed it meanwhile.
    """
    row = _locked(row)
    _check(wanted)
    before = {one.name: getattr(row, one.name) for one in fields(Wanted)}
    if all(before[name] == getattr(wanted, name) for name in before):
        return
    _require_seen(row, seen)
    _fill(row, wanted)
    if before["due"] != row.due:
        row.reminders = 0
    _save(row, at=at)
    _step(row, note or _what_changed(before, row), by=by, at=at)
    if row.owner and before["owner"] != row.owner:
        letters.send_given(row, at=at)


@transaction.atomic
def settle(row: ActionItem, state: State, sentence: str, *, seen: int | None = None, by: Person, at: datetime) -> None:
    """Say that an action item is done, dropped or open again, with a sentence. `seen` is the sequence that was read.

    Raises:
        Refused: it stands so already, is dropped or reopened without a sentence, or was changed meanwhile.
    """
    row = _locked(row)
    sentence = " ".join(sentence.replace("\0", "").split())[:LONGEST_SENTENCE]
    if state not in NEXT[State(row.state)]:
        raise Refused(_("Nothing was changed: the action item is: %(state)s.") % {"state": row.get_state_display()})
    _require_seen(row, seen)
    if not sentence and state != State.DONE:
        raise Refused(_("Nothing was changed: say in a sentence why. It stands in the list, where everybody reads it."))
    row.state, row.sentence, row.reminders = state, sentence, 0
    _save(row, at=at)
    _step(row, sentence, by=by, at=at)
    templates = {
        State.DONE: marked("Action item %(number)s of “%(title)s” is done: %(what)s"),
        State.DROPPED: marked("Action item %(number)s of “%(title)s” is dropped: %(what)s"),
        State.OPEN: marked("Action item %(number)s of “%(title)s” is open again: %(what)s"),
    }
    _journal(row, verb="action.settled", template=templates[state], by=by, at=at)


def _check(wanted: Wanted) -> None:
    if not wanted.what.strip() or len(wanted.what) > LONGEST_WHAT:
        raise Refused(_("Nothing was entered: say in a sentence what is to be done."))
    if wanted.owner is None and not wanted.owner_words.strip():
        raise Refused(_("Nothing was entered: say who does it, a person or an organisation."))


def _require_seen(row: ActionItem, seen: int | None) -> None:
    """Refuse to write over what the person has not read."""
    if seen is not None and seen != row.sequence:
        due = _("due %(day)s") % {"day": date_format(row.due, "j F Y")} if row.due else _("no set day")
        stands = listed((row.whose, due, row.item or "", row.get_state_display(), row.sentence))
        raise Refused(
            _(
                "Nothing was changed: somebody else has changed this action item meanwhile. It now says: “%(what)s” "
                "(%(stands)s). What you typed is kept in the form; send it again if it is still wanted."
            )
            % {"what": row.what, "stands": stands}
        )


def _fill(row: ActionItem, wanted: Wanted) -> None:
    for one in fields(wanted):
        setattr(row, one.name, getattr(wanted, one.name))


def _locked(row: ActionItem) -> ActionItem:
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("meeting__cycle__forum", "owner", "item")
    return rows.get(pk=row.pk)


def _save(row: ActionItem, *, at: datetime) -> None:
    row.sequence, row.changed_at = F("sequence") + 1, at
    row.save()
    row.refresh_from_db(fields=["sequence"])


def _what_changed(before: dict[str, object], row: ActionItem) -> str:
    names = {
        "what": _("what is to be done"), "owner": _("by whom"), "owner_words": _("by whom"), "due": _("until when"),
        "item": _("agenda item"),
    }  # fmt: skip
    changed = dict.fromkeys(str(names[name]) for name in before if before[name] != getattr(row, name))
    return _("Changed: %(what)s.") % {"what": ", ".join(changed)}


def _step(row: ActionItem, note: str, *, by: Person | None, at: datetime) -> None:
    ActionStep.objects.create(action=row, state=row.state, note=note[:LONGEST_SENTENCE], by=by, at=at)


def _journal(row: ActionItem, *, verb: str, template: str, by: Person | None, at: datetime) -> None:
    record(
        scope=row.meeting.cycle.scope,
        verb=verb,
        template=template,
        values={"number": row.number},
        private={"title": typed(row.meeting.title), "what": typed(row.what)},
        actor=by,
        subject=row.meeting,
        at=at,
    )
