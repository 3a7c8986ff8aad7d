"""Forms of the participants of a meeting."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from convenor.cycle.deadlines import moment_of, zone_of
from convenor.cycle.forms import day_input
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.actions import Said, Settings
from convenor.meetings.participants.actions_link import Who
from convenor.meetings.participants.actions_secretariat import Correction, Guest
from convenor.meetings.participants.models import Capacity, Mode, Registration
from convenor.meetings.wording import day_with_date
from convenor.people.forms import country_choices, named_field
from convenor.people.models import Group
from convenor.people.names import tidy_name

MOMENTS = {"opens": "registers_from", "registers": "registers_until", "requests": "requests_until"}
LAST_MINUTE = time(23, 59)
MOST_SEATS = 30_000
LONGEST_SENTENCE = 300


def _words(label: Any, limit: int, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def _as_printed(row: Registration) -> dict[str, Any]:
    """Give what fills a form with a registration."""
    own = ("capacity", "organisation", "position", "contact", "needs", "is_listed")
    person = {name: getattr(row.person, name) for name in ("name", "country", "group")}
    return {**{name: getattr(row, name) for name in own}, **person}


class _PrintedForm(forms.Form):
    """How somebody stands on the list."""

    organisation = named_field(
        gettext_lazy("Organisation"), 200, gettext_lazy("As the list of participants prints it.")
    )
    position = named_field(gettext_lazy("Position"), 200, gettext_lazy("As the list prints it, or leave it open."))

    def __init__(self, *args: Any, days: Sequence[Day], row: Registration | None = None, **kwargs: Any) -> None:
        stands = {**(_as_printed(row) if row else {}), **kwargs.pop("initial", {})}
        self.days = days
        super().__init__(*args, **{"initial": stands, **kwargs})
        several = len(days) > 1
        coming = row.days_coming if row else {}
        was = row.mode if row else Mode.ROOM.value
        for name, label in (
            [(f"day-{day.pk}", day_with_date(day)) for day in days] if several else [("mode", _("Takes part"))]
        ):
            choices = [*Mode.choices, ("", pgettext_lazy("on a day", "not there"))] if several else Mode.choices
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=not several
            )
            self.initial[name] = was
        if several and coming:
            self.initial.update({f"day-{day.pk}": coming.get(day.pk, "") for day in days})

    @property
    def parts(self) -> list[forms.BoundField]:
        """The fields on which day somebody takes part from where."""
        return [self[name] for name in self.fields if name == "mode" or name.startswith("day-")]

    def clean(self) -> dict[str, Any]:
        """Put together on which day somebody takes part from where; at least on one."""
        values: dict[str, Any] = super().clean() or {}
        several = len(self.days) > 1
        days = {day.pk: values.pop(f"day-{day.pk}", "") for day in self.days} if several else {}
        if several and not any(days.values()) and not self.errors:
            self.add_error(f"day-{self.days[0].pk}", _("Choose at least one day, on site or online."))
        if several:
            values["mode"] = (Mode.ROOM if Mode.ROOM in days.values() else Mode.ONLINE).value
        elif self.days:
            days = {self.days[0].pk: values.get("mode", "")}
        return {**values, "days": {day: mode for day, mode in days.items() if mode}}

    def clean_organisation(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["organisation"])

    def clean_position(self) -> str:
        """Tidy the words."""
        return tidy_name(self.cleaned_data["position"])


class RegisterForm(_PrintedForm):
    """One's own registration."""

    needs = _words(
        gettext_lazy("What you need to take part"),
        1000,
        gettext_lazy(
            "Access, captions, a letter for a visa. Only the secretariat reads it; it is erased some months after."
        ),
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("My name stands on the public list of participants, with organisation and position"),
        required=False,
        help_text=gettext_lazy("Without it only the committee and the secretariat see that you take part."),
    )

    @property
    def said(self) -> Said:
        """What the person says."""
        names = {one.name for one in fields(Said)}
        return Said(**{name: value for name, value in self.cleaned_data.items() if name in names})


