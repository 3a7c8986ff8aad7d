"""Which decisions of the floor adopted something, and under which items something is to be decided."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from convenor.cycle import processes
from convenor.cycle.adoption import RULES, Adopted, Planned
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.processes import Process
from convenor.meetings.floor.state import Decision, Outcome
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Item, Meeting

ADOPTING = (Outcome.ADOPTED, Outcome.AGREED, Outcome.AGREED_ON_CONDITION)


def adopted_by(cycle: Cycle, kind: str, id: int) -> list[Adopted]:
    """Give the decisions that adopted something; one query where none did."""
    about = Q(values__about_kind=kind, values__about_id=id)
    numbers = FloorEntry.objects.filter(about, meeting__cycle__forum=cycle.forum_id).values("meeting")
    meetings = Meeting.objects.filter(pk__in=numbers.order_by()).select_related("cycle__forum")
    return [one for meeting in meetings for one in _adopted(meeting, kind, id)]


def _adopted(meeting: Meeting, kind: str, id: int) -> Iterator[Adopted]:
    for one in state_of(meeting).decisions:
        if one.outcome in ADOPTING and (one.about.kind, one.about.id) == (kind, id):
            yield Adopted(_words(meeting, one), _url(meeting, one), one.at)


def _words(meeting: Meeting, decision: Decision) -> str:
    item = _item(meeting, decision.item)
    said = {"number": decision.id, "meeting": meeting.title, "item": str(item or "")}
    if item:
        return _("decision %(number)s of “%(meeting)s”, %(item)s") % said
    return _("decision %(number)s of “%(meeting)s”") % said


def _url(meeting: Meeting, decision: Decision) -> str:
    return f"{meeting.get_absolute_url()}{f'#item-{decision.item[1:]}' if decision.item else ''}"


def _item(meeting: Meeting, key: str) -> Item | None:
    return Item.objects.filter(block__day__meeting=meeting, pk=int(key[1:])).first() if key else None


def planned_in(cycle: Cycle, kind: str, id: int) -> list[Planned]:
    """Say at which items of the year's agendas something is shown."""
    source = processes.SOURCES.get(kind)
    if source is None:
        return []
    rows = Item.objects.filter(block__day__meeting__cycle=cycle).exclude(links=[])
    rows = rows.select_related("block__day__meeting__cycle__forum").order_by("block__day__date", "pk")
    return [_planned(item) for item in rows if (kind, id) in _shown_at(item, cycle)]


def _planned(item: Item) -> Planned:
    words = _("%(item)s, “%(meeting)s”") % {"item": item, "meeting": item.block.day.meeting}
    return Planned(words, item.get_absolute_url())


def _shown_at(item: Item, cycle: Cycle) -> set[tuple[str, int] | None]:
    return {processes.at_address(cycle, line.split(" ")[0]) for line in item.links}


def uses(rule_set: RuleSet) -> list[str]:
    """Say that a rule set was adopted, so that it is frozen."""
    if rule_set.forum_id is None:
        return []
    cycle = Cycle.objects.filter(forum=rule_set.forum_id).select_related("forum").first()
    found = adopted_by(cycle, RULES, rule_set.pk) if cycle else []
    return [_("It was adopted by %(words)s.") % {"words": one.words} for one in found]


def shown_in(meeting: Meeting) -> list[Process]:
    """Give what the agenda of a meeting shows to be adopted, less the rules in force; one query where nothing is."""
    cycle = meeting.cycle
    lines = Item.objects.filter(block__day__meeting=meeting).exclude(links=[]).values_list("links", flat=True)
    wanted = {processes.at_address(cycle, line.split(" ")[0]) for links in lines for line in links}
    keys = {one for one in wanted if one and one != (RULES, cycle.rule_set_id)}
    return list(processes.find_all(cycle, keys).values()) if keys else []
