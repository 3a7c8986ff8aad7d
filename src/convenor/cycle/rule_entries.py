"""Forms of the lists of a rule set: entries with a name per language, a tick to take one away, empty rows to add.

They work without script: every list ends in empty rows, and what is typed there becomes entries.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from convenor.cycle import rule_words
from convenor.cycle.rule_data import HEAVIEST
from convenor.cycle.rule_life import CHECKS, OUTCOMES
from convenor.cycle.rule_shapes import is_code

EMPTY_ROWS, MOST_ROWS = 2, 50  # a form has at most 1,000 inputs; what stands beyond is kept as it is
NAME_LENGTH, SHORT_LENGTH, CODE_LENGTH = 200, 40, 40
LEAST_MINUTES, MOST_MINUTES = 5, 600
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the page shows it; `goes` is missing in an empty row."""

    title: str
    code: forms.BoundField
    names: Sequence[forms.BoundField]
    shorts: Sequence[forms.BoundField]
    more: Sequence[forms.BoundField]
    goes: forms.BoundField | None
    is_open: bool  # whether its short names are shown at once


class SectionForm(forms.Form):
    """The form of one section of the rules; `part` gives its data as the rule set keeps it."""

    template = "cycle/rules/fields.html"

    def __init__(self, *args: Any, key: str, rules: Data, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key, self.rules = key, rules
        self.build(rules[key])

    @abstractmethod  # a mark for readers and mypy: a form's metaclass does not enforce it, a test does
    def build(self, part: Any) -> None:
        """Make the fields from what the section holds now."""

    @abstractmethod
    def part(self) -> Any:
        """Give the section's data as typed."""


def sent_number(form: forms.Form, name: str, shown: int) -> int:
    """Give a number of rows: as many as a form that is sent back was shown with, else `shown`."""
    sent = str(form.data.get(name, "")) if form.is_bound else ""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < len("1000") else shown


class EntriesForm(SectionForm):
    """A list of coded choices with their names."""

    template = "cycle/rules/entries.html"
    may_be_empty = False

    def build(self, part: Sequence[Data]) -> None:
        """Make a row per entry, and empty ones; a form sent back has as many as it was shown with."""
        self.entries = list(part)
        self.languages = languages_of(self.entries)
        self.known = min(sent_number(self, "known", len(self.entries)), MOST_ROWS)
        self.count = min(sent_number(self, "rows", len(self.entries) + EMPTY_ROWS), MOST_ROWS)
        for number in range(self.count):
            entry = self.entries[number] if number < len(self.entries) else {}
            self.fields.update(self._row(number, entry, is_new=number >= self.known))

    def _row(self, number: int, entry: Data, *, is_new: bool) -> Iterator[tuple[str, forms.Field]]:
        attrs = {"dir": "auto"}
        yield (
            f"{number}-code",
            forms.CharField(
                label=_("Code"),
                initial=entry.get("code", ""),
                max_length=CODE_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}) if is_new else forms.HiddenInput,
                help_text="" if not is_new else _("Small Latin letters, digits, hyphens. Empty: made from the name."),
            ),
        )
        for code, language in self.languages.items():
            label = _("Name (%(language)s)") % {"language": language}
            given = entry.get("names", {}).get(code, "")
            text = forms.TextInput(attrs={**attrs, "lang": code})
            yield (
                f"{number}-name-{code}",
                forms.CharField(label=label, initial=given, max_length=NAME_LENGTH, required=False, widget=text),
            )
            label = _("Short name (%(language)s)") % {"language": language}
            given = entry.get("shorts", {}).get(code, "")
            text = forms.TextInput(attrs={**attrs, "lang": code})
            yield (
                f"{number}-short-{code}",
                forms.CharField(label=label, initial=given, max_length=SHORT_LENGTH, required=False, widget=text),
            )
        for name, field in self.more(entry):
            yield f"{number}-{name}", field
        if not is_new:
            yield f"{number}-goes", forms.BooleanField(label=_("Take it away"), required=False)

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give the fields that entries of this list have beside code and names."""
        yield from ()

    def read(self, number: int) -> Data:
        """Give what the further fields of a row say; add errors where they say nothing that can be."""
        return {}

    def rows(self) -> list[Row]:
        """Give the rows as the page shows them."""
        return [self._shown(number) for number in range(self.count)]

    def _shown(self, number: int) -> Row:
        one = rule_words.word(rule_words.ONE, self.key)
        is_new = f"{number}-goes" not in self.fields
        shorts = [self[f"{number}-short-{code}"] for code in self.languages]
        names = [self[f"{number}-name-{code}"] for code in self.languages]
        fixed = {f"{number}-{part}" for part in ("code", "goes")} | {field.name for field in (*shorts, *names)}
        title = _("%(kind)s %(n)s") % {"kind": one, "n": number + 1}
        return Row(
            title=_("One more: %(kind)s") % {"kind": one} if is_new else title,
            code=self[f"{number}-code"],
            names=names,
            shorts=shorts,
            more=[self[name] for name in self.fields if name.startswith(f"{number}-") and name not in fixed],
            goes=None if is_new else self[f"{number}-goes"],
            is_open=any(field.errors for field in shorts) if self.is_bound else False,
        )

    def clean(self) -> Data:
        """Read every row that is not empty and not taken away."""
        values: Data = super().clean() or {}
        self.kept: list[Data] = []
        for number in range(self.count):
            if not values.get(f"{number}-goes") and self._is_filled(number):
                self._keep(number)
        if not self.kept and not self.errors and not self.may_be_empty:
            words = {"section": rule_words.word(rule_words.SECTIONS, self.key)}
            self.add_error(None, _("“%(section)s” would be empty: name at least one.") % words)
        return values

    def _is_filled(self, number: int) -> bool:
        texts = [f"{number}-{part}-{code}" for part in ("name", "short") for code in self.languages]
        return any(self.cleaned_data.get(name) for name in (f"{number}-code", *texts)) or any(
            name in self.errors for name in texts
        )

    def _keep(self, number: int) -> None:
        names = self._texts(number, "name")
        if "en" not in names:
            self.add_error(f"{number}-name-en", _("Give the English name; it stands in where a language is missing."))
            return
        code = self._code(number, names["en"])
        if not is_code(code):
            self.add_error(f"{number}-code", _("Use up to 40 small Latin letters, digits and hyphens."))
        elif code in {entry["code"] for entry in self.kept}:
            self.add_error(f"{number}-code", _("“%(code)s” stands twice: give each its own code.") % {"code": code})
        entry = {"code": code, "names": names, **self.read(number)}
        shorts = self._texts(number, "short")
        self.kept.append({**entry, "shorts": shorts} if shorts else entry)

    def _texts(self, number: int, part: str) -> dict[str, str]:
        found = {code: self.cleaned_data.get(f"{number}-{part}-{code}") for code in self.languages}
        return {code: text for code, text in found.items() if text}

    def _code(self, number: int, name: str) -> str:
        """Give the code of a row: the one it has, or one made from its English name that nothing else has."""
        typed: str = self.cleaned_data.get(f"{number}-code") or ""
        if typed:
            return typed
        taken = {entry["code"] for entry in (*self.kept, *self.entries)}
        made = slugify(name)[: CODE_LENGTH - 4].strip("-_").replace("_", "-") or self.key[:-1]
        tries = [made, *(f"{made}-{n}" for n in range(2, MOST_ROWS + 2))]
        return next(code for code in tries if code not in taken)

    def part(self) -> list[Data]:
        """Give the entries as typed, those that stay in their order, new ones last."""
        return self.kept + self.entries[MOST_ROWS:]


class OptionalEntriesForm(EntriesForm):
    """A list that may be empty."""

    may_be_empty = True


class FormatsForm(EntriesForm):
    """Formats with the lengths that they allow."""

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give the lengths as text."""
        given = ", ".join(str(minutes) for minutes in entry.get("minutes", ()))
        hint = _("Whole minutes from 5 to 600, such as 60, 90.")
        yield "minutes", forms.CharField(label=_("Lengths"), initial=given, required=False, help_text=hint)

    def read(self, number: int) -> Data:
        """Read the lengths."""
        typed = (self.cleaned_data.get(f"{number}-minutes") or "").replace("،", ",").replace(";", ",")
        words = typed.replace(",", " ").split()
        lengths = [int(word) for word in words if word.isdecimal() and len(word) < len("10000")]
        right = [length for length in lengths if LEAST_MINUTES <= length <= MOST_MINUTES]
        if not words or len(right) < len(words) or len(set(right)) < len(right):
            self.add_error(f"{number}-minutes", _("Give whole minutes from 5 to 600, each once, such as 60, 90."))
        return {"minutes": sorted(right)}


