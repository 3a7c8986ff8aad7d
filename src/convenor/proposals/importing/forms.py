"""What a secretariat fills in: the file, and how its columns and spellings are meant."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.people.plainwords import bare
from convenor.proposals.importing.actions import check_size
from convenor.proposals.importing.checking import Rows, Spellings
from convenor.proposals.importing.fields import FIELDS
from convenor.proposals.importing.guessing import SURE, Guess
from convenor.proposals.importing.models import Import
from convenor.proposals.importing.vocabulary import choices_of, kinds
from convenor.proposals.importing.wording import name_of
from convenor.shared.errors import Refused

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.json,text/csv,application/json"
MOST_ASKED = 60  # spellings of a kind that are asked about on the page
SAMPLES, SAMPLE_LETTERS = 2, 60


class UploadForm(forms.Form):
    """A file of proposals, and for an export of pretalx perhaps its speakers."""

    file = forms.FileField(
        label=gettext_lazy("File with the proposals"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV, XLSX, or submissions as pretalx exports them (JSON); up to 10 MB and 10 000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop"}),
        error_messages={"required": gettext_lazy("No file was chosen. Choose one.")},
    )
    beside = forms.FileField(
        label=gettext_lazy("Speakers, from pretalx"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Only for an export of pretalx whose submissions name their speakers by code."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Look at the sizes before anything is read."""
        given = super().clean() or self.cleaned_data
        file: UploadedFile[Any] | None = given.get("file")
        if file is not None:
            beside: UploadedFile[Any] | None = given.get("beside")
            try:
                check_size((file.size or 0) + (beside.size or 0 if beside else 0), str(file.name))
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return given

    @property
    def handed_in(self) -> tuple[str, bytes, bytes]:
        """The name of the file, what is in it, and what is in the one beside it."""
        file, beside = self.cleaned_data["file"], self.cleaned_data.get("beside")
        return str(file.name), file.read(), beside.read() if beside else b""


@dataclass(frozen=True, slots=True)
class Asked:
    """A spelling that is asked about, with its input and how often it stands in the file."""

    text: str
    count: int
    guess: Guess
    name: str  # of the input


class ReadingForm(forms.Form):
    """What each column says, which code each doubtful spelling means, and what rows count as that leave things open."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    theme = forms.ChoiceField(label=gettext_lazy("Rows without a theme count as"), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Rows without a format count as"), required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Rows without an organisation count as"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("New proposals are"),
        choices=[("submitted", gettext_lazy("handed in")), ("draft", gettext_lazy("drafts"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, source: Import, rows: Rows, spellings: Spellings) -> None:
        kept = source.otherwise
        initial = {
            "seen": source.mark,
            "theme": kept.get("theme", ""),
            "format": kept.get("format", ""),
            "organisation": kept.get("organisation", "") or _("Not stated"),
            "state": "draft" if source.as_drafts else "submitted",
        }
        super().__init__(data, initial=initial)
        self.source, self.rows, self.spellings = source, rows, spellings
        refused = [("", _("(such rows are refused)"))]
        for name, kind in (("theme", "themes"), ("format", "formats")):
            self.fields[name].choices = refused + choices_of(kind, source.cycle.rules)  # type: ignore[attr-defined]  # a ChoiceField
        left_out = [("", _("(left out)"))]
        choices = left_out + [(code, name_of(code)) for code in FIELDS]
        for place, (heading, code) in enumerate(zip(source.header, source.columns, strict=True)):
            label = heading or _("Column %(number)s") % {"number": place + 1}
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=code
            )
        self.asked = {kind: list(self._asked(kind)) for kind, _name in kinds() if kind in spellings}
        for kind, some in self.asked.items():
            codes = [("", _("(unknown)")), *choices_of(kind, source.cycle.rules)]
            for one in some:
                self.fields[one.name] = forms.ChoiceField(
                    label=one.text[:200], choices=codes, required=False, initial=one.guess.code
                )

    def _asked(self, kind: str) -> Iterator[Asked]:
        """Yield what is not sure, and what was told for this file, the most frequent first."""
        place = next(place for place, code in enumerate(self.source.columns) if code and FIELDS[code].kind == kind)
        counted = Counter(cells[place] for _number, cells in self.rows if cells[place])
        told = self.source.codes.get(kind, {})
        found = [
            (text, guess)
            for text, guess in self.spellings[kind].items()
            if guess.how != SURE or bare(text[:200]) in told
        ]
        found.sort(key=lambda one: -counted[one[0]])
        for number, (text, guess) in enumerate(found[:MOST_ASKED]):
            yield Asked(text, counted[text], guess, f"code-{kind}-{number}")

    def clean_seen(self) -> str:
        """Refuse what was said of another reading of the file: its spellings stand in another order now."""
        seen: str = self.cleaned_data["seen"]
        if seen != self.source.mark:
            raise forms.ValidationError(
                _("Nothing was saved: somebody else has changed how this file is read. Look at it as it is now.")
            )
        return seen

    def column_rows(self) -> Iterator[tuple[forms.BoundField, list[str]]]:
        """Yield each column's input with some of its cells."""
        for place in range(len(self.source.header)):
            cells = dict.fromkeys(cells[place] for _number, cells in self.rows[:200] if cells[place])
            yield self[f"column-{place}"], [_short(cell) for cell in list(cells)[:SAMPLES]]

    def spelling_rows(self) -> Iterator[tuple[str, list[tuple[forms.BoundField, Asked]], list[tuple[str, str]], int]]:
        """Yield each kind with its doubtful spellings, those that are sure, and how many more are not asked about."""
        for kind, name in kinds():
            if kind in self.spellings:
                names = dict(choices_of(kind, self.source.cycle.rules))
                asked = self.asked[kind]
                texts = {one.text for one in asked}
                sure = [
                    (text, names.get(guess.code, guess.code))
                    for text, guess in self.spellings[kind].items()
                    if guess.how == SURE and text not in texts and guess.code
                ]
                unsure = sum(guess.how != SURE for guess in self.spellings[kind].values())
                yield name, [(self[one.name], one) for one in asked], sure[:200], max(0, unsure - len(asked))

    @property
    def columns(self) -> list[str]:
        """The field of every column."""
        return [self.cleaned_data[f"column-{place}"] for place in range(len(self.source.header))]

    @property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """What was told of spellings: what differs from the guess, and guesses that were looked at and stand."""
        return {
            kind: {
                bare(one.text[:200]): given
                for one in some
                if (given := self.cleaned_data[one.name]) != one.guess.code or (given and one.guess.how != SURE)
            }
            for kind, some in self.asked.items()
        }

    @property
    def otherwise(self) -> Mapping[str, str]:
        """What rows count as that leave something open."""
        return {name: " ".join(self.cleaned_data[name].split()) for name in ("theme", "format", "organisation")}


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= SAMPLE_LETTERS else f"{text[:SAMPLE_LETTERS]}…"
