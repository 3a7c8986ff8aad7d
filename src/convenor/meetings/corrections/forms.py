"""What people fill in to correct an agenda: one part at a time, or the numbers of all of it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import ROOT, Operation, Renumber, Set, SplitItem, Style
from convenor.meetings.agenda.edits.fields import (
    ADDRESS,
    AUDIENCE,
    DATE,
    FIELDS,
    FLAG,
    FORMS,
    KIND,
    KINDS,
    LENGTH,
    LIMITS,
    LISTS,
    MOST_MINUTES,
    NAMES,
    TIME,
    WINDOWS,
    Form,
    Part,
    Value,
    form_of,
    plain,
)
from convenor.meetings.agenda.windows import window_of
from convenor.meetings.corrections.sentences import FIELD_NAMES
from convenor.meetings.forms import ReadForm
from convenor.meetings.models import BlockKind
from convenor.meetings.syncing import AUDIENCES

# Of the agenda of a meeting, not of a document.
OF_MEETINGS = frozenset({"pinned_start", "pinned_end", "arrivals", "links", "webcast", "call", "languages"})
AFTERNOON, NOON = "p", 12
MOST_DIGITS = 9
_TIME = re.compile(r"(\d{1,2})(?:\s?[:.hH]\s?(\d\d)?|(?<=\d)(\d\d))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


def whole_number(text: str, *, otherwise: int = 0) -> int:
    """Read a number that our own page sent; what is none, or absurd, counts as `otherwise`."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else otherwise


class TimeField(forms.CharField):
    """A time of the clock as people type it: 9:30, 09.30, 9h30, 930, 9 pm."""

    def clean(self, value: Any) -> str | None:
        """Give the time as HH:MM, nothing where nothing was typed."""
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        match = _TIME.fullmatch(typed)
        hour, minute = (int(match[1]), int(match[2] or match[3] or 0)) if match else (99, 0)
        half = match[4].lower() if match and match[4] else ""
        if half and 1 <= hour <= NOON:
            hour = hour % NOON + (NOON if half == AFTERNOON else 0)
        said = f"{hour:02d}:{minute:02d}"
        if not TIME.fits(said):
            raise forms.ValidationError(
                _("“%(typed)s” is no time. Type one such as 09:30 or 14:00.") % {"typed": typed}
            )
        return said


class WindowsField(forms.CharField):
    """When guests can be there, one on a line: 10:40-11:30 Name."""

    def clean(self, value: Any) -> str:
        """Give the windows as they are kept, one on a line."""
        lines = [line for line in str(super().clean(value) or "").splitlines() if line.strip()]
        windows = {line: window_of(line) for line in lines}
        for line, window in windows.items():
            if window is None:
                raise forms.ValidationError(
                    _("“%(typed)s” is no time with a name. Type one such as “10:40–11:30 Name” or “10:40– Name”.")
                    % {"typed": line[:60]}
                )
        return "\n".join(str(windows[line]) for line in lines)


class AddressField(forms.CharField):
    """An address in the web."""

    def clean(self, value: Any) -> str | None:
        """Give the address, nothing where nothing was typed."""
        typed = str(super().clean(value) or "").strip() or None
        if not ADDRESS.fits(typed):
            raise forms.ValidationError(
                _("“%(typed)s” is no address. Type one that begins with https://.") % {"typed": str(typed)[:60]}
            )
        return typed