class _WithoutAccount(forms.Form):
    """What an account would say."""

    name = named_field(gettext_lazy("Name"), 200)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("Stakeholder group"),
        required=False,
        choices=[("", gettext_lazy("Not stated")), *Group.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(get_language() or "en")  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["name"].required = True

    def clean_name(self) -> str:
        """Tidy the name, which may leave nothing."""
        if not (name := tidy_name(self.cleaned_data["name"])):
            raise forms.ValidationError(_("Type the name as the list should print it."))
        return name


class LinkForm(RegisterForm, _WithoutAccount):
    """The registration of somebody without an account, who came by a link."""

    @property
    def who(self) -> Who:
        """What the person says of themselves."""
        return Who(**{one.name: self.cleaned_data[one.name] for one in fields(Who)})


class AddressForm(forms.Form):
    """Where the link to register goes."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Compare addresses in small letters."""
        return str(self.cleaned_data["email"]).lower()


class GuestForm(_PrintedForm, _WithoutAccount):
    """Somebody without an account, as the secretariat enters them."""

    contact = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("For the confirmation; it stands on no public list, and is erased some months after."),
    )
    needs = _words(gettext_lazy("What the guest needs"), 1000)
    is_listed = forms.BooleanField(
        label=gettext_lazy("The guest agrees to stand on the public list of participants"), required=False
    )

    def clean_contact(self) -> str:
        """Compare addresses in small letters."""
        return str(self.cleaned_data["contact"]).lower()

    @property
    def guest(self) -> Guest:
        """Who was entered."""
        return Guest(**self.cleaned_data)


class GuestsForm(forms.Form):
    """Many guests, pasted from a spreadsheet."""

    text = forms.CharField(
        label=gettext_lazy("The list"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=gettext_lazy(
            "One guest per line: name, organisation, position, country, group, e-mail address. A line of headings may "
            "name other columns or another order."
        ),
        error_messages={"required": gettext_lazy("Paste the list here.")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("They take part"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.ROOM.value
    )


class CorrectForm(_PrintedForm):
    """A line of the list of somebody who has an account."""

    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=Capacity.choices)

    @property
    def correction(self) -> Correction:
        """How the line should read."""
        return Correction(**self.cleaned_data)


class DecisionForm(forms.Form):
    """The answer to a registration."""

    sentence = _words(
        gettext_lazy("A sentence for the person"),
        LONGEST_SENTENCE,
        gettext_lazy("It goes into the mail. To decline, it is needed."),
        rows=2,
    )

    def clean_sentence(self) -> str:
        """Put it on one line."""
        return tidy_name(self.cleaned_data["sentence"])


class SettingsForm(forms.Form):
    """How a meeting takes registrations and requests; times are those of the meeting's zone."""

    opens_on = forms.DateField(label=gettext_lazy("Registration from"), required=False, widget=day_input())
    opens_clock = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Empty: the start of that day, and without a day at once."),
    )
    registers_on = forms.DateField(label=gettext_lazy("Registration until"), required=False, widget=day_input())
    registers_clock = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Empty: the end of that day. The stated minute is still in time."),
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Places in the room"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("Whoever registers for a room that is full waits. Empty: no limit."),
    )
    needs_confirming = forms.BooleanField(
        label=gettext_lazy("The secretariat confirms observers"),
        required=False,
        help_text=gettext_lazy("Members of the committee are confirmed at once. Without this, observers are, too."),
    )
    takes_strangers = forms.BooleanField(
        label=gettext_lazy("People without an account may register"),
        required=False,
        help_text=gettext_lazy("They get a link by mail first, so that every address is somebody's own."),
    )
    requests_on = forms.DateField(
        label=gettext_lazy("Requests for slots until"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Organisations ask for a briefing, members for any other business. Empty: not open."),
    )
    requests_clock = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Empty: the end of that day."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        stands: dict[str, Any] = {
            name: getattr(meeting, name) for name in ("seats", "needs_confirming", "takes_strangers")
        }
        for name, field in MOMENTS.items():
            moment = getattr(meeting, field)
            there = moment.astimezone(zone_of(meeting.zone)) if moment else None
            stands[f"{name}_on"] = there.date() if there else None
            stands[f"{name}_clock"] = there.time() if there else None
        super().__init__(*args, **{"initial": stands, **kwargs})

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its day."""
        values: dict[str, Any] = super().clean() or {}
        for name in MOMENTS:
            if values.get(f"{name}_clock") and not values.get(f"{name}_on") and f"{name}_on" not in self.errors:
                self.add_error(f"{name}_on", _("Give the day, too, or empty the time."))
        if not self.errors:
            since, until = self._moment("opens"), self._moment("registers")
            if since and until and until <= since:
                self.add_error("registers_on", _("Registration would close before it opens."))
        return values

    @property
    def settings(self) -> Settings:
        """What was set."""
        values = self.cleaned_data
        return Settings(
            registers_from=self._moment("opens"),
            registers_until=self._moment("registers"),
            requests_until=self._moment("requests"),
            **{name: values[name] for name in ("needs_confirming", "takes_strangers", "seats")},
        )

    def _moment(self, name: str) -> datetime | None:
        on, clock = self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_clock"]
        usual = time() if name == "opens" else LAST_MINUTE
        return moment_of(on, usual if clock is None else clock, self.meeting.zone) if on else None
