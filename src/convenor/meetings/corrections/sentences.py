"""Corrections, differences, answers and refusals in sentences of the page's language; the rules write no prose."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import gettext_noop as marked

from convenor.meetings.agenda import Audience, Kind
from convenor.meetings.agenda.edits import Change, Code
from convenor.meetings.agenda.edits.fields import SECRET
from convenor.meetings.corrections.answers import AS_PRINTED, Answer
from convenor.meetings.corrections.log import Entry
from convenor.meetings.models import BlockKind
from convenor.meetings.syncing import AUDIENCES
from convenor.meetings.wording import label_as_printed
from convenor.shared.languages.days import date_format

MOST_SAID = 80  # characters of a title in a sentence
FIELD_NAMES: Mapping[str, "str | Promise"] = {
    "date": gettext_lazy("date"),
    "label": gettext_lazy("number"),
    "heading": gettext_lazy("heading"),
    "place": gettext_lazy("place"),
    "audience": gettext_lazy("who takes part"),
    "start": gettext_lazy("start"),
    "end": gettext_lazy("end"),
    "zone": gettext_lazy("time zone"),
    "kind": gettext_lazy("kind"),
    "room": gettext_lazy("room"),
    "continued": gettext_lazy("mark “continued”"),
    "pinned_start": gettext_lazy("fixed start"),
    "pinned_end": gettext_lazy("fixed end"),
    "title": gettext_lazy("title"),
    "minutes": gettext_lazy("minutes"),
    "presenters": gettext_lazy("presenters"),
    "documents": gettext_lazy("documents"),
    "purpose": gettext_lazy("purpose"),
    "arrivals": gettext_lazy("when guests can be there"),
    "links": gettext_lazy("links"),
    "webcast": gettext_lazy("webcast"),
    "call": gettext_lazy("call link"),
    "languages": gettext_lazy("interpretation"),
}

# ---- what changed

CHANGES: Mapping[str, str] = {
    "added day": marked("A day was added: %(name)s."),
    "added block": marked("A time was added: %(name)s."),
    "added item": marked("%(name)s was added."),
    "removed day": marked("The day %(name)s was taken out."),
    "removed block": marked("The time %(name)s was taken out."),
    "removed item": marked("%(name)s was taken out."),
    "moved day": marked("%(name)s moved from %(from_day)s to %(to_day)s."),
    "moved time": marked("%(name)s moved from %(from_start)s to %(to_start)s."),
    "moved under": marked("%(name)s moved under item %(to_under)s."),
    "moved out": marked("%(name)s no longer stands under item %(from_under)s."),
    "moved": marked("%(name)s stands in another place of its day."),
    "reordered": marked("%(name)s stands after %(after)s now."),
    "reordered first": marked("%(name)s comes first now."),
    "retimed": marked("%(name)s: %(to)s instead of %(from)s."),
    "retimed new": marked("%(name)s: the time %(to)s was set."),
    "retimed gone": marked("%(name)s: the time %(from)s was taken away."),
    "changed": marked("%(name)s: %(field)s “%(now)s” instead of “%(was)s”."),
    "changed new": marked("%(name)s: %(field)s “%(now)s” was set."),
    "changed gone": marked("%(name)s: %(field)s “%(was)s” was taken away."),
    "renamed": marked("“%(now)s” is the title instead of “%(was)s”."),
    "secret": marked("%(name)s: %(field)s was changed."),
    "secret new": marked("%(name)s: %(field)s was set."),
    "secret gone": marked("%(name)s: %(field)s was taken away."),
    "flag on": marked("%(name)s: %(field)s was set."),
    "flag off": marked("%(name)s: %(field)s was taken away."),
}


def change_in_words(change: Change) -> str:
    """Say one change."""
    key, values = _case(change)
    return _(CHANGES[key]) % values


def changes_in_words(entry: Entry) -> str:
    """Say one correction in a line: its first change, and how many more there are."""
    if not entry.changes:
        return _("An open point was settled as printed.") if entry.marks else ""
    first, more = change_in_words(entry.changes[0]), len(entry.changes) - 1 + entry.more
    if not more:
        return first
    return first + " " + ngettext("And %(count)s more change.", "And %(count)s more changes.", more) % {"count": more}


def _case(change: Change) -> tuple[str, dict[str, Any]]:
    values = change.values
    said: dict[str, Any] = {"name": name_of(change.part, values)}
    match change.code:
        case Code.ADDED | Code.REMOVED:
            return f"{change.code} {change.part}", said
        case Code.MOVED_DAY:
            return "moved day", {**said, **{at: day_in_words(values[at]) for at in ("from_day", "to_day")}}
        case Code.MOVED:
            return _moved(values), {**said, **values}
        case Code.REORDERED:
            after = {name.removeprefix("after_"): value for name, value in values.items() if name.startswith("after_")}
            return ("reordered", {**said, "after": name_of(change.part, after)}) if after else ("reordered first", said)
        case Code.RETIMED:
            name = _quoted(str(values["title"])) if values["title"] else _("A time without items")
            return _changed("retimed", {"name": name, "from": _times(values, "from"), "to": _times(values, "to")})
    return _field_changed(change.part, said, values)


def _moved(values: Mapping[str, Any]) -> str:
    if values["to_under"] and values["to_under"] != values["from_under"]:
        return "moved under"
    if values["from_start"] and values["to_start"] and values["from_start"] != values["to_start"]:
        return "moved time"
    return "moved out" if values["from_under"] else "moved"


def _changed(case: str, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    before, now = ("from", "to") if case == "retimed" else ("was", "now")
    if not said[before]:
        return f"{case} new", said
    return (f"{case} gone", said) if not said[now] else (case, said)


def _field_changed(part: str, said: dict[str, Any], values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    name = str(values["field"])
    said |= {"field": FIELD_NAMES[name], **{one: value_in_words(name, values[one]) for one in ("was", "now")}}
    if isinstance(values["now"], bool):
        return ("flag on" if values["now"] else "flag off"), said
    if name == "title" and part == "item":
        return "renamed", {**said, **_apart(str(values["was"]), str(values["now"]))}
    return _changed("secret" if name in SECRET else "changed", said)


def name_of(part: str, values: Mapping[str, Any]) -> str:
    """Name a part in a sentence: an item by number and title, a block by its times, a day by its label."""
    if part == "item":
        label = label_as_printed(str(values.get("label") or ""))
        return _quoted(str(values.get("title") or ""), label)
    if part == "block":
        times = _times(values, "")
        title = values.get("title")
        return f"{times} {_quoted(str(title))}".strip() if title else times or _("without time")
    if part == "day":
        return day_in_words(values.get("label") or values.get("date") or values.get("heading"))
    return _("The agenda")


def day_in_words(value: Any) -> str:
    """Say a day by its label or heading as printed, or by its date."""
    try:
        return date_format(date.fromisoformat(str(value)), _("j F Y"))
    except ValueError:
        return str(value) if value else _("a day without date")


def value_in_words(field: str, value: Any) -> str:
    """Say what a field holds."""
    if value is None or value == "":
        return ""
    if field == "date":
        return day_in_words(value)
    if field == "kind":
        return str(BlockKind(Kind(value).value).label)
    if field == "audience":
        return str(AUDIENCES[Audience(value)].label)
    return _short(", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value))


def _times(values: Mapping[str, Any], prefix: str) -> str:
    names = [f"{prefix}_{name}" if prefix else name for name in ("start", "end")]
    return "–".join(str(values[name]) for name in names if values.get(name))


def _apart(was: str, now: str) -> dict[str, str]:
    """Shorten two long titles so that what differs is seen: what both begin with is left out."""
    alike = next(
        (at for at, (one, two) in enumerate(zip(was, now, strict=False)) if one != two), min(len(was), len(now))
    )
    cut = 0 if max(len(was), len(now)) <= MOST_SAID else max(0, was.rfind(" ", 0, max(0, alike - MOST_SAID // 4)) + 1)
    return {name: ("…" if cut else "") + _short(title[cut:]) for name, title in (("was", was), ("now", now))}


def _quoted(title: str, label: str = "") -> str:
    """Write a title, after its number, in the quotation marks of the reader's language."""
    return _("“%(title)s”") % {"title": " ".join(filter(None, (label, _short(title))))}


