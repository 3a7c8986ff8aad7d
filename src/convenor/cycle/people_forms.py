"""Forms of a committee: a role for somebody, its term, a pasted list, the choice between two entries."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from convenor.cycle.forms import day_input
from convenor.cycle.members import meetings_of
from convenor.cycle.models import Cycle
from convenor.people.forms import country_choices, named_field
from convenor.people.models import Group, Person
from convenor.people.names import tidy_name
from convenor.people.role_actions import Term
from convenor.people.roles import Role
from convenor.people.terms import NAMES

THIS_YEAR, EVERY_YEAR, ONE_MEETING = "year", "forum", "meeting:"
LONGEST_PASTE = 200_000


def place_choices(cycle: Cycle, *, is_wide: bool) -> list[tuple[str, str]]:
    """Give where a role can be held; in every year only where the asker's own role is."""
    every = [(EVERY_YEAR, _("%(forum)s, every year") % {"forum": cycle.forum.name})] if is_wide else []
    meetings = [(f"{ONE_MEETING}{slug}", _("Only the meeting “%(title)s”") % {"title": title})
                for slug, title in meetings_of(cycle)]  # fmt: skip
    return [(THIS_YEAR, cycle.name), *every, *meetings]


class PlaceForm(forms.Form):
    """A role and where it is held."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=Role.MEMBER, choices=list(NAMES.items()))
    place = forms.ChoiceField(label=gettext_lazy("Where it counts"), initial=THIS_YEAR)

    def __init__(self, *args: Any, cycle: Cycle, is_wide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self.fields["place"].choices = place_choices(cycle, is_wide=is_wide)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def year(self) -> str:
        """The short name of the year the role counts in; empty for every year."""
        return "" if self.cleaned_data["place"] == EVERY_YEAR else self.cycle.slug

    @property
    def meeting(self) -> str:
        """The short name of the one meeting it counts in, or empty."""
        place: str = self.cleaned_data["place"]
        return place.removeprefix(ONE_MEETING) if place.startswith(ONE_MEETING) else ""


class TermForm(forms.Form):
    """First and last day of a role."""

    since = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: from the beginning."),
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: until it is ended."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a term that ends before it starts."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day, %(start)s.") % {"start": since})
        return values


class EndForm(forms.Form):
    """The last day of a role that ends."""

    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=day_input())


class RoleForm(TermForm, PlaceForm):
    """A role for somebody of the directory, or for an address."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("Somebody of this forum gets the role at once. Every other address is invited by mail."),
    )
    name = named_field(gettext_lazy("Name"), 200, gettext_lazy("For the invitation."))
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("Stakeholder group"),
        required=False,
        choices=[("", gettext_lazy("Not stated")), *Group.choices],
    )
    field_order = ("email", "name", "country", "group", "role", "place", "since", "until")

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(get_language() or "en")  # type: ignore[attr-defined]  # as above
        if person is not None:
            for name in ("email", "name", "country", "group"):
                del self.fields[name]

    def clean_email(self) -> str:
        """Compare addresses in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def clean_name(self) -> str:
        """Tidy the name."""
        return tidy_name(self.cleaned_data["name"])

    @property
    def term(self) -> Term:
        """The role as it was asked for."""
        values = self.cleaned_data
        slug = self.cycle.forum.slug
        return Term(Role(values["role"]), slug, self.year, self.meeting, values["since"], values["until"])

    @property
    def said(self) -> dict[str, str]:
        """What is said of the person."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "country", "group")}


class PasteForm(PlaceForm):
    """A list of people from a spreadsheet."""

    text = forms.CharField(
        label=gettext_lazy("The list"),
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One person a line: name, e-mail, country, group, role, since, until. Copied cells, commas or semicolons; "
            "a line of headings may stand first and may leave columns out."
        ),
        error_messages={"required": gettext_lazy("Paste the list here.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("text", "role", "place", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].label = _("Role, where a line names none")


class MergeForm(forms.Form):
    """Which of two entries stays, and with which address."""

    keep = forms.ChoiceField(label=gettext_lazy("The entry that stays"), widget=forms.RadioSelect)
    email = forms.ChoiceField(label=gettext_lazy("The address that stays"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: tuple[Person, Person], **kwargs: Any) -> None:
        first, second = people
        addresses = [one.email for one in people if one.email]
        chosen = second if second.joined_at and not first.joined_at else first
        kwargs["initial"] = {"keep": str(chosen.pk), "email": chosen.email or (addresses[0] if addresses else "")}
        super().__init__(*args, **kwargs)
        names = [(str(first.pk), _("the first")), (str(second.pk), _("the second"))]
        self.fields["keep"].choices = names  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["email"].choices = [(one, one) for one in addresses]  # type: ignore[attr-defined]  # as above
        if not addresses:
            del self.fields["email"]