class CriteriaForm(EntriesForm):
    """Criteria with scale and weight."""

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give scale and weight."""
        few = {"class": "few"}
        for name, label, given in (("low", _("Lowest grade"), 1), ("high", _("Highest grade"), 5)):
            yield (
                name,
                forms.IntegerField(
                    label=label,
                    initial=entry.get(name, given),
                    min_value=0,
                    max_value=100,
                    required=False,
                    widget=forms.NumberInput(attrs=few),
                ),
            )
        yield (
            "weight",
            forms.FloatField(
                label=_("Weight"),
                initial=entry.get("weight", 1),
                max_value=HEAVIEST,
                required=False,
                widget=forms.NumberInput(attrs={**few, "step": "any"}),
            ),
        )

    def read(self, number: int) -> Data:
        """Read scale and weight."""
        low, high, weight = (self.cleaned_data.get(f"{number}-{name}") for name in ("low", "high", "weight"))
        if low is None or high is None or low >= high:
            self.add_error(f"{number}-high", _("Give two whole numbers from 0 to 100, the lower one first."))
        if not weight or weight < 0:
            self.add_error(f"{number}-weight", _("Give a number above 0, at most 100."))
        return {"low": low, "high": high, "weight": int(weight) if weight and weight == int(weight) else weight}


class StatusesForm(EntriesForm):
    """What can become of a proposal."""

    name: str = "outcome"
    table: rule_words.Words = rule_words.OUTCOMES
    codes: Sequence[str] = OUTCOMES

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give the one further choice of the list."""
        options = [(code, rule_words.word(self.table, code)) for code in self.codes]
        label = _("For the slot budget") if self.name == "outcome" else _("How it is found")
        yield self.name, forms.ChoiceField(label=label, choices=options, initial=entry.get(self.name), required=False)

    def read(self, number: int) -> Data:
        """Read the choice."""
        return {self.name: self.cleaned_data.get(f"{number}-{self.name}") or self.codes[0]}


class ScreeningForm(StatusesForm):
    """What proposals are screened for."""

    name, table, codes = "check", rule_words.CHECKS, CHECKS
    may_be_empty = True


def languages_of(entries: Sequence[Data]) -> dict[str, str]:
    """Give the languages of the interface, English first, and others that the entries are named in."""
    known = [code for code, _name in settings.LANGUAGES]
    found = dict.fromkeys(["en", *known])
    for entry in entries:
        found.update(dict.fromkeys([*entry.get("names", {}), *entry.get("shorts", {})]))
    return {code: _local(code) for code in found}


def _local(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
