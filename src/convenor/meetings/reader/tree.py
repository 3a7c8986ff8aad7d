"""The agenda being built: the open day and block, and the last item of every depth."""

from collections.abc import Sequence

from convenor.meetings.agenda import Kind
from convenor.meetings.reader.classify import Classified, tells
from convenor.meetings.reader.days import implicit_day
from convenor.meetings.reader.drafts import DraftBlock, DraftDay, DraftItem
from convenor.meetings.reader.header import Header
from convenor.meetings.reader.items import entries
from convenor.meetings.reader.nesting import Nesting
from convenor.meetings.reader.presenters import people_in
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.texture import Texture
from convenor.meetings.reader.words import is_break, is_social


class Tree:
    """Opens blocks and puts items where they belong; keeps what is open."""

    def __init__(self, header: Header, texture: Texture, source: str) -> None:
        self._header = header
        self._texture = texture
        self._source = source
        self.days: list[DraftDay] = []
        self._block: DraftBlock | None = None
        self._open: list[DraftItem] = []
        self._headings: list[Classified] = []
        self._level = 0
        self._zone = header.zone
        self._above: Classified | None = None
        self._in_notes = False
        self._after_names = False
        self._speaks = False
        self._lines = 0
        self._nesting = Nesting(by_indent=texture.is_numbered_alike)
        self._until = 0
        self._announced: list[Run] = []
        self._rooms: set[str] = set()

    def _open_block(self, block: DraftBlock) -> DraftBlock:
        if not self.days:
            self.days.append(implicit_day(self._header))
        block.level = self._level
        block.zone = block.zone or (self._zone if block.start else EMPTY)
        self.days[-1].blocks.append(block)
        self._block, self._open, self._lines = block, [], 0
        self._in_notes = self._after_names = False
        return block

    def _here(self) -> DraftBlock:
        """Return the open block; an untimed one is opened where there is none."""
        return self._block or self._open_block(DraftBlock())

    def _add(self, items: Sequence[DraftItem]) -> None:
        """Put items where their labels say."""
        block = self._here()
        for item in items:
            self._put(item, self._nesting.depth_of(self._open, item), block)
            block.mark = block.mark or item.mark
        self._settle_kind(block)

    def _put(self, item: DraftItem, depth: int, block: DraftBlock) -> None:
        siblings = block.items if depth == 0 else self._open[depth - 1].children
        siblings.append(item)
        item.presenters += self._announced
        self._announced = []
        del self._open[depth:]
        self._open.append(item)

    def _present(self, run: Run, *, only_first: bool = False) -> None:
        """Give the last item the people a line names as speaking to it."""
        if self._open and run and not tells(run.text):
            self._open[-1].presenters += people_in(run, only_first=only_first)

    @staticmethod
    def _settle_kind(block: DraftBlock) -> None:
        title = block.items[0].title.words if block.items else ""
        if len(block.items) == 1 and not block.items[0].children and (block.start or block.is_open):
            block.kind = Kind.BREAK if is_break(title) else Kind.SOCIAL if is_social(title) else Kind.ITEMS

    def _under_heading(self, one: Classified) -> None:
        """Make the headings over untimed items items, one under the other, and their parents."""
        if not self._headings:
            return
        headings, self._headings = self._headings, []
        if self._block and self._block.start:
            self._open_block(DraftBlock())
        self._open = [item for item in self._open if item.form == "section"]
        for heading in headings:
            self._put_section(heading)

    def _put_section(self, heading: Classified) -> None:
        """Make a heading an item, under the open section whose heading stands higher."""
        for item in entries(heading)[:1]:
            item.form, item.level = "section", heading.row.line.level
            self._put(item, self._nesting.depth_of(self._open, item), self._here())
