"""Forms of a forum's mail."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.people.roles import Role
from convenor.people.terms import NAMES
from convenor.shared.mail.kinds import Kind
from convenor.shared.mail.models import SUBJECT_LETTERS
from convenor.shared.mail.wording import Words, faults

TEXT_LETTERS = 20_000


class WordsForm(forms.Form):
    """Subject and text of a kind of mail, with placeholders that are known."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=SUBJECT_LETTERS, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=TEXT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
        help_text=gettext_lazy(
            "An empty line begins a paragraph, “- ” a point of a list; [words](https://…) is a link. "
            "What stands in braces is filled in."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that nothing fills, and words without those that are needed."""
        values: dict[str, Any] = super().clean() or {}
        words = Words(values.get("subject", ""), values.get("text", ""))
        for field, sentence in faults(self.kind, words).items():
            if field in values:
                self.add_error(field, sentence)
        return values

    @property
    def words(self) -> Words:
        """What was typed, checked."""
        return Words(" ".join(self.cleaned_data["subject"].split()), self.cleaned_data["text"].replace("\r\n", "\n"))


class LetterForm(WordsForm):
    """A letter to everybody in some roles, in one language."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("To everybody who now is"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES)
    field_order = ("roles", "language", "subject", "text")

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]  # a field of choices, which the stubs do not know
            (role.value, _("%(role)s (%(count)s)") % {"role": name, "count": counts.get(role.value, 0)})
            for role, name in NAMES.items()
            if counts.get(role.value)
        ]

    @property
    def chosen(self) -> list[Role]:
        """The roles that get it."""
        return [Role(role) for role in self.cleaned_data["roles"]]
