"""How readers call the kinds of decision; a test checks that every kind that is recorded has its name."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "continuation.redone": _("items linked again"),
    "continuation.undone": _("link between items undone"),
    "cycle.started": _("year started"),
    "doubt.reopened": _("open point reopened"),
    "doubt.settled": _("open point settled"),
    "example.made": _("example made"),
    "forum.removed": _("forum removed"),
    "meeting.made": _("meeting made"),
    "phase.moved": _("phase moved"),
    "results.computed": _("results computed"),
    "selection.computed": _("selection computed"),
    "timetable.computed": _("timetable computed"),
    "timetable.released": _("programme released"),
    "timetable.venue": _("rooms and slots entered"),
}
