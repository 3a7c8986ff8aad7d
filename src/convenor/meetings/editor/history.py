"""The versions of an agenda: how far it has come, and with which of them each item came."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from convenor.meetings.models import Meeting, Standing, Version

DECIDED = frozenset({Standing.ADOPTED, Standing.REVISED})


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a meeting, oldest first, without their agendas."""

    versions: Sequence[Version]

    @property
    def state(self) -> Standing:
        """How far the agenda has come."""
        return Standing(self.versions[-1].state) if self.versions else Standing.DRAFT

    def seen_by(self, *, keeps: bool) -> list[Version]:
        """Give the versions that a reader may see: drafts are their keepers' own."""
        return [one for one in self.versions if keeps or one.state != Standing.DRAFT]

    def came_as(self, since: int | None) -> "str | Promise":
        """Say what an item came with that stands in the agenda since a version, or in none yet; "" if it was planned.

        What comes after the agenda was circulated is supplementary, what comes after it was adopted is urgent.
        """
        circulated = next((one.number for one in self.versions if one.state != Standing.DRAFT), None)
        adopted = next((one.number for one in self.versions if one.state in DECIDED), None)
        if circulated is None or (since is not None and since <= circulated):
            return ""
        if adopted is None or (since is not None and since <= adopted):
            return gettext_lazy("supplementary")
        return gettext_lazy("urgent")


def history_of(meeting: Meeting) -> History:
    """Load the versions of a meeting."""
    return History(list(meeting.versions.defer("agenda").select_related("made_by")))
