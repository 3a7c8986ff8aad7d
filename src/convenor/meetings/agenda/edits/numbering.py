"""Labels of a series: "1", "1.1", "a)", "i)", alone or one inside the other."""

from collections.abc import Iterator

from convenor.meetings.agenda.edits.operations import ROOT, Renumber, Set, Style
from convenor.meetings.agenda.edits.tree import Impossible, Node, Tree
from convenor.meetings.agenda.model import Block, Day, Item, Kind

_LETTERS = 26
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def label(style: Style, number: int, above: str | None) -> str | None:
    """Return the label of the item of this number under an item labelled `above`, without brackets or points."""
    match style:
        case Style.NUMBER:
            return str(number)
        case Style.DOTTED:
            return f"{above}.{number}" if above else str(number)
        case Style.LETTER:
            return _letters(number)
        case Style.ROMAN:
            return _roman(number)
        case Style.NONE:
            return None


def numbered(tree: Tree, operation: Renumber) -> Iterator[Set]:
    """Yield the labels that change."""
    top = tree.node(operation.key)
    if isinstance(top.part, Item | Block):
        raise Impossible("wrong_place", key=operation.key)
    last = 0
    for day in top.under if operation.key == ROOT else [top]:
        last = 0 if operation.restart else last
        for item in _top_items(day):
            last += 1
            yield from _labels(item, operation.styles, last, None)


def _top_items(day: Node) -> Iterator[Node]:
    assert isinstance(day.part, Day)  # noqa: S101 - only days stand there
    for block in day.under:
        if isinstance(block.part, Block) and block.part.kind is Kind.ITEMS:
            yield from block.under


def _labels(node: Node, styles: tuple[Style, ...], number: int, above: str | None) -> Iterator[Set]:
    assert isinstance(node.part, Item)  # noqa: S101 - only items stand in blocks and items
    given = label(styles[0], number, above) if styles else node.part.label
    if given != node.part.label:
        yield Set(node.key, "label", given, node.part.label)
    for at, child in enumerate(node.under, start=1):
        yield from _labels(child, styles[1:], at, given)


def _letters(number: int) -> str:
    """Count in letters: a, b … z, aa, ab …"""
    said = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        said = chr(ord("a") + letter) + said
    return said


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said
