"""Forms of the other sections of a rule set, and which form each section has."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle import rule_words
from convenor.cycle.rule_call import FIELDS, SEERS
from convenor.cycle.rule_call_forms import ConsentsForm, FieldsForm, KindsForm
from convenor.cycle.rule_data import DIMENSIONS, LIMITS, SOURCE_LENGTH
from convenor.cycle.rule_entries import Data, EntriesForm, OptionalEntriesForm, SectionForm, languages_of, sent_number
from convenor.cycle.rule_life import EVERY_FORMAT, MOST_REPORT_DAYS, TEXT_LENGTH, VISIBLE
from convenor.cycle.rule_lists import CriteriaForm, FormatsForm, ScreeningForm, StatusesForm
from convenor.cycle.rule_shapes import in_language
from convenor.cycle.wording import DIMENSION_NAMES, TAKEN_NAMES

EMPTY_ROWS, MOST_ROWS = 3, 100
MOST_SESSIONS = 10_000


def number(
    label: str, given: int | None, least: int, most: int, *, required: bool = True, hint: str | None = None
) -> forms.IntegerField:
    """Make the field of a whole number; its hint names the limits unless another is given."""
    hint = _("From %(least)s to %(most)s.") % {"least": least, "most": most} if hint is None else hint
    field = forms.IntegerField(
        label=label, initial=given, min_value=least, max_value=most, required=required, help_text=hint
    )
    field.widget.attrs["class"] = "few"
    return field


class RowsForm(SectionForm):
    """A short list of rows without names: a few fields each, and empty rows to add."""

    template = "cycle/rules/rows.html"

    def count_rows(self, filled: int) -> int:
        """Give how many rows the form has; one sent back has as many as it was shown with."""
        return min(sent_number(self, "rows", filled + EMPTY_ROWS), MOST_ROWS)

    def rows(self) -> list[list[forms.BoundField]]:
        """Give the fields of each row."""
        return [[self[name] for name in self.fields if name.startswith(f"{n}-")] for n in range(self.count)]

    def above(self) -> list[forms.BoundField]:
        """Give the fields that stand before the rows."""
        return [self[name] for name in self.fields if not name[0].isdigit()]

    count = 0


class BudgetForm(RowsForm):
    """The slot budget: the grid, what is taken off it, and the share by score."""

    def build(self, part: Data) -> None:
        """Make the fields."""
        self.fields["grid"] = number(_("Sessions that fit on the grid"), part["grid"], 1, MOST_SESSIONS)
        percent = number(_("Percent of the places filled by score"), part["by_score_percent"], 0, 100)
        self.fields["by_score_percent"] = percent
        taken = list(part["taken"].items())
        self.count = self.count_rows(len(taken))
        for n in range(self.count):
            kind, sessions = taken[n] if n < len(taken) else ("", None)
            name = str(TAKEN_NAMES.get(kind, kind))
            self.fields[f"{n}-kind"] = forms.CharField(
                label=_("Other sessions"), initial=name, max_length=60, required=False
            )
            self.fields[f"{n}-sessions"] = number(_("How many"), sessions, 0, MOST_SESSIONS, required=False, hint="")

    def clean(self) -> Data:
        """Refuse a budget without a place for proposals."""
        values: Data = super().clean() or {}
        known = {str(name): kind for kind, name in TAKEN_NAMES.items()}
        self.taken: dict[str, int] = {}
        for n in range(self.count):
            typed, sessions = values.get(f"{n}-kind") or "", values.get(f"{n}-sessions") or 0
            kind = known.get(typed, typed)
            if sessions and not kind:
                self.add_error(f"{n}-kind", _("Say what these sessions are."))
            elif kind in self.taken:
                self.add_error(f"{n}-kind", _("“%(kind)s” stands twice: keep one.") % {"kind": typed})
            elif kind and sessions:
                self.taken[kind] = sessions
        grid, taken = values.get("grid"), sum(self.taken.values())
        if grid is not None and grid <= taken:
            words = {"grid": grid, "taken": taken}
            said = _("The grid holds %(grid)s sessions and %(taken)s are taken: no place is left for proposals.")
            self.add_error("grid", said % words)
        return values

    def part(self) -> Data:
        """Give the budget as typed."""
        values = self.cleaned_data
        return {"grid": values["grid"], "taken": self.taken, "by_score_percent": values["by_score_percent"]}


class QuotasForm(RowsForm):
    """How many places a theme, region or group gets."""

    def build(self, part: Sequence[Data]) -> None:
        """Make a row per quota, and empty ones."""
        self.count = self.count_rows(len(part))
        classes = self._classes()
        for n in range(self.count):
            quota = part[n] if n < len(part) else {}
            given = f"{quota['dimension']}:{quota['value']}" if quota else ""
            of = forms.ChoiceField(label=_("For"), choices=classes, initial=given, required=False)
            self.fields[f"{n}-of"] = of
            for name, label in (("least", _("At least")), ("most", _("At most"))):
                self.fields[f"{n}-{name}"] = number(label, quota.get(name), 0, MOST_SESSIONS, required=False, hint="")

    def _classes(self) -> list[Any]:
        language = get_language() or "en"
        groups = [
            (
                str(DIMENSION_NAMES[dimension]),
                [(f"{dimension}:{one['code']}", named(one, language)) for one in self.rules[kind]],
            )
            for dimension, kind in DIMENSIONS.items()
        ]
        return [("", _("nothing")), *groups]

    def clean(self) -> Data:
        """Refuse rows that ask for nothing, or for more at least than at most."""
        values: Data = super().clean() or {}
        self.quotas: list[Data] = []
        for n in range(self.count):
            of, least, most = (values.get(f"{n}-{name}") for name in ("of", "least", "most"))
            if not of:
                continue
            if least is None and most is None and not {f"{n}-least", f"{n}-most"} & set(self.errors):
                self.add_error(f"{n}-least", _("Give a least number, a greatest, or both; or choose “nothing”."))
            elif least is not None and most is not None and least > most:
                self.add_error(f"{n}-most", _("This is less than the least number, %(least)s.") % {"least": least})
            dimension, value = of.split(":", 1)
            if (dimension, value) in {(quota["dimension"], quota["value"]) for quota in self.quotas}:
                self.add_error(f"{n}-of", _("This stands twice: keep one."))
            bounds = {name: bound for name, bound in (("least", least), ("most", most)) if bound is not None}
            self.quotas.append({"dimension": dimension, "value": value, **bounds})
        return values

    def part(self) -> list[Data]:
        """Give the quotas as typed."""
        return self.quotas


class LimitsForm(SectionForm):
    """Caps and limits."""

    def build(self, part: Mapping[str, int]) -> None:
        """Make a field per limit."""
        for name in rule_words.LIMITS:
            self.fields[name] = number(rule_words.word(rule_words.LIMITS, name), part[name], *LIMITS[name])

    def part(self) -> Data:
        """Give the limits as typed."""
        return {name: self.cleaned_data[name] for name in LIMITS}


class RequiredForm(SectionForm):
    """What a proposal must have, for every format and for single ones."""

    def build(self, part: Mapping[str, Sequence[str]]) -> None:
        """Make a list of ticks per format."""
        language = get_language() or "en"
        options = [(field, rule_words.word(rule_words.FIELDS, field)) for field in FIELDS]
        names = {EVERY_FORMAT: str(rule_words.EVERY_FORMAT)}
        names |= {one["code"]: named(one, language) for one in self.rules["formats"]}
        for code, name in names.items():
            self.fields[f"of-{code}"] = forms.MultipleChoiceField(
                label=name,
                choices=options,
                initial=list(part.get(code, ())),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def part(self) -> Data:
        """Give the ticks, formats without any left out."""
        ticked = {name.removeprefix("of-"): self.cleaned_data[name] for name in self.fields}
        return {code: fields for code, fields in ticked.items() if fields or code == EVERY_FORMAT}


class GradingForm(SectionForm):
    """Reasons for low grades, and mergers."""

    def build(self, part: Data) -> None:
        """Make the two fields."""
        label = _("A grade of this or less asks for a reason")
        self.fields["reason_at_most"] = number(label, part["reason_at_most"], 0, 100, required=False)
        self.fields["reason_at_most"].help_text = _("From 0 to 100. Empty: no grade asks for a reason.")
        label = _("Members of the committee may ask for two proposals to be merged")
        self.fields["may_ask_merger"] = forms.BooleanField(label=label, initial=part["may_ask_merger"], required=False)

    def part(self) -> Data:
        """Give both as typed."""
        return {name: self.cleaned_data[name] for name in ("reason_at_most", "may_ask_merger")}


class ReportsForm(SectionForm):
    """When a report is due, and what it is written from."""

    def build(self, part: Data) -> None:
        """Make the days and a text per language."""
        self.fields["days"] = number(_("Days after the session"), part["days"], 0, MOST_REPORT_DAYS)
        for code, language in languages_of([{"names": part["template"]}]).items():
            self.fields[f"template-{code}"] = forms.CharField(
                label=_("What a report says (%(language)s)") % {"language": language},
                initial=part["template"].get(code, ""),
                max_length=TEXT_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": code}),
            )

    def part(self) -> Data:
        """Give days and texts, empty ones left out."""
        texts = {name.removeprefix("template-"): text for name, text in self.cleaned_data.items() if name != "days"}
        return {"days": self.cleaned_data["days"], "template": {code: text for code, text in texts.items() if text}}


class VisibilityForm(SectionForm):
    """Who sees which field."""

    def build(self, part: Mapping[str, str]) -> None:
        """Make a choice per field."""
        options = [(seer, rule_words.word(rule_words.SEERS, seer)) for seer in SEERS]
        for field in VISIBLE:
            self.fields[field] = forms.ChoiceField(
                label=rule_words.word(rule_words.FIELDS, field),
                choices=options,
                initial=part[field],
                widget=forms.RadioSelect,
            )

    def part(self) -> Data:
        """Give the whole table."""
        return {field: self.cleaned_data[field] for field in VISIBLE}


class AdoptionForm(SectionForm):
    """What waits for a meeting to adopt the rules."""

    def build(self, part: Data) -> None:
        """Make a tick for each."""
        labels = {
            "before_results": _("Results open when a meeting has adopted these rules"),
            "before_selection": _("The selection opens when a meeting has adopted these rules"),
        }
        for name, label in labels.items():
            self.fields[name] = forms.BooleanField(label=label, initial=part[name], required=False)

    def part(self) -> Data:
        """Give both as ticked."""
        return {name: self.cleaned_data[name] for name in ("before_results", "before_selection")}


class SourceForm(SectionForm):
    """Where the rules come from."""

    def build(self, part: str) -> None:
        """Make the one field."""
        self.fields["source"] = forms.CharField(
            label=_("Source"), initial=part, max_length=SOURCE_LENGTH, required=False, widget=forms.Textarea
        )

    def part(self) -> str:
        """Give the text."""
        text: str = self.cleaned_data["source"]
        return text


FORMS: Mapping[str, type[SectionForm]] = {
    "themes": EntriesForm,
    "regions": OptionalEntriesForm,
    "groups": EntriesForm,
    "formats": FormatsForm,
    "kinds": KindsForm,
    "required": RequiredForm,
    "fields": FieldsForm,
    "consents": ConsentsForm,
    "screening": ScreeningForm,
    "limits": LimitsForm,
    "criteria": CriteriaForm,
    "grading": GradingForm,
    "reasons": OptionalEntriesForm,
    "budget": BudgetForm,
    "quotas": QuotasForm,
    "statuses": StatusesForm,
    "reports": ReportsForm,
    "visibility": VisibilityForm,
    "adoption": AdoptionForm,
    "source": SourceForm,
}


def named(entry: Data, language: str) -> str:
    """Name an entry of the data in a language."""
    return in_language(entry["names"], language)
