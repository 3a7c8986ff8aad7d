"""Forms of forums and years."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.actions import NAME_LENGTH, PRESETS, YEAR_LENGTH
from convenor.cycle.models import PhaseKind
from convenor.cycle.phases import Dated, Span

ZONES = "zones"  # id of the datalist


def day_input(**attrs: str) -> forms.DateInput:
    """Give an input that browsers show as a calendar and that reads 2027-12-18."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class StartForm(forms.Form):
    """A new forum and its first year."""

    name = forms.CharField(
        label=gettext_lazy("Name of the forum"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("As people say it, in any script."),
    )
    short_name = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Latin letters, digits and hyphens. Empty: made from the name."),
    )
    year = forms.CharField(
        label=gettext_lazy("Year"),
        max_length=YEAR_LENGTH,
        required=False,
        help_text=gettext_lazy("Stands beside the name. Empty: the year of the annual meeting."),
    )
    place = forms.CharField(label=gettext_lazy("Place of the annual meeting"), max_length=200, required=False)
    starts_on = forms.DateField(label=gettext_lazy("First day of the annual meeting"), widget=day_input())
    ends_on = forms.DateField(label=gettext_lazy("Last day of the annual meeting"), widget=day_input())
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": ZONES, "autocomplete": "off"}),
        help_text=gettext_lazy("Area and city, such as Africa/Nairobi. Every day and deadline counts in this zone."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its texts"),
        choices=settings.LANGUAGES,
        initial="en",
        help_text=gettext_lazy("Most titles and texts are in it; each may say another."),
    )
    preset = forms.ChoiceField(
        label=gettext_lazy("Rule set"),
        choices=tuple(PRESETS.items()),
        initial="national-light",
        widget=forms.RadioSelect,
    )

    @cached_property
    def zones(self) -> list[str]:
        """Every zone that may be chosen."""
        return sorted(available_timezones())

    def clean_zone(self) -> str:
        """Refuse what is no zone, with an example; take the spelling of the list."""
        typed: str = self.cleaned_data["zone"]
        found = next((zone for zone in self.zones if zone.lower() == typed.strip().replace(" ", "_").lower()), None)
        if found is None:
            raise ValidationError(
                _("“%(zone)s” is no time zone. Choose one of the list, such as Africa/Nairobi."), params={"zone": typed}
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a meeting that ends before it starts."""
        values: dict[str, Any] = super().clean() or {}
        check_order(self, "starts_on", "ends_on")
        return values


class PhasesForm(forms.Form):
    """First and last day of every phase of a cycle; the last day of one with a deadline follows the deadline."""

    def __init__(
        self, *args: Any, phases: Sequence[Dated], deadlines: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {phase.kind: phase for phase in phases}
        for kind in PhaseKind:
            phase = known.get(kind.value)
            for key, label, day in (
                ("starts_on", _("First day"), phase and phase.starts_on),
                ("ends_on", _("Last day"), phase and phase.ends_on),
            ):
                self.fields[f"{kind.value}-{key}"] = forms.DateField(label=label, initial=day, widget=day_input())
            if stated := (deadlines or {}).get(kind.value):
                last = self.fields[f"{kind.value}-ends_on"]
                last.disabled, last.help_text = True, _("Its deadline counts: %(stated)s") % {"stated": stated}

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Give the name and the two inputs of each phase."""
        return [(str(kind.label), self[f"{kind.value}-starts_on"], self[f"{kind.value}-ends_on"]) for kind in PhaseKind]

    def clean(self) -> dict[str, Any]:
        """Refuse phases that end before they start."""
        values: dict[str, Any] = super().clean() or {}
        for kind in PhaseKind:
            check_order(self, f"{kind.value}-starts_on", f"{kind.value}-ends_on")
        return values

    def spans(self) -> list[Span]:
        """Give the days as they were typed."""
        days = self.cleaned_data
        return [Span(kind.value, days[f"{kind.value}-starts_on"], days[f"{kind.value}-ends_on"]) for kind in PhaseKind]


def check_order(form: forms.Form, first: str, last: str) -> None:
    """Refuse a last day before the first."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, _("This is before the first day, %(start)s.") % {"start": start})
