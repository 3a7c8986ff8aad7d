"""What people type about themselves."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from convenor.people.countries import country_names
from convenor.people.models import Group, Organisation, Person
from convenor.people.names import tidy_name


class AddressForm(forms.Form):
    """The address that the code goes to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a code to this address. If you have no account yet, the code makes one."),
        error_messages={
            "required": _("Type your e-mail address: the code is sent there."),
            "invalid": _("This is not a whole e-mail address; it looks like name@example.org."),
            "max_length": _("An e-mail address has at most 254 characters."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "autofocus": True}),
    )

    def clean_email(self) -> str:
        """Count the request, whoever's address it is."""
        email: str = self.cleaned_data["email"].lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("rate_limited")
        return email


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """The code that came by mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Eight digits; the dash does not matter."),
        error_messages={"required": _("Type the code from the mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Read the digits of any script, then compare."""
        typed: str = self.cleaned_data["code"]
        self.cleaned_data["code"] = "".join(str(unicodedata.digit(letter, letter)) for letter in typed)
        code: str = super().clean_code()
        return code


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
        names = sorted(country_names(get_language() or "en").items(), key=lambda pair: _sorting(pair[1]))
        self.fields["country"].choices = [("", _("Not stated")), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Type the name that others should know you by.")

    def organisations(self) -> list[str]:
        """Give the names that the browser offers while an organisation is typed."""
        return list(Organisation.objects.values_list("name", flat=True)[:500])

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


def _sorting(name: str) -> str:
    """Give what a name is sorted by: without accents, and without the Arabic article."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return bare.casefold().removeprefix("ال")
