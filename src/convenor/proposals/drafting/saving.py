"""A proposal is begun, and saved as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.people.affiliations import find_or_make_organisation
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.proposals.call_codes import take_code
from convenor.proposals.drafting import keeping, standing
from convenor.proposals.drafting.asking import Ask, changeable_codes, form_of, sorts_of
from convenor.proposals.drafting.content import ORGANISATION, written
from convenor.proposals.drafting.merging import Clash, Value, digest, merge
from convenor.proposals.drafting.models import Draft, Why
from convenor.proposals.drafting.reading import read_all
from convenor.proposals.importing.cell_people import LONGEST_NAME
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.errors import Refused

MOST_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says: by field what its controls hold, the digests it was opened with, and how it is known again."""

    fields: Mapping[str, Sequence[str]]
    was: Mapping[str, str]
    token: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: what counts now, what others changed, what needs a decision, what was not taken."""

    proposal: Proposal
    content: Mapping[str, Value]
    read: Mapping[str, Value] = field(default_factory=dict)  # what the form says, as it is stored
    news: Mapping[str, Value] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    writer: Person | None = None  # of the last save before, where that was somebody else

    @property
    def is_whole(self) -> bool:
        """Whether everything the form said is stored."""
        return not self.clashes and not self.faults


@transaction.atomic
def begin(start: standing.Start, organisation: str, *, code: str = "", by: Person, at: datetime) -> Proposal:
    """Make a draft of a kind; one that holds nothing yet is given again, so that two clicks make one.

    Raises:
        Refused: the kind may not be proposed, or the organisation or the access code is missing.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    if start.kind is None or not start.may_begin:
        raise Refused(" ".join(start.sentences) or _("Nothing was begun: this cannot be proposed."))
    name = tidy_name(organisation)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("Nothing was begun: name the organisation that proposes, in at most 200 letters."))
    begun = Proposal.objects.filter(cycle=start.cycle, owner=by, kind=start.kind.code, state=State.DRAFT, revision=0)
    begun = begun.filter(organisation__name=name, number=None, title="", access_code__isnull=not start.needs_code)
    if (row := begun.first()) is not None:
        return row
    access = take_code(start.cycle, kind=start.kind.code, code=code) if start.needs_code else None
    formats = [one for one in start.cycle.rules.formats if start.kind.allows(one.code)]
    row = Proposal.objects.create(
        cycle=start.cycle,
        kind=start.kind.code,
        owner=by,
        organisation=find_or_make_organisation(name),
        format=formats[0].code if len(formats) == 1 else "",
        minutes=start.kind.lengths(formats[0])[0],
        access_code=access,
        saved_at=at,
    )
    known = {ORGANISATION: name, "format": row.format} if row.format else {ORGANISATION: name}
    Draft.objects.create(proposal=row, content=known, saved_by=by)
    Contributor.objects.create(proposal=row, person=by, organisation=row.organisation, part=Part.ORGANISER)
    return row


@transaction.atomic
def save(proposal: Proposal, said: Said, *, by: Person, at: datetime) -> Saved:
    """Store what a form says, field by field, against what was stored since it was opened.

    One transaction and no entry of the journal: it is asked for every few seconds. A save that comes again is known by
    its token and changes nothing. What was typed into a field that is closed by now is no longer stored, and said so.
    """
    row = locked(proposal)
    draft = _draft_of(row)
    content: dict[str, Value] = dict(draft.content)
    asks = form_of(row, content | _format_said(said))
    closed = _closed(row, asks, content, at=at)
    read = read_all(sorts_of({code: ask for code, ask in asks.items() if code not in closed}), said.fields)
    read.faults.update(_too_late(closed, content, said) | _asked_no_longer(row, asks, content, said))
    last = by if draft.saved_by_id == by.pk else draft.saved_by  # read only where it is somebody else
    writer = None if last == by else last
    if said.token and said.token in draft.tokens:
        return Saved(row, content, read.values, faults=read.faults, writer=writer)
    merged = merge(said.was, read.values, content)
    if merged.clashes:
        mine = {**content, **merged.values, **{one.field: one.mine for one in merged.clashes}}
        keeping.keep(row, mine, Why.CLASHED, by=by, at=at)
    if merged.values:
        keeping.keep_before(row, content, writer=last, by=by, at=at)
        content.update(merged.values)
        token = "" if merged.clashes else said.token  # what clashed is to be looked at again
        _store(row, draft, content, token, by=by, at=at)
    return Saved(row, content, read.values, merged.news, merged.clashes, read.faults, writer)


