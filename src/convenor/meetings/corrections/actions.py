"""What can be done to a draft before it becomes a meeting: correct, answer, undo, redo, read a new version."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.meetings.agenda.edits import Impossible, Operation, Tree, fresh
from convenor.meetings.corrections import log as logs
from convenor.meetings.corrections.answers import answers, fresh_marks
from convenor.meetings.corrections.carrying import Carried, carry
from convenor.meetings.corrections.corrected import Corrected, corrected
from convenor.meetings.corrections.log import Log, Mark, as_stored, log_of
from convenor.meetings.corrections.sentences import impossible_in_words
from convenor.meetings.documents import understood
from convenor.meetings.models import AgendaDraft
from convenor.meetings.storing import words_of
from convenor.shared.errors import Refused

MOST_STORED = 4_000_000  # characters of one draft's log
Change = Callable[[Corrected], Log]


def state_of(draft: AgendaDraft) -> Corrected:
    """Read a draft's document and do its corrections again."""
    return corrected(understood(draft.text), log_of(draft.corrections))


def correct(draft: AgendaDraft, operations: Sequence[Operation], *, seen: int, marks: Sequence[Mark] = ()) -> Corrected:
    """Correct a draft; `seen` is the version of its corrections that the person had before their eyes.

    Raises:
        Refused: it cannot be done, or what it changes was changed since; the draft is as it was.
    """

    def change(state: Corrected) -> Log:
        number = state.log.version + 1
        named = [fresh(one, f"n{number}-{at}" if at else f"n{number}") for at, one in enumerate(operations)]
        return logs.record(state.base.agenda, state.log, named, marks, seen=seen)

    return _change(draft, change)


def answer(draft: AgendaDraft, code: str, key: str, given: str, *, seen: int) -> Corrected:
    """Answer a doubt with one of its answers.

    Raises:
        Refused: the doubt or the answer is no longer there.
    """

    def change(state: Corrected) -> Log:
        raised = [d for d in state.reading.warnings if (d.code.value, state.key_of(d.path)) == (code, key)]
        for doubt in raised[:1]:
            for one in answers(Tree(state.reading.agenda), key, doubt):
                if one.code == given:
                    named = fresh_marks(one, state.log.version + 1)
                    words = next(iter(words_of(state.reading, doubt.spans)), "")
                    said = {**doubt.values, "words": words, "said": dict(one.values)}
                    marks = (Mark(code, key, given, said), *named.marks)
                    return logs.record(state.base.agenda, state.log, named.operations, marks, seen=seen)
        raise Refused(_("The question was not answered: it is no longer open. Look at what stands there now."))

    return _change(draft, change)


def unlink(draft: AgendaDraft, key: str, *, seen: int) -> Corrected:
    """Say that an item does not continue another after all.

    Raises:
        Refused: the item is no longer there.
    """

    def change(state: Corrected) -> Log:
        Tree(state.reading.agenda).node(key)
        return logs.record(state.base.agenda, state.log, (), (Mark(logs.NO_LINK, key),), seen=seen)

    return _change(draft, change)


def undo(draft: AgendaDraft) -> Corrected:
    """Undo the last correction."""
    return _change(draft, lambda state: logs.undo(state.log))


def redo(draft: AgendaDraft) -> Corrected:
    """Redo the correction that was undone last.

    Raises:
        Refused: it no longer fits.
    """
    return _change(draft, lambda state: logs.redo(state.base.agenda, state.log))


def take_back(draft: AgendaDraft, number: int) -> Corrected:
    """Take one correction back, wherever it stands among the others.

    Raises:
        Refused: a later one was built on it.
    """
    return _change(draft, lambda state: logs.withdraw(state.base.agenda, state.log, number))


def drop(draft: AgendaDraft, number: int) -> Corrected:
    """Drop a correction that no longer fits."""
    return _change(draft, lambda state: logs.drop_left(state.log, number))


def insist(draft: AgendaDraft, number: int) -> Corrected:
    """Do a correction that no longer fitted all the same, over what stands there now.

    Raises:
        Refused: its place is gone.
    """
    return _change(draft, lambda state: logs.insist(state.base.agenda, state.log, number))


@transaction.atomic
def read_again(draft: AgendaDraft, text: str, *, at: datetime, file_name: str = "") -> Carried:
    """Read a new version of the document, and keep the corrections that find their place in it.

    Raises:
        Refused: the draft is a meeting by now.
    """
    draft = _locked(draft)
    carried = carry(understood(draft.text), understood(text), log_of(draft.corrections))
    draft.earlier, draft.text, draft.corrections = draft.text, text, as_stored(carried.log)
    draft.handed_in_at = at
    draft.file_name = file_name[:200] or draft.file_name
    draft.save(update_fields=["earlier", "text", "corrections", "handed_in_at", "file_name"])
    return carried


@transaction.atomic
def _change(draft: AgendaDraft, change: Change) -> Corrected:
    """Change a draft's corrections. Locks it, so that two windows write one after the other."""
    draft = _locked(draft)
    state = state_of(draft)
    try:
        log = change(state)
    except Impossible as reason:
        raise Refused(impossible_in_words(reason.code, reason.values)) from reason
    draft.corrections = as_stored(log)
    if len(json.dumps(draft.corrections)) > MOST_STORED:
        raise Refused(impossible_in_words("too_many", {"limit": len(log.done) - 1}))
    draft.save(update_fields=["corrections"])
    return corrected(state.base, log)


def _locked(draft: AgendaDraft) -> AgendaDraft:
    draft = AgendaDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.meeting_id is not None:
        raise Refused(_("Nothing was corrected: a meeting was made of this draft. Correct the agenda of the meeting."))
    return draft
