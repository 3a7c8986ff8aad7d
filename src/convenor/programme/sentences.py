"""What rules, findings and wishes of the timetable say to people: codes and figures in, sentences out.

Data are mappings of ids and figures as `optimise.timetable` gives them (violations and findings as dicts, a price as
units and cost); `Names` turns the ids into words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.programme.models import Room, Session, Slot
from convenor.shared.languages.days import date_format

Data = Mapping[str, Any]

#: A sentence names so many sessions, people or times; the rest is counted.
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Names:
    """Words for row keys: titles, names, times."""

    sessions: Mapping[int, str]
    people: Mapping[int, str]
    slots: Mapping[int, str]
    rooms: Mapping[int, str]

    def of(self, kind: str, ids: Iterable[int]) -> str:
        """List the words for some ids; "and 12 more" closes a long list, "?" stands for what is gone."""
        known: Mapping[int, str] = getattr(self, kind)
        words = [known.get(id, "?") for id in ids]
        if (more := len(words) - MOST_NAMED) > 0:
            words = [*words[:MOST_NAMED], ngettext("%(count)s more", "%(count)s more", more) % {"count": more}]
        return get_text_list(words, _("and"))


def names_for(cycle: Cycle, data: Iterable[Data], *, held: Collection[Role]) -> Names:
    """Look up the words for everything that violations or findings mention; four queries, whatever their number.

    Speakers are named to who may see them by the rules' table of visibility, given the roles that the reader holds.
    """
    unnamed = "" if cycle.rules.visible("speakers", held) else _("somebody")
    mentioned = {kind: {id for one in data for id in one[kind]} for kind in ("sessions", "people", "slots", "rooms")}
    sessions = Session.objects.filter(cycle=cycle, pk__in=mentioned["sessions"]).values_list("pk", "title")
    people = Person.objects.filter(pk__in=mentioned["people"])
    slots = Slot.objects.filter(cycle=cycle, pk__in=mentioned["slots"])
    rooms = Room.objects.filter(cycle=cycle, pk__in=mentioned["rooms"]).values_list("pk", "name")
    return Names(
        sessions={pk: _("“%(title)s”") % {"title": title} for pk, title in sessions},
        people={person.pk: unnamed or person.shown_name or "?" for person in people},
        slots={slot.pk: slot_words(slot, cycle) for slot in slots},
        rooms=dict(rooms),
    )


def slot_words(slot: Slot, cycle: Cycle) -> str:
    """Name a slot by day and hour in the cycle's zone: “19 December, 10:15”."""
    local = slot.starts_at.astimezone(cycle.zone_info)
    return _("%(day)s, %(time)s") % {"day": date_format(local, "j F"), "time": f"{local:%H:%M}"}


def violation_sentence(data: Data, names: Names) -> str:
    """Say which hard rule is broken, with its figures."""
    return _fill(VIOLATIONS[data["rule"]](data), data, names)


def finding_sentence(data: Data, names: Names) -> str:
    """Say one reason why there is no timetable, with its figures."""
    return _fill(FINDINGS[data["code"]](data), data, names)


def wish_sentence(name: str, units: int) -> str:
    """Say how often a wish is not met."""
    return WISHES[name](units) % {"count": units}


def _fill(template: str, data: Data, names: Names) -> str:
    return template % {
        "sessions": names.of("sessions", data["sessions"]),
        "people": names.of("people", data["people"]),
        "slots": names.of("slots", data["slots"]),
        "rooms": names.of("rooms", data["rooms"]),
        "need": data.get("need"),
        "have": data.get("have"),
        "seats": data.get("more_than_seats"),
        "count": len(data["sessions"]),
        "rules": get_text_list([str(RULE_WORDS[rule]) for rule in data.get("rules", ())], _("and")),
    }


def _once(data: Data) -> str:
    if data["have"]:
        return _("%(sessions)s has %(have)s places instead of one.")
    return _("%(sessions)s has no place.")


