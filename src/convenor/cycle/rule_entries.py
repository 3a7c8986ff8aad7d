"""Forms of the lists of a rule set: entries with a name per language, a tick to take one away, empty rows to add.

They work without script: every list ends in empty rows, and what is typed there becomes entries.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from convenor.cycle import rule_words
from convenor.cycle.rule_shapes import is_code

EMPTY_ROWS, MOST_ROWS = 2, 50  # a form has at most 1,000 inputs; what stands beyond is kept as it is
NAME_LENGTH, SHORT_LENGTH, CODE_LENGTH, FAMILY_LENGTH = 200, 40, 40, 5_000
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fold:
    """Further texts of an entry, one per language, behind a heading."""

    title: str
    fields: Sequence[forms.BoundField]
    is_open: bool


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
    place: forms.BoundField | None = None
    folds: Sequence[Fold] = ()


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
    most_rows = MOST_ROWS
    ticks_title: Any = ""  # heading over the lists of ticks, where there are some
    is_ordered = False  # whether each row says its place in the list
    families: tuple[
        tuple[str, Any, type[forms.Widget]], ...
    ] = ()  # texts per language beside names: name, title, widget

    def build(self, part: Sequence[Data]) -> None:
        """Make a row per entry, and empty ones; a form sent back has as many as it was shown with."""
        self.entries = list(part)
        self.languages = languages_of(self.entries)
        self.known = min(sent_number(self, "known", len(self.entries)), self.most_rows)
        self.count = min(sent_number(self, "rows", len(self.entries) + EMPTY_ROWS), self.most_rows)
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
        yield from self._families(number, entry)
        if self.is_ordered:
            place = forms.IntegerField(
                label=_("Place in the list"), initial=number + 1, min_value=0, max_value=1000, required=False
            )
            place.widget.attrs["class"] = "few"
            yield f"{number}-place", place
        if not is_new:
            yield f"{number}-goes", forms.BooleanField(label=_("Take it away"), required=False)

    def _families(self, number: int, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        for name, title, widget in self.families:
            given = self.family(entry, name)
            for code, language in self.languages.items():
                text = widget(attrs={"dir": "auto", "lang": code})
                yield (
                    f"{number}-{name}-{code}",
                    forms.CharField(
                        label=f"{title} ({language})",
                        initial=given.get(code, ""),
                        max_length=FAMILY_LENGTH,
                        strip=False,
                        required=False,
                        widget=text,
                    ),
                )

    def family(self, entry: Data, name: str) -> Data:
        """Give the texts by language that a family starts with."""
        return {}

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
        folds = [
            Fold(str(title), [self[f"{number}-{name}-{code}"] for code in self.languages], is_open=False)
            for name, title, _widget in self.families
        ]
        folded = [field for fold in folds for field in fold.fields]
        fixed = {f"{number}-{part}" for part in ("code", "goes", "place")}
        fixed |= {field.name for field in (*shorts, *names, *folded)}
        title = _("%(kind)s %(n)s") % {"kind": one, "n": number + 1}
        return Row(
            title=_("One more: %(kind)s") % {"kind": one} if is_new else title,
            code=self[f"{number}-code"],
            names=names,
            shorts=shorts,
            more=[self[name] for name in self.fields if name.startswith(f"{number}-") and name not in fixed],
            goes=None if is_new else self[f"{number}-goes"],
            is_open=any(field.errors for field in shorts) if self.is_bound else False,
            place=self[f"{number}-place"] if self.is_ordered else None,
            folds=[replace(fold, is_open=self.is_bound and any(one.errors for one in fold.fields)) for fold in folds],
        )

    def clean(self) -> Data:
        """Read every row that is not empty and not taken away."""
        values: Data = super().clean() or {}
        self.kept: list[Data] = []
        self.places: dict[str, int] = {}
        for number in range(self.count):
            if not values.get(f"{number}-goes") and self._is_filled(number):
                self._keep(number)
        if self.is_ordered:
            self.kept.sort(key=lambda entry: self.places.get(entry["code"], MOST_ROWS))
        if not self.kept and not self.errors and not self.may_be_empty:
            words = {"section": rule_words.word(rule_words.SECTIONS, self.key)}
            self.add_error(None, _("“%(section)s” would be empty: name at least one.") % words)
        return values

    def _is_filled(self, number: int) -> bool:
        parts = ("name", "short", *(name for name, _title, _widget in self.families))
        texts = [f"{number}-{part}-{code}" for part in parts for code in self.languages]
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
        self.places[code] = self.cleaned_data.get(f"{number}-place") or (number + 1 if self.is_ordered else 0)
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
        return self.kept + self.entries[self.most_rows :]


class OptionalEntriesForm(EntriesForm):
    """A list that may be empty."""

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
