"""What people type about themselves."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from convenor.people.countries import country_names
from convenor.people.models import Group, Person
from convenor.people.names import tidy_name


def named_field(label: Any, limit: int, help_text: Any = "", **attributes: str) -> forms.CharField:
    """Make a field for words that a person chooses."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "auto", **attributes}),
    )


class ProfileForm(forms.Form):
    """What somebody says about themselves; everything but the name may stay open."""

    name = named_field(_("Name"), 200, _("As it should stand on programmes and lists."), autocomplete="name")
    organisation = named_field(
        _("Organisation"), 200, _("The one you speak for, if any."), autocomplete="organization", list="organisations"
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    group = forms.ChoiceField(
        label=_("Stakeholder group"), required=False, choices=[("", _("Not stated")), *Group.choices]
    )
    gender = named_field(_("Gender"), 60, _("In your own words, or leave it open."))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As my browser asks for")), *settings.LANGUAGES],
        help_text=_("For the pages, on every device you sign in on."),
    )

    def __init__(self, typed: Mapping[str, Any] | None, *, person: Person) -> None:
        stands = {name: getattr(person, name) for name in ("name", "country", "group", "gender", "language")}
        stands["organisation"] = person.organisation.name if person.organisation else ""
        super().__init__(typed, initial=stands)
        self.fields["country"].choices = country_choices(get_language() or "en")  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Type the name that others should know you by.")

    def clean_name(self) -> str:
        """Tidy the name, which may leave nothing."""
        if not (name := tidy_name(self.cleaned_data["name"])):
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_organisation(self) -> str:
        """Tidy the organisation's name."""
        return tidy_name(self.cleaned_data["organisation"])

    def clean_gender(self) -> str:
        """Tidy the words."""
        return tidy_name(self.cleaned_data["gender"])


def country_choices(language: str) -> list[tuple[str, Any]]:
    """Give the countries to choose from, by name, and none first."""
    sorting = _as_dictionaries if language.startswith("zh") else _sorting
    names = sorted(country_names(language).items(), key=lambda pair: sorting(pair[1]))
    return [("", _("Not stated")), *names]


def _as_dictionaries(name: str) -> bytes:
    """Give what a Chinese name is sorted by: its place in the national standard, which follows the sound (pinyin)."""
    return name.encode("gb18030")


def _sorting(name: str) -> str:
    """Give what a name is sorted by: without accents, and without the Arabic article."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return bare.casefold().removeprefix("ال")
