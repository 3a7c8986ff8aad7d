"""What the buttons of the form do, once what the form says is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.people.models import Person
from convenor.proposals.drafting import pasted, people
from convenor.proposals.drafting.handed import Handed
from convenor.proposals.drafting.pasted import MOST_LETTERS
from convenor.proposals.drafting.saving import Saved
from convenor.proposals.models import Part, Proposal
from convenor.shared.errors import Refused


@dataclass(frozen=True, slots=True)
class Pressed:
    """Where a button leads, what is said there; or what the form shows again: it was not carried out, or is not all."""

    address: str
    sentence: str = ""
    is_done: bool = True
    is_reading: bool = False  # nothing was refused: lines that were pasted are shown as they are read
    page: Mapping[str, Any] = field(default_factory=dict)


def press(saved: Saved, handed: Handed, *, by: Person, at: datetime) -> Pressed:
    """Do what a button says; whatever is refused, or was typed beside it, stays in the form."""
    row = saved.proposal
    form = reverse("proposals:draft", args=(*row.cycle.address, row.pk))
    if handed.do in ("save", ""):
        return Pressed(form, _("Saved.") if saved.is_whole else "", page=_typed(handed))
    try:
        if handed.do in ("preview", "submit"):
            return Pressed(_led_on(row, handed))
        if handed.do == "paste":
            pasted.check(handed.paste)
            return Pressed(form, is_done=False, is_reading=True, page=_typed(handed) or {"paste": handed.paste})
        sentence = _people(row, handed, by=by, at=at)
    except Refused as refusal:
        page = {"person": handed.person, **_typed(handed), "sentence": str(refusal)}
        return Pressed(form, is_done=False, page=page)
    return Pressed(f"{form}#people", sentence, page=_typed(_left(handed)))


def _led_on(row: Proposal, handed: Handed) -> str:
    """Give the page that a button leads to, unless somebody is typed here who would be lost on the way."""
    if _typed(handed):
        raise Refused(
            _("Somebody is typed here and not named yet: add them, or empty these fields. What you typed is kept.")
        )
    name = "proposals:draft-preview" if handed.do == "preview" else "proposals:submit"
    return reverse(name, args=(*row.cycle.address, row.pk))


def _left(handed: Handed) -> Handed:
    """Give what is typed about people once a button has done its work."""
    if handed.do == "add":
        return replace(handed, person={})
    if handed.do == "add-pasted":
        return replace(handed, paste=pasted.rest(handed.paste, part=Part.SPEAKER))
    return handed


def _people(row: Proposal, handed: Handed, *, by: Person, at: datetime) -> str:
    match handed.do:
        case "add":
            typed = handed.person
            one = people.named(
                typed["name"], typed["email"], typed["organisation"], typed["part"],
                is_on_site=not typed["online"], by=by,
            )  # fmt: skip
            people.add(row, [one], at=at)
            return _("%(name)s is named.") % {"name": one.name}
        case "add-pasted":
            return _add_pasted(row, handed.paste, at=at)
        case "out":
            return _("%(name)s is taken out.") % {"name": people.remove(row, handed.row, at=at)}
        case "up":
            return _("%(name)s stands one place higher.") % {"name": people.move_up(row, handed.row, at=at)}
        case "let":
            name = people.let_edit(row, handed.row, by=by, may=True)
            return _("%(name)s may write here from now on, signed in with the address you gave.") % {"name": name}
        case "unlet":
            return _("%(name)s may no longer write here.") % {
                "name": people.let_edit(row, handed.row, by=by, may=False)
            }
    raise Refused(_("Nothing was done beside saving: there is no such button. Load the page again."))


def _add_pasted(row: Proposal, text: str, *, at: datetime) -> str:
    pasted.check(text)
    lines = [line for line in pasted.read(text, part=Part.SPEAKER) if not line.faults]
    if not lines:
        raise Refused(_("Nobody was added: no line names somebody with an address. The lines are kept below."))
    made = people.add(row, [people.Named(one.name, one.email, one.organisation, one.part) for one in lines], at=at)
    return ngettext("%(n)s person is named.", "%(n)s people are named.", len(made)) % {"n": len(made)}


def _typed(handed: Handed) -> dict[str, Any]:
    """Give what is typed about people, as the form shows it again; nothing where the fields are empty."""
    found: dict[str, Any] = {}
    if any(handed.person.get(name, "").strip() for name in ("email", "name", "organisation")):
        found["person"] = handed.person
    if handed.paste.strip():
        found["paste"] = handed.paste
        found["pasted"] = pasted.read(handed.paste, part=Part.SPEAKER) if len(handed.paste) <= MOST_LETTERS else ()
    return found
