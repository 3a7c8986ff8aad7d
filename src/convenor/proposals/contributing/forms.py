"""What somebody whom a proposal names types on the page of their link."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from convenor.cycle import rule_call, rule_words
from convenor.cycle.models import Cycle
from convenor.cycle.year_forms import ZonedForm, ZoneField
from convenor.people.forms import country_choices
from convenor.people.models import Group, Person
from convenor.people.names import tidy_name
from convenor.proposals.contributing import hours as clock
from convenor.proposals.contributing.actions import Answer
from convenor.proposals.contributing.hours import Hours
from convenor.proposals.contributing.models import NEEDS_LENGTH, WORDS_LENGTH, Said
from convenor.proposals.contributing.parts import answer_of, said_of
from convenor.proposals.contributing.zones import zone_of_country
from convenor.proposals.models import Contributor
from convenor.shared.languages.days import date_format

CONSENTS = {f"may_be_{code}": code for code in rule_call.CONSENTS}
ABOUT = ("country", "group", "gender")


@dataclass(frozen=True, slots=True)
class DayFields:
    """The three inputs of a day, for the template."""

    name: str
    is_there: BoundField
    since: BoundField
    until: BoundField


def _yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        help_text=help_text,
        widget=forms.RadioSelect,
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Give a time such as 09:30, or leave it open.")},
    )


class _OpenZone(ZoneField):
    """A zone that may be left open."""

    def clean(self, value: Any) -> str:
        """Take nothing as nothing."""
        return super().clean(value) if str(value or "").strip() else ""


class AnswerForm(ZonedForm):
    """An answer to all parts of a person in a proposal; what counts only for whoever takes part is asked only then."""

    words = forms.CharField(
        label=gettext_lazy("A sentence for the proposer, if you decline"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("I take part"),
        choices=[("site", gettext_lazy("on site")), ("online", gettext_lazy("online"))],
        required=False,
        widget=forms.RadioSelect,
    )
    zone = _OpenZone(label=gettext_lazy("Time zone of the hours below"), required=False)
    needs = forms.CharField(
        label=gettext_lazy("What you need to take part"),
        max_length=NEEDS_LENGTH,
        required=False,
        help_text=gettext_lazy(
            "Such as a ramp, captions, sign language, large print. Only the secretariat reads it, and it is deleted "
            "after the meeting."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    may_be_named = _yes_or_no(
        rule_words.CONSENTS[rule_call.NAMED],
        gettext_lazy("With “no” the proposer, the committee and the secretariat see it, and nobody else."),
    )
    may_be_recorded = _yes_or_no(rule_words.CONSENTS[rule_call.RECORDED])
    may_be_photographed = _yes_or_no(rule_words.CONSENTS[rule_call.PHOTOGRAPHED])
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Stakeholder group"), required=False)
    gender = forms.CharField(
        label=gettext_lazy("Gender"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("In your own words, or leave it open. Statistics show it only as a count."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self, typed: Mapping[str, Any] | None, *, cycle: Cycle, rows: Sequence[Contributor], needs: str
    ) -> None:
        self.rows, self.cycle, self.person = rows, cycle, rows[0].person
        self.days = clock.days_between(cycle.starts_on, cycle.ends_on)
        super().__init__(typed, initial=self._initial(needs))
        for row in rows:
            self.fields[_part(row)] = forms.ChoiceField(
                label=row.get_part_display(),
                choices=[(Said.CONFIRMED.value, _("I take part")), (Said.DECLINED.value, _("I decline"))],
                error_messages={
                    "required": _("Say whether you take part: %(part)s.") % {"part": row.get_part_display()}
                },
                widget=forms.RadioSelect,
            )
        for day in self.days:
            self.fields[f"day-{day}"] = forms.BooleanField(label=date_format(day, "l j F"), required=False)
            self.fields[f"since-{day}"] = _time(_("from"))
            self.fields[f"until-{day}"] = _time(_("until"))
        for name, code in CONSENTS.items():
            self.fields[name].label = cycle.rules.consent(code, get_language() or "en") or self.fields[name].label
        self._ask_about(cycle)

    def _ask_about(self, cycle: Cycle) -> None:
        """Ask about the person unless they have an account, where they say it themselves."""
        if self.person.last_login is not None:
            for name in ABOUT:
                del self.fields[name]
            return
        language = get_language() or "en"
        self.fields["country"].choices = country_choices(language)  # type: ignore[attr-defined]  # a ChoiceField
        groups = [(value, cycle.rules.named("groups", value, language) or label) for value, label in Group.choices]
        self.fields["group"].choices = [("", _("Not stated")), *groups]  # type: ignore[attr-defined]  # as above

    def _initial(self, needs: str) -> dict[str, Any]:
        said = next((one for row in self.rows if (one := answer_of(row)) and one.said == Said.CONFIRMED), None)
        found: dict[str, Any] = {
            "needs": needs,
            "zone": (said.zone if said else "") or guessed_zone(self.cycle, self.rows[0]),
            "place": "site" if self.rows[0].is_on_site else "online",
            **{name: getattr(self.person, name) for name in ABOUT},
        }
        for row in self.rows:
            if (stands := said_of(row)) != Said.OPEN:
                found[_part(row)] = stands.value
            if (one := answer_of(row)) and one.words:
                found["words"] = one.words
        for name in CONSENTS:
            value = getattr(said, name) if said else None
            found[name] = None if value is None else "yes" if value else "no"
        there = {one.day: one for one in clock.read(said.available)} if said else {}
        for day in self.days:
            found[f"day-{day}"] = day in there if said else False
            if hours := there.get(day):
                found[f"since-{day}"], found[f"until-{day}"] = hours.since, hours.until
        return found

    @property
    def part_fields(self) -> list[BoundField]:
        """The choices per part, in their order."""
        return [self[_part(row)] for row in self.rows]

    @property
    def day_fields(self) -> Iterator[DayFields]:
        """The inputs per day."""
        for day in self.days:
            name = date_format(day, "l j F")
            yield DayFields(name, self[f"day-{day}"], self[f"since-{day}"], self[f"until-{day}"])

    @property
    def about_fields(self) -> list[BoundField]:
        """What is asked about the person; nothing of whoever has an account."""
        return [self[name] for name in ABOUT if name in self.fields]

    def clean_words(self) -> str:
        """Keep the sentence on one line: in the mail to the proposer nothing of it passes for ours."""
        return tidy_name(self.cleaned_data["words"])

    def clean_gender(self) -> str:
        """Tidy the words."""
        return tidy_name(self.cleaned_data["gender"])

    def clean(self) -> dict[str, Any]:
        """Ask of whoever takes part what the others need not say."""
        found: dict[str, Any] = super().clean() or {}
        if Said.CONFIRMED not in {found.get(_part(row)) for row in self.rows}:
            return found
        if not found.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say whether you come or connect; you can change it later."))
        if found.get("may_be_named") is None and "may_be_named" not in self.errors:
            self.add_error("may_be_named", _("Say yes or no; without an answer we do not know what you want."))
        if not found.get("zone") and "zone" not in self.errors:
            found["zone"] = self.cycle.zone
        for day in self.days:
            since, until = found.get(f"since-{day}"), found.get(f"until-{day}")
            if since and until and since == until:
                self.add_error(
                    f"until-{day}",
                    _("From %(time)s until %(time)s is no time. Leave both open for the whole day.")
                    % {"time": f"{since:%H:%M}"},
                )
        return found

    @property
    def answer(self) -> Answer:
        """What was said, once the form is valid."""
        found = self.cleaned_data
        return Answer(
            parts={row.pk: Said(found[_part(row)]) for row in self.rows},
            words=found["words"],
            is_on_site=found["place"] != "online",
            zone=found["zone"],
            hours=[
                Hours(day, found[f"since-{day}"], found[f"until-{day}"]) for day in self.days if self._is_there(day)
            ],
            needs=found["needs"],
            **{name: found[name] for name in CONSENTS},
            about={name: found[name] for name in ABOUT if name in self.fields},
        )

    def _is_there(self, day: date) -> bool:
        """Hours say it as well as the tick does."""
        found = self.cleaned_data
        return bool(found[f"day-{day}"] or found[f"since-{day}"] or found[f"until-{day}"])


def _part(row: Contributor) -> str:
    return f"part-{row.pk}"


def guessed_zone(cycle: Cycle, row: Contributor) -> str:
    """Guess by which clock somebody gives their hours: that of the meeting there, else that of their country."""
    return cycle.zone if row.is_on_site else zone_of_country(row.person.country) or cycle.zone


def about_words(person: Person, cycle: Cycle) -> list[str]:
    """Say what an account says of its owner, for who cannot change it here."""
    language = get_language() or "en"
    named = cycle.rules.named
    words = (named("groups", person.group, language), named("regions", person.region, language), person.gender)
    return [word for word in words if word]
