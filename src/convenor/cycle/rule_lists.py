"""Forms of the lists of a rule set that say more than names: formats, criteria, statuses and screening."""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle import rule_words
from convenor.cycle.rule_call import LEAST_MINUTES, MOST_MINUTES
from convenor.cycle.rule_data import HEAVIEST
from convenor.cycle.rule_entries import Data, EntriesForm
from convenor.cycle.rule_life import CHECKS, OUTCOMES

LENGTHS_HINT = gettext_lazy("Whole minutes from 5 to 600, such as 60, 90.")


def lengths_as_text(minutes: Sequence[int]) -> str:
    """Write lengths as a form shows them."""
    return ", ".join(str(length) for length in minutes)


def read_lengths(typed: str) -> list[int] | None:
    """Read lengths, in order; None where something is no length or stands twice."""
    words = typed.replace("،", ",").replace(";", ",").replace(",", " ").split()
    lengths = [int(word) for word in words if word.isdecimal() and len(word) < len("10000")]
    right = [length for length in lengths if LEAST_MINUTES <= length <= MOST_MINUTES]
    return None if len(right) < len(words) or len(set(right)) < len(right) else sorted(right)


class FormatsForm(EntriesForm):
    """Formats with the lengths that they allow."""

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give the lengths as text."""
        given = lengths_as_text(entry.get("minutes", ()))
        yield "minutes", forms.CharField(label=_("Lengths"), initial=given, required=False, help_text=LENGTHS_HINT)

    def read(self, number: int) -> Data:
        """Read the lengths."""
        lengths = read_lengths(self.cleaned_data.get(f"{number}-minutes") or "")
        if not lengths:
            self.add_error(f"{number}-minutes", _("Give whole minutes from 5 to 600, each once, such as 60, 90."))
        return {"minutes": lengths or []}


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
