"""What the page of versions shows: each with its state, and the differences between any two in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import differences
from convenor.meetings.agenda_page import days_of
from convenor.meetings.draft_page import with_days
from convenor.meetings.editor.history import History, history_of
from convenor.meetings.editor.versions import snapshot
from convenor.meetings.models import Meeting, Standing, Version
from convenor.meetings.storing import agenda_of

NOW = "now"


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two versions; `before` and `after` name them, NOW the agenda as it stands."""

    before: str
    after: str
    changes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """A state on the way of an agenda."""

    name: str
    when: datetime | None
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Everything the page shows, the latest version first."""

    history: History
    versions: Sequence[Version]
    compared: Compared | None

    @property
    def names(self) -> list[tuple[str, str]]:
        """What can be compared, by name, oldest first."""
        words = _("Version %(number)s, %(state)s")
        said = [
            (str(one.number), words % {"number": one.number, "state": one.get_state_display().lower()})
            for one in reversed(self.versions)
        ]
        return [*said, (NOW, _("as it stands now"))]

    @property
    def steps(self) -> list[Step]:
        """How far the agenda has come: every state in order, with the day on which it last came to it."""
        order = list(Standing)
        came = {Standing(one.state): one.made_at for one in reversed(self.versions)}
        now = order.index(self.history.state)
        return [Step(str(one.label), came.get(one), at < now, at == now) for at, one in enumerate(order)]


def versions_page(meeting: Meeting, asked: Mapping[str, str], *, keeps: bool) -> VersionsPage:
    """Gather the page; `asked` names the two versions to compare, otherwise the last and the agenda as it stands."""
    history = history_of(meeting)
    seen = history.seen_by(keeps=keeps)
    names = [str(one.number) for one in seen]
    if not names:
        return VersionsPage(history, [], None)
    before, after = asked.get("from", names[-1]), asked.get("to", NOW)
    before = before if before in (*names, NOW) else names[-1]
    after = after if after in (*names, NOW) else NOW
    compared = Compared(before, after, _compare(meeting, before, after))
    return VersionsPage(history, list(reversed(seen)), compared)


def _compare(meeting: Meeting, before: str, after: str) -> list[tuple[str, str]]:
    numbers = {int(name) for name in (before, after) if name != NOW}
    kept = {str(one.number): snapshot(one) for one in meeting.versions.filter(number__in=numbers)}

    def agenda(name: str) -> Agenda:
        return kept[name] if name in kept else agenda_of(meeting, days_of(meeting))

    return with_days(differences(agenda(before), agenda(after)))
