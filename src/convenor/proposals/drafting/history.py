"""The texts of a proposal that were kept, and what differs between any two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from convenor.proposals.drafting.asking import Ask, form_of
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.differing import Piece, differences
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.models import Version
from convenor.proposals.drafting.showing import shown
from convenor.proposals.models import Contributor, Part, Proposal

NOW = "now"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, in pieces."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class History:
    """The kept texts, newest first, and the two that are compared."""

    versions: Sequence[Version]
    before: str
    after: str
    changes: Sequence[Change]
    texts: Sequence[tuple[str, str]]  # the later of the two, whole: label, words


def history_of(proposal: Proposal, before: str, after: str) -> History:
    """Compare two kept texts by their numbers; what is unknown is the last kept one, and what is written now."""
    versions = list(proposal.versions.select_related("made_by").order_by("-number"))
    known = {str(one.number): one for one in versions}
    after = after if after in known else NOW
    before = before if before in known else (str(versions[0].number) if versions else NOW)
    old, new = _text(proposal, known.get(before)), _text(proposal, known.get(after))
    asks = {**form_of(proposal, old.content), **form_of(proposal, new.content)}
    pairs = [(ask.label, *_both(ask, old.content, new.content)) for ask in asks.values() if not ask.is_people]
    names = _names(proposal)
    pairs.append((_("People"), _listed(old.people, names), _listed(new.people, names)))
    changes = [Change(label, differences(one, two)) for label, one, two in pairs if one != two]
    return History(versions, before, after, changes, [(label, two) for label, _one, two in pairs if two])


@dataclass(frozen=True, slots=True)
class _Text:
    content: Mapping[str, Value]
    people: Sequence[tuple[int, str]]


def _text(proposal: Proposal, version: Version | None) -> _Text:
    if version is not None:
        return _Text(version.content, [(int(key), str(part)) for key, part in version.people])
    return _Text(written(proposal), list(proposal.contributors.values_list("person_id", "part")))


def _both(ask: Ask, old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[str, str]:
    return shown(ask, old.get(ask.code)), shown(ask, new.get(ask.code))


def _names(proposal: Proposal) -> Mapping[int, str]:
    """Name people as their proposer did; what an account is called is nothing that a history tells."""
    people = Contributor.objects.filter(proposal=proposal).select_related("person")
    return {one.person_id: one.shown_name for one in people}


def _listed(people: Sequence[tuple[int, str]], names: Mapping[int, str]) -> str:
    parts = dict(Part.choices)
    return "\n".join(
        f"{names.get(key, _('somebody who was taken out'))}, {parts.get(part, part)}" for key, part in people
    )
