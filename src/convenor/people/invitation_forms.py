"""What somebody says who declines an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from convenor.people.names import tidy_name


class DeclineForm(forms.Form):
    """A sentence for the secretariat, if one likes."""

    words = forms.CharField(
        label=_("A sentence for the secretariat"),
        max_length=500,
        required=False,
        help_text=_("Optional, such as who could take the role instead."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_words(self) -> str:
        """Tidy the sentence."""
        return tidy_name(self.cleaned_data["words"])
