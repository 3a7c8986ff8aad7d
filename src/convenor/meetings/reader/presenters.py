"""Who presents an item and which papers go with it: from columns, lines, fields, links, and names glued to titles."""

import re
from collections.abc import Iterator, Sequence

from convenor.meetings.reader.drafts import DraftDay, DraftItem
from convenor.meetings.reader.persons import are_names, has_initial, is_office
from convenor.meetings.reader.runs import Run

CUSTOM, LONGEST, DEFINITIONS = 3, 120, 500
_APART = re.compile(r"\s*(?:[,;/&\n]|\b(?:and|et|y|und|e|и)\b)\s*")
_BY = re.compile(r"\A\s*(?:by|par|por|von|door)\s+", re.I)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
_OFFICE = re.compile(r"\s+[–—-]\s+.*|\s*:\s.*")
_TAIL = re.compile(r"[(\[](?P<names>[^()\[\]\d]{3,80})[)\]]\s*$|\s[–—-]\s+(?P<tail>[^()\[\]\d–—]{3,60})$")
_LINK = re.compile(r"\]\((?P<target>[^\s()]{4,500}(?:\([^\s()]*\)[^\s()]*)*)[\s)]|\]\[(?P<name>[\w-]{1,40})\]")
_BARE = re.compile(r"(?<![(\[\w])https?://[^\s<>|)\]]{3,500}")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<name>[\w-]{1,40})\]:[ \t]*(?P<target>\S{4,500})", re.M)


def people_in(run: Run, *, only_first: bool = False) -> list[Run]:
    """Return the people a cell or a line names, without offices and houses.

    "Ann Example, Director, Example Institute" is one person: what follows a name is taken for more names only
    where every part is a name and none an office; `only_first` is for lines that name one person each.
    """
    bare = _without(_without(run, _BY), _OFFICE)
    parts = [part.strip() for part in _parts(_without(bare, _BRACKETS)) if part.strip()]
    if only_first:
        return parts[:1]
    if len(parts) > 1 and not all(are_names(part.text) and not is_office(part.text) for part in parts):
        named = [part for part in parts if are_names(part.text) and not is_office(part.text)]
        return named[:1] or parts[:1]
    return parts


def _without(run: Run, pattern: re.Pattern[str]) -> Run:
    for match in reversed(list(pattern.finditer(run.text))):
        run = run.without(*match.span())
    return run


def _parts(run: Run) -> Iterator[Run]:
    left = 0
    for match in _APART.finditer(run.text):
        yield run.cut(left, match.start())
        left = match.end()
    yield run.cut(left)


def attach(days: Sequence[DraftDay], source: str) -> None:
    """Give every item the names glued to its title, where they are certain, and the links printed with it."""
    items = [item for day in days for block in day.blocks for item in block.items]
    every = list(_walk(items))
    glued = [(item, names) for item in every if (names := _glued(item.title))]
    custom = len(glued) >= CUSTOM
    for item, names in glued:
        if custom or any(has_initial(name.text) for name in names):
            item.presenters += names
    _attach_links(every, source)


def _walk(items: Sequence[DraftItem]) -> Iterator[DraftItem]:
    for item in items:
        yield item
        yield from _walk(item.children)


def _glued(title: Run) -> list[Run]:
    """Return the names in brackets, or after a dash, that close a title."""
    match = _TAIL.search(title.text[-LONGEST:])
    if not match:
        return []
    group = "names" if match["names"] else "tail"
    shift = max(0, len(title.text) - LONGEST)
    found = title.cut(match.start(group) + shift, match.end(group) + shift)
    parts = [part.strip() for part in _parts(found) if part.strip()]
    people = [part for part in parts if are_names(part.text) and not is_office(part.text)]
    return people if parts and people[:1] == parts[:1] else []


def _attach_links(items: Sequence[DraftItem], source: str) -> None:
    """Give an item the links that stand between its title and the next item, on the lines of its title."""
    if "](" not in source and "://" not in source and "][" not in source:
        return
    defined = {match["name"]: match.span("target") for match in _DEFINITION.finditer(source)}
    places = sorted(((item.title.spans[0].start, item) for item in items if item.title), key=lambda pair: pair[0])
    edges = [*(start for start, _ in places), len(source)]
    for (start, item), following in zip(places, edges[1:], strict=True):
        left = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", item.title.spans[-1].end)
        right = min(following, line_end if line_end >= 0 else len(source))
        for span in _links(source, max(left, start - 1), right, defined):
            item.documents.append(Run.of(source, *span))


def _links(source: str, left: int, right: int, defined: dict[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(source, left, right):
        if match["target"]:
            yield match.span("target")
        elif match["name"] in defined:
            yield defined[match["name"]]
    for match in _BARE.finditer(source, left, right):
        yield match.span()
