"""The two questions before an erasure."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class EraseForm(forms.Form):
    """Ask whether the person has read what goes."""

    is_sure = forms.BooleanField(
        label=gettext_lazy("I have read what goes and what stays. It cannot be undone."),
        error_messages={
            "required": gettext_lazy("Nothing was erased: tick that you have read what goes and what stays.")
        },
    )


class EraseForForm(EraseForm):
    """Ask for the day of the written request, too."""

    asked_on = forms.DateField(
        label=gettext_lazy("Day of the written request"),
        help_text=gettext_lazy("It stands in the public journal. Keep the letter itself outside this site."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("asked_on", "is_sure")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_asked_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["asked_on"]
        if day > self.today:
            raise ValidationError(
                _("%(day)s is yet to come: give the day on which the letter was written.") % {"day": day}
            )
        return day
