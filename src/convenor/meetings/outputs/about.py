"""What every output of a meeting says beside its agenda: where it stands, since when, and the zone of its times."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from convenor.meetings.models import Meeting, Standing, Version
from convenor.shared.languages.days import date_format

EDITIONS = Prefetch("versions", Version.objects.defer("agenda"))  # what was frozen in them is long


@dataclass(frozen=True, slots=True)
class About:
    """A meeting without its agenda; `version` counts its changes, `since` is the moment of the last.

    `edition` is the last version that was circulated, adopted or revised, if there is one.
    """

    zone: str
    author: str
    url: str
    language: str
    state: str
    version: int
    since: datetime
    edition: Version | None = None

    @property
    def state_line(self) -> str:
        """Say where the agenda stands: "Draft, version 3 of 12 June 2017", "Adopted, version 2, as of 14 June 2017"."""
        day = date_format(self.since.astimezone(ZoneInfo(self.zone)), _("j F Y"))
        if self.edition is not None:
            values = {"state": self.edition.get_state_display(), "number": self.edition.number, "day": day}
            return _("%(state)s, version %(number)s, as of %(day)s") % values
        return _("Draft, version %(number)s of %(day)s") % {"number": self.version, "day": day}

    @property
    def zone_line(self) -> str:
        """Say in which zone the times are."""
        return _("Times are those of %(zone)s.") % {"zone": self.zone}


def edition_of(meeting: Meeting) -> Version | None:
    """Give the last version that everybody may see; one query, none where the versions were loaded before."""
    return next((one for one in reversed(meeting.versions.all()) if one.state != Standing.DRAFT), None)


def about(meeting: Meeting) -> About:
    """Gather it; the meeting comes with its year and forum."""
    prefetch_related_objects([meeting], EDITIONS)
    edition = edition_of(meeting)
    return About(
        zone=meeting.zone,
        author=f"{meeting.cycle.forum}, {meeting.cycle}",
        url=f"{settings.ORIGIN}{meeting.get_absolute_url()}",
        language=meeting.language or meeting.cycle.language,
        state=edition.state if edition else Standing.DRAFT.value,
        version=meeting.sequence,
        since=meeting.stands_since,
        edition=edition,
    )
