"""Puts what earlier meetings asked for, and is open, first on the agenda of a new meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.meetings.agenda import Agenda, Block, Item, Kind
from convenor.meetings.followup.models import ActionItem
from convenor.meetings.matters import Matter, matter_of
from convenor.shared.languages.days import date_format

FIRST = (Matter.WELCOME, Matter.ADOPTION)  # what comes before it
MOST_SHOWN = 25
MOST_LETTERS = 160


def with_open_actions(agenda: Agenda, actions: Sequence[ActionItem]) -> Agenda:
    """Give the agenda with an item on the open action items behind its opening, each of them under it.

    An agenda that has such an item from an earlier meeting has it once, with what is open now.
    """
    agenda = replace(agenda, days=tuple(replace(day, blocks=tuple(map(_without, day.blocks))) for day in agenda.days))
    if not actions:
        return agenda
    place = next(_places(agenda), None)
    if place is None:
        return agenda
    i, j, k = place
    block = agenda.days[i].blocks[j]
    items = (*block.items[:k], _item(actions), *block.items[k:])
    blocks = (*agenda.days[i].blocks[:j], replace(block, items=items), *agenda.days[i].blocks[j + 1 :])
    days = (*agenda.days[:i], replace(agenda.days[i], blocks=blocks), *agenda.days[i + 1 :])
    return replace(agenda, days=days)


def title() -> str:
    """Name the item."""
    return _("Matters arising: open action items")


def _without(block: Block) -> Block:
    return replace(block, items=tuple(item for item in block.items if item.title != title()))


def _places(agenda: Agenda) -> Iterator[tuple[int, int, int]]:
    """Give the place in the first block with items: behind those that open the meeting."""
    for i, day in enumerate(agenda.days):
        for j, block in enumerate(day.blocks):
            if block.kind is Kind.ITEMS:
                opening = [k for k, item in enumerate(block.items) if matter_of(item.title) in FIRST]
                yield i, j, max(opening, default=-1) + 1


def _item(actions: Sequence[ActionItem]) -> Item:
    shown = [_point(row) for row in actions[:MOST_SHOWN]]
    if more := len(actions) - len(shown):
        words = ngettext("%(count)s more action item", "%(count)s more action items", more) % {"count": more}
        shown.append(Item(None, words))
    return Item(None, title(), children=tuple(shown))


def _point(row: ActionItem) -> Item:
    """Say what is to be done, by whom and until when, with the way to its page."""
    what = " ".join(row.what.split())
    what = what if len(what) <= MOST_LETTERS else f"{what[:MOST_LETTERS]}…"
    due = _("due %(day)s") % {"day": date_format(row.due, "j F Y")} if row.due else ""
    beside = ", ".join(part for part in (row.whose, due) if part)
    link = f"{settings.ORIGIN}{row.get_absolute_url()} {_('Action item')}"
    return Item(None, f"{what} ({beside})" if beside else what, links=(link,))
