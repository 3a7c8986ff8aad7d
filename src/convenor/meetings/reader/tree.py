"""The agenda being built: the open day and block, and the last item of every depth."""

from collections.abc import Sequence

from convenor.meetings.agenda import Kind
from convenor.meetings.reader.classify import Classified
from convenor.meetings.reader.days import implicit_day
from convenor.meetings.reader.drafts import DraftBlock, DraftDay, DraftItem
from convenor.meetings.reader.header import Header
from convenor.meetings.reader.items import entries
from convenor.meetings.reader.nesting import depth_of
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
        self._heading: Classified | None = None
        self._above: Classified | None = None
        self._in_notes = False
        self._lines = 0
        self._last: dict[str, int] = {}
        self._until = 0

    def _open_block(self, block: DraftBlock) -> DraftBlock:
        if not self.days:
            self.days.append(implicit_day(self._header))
        self.days[-1].blocks.append(block)
        self._block, self._open, self._in_notes, self._lines = block, [], False, 0
        return block

    def _here(self) -> DraftBlock:
        """Return the open block; an untimed one is opened where there is none."""
        return self._block or self._open_block(DraftBlock())

    def _add(self, items: Sequence[DraftItem]) -> None:
        """Put items where their labels say."""
        block = self._here()
        for item in items:
            last = self._last.get(item.kind, 0)
            depth = depth_of(self._open, item, by_indent=self._texture.is_numbered_alike, last=last)
            self._put(item, depth, block)
            block.mark = block.mark or item.mark
            if item.form == "label" and len(item.order) == 1:
                self._last[item.kind] = item.order[0]
        self._settle_kind(block)

    def _put(self, item: DraftItem, depth: int, block: DraftBlock) -> None:
        siblings = block.items if depth == 0 else self._open[depth - 1].children
        siblings.append(item)
        del self._open[depth:]
        self._open.append(item)

    @staticmethod
    def _settle_kind(block: DraftBlock) -> None:
        title = block.items[0].title.words if block.items else ""
        if len(block.items) == 1 and not block.items[0].children and block.start:
            block.kind = Kind.BREAK if is_break(title) else Kind.SOCIAL if is_social(title) else Kind.ITEMS

    def _under_heading(self, one: Classified) -> None:
        """Make the heading over untimed items an item, their parent."""
        if self._heading is None:
            return
        heading, self._heading = self._heading, None
        if self._block and self._block.start:
            self._open_block(DraftBlock())
        self._open = []
        for item in entries(heading)[:1]:
            self._put(item, 0, self._here())