VIOLATIONS: Mapping[str, Callable[[Data], str]] = {
    "unknown": lambda _data: _("The timetable names a session, a slot or a room that is gone."),
    "once": _once,
    "room_once": lambda _data: _("%(sessions)s are both in %(rooms)s at the same time (%(slots)s)."),
    "people_apart": lambda _data: _("%(people)s would be in two places at a time: %(sessions)s (%(slots)s)."),
    "slot_length": lambda _data: _("%(sessions)s needs %(need)s minutes; its slot (%(slots)s) has %(have)s."),
    "room_size": lambda _data: _("%(sessions)s expects %(need)s people; %(rooms)s seats %(have)s."),
    "allowed_days": lambda _data: _("%(sessions)s is on a day that it may not be on (%(slots)s)."),
    "presence": lambda _data: _("%(people)s cannot be there when %(sessions)s is held (%(slots)s)."),
    "room_open": lambda _data: _("%(rooms)s cannot be used for %(sessions)s at that time (%(slots)s)."),
    "locked": lambda _data: _("%(sessions)s is not where it is locked."),
}


def _no_place(data: Data) -> str:
    rules = set(data["rules"])
    if rules == {"slot_length"}:
        return _("%(sessions)s needs %(need)s minutes, and the longest slot has %(have)s.")
    if rules == {"room_size"}:
        return _("%(sessions)s expects %(need)s people, and the largest room seats %(have)s.")
    return _("There is no place for %(sessions)s; what stands against it: %(rules)s.")


def _locks_collide(data: Data) -> str:
    if len(data["sessions"]) == 1:
        return _("%(sessions)s is locked to two places at once.")
    if data["people"]:
        return _("%(sessions)s are locked to the same time, and %(people)s would have to be in both.")
    return _("%(sessions)s are locked to the same room at the same time.")


def _too_few_places(data: Data) -> str:
    if data["more_than_seats"] is None:
        return ngettext(
            "%(need)s sessions must share %(have)s place: %(sessions)s.",
            "%(need)s sessions must share %(have)s places: %(sessions)s.",
            data["have"],
        )
    return ngettext(
        "%(need)s sessions expect more than %(seats)s people, yet there is %(have)s such place: %(sessions)s.",
        "%(need)s sessions expect more than %(seats)s people, yet there are %(have)s such places: %(sessions)s.",
        data["have"],
    )


def _tangled(data: Data) -> str:
    if data["minimal"]:
        return _(
            "These %(count)s sessions have no timetable together, though any fewer have: %(sessions)s. "
            "What stands against it: %(rules)s."
        )
    return _("These %(count)s sessions have no timetable together: %(sessions)s. What stands against it: %(rules)s.")


FINDINGS: Mapping[str, Callable[[Data], str]] = {
    "no_place": _no_place,
    "locks_collide": _locks_collide,
    "person_too_busy": lambda _data: _(
        "%(people)s must be in %(need)s sessions, but there are only %(have)s times one after another: %(sessions)s."
    ),
    "too_few_places": _too_few_places,
    "tangled": _tangled,
}

RULE_WORDS: Mapping[str, Any] = {
    "once": gettext_lazy("every session is held once"),
    "room_once": gettext_lazy("a room holds one session at a time"),
    "people_apart": gettext_lazy("nobody is in two places at a time"),
    "slot_length": gettext_lazy("the slot is long enough"),
    "room_size": gettext_lazy("the room is large enough"),
    "allowed_days": gettext_lazy("the days a session may be on"),
    "presence": gettext_lazy("everybody of the session is there"),
    "room_open": gettext_lazy("the room can be used"),
    "locked": gettext_lazy("what is locked stays"),
}

WISHES: Mapping[str, Callable[[int], str]] = {
    "moved": lambda units: ngettext(
        "%(count)s session moved since the last release", "%(count)s sessions moved since the last release", units
    ),
    "same_theme": lambda units: ngettext(
        "%(count)s pair of sessions of one theme at the same time",
        "%(count)s pairs of sessions of one theme at the same time",
        units,
    ),
    "room_change": lambda units: ngettext(
        "%(count)s time somebody goes straight on to another room",
        "%(count)s times somebody goes straight on to another room",
        units,
    ),
    "theme_days": lambda units: ngettext(
        "%(count)s session above its theme’s share of a day",
        "%(count)s sessions above their theme’s share of a day",
        units,
    ),
    "long_stay": lambda units: ngettext(
        "%(count)s day on which somebody comes beyond two", "%(count)s days on which somebody comes beyond two", units
    ),
    "empty_seats": lambda units: ngettext(
        "%(count)s time an audience could double and still find seats",
        "%(count)s times an audience could double and still find seats",
        units,
    ),
    "beside_main": lambda units: ngettext(
        "%(count)s session beside one that is for everybody",
        "%(count)s sessions beside one that is for everybody",
        units,
    ),
}
