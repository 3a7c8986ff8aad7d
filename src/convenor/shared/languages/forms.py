"""The form of a better wording: one field for each plural form."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from convenor.shared.languages.catalogue import forms_of, plural_examples
from convenor.shared.languages.lists import listed
from convenor.shared.languages.strings import Entry

MOST_CHARACTERS = 4000


class WordingForm(forms.Form):
    """The forms of one string in one language, as they stand or as they were typed."""

    def __init__(self, *args: Any, language: str, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        count = forms_of(language, entry)
        for number in range(count):
            self.fields[f"form-{number}"] = forms.CharField(
                label=_label(language, number) if count > 1 else _("Better wording"),
                max_length=MOST_CHARACTERS,
                strip=False,
                initial=entry.strings[number] if number < len(entry.strings) else "",
                widget=forms.Textarea(attrs={"rows": 3, "lang": language, "dir": direction}),
            )

    def strings(self) -> list[str]:
        """Give the forms in their order."""
        return [self.cleaned_data[name] for name in self.fields]


def _label(language: str, number: int) -> str:
    numbers = listed(plural_examples(language)[number])
    return _("Better wording for %(numbers)s") % {"numbers": numbers}
