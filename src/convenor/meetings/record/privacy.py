"""What the record of meetings holds about people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from convenor.meetings.record.models import Correction, Corrigendum, MinutesEdit, MinutesNamed, TextModule
from convenor.meetings.record.naming import take_out
from convenor.people.privacy import Holding, Outcome, Rows, acts, register


def _take_names_out(rows: Rows, _at: datetime) -> Outcome:
    """Write “[…]” for the name in every text of these minutes, and forget that they named somebody."""
    kept = take_out(rows)
    return Outcome(gone=rows.delete()[0], kept=kept)


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "minutes-naming-you",
            _("Minutes of meetings that name you"),
            _("Stay, because a meeting adopted them; “[…]” stands where your name stood."),
            find=lambda person: MinutesNamed.objects.filter(person=person.pk),
            paths=("minutes__meeting__title", "name"),
            erase=_take_names_out,
            covers=("meetings.minutesnamed.person", "meetings.minutesnamed.name", "meetings.minutestext.report",
                "meetings.corrigendum.text"),
        ),
        Holding(
            "minutes-corrections",
            _("Corrections of minutes that you proposed"),
            _("Stay, because the minutes rest on them, but no longer say that it was you."),
            find=lambda person: Correction.objects.filter(by=person.pk),
            paths=("minutes__meeting__title", "wish", "text", "was", "at", "state", "sentence", "answered_at"),
            erase=lambda rows, _at: Outcome(kept=rows.update(by=None)),
            covers=(
                "meetings.correction.by", "meetings.correction.text", "meetings.correction.was",
                "meetings.correction.sentence",
            ),
        ),
        Holding(
            "minutes-edits",
            _("Paragraphs of minutes that you edited"),
            _("Stay, because the minutes rest on them, but no longer say that it was you."),
            find=lambda person: MinutesEdit._base_manager.filter(by=person.pk),
            paths=("minutes__meeting__title", "number", "kind", "text", "at"),
            erase=lambda rows, _at: Outcome(kept=rows.update(by=None)),
            covers=(
                "meetings.minutesedit.by", "meetings.minutesedit.text", "meetings.minutesedit.was",
                "meetings.minutesedit.source",
            ),
        ),
        acts("minutes-answers", _("Corrections of minutes that you answered"), Correction, "answered_by",
             "minutes__meeting__title", "answered_at"),
        acts("minutes-corrigenda", _("Corrigenda of minutes that you added"), Corrigendum, "by",
             "minutes__meeting__title", "number", "at"),
        acts("text-modules", _("Text modules that you added"), TextModule, "by", "forum__name", "title", "at"),
    )  # fmt: skip
