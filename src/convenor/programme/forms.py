"""The form for rooms and slots."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.programme.venue import RoomLine, SlotLine, read_rooms, read_slots
from convenor.shared.errors import Refused

Read = TypeVar("Read")


class VenueForm(forms.Form):
    """Two texts; what is wrong is said with its line, and nothing typed is lost."""

    rooms = forms.CharField(
        label=_("Rooms"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_("One a line: name, comma, seats. The order here is that of the board. 0 seats close a room."),
    )
    slots = forms.CharField(
        label=_("Slots"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_("One a line: day, start, minutes, as in “2017-12-18 10:15 90”. Slots may overlap."),
    )

    def __init__(self, *args: object, cycle: Cycle, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.cycle = cycle

    def clean_rooms(self) -> list[RoomLine]:
        """Read the rooms."""
        return _said(lambda: read_rooms(self.cleaned_data["rooms"]))

    def clean_slots(self) -> list[SlotLine]:
        """Read the slots."""
        return _said(lambda: read_slots(self.cleaned_data["slots"], self.cycle))


def _said(read: Callable[[], Read]) -> Read:
    """Read, and say a refusal where the field stands."""
    try:
        return read()
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
