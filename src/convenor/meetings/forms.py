"""What people fill in to read in an agenda and to make a meeting of it."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.models import Cycle
from convenor.meetings.actions import NewForum
from convenor.meetings.documents import check_size, text_of, understood
from convenor.meetings.reader import Reading
from convenor.shared.errors import Refused

NEW = "new"
ACCEPTED = ".pdf,.docx,.odt,.fodt,.rtf,.html,.htm,.md,.txt,text/plain,text/html,text/markdown,application/pdf"
# What a title says of the document rather than of the meeting.
_DOCUMENT_WORDS = re.compile(
    r"^\W*(?:(?:draft|provisional|proposed|annotated|projet d['’]|proyecto de|مشروع)\s*)*"
    r"(?:agenda|ordre du jour|orden del d[ií]a|جدول (?:ال)?أعمال)\b\s*"
    r"(?:(?:of|for|de|du|del|para)\s+(?:the\s+|la\s+)?)?[\s:–—-]*",
    re.IGNORECASE,
)


class ReadForm(forms.Form):
    """An agenda as pasted text or as a document."""

    text = forms.CharField(
        label=gettext_lazy("Paste the agenda"),
        required=False,
        strip=False,
        help_text=gettext_lazy("All of it, as it stands in the document, the mail or on the web page."),
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or choose a document"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF with text, DOCX, ODT, RTF, HTML, Markdown or plain text, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop"}),
    )

    @property
    def given(self) -> str:
        """What was handed in, in whichever of the two ways."""
        return str(self.cleaned_data["text"] or self.cleaned_data["file"])

    @property
    def file_name(self) -> str:
        """The name of the file, empty where none was chosen."""
        return str(file.name) if (file := self.files.get(self.add_prefix("file"))) else ""

    def clean_text(self) -> str:
        """Check what was pasted; it stays in the form when refused."""
        text: str = self.cleaned_data["text"]
        return _readable(normalize_newlines(text)) if text.strip() else ""

    def clean_file(self) -> str:
        """Turn the file into text."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        try:
            check_size(file.size or 0)
            return _readable(text_of(file.read()))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given["text"] and given["file"]:
            self.add_error("file", _("A text and a file were handed in. Empty one of the two; the text is kept."))
        elif not given["text"] and not given["file"]:
            self.add_error("text", _("Nothing was handed in. Paste the agenda, or choose a file."))
        return given


class MeetingForm(forms.Form):
    """Into which year a meeting goes, and how it is called."""

    into = forms.ChoiceField(label=gettext_lazy("Make a meeting in"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title of the meeting"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone of the printed times"),
        required=False,
        help_text=gettext_lazy("Such as Europe/Zurich. Empty: the zone of the year it goes into."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    forum = forms.CharField(
        label=gettext_lazy("Name of the new forum"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day of its annual meeting"),
        required=False,
        help_text=gettext_lazy("The phases of the year are proposed from it; they can be changed afterwards."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, cycles: Iterable[Cycle], reading: Reading) -> None:
        self.cycles = {str(cycle.pk): cycle for cycle in cycles}
        choices = [*((key, cycle.name) for key, cycle in self.cycles.items()), (NEW, _("a new forum"))]
        super().__init__(data, initial={"into": choices[0][0], **_proposed(reading)})
        self.fields["into"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @cached_property
    def zones(self) -> list[str]:
        """Every zone that may be typed."""
        return sorted(available_timezones())

    @property
    def target(self) -> "Cycle | NewForum":
        """The year chosen, or the forum to start."""
        given = self.cleaned_data
        if given["into"] != NEW:
            return self.cycles[given["into"]]
        return NewForum(name=given["forum"], starts_on=given["starts_on"], ends_on=given["ends_on"])

    def clean_zone(self) -> str:
        """Check the zone's name."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                _("“%(zone)s” is no time zone. Choose one of the list, such as Africa/Nairobi.") % {"zone": zone}
            )
        return zone

    def clean(self) -> dict[str, Any]:
        """Ask for what a new forum needs; give a year's own zone where none was typed."""
        given = super().clean() or self.cleaned_data
        if given.get("into") == NEW:
            self._ask_for_forum(given)
        elif given.get("zone") == "" and given.get("into") in self.cycles:
            given["zone"] = self.cycles[given["into"]].zone
        return given

    def _ask_for_forum(self, given: dict[str, Any]) -> None:
        asked = {
            "forum": _("Give the new forum a name."),
            "starts_on": _("Give the first day of the annual meeting; it can be changed afterwards."),
            "zone": _("Say in which time zone the times are printed, such as Africa/Nairobi."),
        }
        for name, sentence in asked.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        given["ends_on"] = given.get("ends_on") or given.get("starts_on")


def _readable(text: str) -> str:
    """Give the text back once it could be read."""
    try:
        check_size(len(text.encode("utf-8", "surrogatepass")))
        understood(text)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return text


def _proposed(reading: Reading) -> dict[str, object]:
    title = _DOCUMENT_WORDS.sub("", reading.agenda.title or "") or reading.agenda.title or ""
    dates = sorted(date.fromisoformat(day.date) for day in reading.agenda.days if day.date)
    days = {"starts_on": dates[0], "ends_on": dates[-1]} if dates else {}
    return {"title": title[:300], "forum": title[:100], **days}
