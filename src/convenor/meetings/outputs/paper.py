"""The agenda as a paper that any writer prints: PDF, DOCX, the page to print, plain text."""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi, get_language_info, override
from django.utils.translation import gettext as _

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.outputs.about import About
from convenor.meetings.wording import label_as_printed, minutes_after
from convenor.shared import documents as paper
from convenor.shared.languages.days import date_format

WIDTHS = (22.0, 78.0)  # of the columns for times and for items
WIDTHS_WITH_ROOMS = (20.0, 18.0, 62.0)
DASH = "–"


def agenda_paper(agenda: Agenda, about: About, *, at: datetime) -> paper.Document:
    """Give the agenda as conferences print it: purpose, then each day with its place and a table of times and items.

    Labels, titles and times are as in the document the agenda was read from. What a writer makes of the paper is read
    back into the same agenda. Its own words are in the language of the page, unless that runs against the agenda's.
    """
    with override(_language(agenda, about)):
        return _paper(agenda, about, at=at)


def _language(agenda: Agenda, about: About) -> str:
    """Choose the language of what the agenda does not say itself, so that a paper reads in one direction.

    Times and brackets between words of both directions stand in an order that nobody can tell.
    """
    is_bidi = _is_right_to_left(agenda)
    likely = (get_language() or "en", about.language, "ar" if is_bidi else "en")
    fitting = (one for one in likely if one in settings.OFFERED_LANGUAGES and get_language_info(one)["bidi"] == is_bidi)
    return next(fitting, "en")


def _is_right_to_left(agenda: Agenda) -> bool:
    """Say whether most letters of the titles are of a script that is written from right to left."""
    titles = [agenda.title or "", *(item.title for day in agenda.days for one in day.blocks for item in one.items)]
    kinds = [unicodedata.bidirectional(letter) for title in titles for letter in title]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _paper(agenda: Agenda, about: About, *, at: datetime) -> paper.Document:
    blocks: list[paper.Block] = []
    if agenda.purpose:
        blocks.append(paper.Paragraph.of(agenda.purpose))
    for number, day in enumerate(agenda.days, start=1):
        blocks += _day(day, number, of=len(agenda.days))
    return paper.Document(
        title=agenda.title or "",
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        at=at,
        author=about.author,
        subject=about.zone_line,
        running=f"{about.state_line} · {about.zone_line}",
        blocks=tuple(blocks),
    )


def _day(day: Day, number: int, *, of: int) -> Iterator[paper.Block]:
    if heading := _day_heading(day, number, of=of):
        yield paper.Heading(heading)
    if day.place:
        yield paper.Paragraph((paper.Run(_("Place: %(place)s") % {"place": day.place}, italic=True),))
    if day.blocks:
        yield _table(day.blocks)


def _table(blocks: tuple[Block, ...]) -> paper.Table:
    """Give a row per block; rooms have a column of their own where blocks name any."""
    times = [_times(block) for block in blocks]
    if any(times):  # beside others, a block without a time says so
        times = [said or DASH for said in times]
    items = [paper.Listing(_items(block.items), marker="") for block in blocks]
    if any(block.room for block in blocks):
        header, widths = (_("Time"), _("Room"), _("Agenda item")), WIDTHS_WITH_ROOMS
        rooms = [block.room or "" for block in blocks]
        return paper.Table(header, tuple(zip(times, rooms, items, strict=True)), widths=widths)
    return paper.Table((_("Time"), _("Agenda item")), tuple(zip(times, items, strict=True)), widths=WIDTHS)


def _day_heading(day: Day, number: int, *, of: int) -> str:
    """Name the day as documents do: "Day 2: 13 June 2017 – Committee meeting (open to observers)".

    The only day of a meeting has no name where none is printed.
    """
    named = date_format(date.fromisoformat(day.date), "j F Y") if day.date else ""
    label = day.label or ("" if named or of == 1 else _("Day %(number)s") % {"number": number})
    start = f"{label}: {named}" if label and named else named or label
    return " – ".join(part for part in (start, day.heading) if part)


def _times(block: Block) -> str:
    times = f"{block.start} – {block.end}" if block.start and block.end else block.start
    notes = [_("(continued below)")] if block.continued else []
    return " ".join([part for part in (times, block.zone) if part] + notes)


def _items(items: tuple[Item, ...], under: Item | None = None) -> tuple[paper.Item, ...]:
    """Give items with their labels as printed, and a dash where the label does not tell where an item stands."""
    marked = under is not None or _run_on(items)
    return tuple(
        paper.Item(
            (paper.Run(minutes_after(item.title, item.minutes)),),
            _label(item, under, marked=marked),
            _items(item.children, item),
            tuple(_notes(item)),
        )
        for item in items
    )


def _run_on(items: tuple[Item, ...]) -> bool:
    """Say whether items without labels would be taken for the notes of the one above."""
    return not any(item.label for item in items) and any(item.presenters or item.documents for item in items[:-1])


def _label(item: Item, under: Item | None, *, marked: bool) -> str:
    label = label_as_printed(item.label or "")
    if under is not None and label and item.label == under.label:
        return f"{DASH} {label}"
    return label or (DASH if marked else "")


def _notes(item: Item) -> Iterator[paper.Runs]:
    """Say who presents the item, where the title does not, and which papers go with it, a line each."""
    beside = [name for name in item.presenters if name not in item.title]
    if beside:
        yield (paper.Run(_("Presented by: %(names)s") % {"names": ", ".join(beside)}),)
    for document in item.documents:
        link = document if document.startswith(("https://", "http://")) else ""
        before, _place, after = _("Document: %(document)s").partition("%(document)s")
        yield paper.Run(before), paper.Run(f"{document}{after}", link=link)