def _closed(row: Proposal, asks: Mapping[str, Ask], content: Mapping[str, Value], *, at: datetime) -> Mapping[str, Ask]:
    """Give the fields that can no longer be written in."""
    if row.number is None:
        return {}
    codes = changeable_codes(row, content, **standing.time_of(row, at=at))
    return {code: ask for code, ask in asks.items() if code not in codes}


def _too_late(closed: Mapping[str, Ask], content: Mapping[str, Value], said: Said) -> dict[str, str]:
    """Say of each closed field that was typed into that it was not saved; an older form sends the others, too."""
    read = read_all(sorts_of(closed), said.fields)
    changed = [
        code
        for code, value in read.values.items()
        if digest(value) not in (digest(content.get(code)), said.was.get(code, ""))
    ]
    sentence = _(
        "“%(field)s” was not saved: it can no longer be changed. What you typed stays here until you leave the page; "
        "copy it and ask the secretariat."
    )
    return {code: sentence % {"field": closed[code].label} for code in (*changed, *read.faults)}


def _asked_no_longer(
    row: Proposal, asks: Mapping[str, Ask], content: Mapping[str, Value], said: Said
) -> dict[str, str]:
    """Say of each field that the form has no longer, and that was typed into, that it was not saved."""
    strange = {code: texts for code, texts in said.fields.items() if code not in asks and any(map(str.strip, texts))}
    if not strange:
        return {}
    before = form_of(row, content)  # as it was before another format was chosen
    read = read_all(sorts_of({code: before[code] for code in strange if code in before}), strange)
    sentence = _(
        "“%(field)s” was not saved: the form does not ask for this any more. What you typed stays here until you leave "
        "the page; copy what you need."
    )
    found = {}
    for code, texts in strange.items():
        value = read.values.get(code, texts[0])
        if digest(value) not in (digest(content.get(code)), said.was.get(code, "")):
            found[code] = sentence % {"field": before[code].label if code in before else code[:40]}
    return found


def check_people_may_change(row: Proposal, *, at: datetime) -> None:
    """Make sure that people may still be named or taken out.

    Raises:
        Refused: it was handed in, and the call is closed.
    """
    if row.number is not None and not standing.is_open(row, at=at):
        raise Refused(
            _("Nobody was added or taken out: the call is closed, and this was handed in. Ask the secretariat.")
        )


def locked(proposal: Proposal, *more: str) -> Proposal:
    """Give the row as it stands now, locked until the transaction ends; `more` are relations that are needed, too."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("organisation", *more)
    row = rows.get(pk=proposal.pk)
    row.cycle = proposal.cycle
    return row


def _draft_of(row: Proposal) -> Draft:
    found = Draft.objects.filter(proposal=row).first()
    return found or Draft(proposal=row, content=written(row))


def _format_said(said: Said) -> dict[str, Value]:
    """Give the format that this save chooses: fields and lengths follow from it."""
    chosen = said.fields.get("format")
    return {"format": chosen[0]} if chosen else {}


def _store(row: Proposal, draft: Draft, content: Mapping[str, Value], token: str, *, by: Person, at: datetime) -> None:
    draft.content = {code: value for code, value in content.items() if digest(value)}
    draft.saved_by = by
    draft.tokens = [*draft.tokens, token][-MOST_TOKENS:] if token else draft.tokens
    draft.save()
    row.saved_at, row.revision = at, row.revision + 1
    if row.submitted_at is None and row.state == State.DRAFT:
        row.title = str(content.get("title") or "")
    row.save(update_fields=["saved_at", "revision", "title"])
