"""Who may see and do what on the pages of a floor, and what open pages follow.

A level holds what makes a difference between readers: the fields of people that they may see, and the audiences of the
days in which they may take part. So all who may do the same share one rendering, whoever they are.
"""

from collections.abc import Collection

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from convenor.cycle import home
from convenor.cycle.access import allows, request_roles
from convenor.cycle.models import Cycle
from convenor.meetings.captions import privacy as captions_privacy
from convenor.meetings.floor import State
from convenor.meetings.floor_access import BY_AUDIENCE
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import floor_topic
from convenor.meetings.floorpages import under_way
from convenor.meetings.floorpages.showing import FIELDS, Floor, Level, floor_of
from convenor.meetings.models import Audience, Meeting
from convenor.meetings.participants.models import Capacity
from convenor.meetings.participants.models import State as Confirmed
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.live import feeds
from convenor.shared.live.feeds import Channel
from convenor.shared.live.views import language_of

PAGE, PROJECTOR = "meetings.floor", "meetings.projector"
PARTS = {
    "floor-head": "meetings/floor/parts/head.html",
    "floor-said": "meetings/floor/parts/said.html",
    "floor-now": "meetings/floor/parts/now.html",
    "floor-vote": "meetings/floor/parts/vote.html",
    "floor-list": "meetings/floor/parts/list.html",
}
PROJECTED = {
    "stage-head": "meetings/floor/parts/stage_head.html",
    "stage-on": "meetings/floor/parts/stage_on.html",
    "stage-next": "meetings/floor/parts/stage_next.html",
}


def level_of(meeting: Meeting, held: Collection[Role], person: object) -> Level:
    """Give the level of a reader: by their roles, and by a registration that the secretariat has confirmed."""
    cycle = meeting.cycle
    seen = {field for field in FIELDS if cycle.rules.visible(field, held)}
    takes = {str(audience) for audience, verb in BY_AUDIENCE.items() if allows(verb, held, cycle)}
    if isinstance(person, Person) and Audience.MEMBERS not in takes:
        takes |= _registered(meeting, person)
    return frozenset(seen | takes)


def _registered(meeting: Meeting, person: Person) -> set[str]:
    """Give the days in which somebody may take part because they are registered, as `floor_access.is_registered`."""
    row = meeting.registrations.filter(person=person, state=Confirmed.CONFIRMED).only("capacity").first()
    if row is None:
        return set()
    days = {str(Audience.OPEN), str(Audience.MEMBERS_OBSERVERS)}
    return days | ({str(Audience.MEMBERS)} if row.capacity in (Capacity.MEMBER, Capacity.SECRETARIAT) else set())


def reader_level(request: HttpRequest, meeting: Meeting) -> Level:
    """Give the level of the reader of a request."""
    return level_of(meeting, request_roles(request, meeting.cycle), request.user)


def floor_channel(meeting: Meeting, level: Level, request: HttpRequest, *, page: str = PAGE) -> Channel:
    """Name what a page of the floor shows to those of a level, in the language of the page."""
    name = {PAGE: "meetings:floor:live", PROJECTOR: "meetings:floor:projector-live"}[page]
    address = reverse(name, args=(*meeting.cycle.address, meeting.slug))
    return Channel(page, floor_topic(meeting.pk), meeting.pk, address, language_of(request), level)


def shown(floor: Floor) -> dict[str, object]:
    """Give what the templates of the floor are told."""
    cycle: Cycle = floor.meeting.cycle
    return {"cycle": cycle, "meeting": floor.meeting, "floor": floor}


def floor_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the parts of the page for all of a level."""
    return _rendered(pk, level, PARTS)


def projector_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the parts of the projector for all of a level."""
    return _rendered(pk, level, PROJECTED)


def register_all() -> None:
    """Register what open pages of a floor follow, its captions, and what leads to it from the year's page."""
    captions_privacy.register_all()
    feeds.register(PAGE, floor_parts, ages=ages)
    feeds.register(PROJECTOR, projector_parts)
    home.OFFERS.append(under_way.offers)


def ages(pk: int) -> bool:
    """Whether somebody waits, so that when they can expect the floor changes with time."""
    meeting = Meeting.objects.filter(pk=pk).first()
    state = state_of(meeting) if meeting else State()
    return bool(state.item) and not state.is_break and any(state.waiting(state.matter))


def _rendered(pk: int, level: Level, parts: dict[str, str]) -> dict[str, str]:
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").get(pk=pk)
    with timezone.override(meeting.zone):
        told = shown(floor_of(meeting, level, now=timezone.now()))
        return {name: render_to_string(template, told) for name, template in parts.items()}
