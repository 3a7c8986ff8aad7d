"""A reading with its corrections: the agenda as it stands, what continues what, and what is still doubtful."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import ROOT, keyed
from convenor.meetings.agenda.edits.fields import FIELDS, Part
from convenor.meetings.agenda.edits.operations import UNDER
from convenor.meetings.corrections.log import LINK, NO_LINK, Log, standing
from convenor.meetings.reader import Doubt, Link, Reading
from convenor.meetings.reader.checks import check
from convenor.meetings.reader.links import Reason

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What stands after the corrections.

    `base` is the reading as the document prints it; `reading` holds the corrected agenda with the links and doubts that
    fit it; `unlinked` are the targets of links that a person undid, `settled` the doubts that stay as printed.
    """

    base: Reading
    reading: Reading
    log: Log
    unlinked: frozenset[Path]
    open: tuple[Doubt, ...]
    settled: tuple[Doubt, ...]

    def key_of(self, path: Path) -> str:
        """Return the key of the part at a path of the corrected agenda."""
        part: Part = self.reading.agenda
        for at in path:
            part = getattr(part, UNDER[type(part)])[at]
        return ROOT if isinstance(part, Agenda) else part.key


def with_keys(reading: Reading) -> Reading:
    """Return the reading with a key for every part of its agenda."""
    return replace(reading, agenda=keyed(reading.agenda))


def corrected(reading: Reading, log: Log) -> Corrected:
    """Do the corrections again on what was read."""
    base = with_keys(reading)
    agenda, log = standing(base.agenda, log)
    marks = log.marks
    paths = {key: path for path, key, _ in parts(agenda)}
    keys = {path: key for key, path in paths.items()}
    links = tuple(_links(base, log, paths))
    unlinked = frozenset(paths[key] for code, key in marks if code == NO_LINK and key in paths)
    doubts = _doubts(base, agenda, tuple(link for link in links if link.target not in unlinked))
    settled = tuple(doubt for doubt in doubts if (doubt.code.value, keys[doubt.path]) in marks)
    return Corrected(
        base,
        Reading(base.source, agenda, doubts, links),
        log,
        unlinked,
        tuple(doubt for doubt in doubts if doubt not in settled),
        settled,
    )


def parts(agenda: Agenda) -> Iterator[tuple[Path, str, Part]]:
    """Yield every part with its path and key, in reading order, the agenda itself first."""
    waiting: list[tuple[Path, Part]] = [((), agenda)]
    while waiting:
        path, part = waiting.pop()
        yield path, ROOT if isinstance(part, Agenda) else part.key, part
        under = list(enumerate(getattr(part, UNDER[type(part)])))
        waiting += [((*path, at), one) for at, one in reversed(under)]


def rows_by_key(agenda: Agenda, rows: Mapping[Path, str]) -> dict[str, str]:
    """Say under which key of a row each part is stored, by its own key."""
    return {key: rows[path] for path, key, _ in parts(agenda) if path in rows}


def _links(base: Reading, log: Log, paths: Mapping[str, Path]) -> Iterator[Link]:
    """Yield the links whose both ends still stand, one before the other, and those that a person made."""
    keys = {path: key for path, key, _ in parts(base.agenda)}
    taken = set[Path]()
    for link in base.links:
        source, target = paths.get(keys[link.source]), paths.get(keys[link.target])
        if source is not None and target is not None and source < target:
            taken.add(target)
            yield replace(link, source=source, target=target)
    for entry in log.done:
        for mark in entry.marks:
            source, target = paths.get(str(mark.values.get("source"))), paths.get(mark.key)
            if mark.code == LINK and source is not None and target is not None and target not in taken:
                yield Link(source, target, Reason.SAME_TITLE, (), ())


def _doubts(base: Reading, agenda: Agenda, links: tuple[Link, ...]) -> tuple[Doubt, ...]:
    """Look at the corrected agenda again; what only reading could doubt stays while its part says the same."""
    before = {key: part for _, key, part in parts(base.agenda)}
    now = {key: (path, part) for path, key, part in parts(agenda)}
    keys = {path: key for path, key, _ in parts(base.agenda)}
    again = check(base.agenda, base.links, base.source)
    seen = {(doubt.code, doubt.path) for doubt in again}
    found = list(check(agenda, links, base.source))
    for doubt in base.warnings:
        key = keys[doubt.path]
        if (doubt.code, doubt.path) not in seen and key in now and _says(before[key]) == _says(now[key][1]):
            found.append(replace(doubt, path=now[key][0]))
    return tuple(sorted(found, key=lambda doubt: (doubt.path, doubt.code)))


def _says(part: Part) -> list[object]:
    return [getattr(part, name) for name in FIELDS[type(part)]]
