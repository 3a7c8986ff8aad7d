"""Forms of a record: paragraphs, circulation, corrections, adoption, corrigenda, text modules."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.deadlines import moment_of
from convenor.cycle.forms import day_input
from convenor.meetings.models import Meeting
from convenor.meetings.record.correcting import LONGEST_SENTENCE
from convenor.meetings.record.models import LONGEST_TEXT, Correction, Wish
from convenor.meetings.record.modules import Module
from convenor.people.names import tidy_name

LAST_MINUTE = time(23, 59)


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        help_text=help_text,
    )


def _sentence(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_SENTENCE,
        required=required,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=help_text,
    )


class SeenForm(forms.Form):
    """A form about a paragraph; `seen` are the words that its reader has read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def read_again(self, words: str) -> None:
        """Let it be sent again by a reader who was told how the paragraph reads now."""
        self.data = {**self.data.dict(), "seen": words}  # type: ignore[attr-defined]  # it is bound to a request


class ParagraphForm(SeenForm):
    """The words of a paragraph."""

    text = _words(gettext_lazy("Paragraph"))


class AddForm(forms.Form):
    """A new paragraph: its place, and its words or a module to begin with."""

    after = forms.ChoiceField(label=gettext_lazy("It stands"))
    module = forms.ChoiceField(
        label=gettext_lazy("Text module"),
        required=False,
        help_text=gettext_lazy("“Take the module” puts its words into the field below, to be filled in."),
    )
    text = _words(gettext_lazy("Paragraph"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], modules: Sequence[Module], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after, module = self.fields["after"], self.fields["module"]
        after.choices = places  # type: ignore[attr-defined]  # a ChoiceField
        module.choices = [("", _("none")), *((one.code, one.title) for one in modules)]  # type: ignore[attr-defined]


class CirculateForm(forms.Form):
    """Until when corrections are taken, and whether silence adopts."""

    until_on = forms.DateField(label=gettext_lazy("Corrections until"), widget=day_input())
    until_clock = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Empty: the end of that day. The stated minute is still in time."),
    )
    by_silence = forms.BooleanField(
        label=gettext_lazy("The minutes are adopted then, if no correction is open"),
        required=False,
        help_text=gettext_lazy("Without this, a decision of this or the next meeting adopts them."),
    )

    def until(self, meeting: Meeting) -> datetime:
        """Give the moment in the meeting's zone."""
        clock = self.cleaned_data["until_clock"]
        return moment_of(self.cleaned_data["until_on"], LAST_MINUTE if clock is None else clock, meeting.zone)


class ProposeForm(SeenForm):
    """What a participant proposes."""

    wish = forms.ChoiceField(
        label=gettext_lazy("I propose"), choices=Wish.choices, widget=forms.RadioSelect, initial=Wish.WORDING
    )
    text = _words(
        gettext_lazy("Your words"),
        gettext_lazy("For other words: the whole paragraph as it should read. For a remark: what is wrong."),
    )


class AnswerForm(SeenForm):
    """What a rapporteur answers: as proposed, in other words, or not."""

    ACCEPT, REWORD, DECLINE = "accept", "reword", "decline"
    text = _words(gettext_lazy("The paragraph, if you accept it in other words"), required=False)
    sentence = _sentence(
        gettext_lazy("A sentence to whoever proposed it"), gettext_lazy("Needed to decline. It goes by mail.")
    )

    def clean_sentence(self) -> str:
        """Put it on one line."""
        return tidy_name(self.cleaned_data["sentence"])


class AdoptForm(forms.Form):
    """By which decision the minutes were adopted."""

    decision = forms.TypedChoiceField(label=gettext_lazy("Decision of the floor"), coerce=int)

    def __init__(self, *args: Any, decisions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # None stands there before somebody has chosen: the latest decision may be about anything.
        choices = [("", _("Choose")), *decisions] if decisions else []
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class CorrigendumForm(forms.Form):
    """What was wrong in locked minutes, and how it should read."""

    text = _words(
        gettext_lazy("Corrigendum"),
        gettext_lazy("Name the paragraph: “In paragraph 12, for “two” read “three”.” The text itself stays."),
        rows=4,
    )


class ModuleForm(forms.Form):
    """A text module of the forum."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("“…” stands for what is filled in."),
    )

    def clean_title(self) -> str:
        """Tidy the title, which may leave nothing."""
        if not (title := tidy_name(self.cleaned_data["title"])):
            raise forms.ValidationError(_("Give it a title that can be read."))
        return title


def answer_start(row: Correction, text: str) -> dict[str, Any]:
    """Give what fills the form of an answer: the paragraph as proposed, or as it stands where it is a remark."""
    return {"text": row.text if row.wish == Wish.WORDING else text, "seen": text}
