"""What meetings hold about people."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.meetings.models import AgendaDraft, Continuation, Doubt, Meeting, Sitting, Version
from convenor.people.privacy import Holding, acts, goes, register


def drafts(forum: Forum | None) -> Mapping[int, date]:
    """Find agendas that were handed in: for the meetings of a forum, or, of none, those that became none."""
    if forum:
        found = AgendaDraft.objects.filter(Q(meeting__cycle__forum=forum) | Q(revises__cycle__forum=forum))
    else:
        found = AgendaDraft.objects.filter(meeting=None, revises=None)
    return {key: at.date() for key, at in found.values_list("pk", "handed_in_at")}


def _drop_agendas(keys: Collection[int], _at: datetime) -> Done:
    return Done(AgendaDraft.objects.filter(pk__in=keys).delete()[0])


def _of_the_editor() -> tuple[Holding, ...]:
    return (
        acts(
            "agenda-versions",
            _("Versions of agendas that you made"),
            Version,
            "made_by",
            "meeting__title",
            "number",
            "note",
            "made_at",
        ),
        acts(
            "agenda-sittings",
            _("Agendas that you were the last to edit"),
            Sitting,
            "changed_by",
            "meeting__title",
            "changed_at",
        ),
    )


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "agenda-drafts",
            _("Agendas that you handed in"),
            _("Go; a meeting made from one stays."),
            find=lambda person: AgendaDraft.objects.filter(owner=person.pk),
            paths=("file_name", "handed_in_at", "meeting__title", "text", "earlier", "corrections"),
            erase=goes,
            covers=(
                "meetings.agendadraft.owner",
                "meetings.agendadraft.text",
                "meetings.agendadraft.earlier",
                "meetings.agendadraft.corrections",
            ),
        ),
        acts("meetings", _("Meetings that you made"), Meeting, "created_by", "cycle__name", "title", "created_at"),
        acts(
            "doubts", _("Open points of agendas that you settled"), Doubt, "settled_by", "meeting__title", "settled_at"
        ),
        acts(
            "links-undone",
            _("Links between agenda items that you undid"),
            Continuation,
            "undone_by",
            "earlier__title",
            "undone_at",
        ),
        *_of_the_editor(),
    )
    retention.register(
        Rule(
            "agendas",
            gettext_noop("documents that agendas were read from"),
            _("Are deleted; the meeting keeps its agenda. Counted from the day they were handed in."),
            months=12,
            since=drafts,
            act=_drop_agendas,
        )
    )
