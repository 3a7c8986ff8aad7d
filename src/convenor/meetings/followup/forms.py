"""Forms of action items: what, who, when; and what became of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.forms import day_input
from convenor.meetings.floorpages.hands import Known
from convenor.meetings.followup.actions import Wanted
from convenor.meetings.followup.models import LONGEST_SENTENCE, LONGEST_WHAT, NEXT, ActionItem, State
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person
from convenor.people.names import tidy_name


class SeenForm(forms.Form):
    """A form about an action item; `seen` is the sequence that its reader has read, and nothing for a new one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def read_again(self, row: ActionItem) -> None:
        """Let it be sent again by a reader who was told how the action item stands now."""
        self.data = {**self.data.dict(), "seen": row.sequence}  # type: ignore[attr-defined]  # it is bound to a request


class ActionForm(SeenForm):
    """What is to be done: the owner is somebody who takes part, or words for a body."""

    what = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=LONGEST_WHAT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    person = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    owner_words = forms.CharField(
        label=gettext_lazy("or an organisation or a group"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("“Secretariat”, “Working group on outreach”."),
    )
    due = forms.DateField(label=gettext_lazy("Due"), required=False, widget=day_input())
    item = forms.ChoiceField(label=gettext_lazy("Agenda item"), required=False)

    def __init__(self, *args: Any, people: Sequence[Known], items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.key: one.speaker for one in people if isinstance(one.speaker, Person)}
        self.items = {str(one.pk): one for one in items}
        person, item = self.fields["person"], self.fields["item"]
        named = ((one.key, f"{one.name}, {one.detail}".strip(", ")) for one in people if one.key in self.people)
        person.choices = [("", _("nobody by name")), *named]  # type: ignore[attr-defined]  # a ChoiceField
        item.choices = [("", _("none")), *((key, str(one)[:100]) for key, one in self.items.items())]  # type: ignore[attr-defined]

    def clean_owner_words(self) -> str:
        """Put them on one line."""
        return tidy_name(self.cleaned_data["owner_words"])

    def clean(self) -> dict[str, Any]:
        """Ask for an owner."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("person") and not values.get("owner_words") and "person" not in self.errors:
            self.add_error("owner_words", _("Say who does it: choose a person, or write an organisation or a group."))
        return values

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        given = self.cleaned_data
        return Wanted(
            what=" ".join(given["what"].split()),
            owner=self.people.get(given["person"]),
            owner_words=given["owner_words"],
            due=given["due"],
            item=self.items.get(given["item"]),
        )


def stands(row: ActionItem) -> dict[str, Any]:
    """Give what fills the form with an action item."""
    return {
        "seen": row.sequence,
        "what": row.what,
        "person": f"p{row.owner_id}" if row.owner_id else "",
        "owner_words": row.owner_words,
        "due": row.due,
        "item": str(row.item_id or ""),
    }


def items_of(meeting: Meeting) -> list[Item]:
    """Give the items of a meeting in the order of the agenda, with those under them."""
    rows = Item.objects.filter(block__day__meeting=meeting).order_by("block__day__order", "block__order", "order", "pk")
    return list(rows)


class SettleForm(SeenForm):
    """What became of an action item."""

    state = forms.ChoiceField(label=gettext_lazy("It is"), widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=gettext_lazy("A sentence"),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("What was done, or why not. Everybody reads it."),
    )

    def __init__(self, data: QueryDict | None = None, *, row: ActionItem) -> None:
        super().__init__(data, initial={"seen": row.sequence})
        states = sorted(NEXT[State(row.state)], key=list(State).index)
        state = self.fields["state"]
        state.choices = [(one.value, one.label) for one in states]  # type: ignore[attr-defined]  # a ChoiceField
        state.initial = states[0].value if states else ""
        state.error_messages["invalid_choice"] = _("Nothing was changed: the action item is: %(state)s.") % {
            "state": row.get_state_display()
        }
