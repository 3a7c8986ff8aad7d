"""Forms of the call: when a kind opens and closes, closing early, access codes, and the reader's own zone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from convenor.cycle.closing import REASON_LENGTH
from convenor.cycle.forms import day_input
from convenor.cycle.year_forms import ZonedForm, ZoneField
from convenor.proposals.call_codes import LABEL_LENGTH

MOST_USES = 10_000


def clock_input() -> forms.TimeInput:
    """Make the input of a time of day."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def reason_field(label: Any, *, required: bool) -> forms.CharField:
    """Make the field of a reason that everybody may read."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("A sentence that everybody may read. Name no person."),
    )


class CallForm(ZonedForm):
    """From when and until when a kind is taken."""

    opens_on = forms.DateField(label=gettext_lazy("Opens on"), widget=day_input())
    opens_clock = forms.TimeField(label=gettext_lazy("At"), widget=clock_input())
    on = forms.DateField(label=gettext_lazy("Closes on"), widget=day_input())
    clock = forms.TimeField(
        label=gettext_lazy("At (last minute)"),
        widget=clock_input(),
        help_text=gettext_lazy("The stated minute is still in time."),
    )
    zone = ZoneField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("UTC-11 is the last place on earth where people live: their day ends last."),
    )
    reason = reason_field(gettext_lazy("Why the deadline moves"), required=False)

    def __init__(self, *args: Any, is_first: bool, has_opened: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
        elif has_opened:
            del self.fields["opens_on"], self.fields["opens_clock"]


class CloseForm(forms.Form):
    """Closing a call before its time."""

    reason = reason_field(gettext_lazy("Why it closes early"), required=False)


class CodeForm(forms.Form):
    """A new access code."""

    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=LABEL_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Only the secretariat sees it: a coalition, a ministry, a list of newcomers."),
    )
    limit = forms.IntegerField(
        label=gettext_lazy("Proposals that it lets in, at most"),
        required=False,
        min_value=1,
        max_value=MOST_USES,
        widget=forms.NumberInput(attrs={"class": "few"}),
        help_text=gettext_lazy("Empty: any number."),
    )


class HereForm(ZonedForm):
    """The zone in which a reader wants to see times too."""

    zone = ZoneField(label=gettext_lazy("Your time zone"), required=False)
