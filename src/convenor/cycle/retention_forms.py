"""The form of a forum's times of keeping."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from convenor.cycle.retention import Line

MOST_MONTHS = 240


class TimesForm(forms.Form):
    """One number of months per rule; an empty one keeps for ever."""

    def __init__(self, typed: Mapping[str, Any] | None, *, lines: list[Line]) -> None:
        super().__init__(typed)
        self.lines = lines
        for line in lines:
            self.fields[line.rule.code] = forms.IntegerField(
                label=_("Months: %(rule)s") % {"rule": _(line.rule.title)},
                min_value=1,
                max_value=MOST_MONTHS,
                required=False,
                initial=line.months,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )

    def rows(self) -> Iterator[tuple[Line, str, BoundField]]:
        """Give each rule with its name in the reader's language and its field."""
        return ((line, _(line.rule.title), self[line.rule.code]) for line in self.lines)