def _short(text: str) -> str:
    return text if len(text) <= MOST_SAID else f"{text[: MOST_SAID - 1]}…"


# ---- why something cannot be done

IMPOSSIBLE: Mapping[str, str] = {
    "gone": marked(
        "It was not done: the place is no longer in the agenda. Somebody took it out, or undid what made it."
    ),
    "changed_since": marked(
        "It was not done: the %(field)s has changed since you saw it, from “%(was)s” to “%(now)s”. Look at it, and "
        "hand yours in again if it shall replace it."
    ),
    "changed_inside": marked(
        "It was not done: something under it has changed since you saw it. Look at it, and try again."
    ),
    "moved_since": marked("It was not done: it has been moved since you saw it. Look where it stands, and try again."),
    "neighbour_moved": marked("It was not done: what it should stand behind has moved. Try again."),
    "not_next": marked("They were not joined: they no longer stand next to each other."),
    "no_further": marked("It cannot go further this way."),
    "nothing_to_split": marked("It was not split: on one side nothing would be left. Choose a place inside."),
    "inside_itself": marked("It was not moved: it cannot stand under itself."),
    "too_deep": marked("It was not moved: items can stand %(limit)s deep, and this would be %(levels)s."),
    "wrong_place": marked("It was not done: it cannot stand there."),
    "too_many": marked(
        "It was not done: a draft keeps %(limit)s corrections. Make the meeting; its agenda can be corrected on."
    ),
    "built_upon": marked("It was not taken back: a later correction was built on it. Take that one back first."),
}
_CHANGED_UNSEEN = marked(
    "It was not done: the %(field)s has changed since you saw it. Look at it, and hand yours in again if it shall "
    "replace it."
)
_OTHERWISE = marked("It was not done: it no longer fits the agenda. Look at it, and try again.")


