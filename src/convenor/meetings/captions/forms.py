"""Forms of the captions' desk."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from convenor.meetings.captions.reading import MOST_CHARACTERS
from convenor.meetings.models import Day, Meeting
from convenor.meetings.wording import day_with_date


def languages() -> list[tuple[str, str]]:
    """Give the languages that captions can be in, each by its own name."""
    codes = [code for code, _name in settings.LANGUAGES]
    return [(code, str(get_language_info(code)["name_local"])) for code in codes]


class FeedForm(forms.Form):
    """A live feed that shall be made."""

    language = forms.ChoiceField(label=_("Language"), choices=languages)
    label = forms.CharField(label=_("Who writes them"), max_length=80, required=False)


class TranscriptForm(forms.Form):
    """A transcript that shall be read in: a file, or its text."""

    day = forms.ModelChoiceField(label=_("Day"), queryset=Day.objects.none(), empty_label=None)
    begins = forms.TimeField(
        label=_("Time at which it begins"),
        help_text=_("By the clock of the meeting. Cues of WebVTT count from it."),
        widget=forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    label = forms.CharField(label=_("Who wrote it"), max_length=80, required=False)
    file = forms.FileField(label=_("File, WebVTT or text"), required=False)
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Each line may begin with a time of day: 10:12 Good morning."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **words: Any) -> None:
        super().__init__(*args, **words)
        self.meeting = meeting
        days: Any = self.fields["day"]
        days.queryset = Day.objects.filter(meeting=meeting)
        days.label_from_instance = day_with_date

    def clean(self) -> dict[str, Any]:
        """Take the text of the file where there is one."""
        said = super().clean() or {}
        if (file := said.get("file")) is not None:
            if file.size > MOST_CHARACTERS:
                self.add_error("file", _("The file is too long. Read it in parts."))
                return said
            try:
                said["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is no text in UTF-8. Save it as WebVTT or as plain text."))
                return said
        if not said.get("text", "").strip() and "file" not in self.errors:
            self.add_error("text", _("There is no transcript. Choose a file, or paste its text."))
        return said

    @property
    def begins_at(self) -> datetime:
        """The moment at which it begins."""
        zone = ZoneInfo(self.meeting.zone)
        day: date = self.cleaned_data["day"].date or timezone.now().astimezone(zone).date()
        return datetime.combine(day, self.cleaned_data["begins"], zone)
