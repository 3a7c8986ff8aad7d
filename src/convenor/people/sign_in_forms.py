"""What people type to sign in, and to change how they do."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person
from convenor.people.names import tidy_name

PASSWORD_LETTERS = 200


class AddressForm(forms.Form):
    """An address, and a password if one was set; without it a code goes to the address."""

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
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=PASSWORD_LETTERS,
        help_text=_("Only if you set one. Forgotten? Sign in by a code, then set a new one on your account page."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        """Take upper and lower case for the same."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean(self) -> dict[str, Any]:
        """Ask for the password of somebody who chose that way."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("way") == "password" and not cleaned.get("password") and "password" not in self.errors:
            self.add_error("password", _("Type your password, or have a code sent to you."))
        return cleaned


class CodeForm(forms.Form):
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


class NewPasswordForm(forms.Form):
    """A password to sign in with beside the code; typed once, since the code always works."""

    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=PASSWORD_LETTERS,
        help_text=_("At least 12 characters. A few words that do not belong together are easy to keep in mind."),
        error_messages={"required": _("Type the new password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        """Refuse what is guessed first."""
        password: str = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.person)
        return password


class PasskeyForm(forms.Form):
    """A name for a passkey, so that its owner knows it again; the script adds what the browser made."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("Such as “my phone”, so that you know it again."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["name"])
