"""The organisations somebody spoke for, one line each and one free line; it works without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.people.affiliations import Time
from convenor.people.models import Affiliation, Person
from convenor.people.names import tidy_name

MOST_LINES = 50


class TimeForm(forms.Form):
    """One line of the history; without an organisation it is left out."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "organisations"}),
    )
    since = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_organisation(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["organisation"])

    def clean(self) -> dict[str, Any]:
        """Ask for the organisation of a line that has days, so that no day typed is lost."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("organisation") and (values.get("since") or values.get("until")):
            self.add_error("organisation", _("Name the organisation of these days, or clear them."))
        return values


_Times = forms.formset_factory(TimeForm, extra=1, max_num=MOST_LINES, validate_max=True)


def history_form(typed: Mapping[str, Any] | None, *, person: Person) -> forms.BaseFormSet[TimeForm]:
    """Make the form of somebody's history."""
    lines = Affiliation.objects.filter(person=person).select_related("organisation")
    stands = [{"organisation": one.organisation.name, "since": one.since, "until": one.until} for one in lines]
    if not stands and person.organisation:
        stands = [{"organisation": person.organisation.name, "since": None, "until": None}]
    return _Times(typed, initial=stands, prefix="time")


def times(form: forms.BaseFormSet[TimeForm]) -> list[Time]:
    """Give the lines that name an organisation."""
    lines = [line.cleaned_data for line in form if line.cleaned_data.get("organisation")]
    return [Time(line["organisation"], line["since"], line["until"]) for line in lines]