class PartForm(forms.Form):
    """The fields of one part, and what they held when the form was shown, so that nothing is overwritten unseen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, part: Part, seen: int, is_new: bool = False, without: Collection[str] = OF_MEETINGS
    ) -> None:
        self.part, self.is_new, self.without = part, is_new, without
        self.names = [name for name in FIELDS[type(part)] if name not in without]
        initial = {name: _typed(name, plain(getattr(part, name))) for name in self.names}
        super().__init__(data, initial={**initial, "seen": seen}, prefix="part")
        for name in self.names:
            self.fields[name] = _field(type(part), name)
            self.fields[name].show_hidden_initial = not is_new

    @property
    def kind(self) -> str:
        """What is corrected: "agenda", "day", "block" or "item"."""
        return KINDS[type(self.part)]

    def values(self) -> dict[str, Value]:
        """Give what was typed, as the agenda holds it."""
        return {name: _value(name, self.cleaned_data[name]) for name in self.names}

    def operations(self) -> list[Operation]:
        """Give what sets the fields that were changed."""
        key = ROOT if self.kind == "agenda" else self.part.key  # type: ignore[union-attr]  # only the agenda has none
        now = {name: (self._was(name), value) for name, value in self.values().items()}
        return [Set(key, name, value, was) for name, (was, value) in now.items() if value != was]

    def new_part(self) -> Day | Block | Item:
        """Give the part that was typed; it has no key yet."""
        held = {name: form_of(type(self.part), name).held(value) for name, value in self.values().items()}
        assert not isinstance(self.part, Agenda)  # noqa: S101 - an agenda is not added to one
        return replace(self.part, **held)

    def splits(self) -> list[Operation]:
        """Give what splits an item where a line break stands in its title, after what else was changed."""
        lines = str(self.data.get(self.add_prefix("title"), "")).strip().splitlines()
        head = _one_line(lines[0]) if lines else ""
        title = str(self.values()["title"])
        key = self.part.key if isinstance(self.part, Item) else ROOT
        return [*self.operations(), SplitItem(key, len(head), title, "")]

    def with_what_stands_now(self, part: Part, seen: int) -> "PartForm":
        """Give the form with what was typed, over what stands there by now, so that handing it in again replaces it."""
        fresh = PartForm(part=part, seen=seen, without=self.without)
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name in fresh.names:
            bound = fresh[name]
            data[bound.html_initial_name] = bound.field.hidden_widget().format_value(fresh.initial[name])
        data[self.add_prefix("seen")] = str(seen)
        return PartForm(data, part=part, seen=seen, without=self.without)

    def _was(self, name: str) -> Value:
        field, shown = self.fields[name], self[name].html_initial_name
        raw = field.hidden_widget().value_from_datadict(self.data, self.files, shown)
        try:
            is_own = isinstance(field, TimeField | WindowsField | AddressField)
            return _value(name, field.clean(raw) if is_own else field.to_python(raw))
        except forms.ValidationError:
            return plain(getattr(self.part, name))


def _field(part: type[Part], name: str) -> forms.Field:
    label = capfirst(str(FIELD_NAMES[name]))
    if make := _SPECIAL.get(FORMS[name]):
        field = make(label)
        field.help_text = HINTS.get(name, field.help_text)
        return field
    long = (part is Item and name == "title") or name == "purpose"
    attrs = {"dir": "auto", **({"rows": 2} if long else {}), **({"class": "short"} if name == "label" else {})}
    widget = forms.Textarea(attrs=attrs) if long else forms.TextInput(attrs=attrs)
    required = part is Item and name == "title"
    return forms.CharField(label=label, required=required, max_length=LIMITS.get((part, name)), widget=widget)


def _date(label: str) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _time(label: str) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
    return TimeField(label=label, required=False, widget=widget)


def _length(label: str) -> forms.Field:
    widget = forms.NumberInput(attrs={"class": "short"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_MINUTES, widget=widget)


def _flag(label: str) -> forms.Field:
    return forms.BooleanField(label=label, required=False)


def _kind(label: str) -> forms.Field:
    return forms.ChoiceField(label=label, choices=BlockKind.choices)


def _audience(label: str) -> forms.Field:
    choices = [("", "—"), *((audience.value, row.label) for audience, row in AUDIENCES.items())]
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _names(label: str) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget, help_text=gettext_lazy("One on a line."))


def _windows(label: str) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return WindowsField(label=label, required=False, widget=widget)


def _address(label: str) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"})
    return AddressField(label=label, required=False, max_length=500, widget=widget)


HINTS: Mapping[str, Any] = {
    "arrivals": gettext_lazy("One on a line: “10:40–11:30 Name”, or “10:40– Name” from then on."),
    "links": gettext_lazy("One on a line: an address and after it what it is called, or “#45” for proposal 45."),
    "languages": gettext_lazy("The languages, one on a line."),
    "call": gettext_lazy("Shown to the committee and to those who hold a role; others see that there is one."),
}
_SPECIAL: Mapping[Form, Callable[[str], forms.Field]] = {
    DATE: _date, TIME: _time, LENGTH: _length, FLAG: _flag, KIND: _kind, AUDIENCE: _audience, NAMES: _names,
    WINDOWS: _windows, ADDRESS: _address,
}  # fmt: skip


def _typed(name: str, value: Value) -> Any:
    return "\n".join(value) if isinstance(value, tuple) else value


def _value(name: str, cleaned: Any) -> Value:
    if FORMS[name] in LISTS:
        return tuple(line for line in map(_one_line, str(cleaned or "").splitlines()) if line)
    if name == "date":
        return cleaned.isoformat() if cleaned else None
    if isinstance(cleaned, str):
        return _one_line(cleaned) or None
    return cleaned  # type: ignore[no-any-return]  # a number, a flag or nothing


def _one_line(text: str) -> str:
    return " ".join(text.split())


class RenumberForm(forms.Form):
    """How the items are to be numbered."""

    STYLES: Mapping[str, tuple[Style, ...]] = {
        "1": (Style.NUMBER,),
        "1-1.1": (Style.NUMBER, Style.DOTTED),
        "1-a": (Style.NUMBER, Style.LETTER),
        "1-a-i": (Style.NUMBER, Style.LETTER, Style.ROMAN),
        "a": (Style.LETTER,),
        "i": (Style.ROMAN,),
        "none": (Style.NONE, Style.NONE, Style.NONE),
    }
    style = forms.ChoiceField(
        label=gettext_lazy("Numbers"),
        choices=[
            ("1", "1, 2, 3"),
            ("1-1.1", "1, 1.1, 1.2, 2"),
            ("1-a", "1, a), b), 2"),
            ("1-a-i", "1, a), i), ii), 2"),
            ("a", "a), b), c)"),
            ("i", "i), ii), iii)"),
            ("none", gettext_lazy("no numbers")),
        ],
    )
    restart = forms.ChoiceField(
        label=gettext_lazy("Counting"),
        choices=[("day", gettext_lazy("every day from 1")), ("through", gettext_lazy("through the whole meeting"))],
    )

    def operation(self) -> Operation:
        """Give what numbers the items."""
        return Renumber(ROOT, self.STYLES[self.cleaned_data["style"]], self.cleaned_data["restart"] == "day")


class VersionForm(ReadForm):
    """A new version of a document that was handed in; its text stands in the form, to be changed or replaced."""

    def clean(self) -> dict[str, Any]:
        """Let a file replace the text that stood in the form."""
        if self.cleaned_data.get("file") and self.cleaned_data.get("text") == self.initial.get("text"):
            self.cleaned_data["text"] = ""
        return super().clean()