def impossible_in_words(code: str, values: Mapping[str, Any]) -> str:
    """Say why an operation cannot be done, and what to do."""
    field = str(values.get("field", ""))
    said = {**values, "field": FIELD_NAMES.get(field, field)}
    if field in SECRET and "was" in values:
        return _(_CHANGED_UNSEEN) % said
    said |= {name: value_in_words(field, values[name]) or _("empty") for name in ("was", "now") if name in values}
    try:
        return _(IMPOSSIBLE.get(code, _OTHERWISE)) % said
    except KeyError:  # a value the sentence needs is not there
        return _(_OTHERWISE)


# ---- answers to doubts

ANSWERS: Mapping[str, str] = {
    "number": marked("It is number %(label)s"),
    "number_day": marked("Number the whole day again"),
    "no_mark": marked("It does not continue: take the mark away"),
    "continue_below": marked("It continues: add “%(title)s” at %(start)s"),
    "continue_below untimed": marked("It continues: add “%(title)s” below"),
    "without_word": marked("Take “%(word)s” away"),
    "join_next": marked("One item together with “%(title)s”"),
    "above_ends": marked("What stands above ends at %(start)s"),
    "starts_later": marked("It starts at %(end)s"),
    "ends_afternoon": marked("It ends at %(end)s"),
    "swap": marked("From %(start)s to %(end)s"),
    "no_end": marked("It starts at %(start)s; the end is open"),
    "morning": marked("In the morning: %(start)s"),
    "remove_time": marked("Take the time away"),
    "date": marked("It is %(date)s"),
    AS_PRINTED: marked("Leave it as printed"),
    "lost_label as_printed": marked("It has no number"),
    "continued_other_day as_printed": marked("It goes on on %(day)s"),
    "continued_other_item as_printed": marked("Keep the words; it does not continue here"),
    "continued_nowhere as_printed": marked("Keep the words; nothing continues it"),
    "clock_of_twelve as_printed": marked("In the afternoon: %(start)s"),
    "times_overlap as_printed": marked("Both at the same time"),
    "date_impossible as_printed": marked("The date is right: %(date)s"),
    "date_impossible as_printed undated": marked("Leave the day without date"),
}


def answer_in_words(doubt: str, answer: Answer) -> str:
    """Say one possible answer to a doubt, as a button says it."""
    values = {name: _said(name, value) for name, value in answer.values.items()}
    special = {"date": " undated", "start": " untimed"}
    names = [f"{doubt} {answer.code}", answer.code]
    missing = next((end for name, end in special.items() if name in values and not values[name]), "")
    key = next(name for name in (*(name + missing for name in names), *names) if name in ANSWERS)
    return _(ANSWERS[key]) % values


def _said(name: str, value: Any) -> str:
    if name == "date":
        return day_in_words(value) if value else ""
    return _short(str(value)) if value is not None else ""
