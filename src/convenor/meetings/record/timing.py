"""How the time of a meeting was used, as charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from convenor.meetings.minutes.record import Share
from convenor.meetings.minutes_words import CHANNELS
from convenor.meetings.models import Meeting
from convenor.meetings.record.generated import record_of
from convenor.shared.charts import Balance, balance


@dataclass(frozen=True, slots=True)
class Used:
    """A way in which the time divides: the chart in minutes, and the figures behind it."""

    chart: Balance
    rows: Sequence[tuple[str, int, int, str]]  # name, turns, people, time


def charts_of(meeting: Meeting) -> list[Used]:
    """Give the use of time by group, region and channel; a division of which nothing is known is left out."""
    record = record_of(meeting)
    channels = {str(channel): _(words) for channel, words in CHANNELS.items()}
    parts = (
        (_("By stakeholder group"), record.by_group, record.groups),
        (_("By region"), record.by_region, record.regions),
        (_("By channel"), record.by_channel, channels),
    )
    return [_used(title, shares, names) for title, shares, names in parts if any(one.code for one in shares)]


def _used(title: str, shares: Sequence[Share], names: Mapping[str, str]) -> Used:
    known = [(one.code, names.get(one.code, one.code)) for one in shares if one.code]
    chart = balance(title, known, {one.code: one.seconds for one in shares})
    rows = [(names.get(one.code, one.code) or _("Not stated"), one.turns, one.people, _time(one)) for one in shares]
    return Used(chart, rows)


def _time(share: Share) -> str:
    minutes, seconds = divmod(share.seconds, 60)
    return f"{minutes}:{seconds:02}"
