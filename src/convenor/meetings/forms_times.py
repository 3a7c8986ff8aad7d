"""What people fill in while an agenda is under way."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from convenor.meetings.agenda.windows import window_of
from convenor.meetings.models import Item, Meeting
from convenor.meetings.syncing import number_of
from convenor.meetings.wording import item_name


class GuestForm(forms.Form):
    """Who comes late to an item, and when."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Guest"), max_length=200, help_text=_("Whom the item waits for."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    arrives = forms.TimeField(
        label=_("Comes at"), help_text=_("As clocks show it where the meeting is."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, meeting: Meeting, key: str) -> None:
        self.item = _item(meeting, key)
        windows = [window for line in self.item.arrivals if (window := window_of(line))]
        name = windows[0].name if windows else next(iter(self.item.presenters), "")
        arrives = windows[0].arrives if windows else None
        super().__init__(data, initial={"seen": meeting.sequence, "name": name, "arrives": arrives})
        self.fields["arrives" if name else "name"].widget.attrs["autofocus"] = True

    @property
    def what(self) -> str:
        """The item in words."""
        return item_name(self.item)


def _item(meeting: Meeting, key: str) -> Item:
    return get_object_or_404(Item, block__day__meeting=meeting, pk=number_of(key, Item))
