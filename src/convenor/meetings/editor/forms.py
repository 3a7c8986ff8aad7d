"""What people fill in for a version, and for a new meeting."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.meetings.editor.kinds import KINDS, KindOfMeeting
from convenor.meetings.models import NEXT, Meeting, Standing


class VersionForm(forms.Form):
    """The state and note of a version that is made."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("It becomes"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What is new, or how it was adopted, in a sentence. Everybody can read it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, now: Standing, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        choices = [(one.value, one.label) for one in Standing if one in NEXT[now]]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial["state"] = choices[-1][0]


class StartForm(forms.Form):
    """A new meeting: where its agenda comes from, what it is called, when it begins."""

    source = forms.ChoiceField(label=gettext_lazy("Begin with"))
    title = forms.CharField(
        label=gettext_lazy("Title of the meeting"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    first_day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone"), widget=forms.TextInput(attrs={"list": "zones", "dir": "ltr"})
    )

    def __init__(self, data: Any = None, *, meetings: Sequence[Meeting], zone: str) -> None:
        super().__init__(data, initial={"zone": zone})
        self.meetings = {str(one.pk): one for one in meetings}
        earlier = [(key, f"{one.title} ({one.cycle})") for key, one in self.meetings.items()]
        kinds = [(name, kind.name) for name, kind in KINDS.items()]
        choices = [*([(_("An earlier meeting"), earlier)] if earlier else []), (_("A kind of meeting"), kinds)]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.zones = sorted(available_timezones())

    @property
    def begins_with(self) -> Meeting | KindOfMeeting:
        """What the agenda comes from."""
        chosen = self.cleaned_data["source"]
        return self.meetings.get(chosen) or KINDS[chosen]

    def clean_first_day(self) -> date:
        """Refuse a day so far off that calendars break."""
        day: date = self.cleaned_data["first_day"]
        if not 1900 <= day.year <= 2200:  # noqa: PLR2004 - years in which meetings are held
            raise forms.ValidationError(
                _("“%(day)s” is no day of a meeting. Choose one between 1900 and 2200.") % {"day": day}
            )
        return day

    def clean_title(self) -> str:
        """Give the title on one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_zone(self) -> str:
        """Refuse a zone that nobody knows."""
        zone = str(self.cleaned_data["zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(
                _("“%(zone)s” is no time zone. Type one such as Europe/Zurich or Africa/Nairobi.") % {"zone": zone}
            )
        return zone
