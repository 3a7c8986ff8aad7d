"""Forms of deadlines and of the next year."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.closing import REASON_LENGTH
from convenor.cycle.deadlines import zone_name
from convenor.cycle.forms import ZONES, check_order, day_input
from convenor.cycle.models import PhaseKind
from convenor.cycle.next_year import NAME_LENGTH, PLACE_LENGTH, Proposal
from convenor.cycle.phases import Span

OFFSETS = ("UTC-11", "UTC-12", "UTC", "UTC+14")


class ZoneField(forms.CharField):
    """A zone by name or as a fixed offset, kept in one spelling."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": ZONES, "autocomplete": "off"})
        super().__init__(**{"max_length": 60, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        """Refuse what is no zone, with an example."""
        typed = super().clean(value)
        known = {zone.lower(): zone for zone in available_timezones()}
        try:
            return zone_name(known.get(typed.lower().replace(" ", "_"), typed))
        except ValueError as error:
            raise ValidationError(
                _("“%(zone)s” is no time zone. Give a place such as Africa/Nairobi, or an offset such as UTC-11."),
                params={"zone": typed},
            ) from error


class ZonedForm(forms.Form):
    """A form with a zone to choose."""

    @cached_property
    def zones(self) -> list[str]:
        """Every zone that may be chosen, fixed offsets first."""
        return [*OFFSETS, *sorted(available_timezones())]


class FactsForm(forms.Form):
    """What a year says of itself."""

    name = forms.CharField(
        label=gettext_lazy("Name of the year"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    place = forms.CharField(
        label=gettext_lazy("Place of the annual meeting"),
        max_length=PLACE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its texts"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy(
            "In which most titles and texts are written; those that say another keep theirs. It changes how texts are "
            "read aloud and broken into lines, not what they say."
        ),
    )
    starts_on = forms.DateField(label=gettext_lazy("First day of the annual meeting"), widget=day_input())
    ends_on = forms.DateField(
        label=gettext_lazy("Last day of the annual meeting"),
        widget=day_input(),
        help_text=gettext_lazy("The phases stay where they are; move them on their own page."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a meeting that ends before it starts."""
        values: dict[str, Any] = super().clean() or {}
        check_order(self, "starts_on", "ends_on")
        return values


class DeadlineForm(ZonedForm):
    """The moment at which a phase ends."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=day_input())
    clock = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("The stated minute is still in time."),
    )
    zone = ZoneField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("UTC-11 is the last place on earth where people live: their day ends last."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the deadline moves"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("A sentence that everybody may read. Name no person."),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]


class NextYearForm(forms.Form):
    """The next year as it is proposed, everything to be changed."""

    name = forms.CharField(label=gettext_lazy("Name of the year"), max_length=NAME_LENGTH)
    slug = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        max_length=60,
        help_text=gettext_lazy("Latin letters, digits and hyphens."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place of the annual meeting"),
        max_length=PLACE_LENGTH,
        required=False,
        help_text=gettext_lazy("Empty until it is known."),
    )
    starts_on = forms.DateField(label=gettext_lazy("First day of the annual meeting"), widget=day_input())
    ends_on = forms.DateField(label=gettext_lazy("Last day of the annual meeting"), widget=day_input())
    zone = ZoneField(label=gettext_lazy("Time zone"))
    keeps_roles = forms.BooleanField(
        label=gettext_lazy("Roles held in this year go on into the next"),
        required=False,
        help_text=gettext_lazy("Terms that have ended stay ended. Roles held in the whole forum go on by themselves."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        given = {name: getattr(proposal, name) for name in ("name", "slug", "starts_on", "ends_on", "zone")}
        super().__init__(*args, **{"initial": given, **kwargs})
        self.spans = proposal.spans
        for span in proposal.spans:
            for key, label in (("starts_on", _("First day")), ("ends_on", _("Last day"))):
                self.fields[f"{span.kind}-{key}"] = forms.DateField(
                    label=label, initial=getattr(span, key), widget=day_input()
                )

    @cached_property
    def zones(self) -> list[str]:
        """Every zone that a year may be in."""
        return sorted(available_timezones())

    def clean_zone(self) -> str:
        """Refuse a fixed offset: a year has a place, and its clocks may change."""
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise ValidationError(_("A year needs the zone of a place, such as Africa/Nairobi."))
        return zone

    def about(self) -> list[forms.BoundField]:
        """Give the fields on the year itself."""
        return [self[name] for name in ("name", "slug", "place", "starts_on", "ends_on", "zone")]

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Give the name and the two inputs of each phase."""
        return [
            (str(PhaseKind(span.kind).label), self[f"{span.kind}-starts_on"], self[f"{span.kind}-ends_on"])
            for span in self.spans
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        values: dict[str, Any] = super().clean() or {}
        check_order(self, "starts_on", "ends_on")
        for span in self.spans:
            check_order(self, f"{span.kind}-starts_on", f"{span.kind}-ends_on")
        return values

    def typed(self) -> dict[str, Any]:
        """Give what `start_next` asks for."""
        values = self.cleaned_data
        spans = [
            Span(span.kind, values[f"{span.kind}-starts_on"], values[f"{span.kind}-ends_on"]) for span in self.spans
        ]
        names = ("name", "slug", "place", "starts_on", "ends_on", "zone", "keeps_roles")
        return {**{name: values[name] for name in names}, "spans": spans}
