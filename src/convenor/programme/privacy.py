"""What the programme holds about people."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Rule, known_only_by
from convenor.people.models import Person
from convenor.people.privacy import Holding, acts, goes, register
from convenor.programme.models import Release, Session
from convenor.proposals.models import Contributor, Proposal


def not_selected(forum: Forum | None) -> Mapping[int, date]:
    """Find people who never signed in and are named in a forum's proposals only, none of which became a session."""
    if forum is None:
        return {}
    held = Proposal.objects.filter(session__is_held=True)
    people = Person.objects.filter(Q(contributions__proposal__cycle__forum=forum) | Q(proposals__cycle__forum=forum))
    people = people.exclude(Exists(Contributor.objects.filter(person=OuterRef("pk"), proposal__in=held)))
    people = people.exclude(Exists(held.filter(owner=OuterRef("pk"))))
    found = known_only_by(people, forum, "proposals.contributor", "proposals.proposal").annotate(
        spoken=Max("contributions__proposal__cycle__ends_on"), made=Max("proposals__cycle__ends_on")
    )
    days = found.values_list("pk", "spoken", "made")
    return {key: max(day for day in ends if day is not None) for key, *ends in days}


def register_all() -> None:
    """Register what this part holds."""
    part = Session.people.through
    register(
        Holding(
            "sessions",
            _("Sessions that name you"),
            _("No longer name you, on every page and in the files of the programme's next publication."),
            find=lambda person: part._default_manager.filter(person=person.pk),
            paths=("session__cycle__name", "session__number", "session__title"),
            erase=goes,
            covers=("programme.session_people.person",),
        ),
        acts(
            "releases",
            _("Programmes that you published"),
            Release,
            "released_by",
            "cycle__name",
            "number",
            "released_at",
        ),
    )
    retention.register(
        Rule(
            "not-selected",
            gettext_noop("people named only in proposals that were not selected"),
            _(
                "Those who never signed in are erased; the proposals stay with “(erased)” in their place. "
                "Counted from the last day of the year's annual meeting."
            ),
            months=24,
            since=not_selected,
            act=retention.wipe_all,
        )
    )
