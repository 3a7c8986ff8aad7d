"""The line-up inside an item: who speaks how long. A list is pasted, the time is shared or set one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.agenda.edits import Add, Operation, Place, Set, Tree
from convenor.meetings.agenda.edits.fields import LIMITS, MOST_MINUTES
from convenor.meetings.agenda.ends import length, taken
from convenor.meetings.corrections.forms import whole_number

MOST_LINES = 200
_MINUTES = re.compile(r"(.*?)[\s,;:|–—-]*\b(\d{1,4})\s*(?:min(?:\.|utes?)?|['′])", re.IGNORECASE)
_PARTS = re.compile(r"\s*[\t|]\s*")


def shares(minutes: int, count: int) -> list[int]:
    """Share minutes equally, whole ones; what does not come out even goes to the first."""
    least, more = divmod(minutes, count)
    return [least + (at < more) for at in range(count)]


def time_of(agenda: Agenda, key: str) -> int | None:
    """Give the minutes of an item: its own, or those that the others of its time leave it."""
    node = Tree(agenda).node(key)
    item = node.part
    if isinstance(item, Item) and item.minutes is not None:
        return item.minutes
    block = next((one for day in agenda.days for one in day.blocks if any(item.key == key for item in one.items)), None)
    if block is None or (has := length(block)) is None:
        return None
    others = [taken([one]) for one in block.items if one.key != key]
    return None if None in others else max(0, has - sum(filter(None, others)))


def line_of(text: str) -> Item:
    """Read a line: a name, who speaks, minutes, parted by tabs or bars; or a name and minutes, "Example 7 min"."""
    parts = [part for part in _PARTS.split(text.strip()) if part]
    minutes: int | None = None
    if len(parts) > 1 and (match := re.fullmatch(r"(\d{1,4})\s*(?:min\.?|['′])?", parts[-1])):
        minutes, parts = int(match[1]), parts[:-1]
    elif parts and (match := _MINUTES.fullmatch(parts[-1])):
        minutes, parts = int(match[2]), [*parts[:-1], *([match[1]] if match[1] else [])]
    title, who = " ".join(parts[:1]), parts[1:]
    return Item(None, " ".join(title.split()), minutes, presenters=tuple(" ".join(one.split()) for one in who))


class LineUpForm(forms.Form):
    """The lines of an item: those that are there with their minutes and speakers, and new ones to be pasted."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    lines = forms.CharField(
        label=gettext_lazy("Add lines"),
        required=False,
        help_text=gettext_lazy(
            "One on a line: a name alone, with minutes (“Example 7 min”), or name, speaker and minutes from a table."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    share = forms.BooleanField(required=False, widget=forms.HiddenInput)  # pressed, not ticked

    def __init__(self, data: Any = None, *, agenda: Agenda, key: str, seen: int) -> None:
        part = Tree(agenda).node(key)
        self.key, self.children = key, [one.part for one in part.under if isinstance(one.part, Item)]
        self.minutes = time_of(agenda, key)
        super().__init__(data, initial={"seen": seen}, prefix="part")
        for child in self.children:
            self.fields[f"minutes-{child.key}"] = forms.IntegerField(
                label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES, initial=child.minutes,
                show_hidden_initial=True, widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip
            self.fields[f"who-{child.key}"] = forms.CharField(
                label=_("Who speaks"), required=False, initial="; ".join(child.presenters), show_hidden_initial=True,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Item, forms.BoundField, forms.BoundField]]:
        """The lines that are there, each with its two fields."""
        return [(child, self[f"who-{child.key}"], self[f"minutes-{child.key}"]) for child in self.children]

    @property
    def over(self) -> int:
        """By how many minutes the lines take longer than the item."""
        return max(0, (self.sum or 0) - self.minutes) if self.minutes is not None else 0

    @property
    def sum(self) -> int | None:
        """The minutes of all lines that are there."""
        return taken(self.children)

    def clean_lines(self) -> list[Item]:
        """Read what was pasted."""
        lines = [line for line in str(self.cleaned_data["lines"]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("%(count)s lines are too many for one item; up to %(limit)s can be added at once. Divide the list.")
                % {"count": len(lines), "limit": MOST_LINES}
            )
        items = [line_of(line) for line in lines]
        for line, item in zip(lines, items, strict=True):
            if not item.title or len(item.title) > LIMITS[Item, "title"]:
                raise forms.ValidationError(_("“%(line)s” has no name. Write one before the minutes.") % {"line": line})
        return items

    def clean(self) -> dict[str, Any]:
        """Refuse to share a time that nobody knows."""
        if self.cleaned_data.get("share") and self.minutes is None:
            self.add_error(
                None, _("The item has no time to share. Give it minutes, or its time a start and an end, first.")
            )
        return self.cleaned_data

    def operations(self) -> list[Operation]:
        """Give what the form changes."""
        new: Sequence[Item] = self.cleaned_data["lines"]
        count = len(self.children) + len(new)
        shared = shares(self.minutes or 0, count) if self.cleaned_data["share"] and count else None
        return [*self._changes(shared), *self._additions(new, shared)]

    def with_what_stands_now(self, agenda: Agenda, seen: int) -> "LineUpForm":
        """Give the form with what was typed, over what stands there by now, so that handing it in again replaces it."""
        fresh = LineUpForm(agenda=agenda, key=self.key, seen=seen)
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, field in fresh.fields.items():
            if field.show_hidden_initial:
                shown = field.hidden_widget().format_value(field.initial)
                data[fresh[name].html_initial_name] = "" if shown is None else shown
                data.setdefault(fresh.add_prefix(name), data[fresh[name].html_initial_name])
        data[self.add_prefix("seen")] = str(seen)
        return LineUpForm(data, agenda=agenda, key=self.key, seen=seen)

    def _changes(self, shared: Sequence[int] | None) -> Iterator[Operation]:
        for at, child in enumerate(self.children):
            was = self._was(f"minutes-{child.key}")
            minutes = shared[at] if shared else self.cleaned_data[f"minutes-{child.key}"]
            if minutes != was:
                yield Set(child.key, "minutes", minutes, was)
            who = f"who-{child.key}"
            before, now = _names(self._was(who)), _names(self.cleaned_data[who])
            if before != now:
                yield Set(child.key, "presenters", now, before)

    def _additions(self, new: Sequence[Item], shared: Sequence[int] | None) -> Iterator[Operation]:
        after = self.children[-1].key if self.children else None
        for at, item in enumerate(new):
            minutes = shared[len(self.children) + at] if shared else item.minutes
            key = f"line-{at}"
            yield Add(Place(self.key, after), replace(item, minutes=minutes, key=key))
            after = key

    def _was(self, name: str) -> Any:
        field, shown = self.fields[name], self[name].html_initial_name
        raw = field.hidden_widget().value_from_datadict(self.data, self.files, shown)
        return whole_number(str(raw), otherwise=-1) if raw and name.startswith("minutes") else (raw or None)


def _names(text: Any) -> tuple[str, ...]:
    return tuple(name for part in str(text or "").split(";") if (name := " ".join(part.split())))
