"""Says what an operation would do to an agenda, before it is done: what moves, and where the days end then."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import Move, apply, differences
from convenor.meetings.agenda.ends import ending
from convenor.meetings.corrections.sentences import change_in_words, day_in_words


def verdict(agenda: Agenda, operation: Move) -> str:
    """Say in sentences what a move would change.

    Raises:
        Impossible: it cannot be done.
    """
    after = apply(agenda, operation)
    changes = differences(agenda, after, moved=[operation.key])
    if not changes:
        return _("It stands there already.")
    return " ".join([_("If you let go here:"), change_in_words(changes[0]), *ends_in_words(agenda, after)])


def ends_in_words(before: Agenda, after: Agenda) -> Iterator[str]:
    """Say which days end at another time, by the sum of their minutes."""
    ends = {day.key: ending(day).counted for day in before.days}
    for day in after.days:
        was, now = ends.get(day.key), ending(day).counted
        if now and was and now != was:
            values = {"day": day_in_words(day.label or day.date or day.heading), "now": now, "was": was}
            yield _("%(day)s ends at %(now)s instead of %(was)s.") % values
