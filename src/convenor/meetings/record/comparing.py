"""What differs between the texts of minutes at two stages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from convenor.meetings.minutes import Report
from convenor.meetings.record.edited import texts_of
from convenor.meetings.record.frozen import from_plain
from convenor.meetings.record.generated import report_of
from convenor.meetings.record.keeping import text_now
from convenor.meetings.record.models import Minutes, MinutesText
from convenor.meetings.record.wordwise import Pair, paired
from convenor.shared.languages.days import date_format

LOG, NOW = "log", "now"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts, how they can be chosen, and the paragraphs that differ."""

    names: Sequence[tuple[str, str]]
    before: str
    after: str
    pairs: Sequence[Pair]


def compared(minutes: Minutes, before: str, after: str) -> Compared:
    """Compare two texts: that of the log, of a stage by its number, or of now; without a choice the last two stages."""
    kept = {str(row.number): row for row in minutes.texts.order_by("number")} if minutes.pk else {}
    names = [
        (LOG, _("as the log gives it")),
        *((key, _named(row)) for key, row in kept.items()),
        (NOW, _("as it stands now")),
    ]
    keys = [key for key, _name in names]
    before = before if before in keys else keys[-2]
    after = after if after in keys else keys[-1]

    def text(key: str) -> Report:
        if key in kept:
            return from_plain(kept[key].report)
        return report_of(minutes.meeting) if key == LOG else text_now(minutes)

    return Compared(names, before, after, paired(texts_of(text(before)), texts_of(text(after))))


def _named(row: MinutesText) -> str:
    return f"{row.get_stage_display()}, {date_format(localtime(row.at), 'j F Y, H:i')}"
