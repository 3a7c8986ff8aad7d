"""Forms of requests to a meeting: asking, and answering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.meetings.agenda_page import days_of
from convenor.meetings.matters import Matter
from convenor.meetings.models import BlockKind, Item, Meeting
from convenor.meetings.requests.actions import Placing, Wanted, Where
from convenor.meetings.requests.letters import place_of
from convenor.meetings.requests.models import Kind, SlotRequest
from convenor.meetings.storing import children_of
from convenor.meetings.wording import day_with_date
from convenor.people.forms import named_field
from convenor.people.names import tidy_name

MOST_MINUTES = 240
USUAL_MINUTES = 10
LONGEST_SENTENCE = 300
LONGEST_OPTION = 120
MATTERS = {Kind.BRIEFING: Matter.BRIEFING, Kind.OTHER_BUSINESS: Matter.OTHER_BUSINESS}
MOST_DOCUMENTS = 5
LONGEST_ADDRESS = 200


def _minutes(help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=USUAL_MINUTES, help_text=help_text
    )


class AskForm(forms.Form):
    """What somebody asks of a meeting."""

    kind = forms.ChoiceField(label=gettext_lazy("I ask for"), choices=Kind.choices, widget=forms.RadioSelect)
    title = named_field(gettext_lazy("Title"), 200, gettext_lazy("As the agenda should print it."))
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy(
            "And what you would like the meeting to do. Only the chair and the secretariat read it."
        ),
    )
    organisation = named_field(gettext_lazy("Organisation or initiative"), 200)
    speaker = named_field(gettext_lazy("Who speaks"), 200, gettext_lazy("The agenda prints the name."))
    minutes = _minutes(gettext_lazy("With time for questions."))
    day: Any = forms.ModelChoiceField(
        label=gettext_lazy("Day that suits best"), queryset=None, required=False, empty_label=gettext_lazy("Any day")
    )
    documents = forms.CharField(
        label=gettext_lazy("Addresses of documents"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
        help_text=gettext_lazy("One per line, where everybody can read it; the agenda links to it."),
    )

    def __init__(self, *args: Any, meeting: Meeting, may_ask_other_business: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        days = self.fields["day"]
        days.queryset, days.label_from_instance = meeting.days.all(), day_with_date  # type: ignore[attr-defined]  # a ModelChoiceField
        if not may_ask_other_business:
            del self.fields["kind"]

    def clean_title(self) -> str:
        """Tidy the title, which may leave nothing."""
        if not (title := tidy_name(self.cleaned_data["title"])):
            raise forms.ValidationError(_("Give it a title that can be read."))
        return title

    def clean_organisation(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["organisation"])

    def clean_speaker(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["speaker"])

    def clean_documents(self) -> list[str]:
        """Read an address per line."""
        field = forms.URLField(max_length=LONGEST_ADDRESS, assume_scheme="https")
        found = list(
            dict.fromkeys(line.strip() for line in self.cleaned_data["documents"].splitlines() if line.strip())
        )
        if len(found) > MOST_DOCUMENTS:
            raise forms.ValidationError(_("At most %(most)s documents; take some away.") % {"most": MOST_DOCUMENTS})
        return [self._address(field, line) for line in found]

    @staticmethod
    def _address(field: forms.URLField, line: str) -> str:
        try:
            address = str(field.clean(line))
        except forms.ValidationError:
            address = ""
        if not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("“%(line)s” is no address of a page.") % {"line": line[:LONGEST_ADDRESS]})
        return address

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        day = self.cleaned_data["day"]
        return Wanted(**{"kind": Kind.BRIEFING, **self.cleaned_data, "day": day.pk if day else None})


def asked_before(request: SlotRequest) -> dict[str, Any]:
    """Give what fills the form with a request."""
    values = {name: getattr(request, name) for name in Wanted.__dataclass_fields__}
    return {**values, "documents": "\n".join(request.documents)}


class PlaceForm(forms.Form):
    """Where a request goes on the agenda."""

    item = forms.TypedChoiceField(label=gettext_lazy("Agenda item"), coerce=int)
    how = forms.ChoiceField(
        label=gettext_lazy("It becomes"),
        choices=[
            (Where.UNDER.value, gettext_lazy("a point under this item")),
            (Where.BEFORE.value, gettext_lazy("an item of its own, before it")),
            (Where.AFTER.value, gettext_lazy("an item of its own, after it")),
        ],
        widget=forms.RadioSelect,
        initial=Where.UNDER.value,
    )
    title = named_field(gettext_lazy("Title on the agenda"), 300)
    minutes = _minutes()
    presenter = named_field(gettext_lazy("Presenter on the agenda"), 200, gettext_lazy("Or leave it open."))
    sentence = named_field(
        gettext_lazy("A sentence for whoever asked"), LONGEST_SENTENCE, gettext_lazy("It goes into the mail.")
    )

    def __init__(self, *args: Any, request: SlotRequest, items: Sequence[Item], **kwargs: Any) -> None:
        suits = [item for item in items if item.block.day_id == request.day_id]
        first = [item for item in items if item.matter == MATTERS[Kind(request.kind)] and item.parent_id is None]
        stands = {
            "item": next((item.pk for item in [*first, *suits]), None),
            "title": f"{request.organisation}: {request.title}" if request.organisation else request.title,
            "minutes": request.minutes,
            "presenter": request.speaker,
        }
        super().__init__(*args, **{"initial": stands, **kwargs})
        self.fields["title"].required = True
        others = [item for item in items if item not in first]
        self.fields["item"].choices = _options(first, others)  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Tidy every word."""
        values: dict[str, Any] = super().clean() or {}
        return {name: tidy_name(one) if isinstance(one, str) else one for name, one in values.items()}

    @property
    def placing(self) -> Placing:
        """Where it goes."""
        values = dict(self.cleaned_data)
        return Placing(where=Where(values.pop("how")), **values)


def _options(first: Sequence[Item], others: Sequence[Item]) -> list[Any]:
    parts = [(_("Made for it"), first), (_("All other items"), others)]
    return [(name, [(item.pk, _option(item)) for item in items]) for name, items in parts if items]


def _option(item: Item) -> str:
    said = place_of(item)
    return said if len(said) <= LONGEST_OPTION else f"{said[: LONGEST_OPTION - 1]}…"


class DeclineForm(forms.Form):
    """Why a request is not taken up."""

    sentence = named_field(
        gettext_lazy("Why it is declined"), LONGEST_SENTENCE, gettext_lazy("The sentence goes to whoever asked.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "decline", **kwargs})
        self.fields["sentence"].required = True
        self.fields["sentence"].error_messages["required"] = _("Say why; the sentence goes to whoever asked.")

    def clean_sentence(self) -> str:
        """Put it on one line."""
        return tidy_name(self.cleaned_data["sentence"])


def items_of(meeting: Meeting) -> list[Item]:
    """Give the items of a meeting in the order of the agenda, three queries; breaks are no places for requests."""
    found = list[Item]()
    for day in days_of(meeting):
        for block in day.blocks.all():
            under = children_of(block) if block.kind == BlockKind.ITEMS else {}
            waiting = list(reversed(under.get(None, [])))
            while waiting:
                found.append(item := waiting.pop())
                waiting += reversed(under.get(item.pk, []))
    return found
