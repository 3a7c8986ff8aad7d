"""Finds the parts of one version of an agenda again in another that knows no keys.

Items are found by their words first, wherever they stand; then by what is most alike; then by their number between
the same neighbours. Days are found by date, label, heading and what they hold; blocks by what they hold and their time.
The same two versions always give the same answer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from convenor.meetings.agenda.edits.fields import Part
from convenor.meetings.agenda.edits.operations import UNDER
from convenor.meetings.agenda.edits.tree import rekeyed
from convenor.meetings.agenda.model import Agenda, Block, Day, Item, Kind

ALIKE = 0.6  # how alike two titles are that may be one item
_WORD = re.compile(r"\w+")
_MOST_SEEN = 40  # a word of more titles than this says nothing of which one it is
_MOST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class _Seen:
    """A part, its place in reading order, and the day, block and item it stands in."""

    part: Any
    at: int
    day: int
    block: int
    above: int


def adopt(before: Agenda, after: Agenda) -> Agenda:
    """Return `after` with the keys that its parts have in `before`; parts that are new have none.

    The keys that `after` came with are not looked at.
    """
    olds, news = _seen(before), _seen(after)
    pairs = _Pairs(olds, news)
    pairs.match_items()
    pairs.match_items_by_what_they_hold()
    pairs.match_days()
    pairs.match_items_between()
    pairs.match_blocks()
    pairs.match_breaks()
    keys = {new: olds[old].part.key for old, new in pairs.to_new.items() if old}
    return rekeyed(after, [keys.get(at, "") for at in range(1, len(news))])


def _seen(agenda: Agenda) -> list[_Seen]:
    found: list[_Seen] = []

    def look(part: Part, day: int, block: int, above: int) -> None:
        at = len(found)
        found.append(_Seen(part, at, day, block, above))
        day, block = (at if isinstance(part, Day) else day), (at if isinstance(part, Block) else block)
        for one in getattr(part, UNDER[type(part)]):
            look(one, day, block, at)

    look(agenda, -1, -1, -1)
    return found


class _Pairs:
    """Which part is which, found step by step; parts are known by their place in reading order."""

    def __init__(self, olds: Sequence[_Seen], news: Sequence[_Seen]) -> None:
        self.olds, self.news = olds, news
        self.to_new: dict[int, int] = {0: 0}
        self.to_old: dict[int, int] = {0: 0}

    def pair(self, old: int, new: int) -> None:
        """Say that two parts are one, where neither is anything else yet."""
        if old not in self.to_new and new not in self.to_old:
            self.to_new[old], self.to_old[new] = new, old

    def left(self, seen: Sequence[_Seen], known: Mapping[int, int], kind: type[Part]) -> list[_Seen]:
        """Give the parts of a kind that are not matched yet."""
        return [one for one in seen if type(one.part) is kind and one.at not in known]

    def match_items(self) -> None:
        """Match items by their words, then by what is most alike."""
        groups: defaultdict[str, tuple[list[_Seen], list[_Seen]]] = defaultdict(lambda: ([], []))
        for one in self.left(self.olds, self.to_new, Item):
            groups[_folded(one.part.title)][0].append(one)
        for one in self.left(self.news, self.to_old, Item):
            groups[_folded(one.part.title)][1].append(one)
        for same_old, same_new in groups.values():
            self._pair_same(same_old, same_new)
        for _, old, new in sorted(self._alike()):
            self.pair(old, new)

    def _pair_same(self, olds: Sequence[_Seen], news: Sequence[_Seen]) -> None:
        """Pair items of the same words: those under the same day first, then in order."""
        for ask in (self._day_and_start, self._day_named, lambda _seen, _one: 0):
            waiting: defaultdict[object, list[int]] = defaultdict(list)
            for old in olds:
                if old.at not in self.to_new:
                    waiting[ask(self.olds, old)].append(old.at)
            for new in news:
                if new.at not in self.to_old and (queue := waiting[ask(self.news, new)]):
                    self.pair(queue.pop(0), new.at)

    @staticmethod
    def _day_and_start(seen: Sequence[_Seen], one: _Seen) -> object:
        return _Pairs._day_named(seen, one), seen[one.block].part.start, one.part.label

    @staticmethod
    def _day_named(seen: Sequence[_Seen], one: _Seen) -> object:
        day = seen[one.day].part
        return day.date or day.label or day.heading

    def _alike(self) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs of items whose titles are alike, with how unlike they are."""
        by_word: defaultdict[str, list[_Seen]] = defaultdict(list)
        for old in self.left(self.olds, self.to_new, Item):
            for word in set(_words(old.part.title)):
                by_word[word].append(old)
        for new in self.left(self.news, self.to_old, Item):
            words = [word for word in dict.fromkeys(_words(new.part.title)) if len(by_word.get(word, ())) <= _MOST_SEEN]
            shared = Counter(old.at for word in words for old in by_word.get(word, ()))
            for at, count in shared.most_common(_MOST_COMPARED):
                old = self.olds[at]
                if 2 * count < ALIKE * len(words):
                    continue
                ratio = likeness(old.part.title, new.part.title)
                same_label = bool(old.part.label) and old.part.label == new.part.label
                if ratio >= ALIKE:
                    yield -ratio - 0.2 * same_label, at, new.at

    def match_items_by_what_they_hold(self) -> None:
        """Match items of other words under which the same items stand."""
        votes = self._votes(lambda one: one.above)
        pairs = ((-count, old, new) for (old, new), count in votes.items())
        for _, old, new in sorted(pairs):
            if isinstance(self.olds[old].part, Item) and isinstance(self.news[new].part, Item):
                self.pair(old, new)

    def match_items_between(self) -> None:
        """Match items of other words that have the same number, and stand between the same neighbours or alone."""
        for new in self.left(self.news, self.to_old, Item):
            label = new.part.label
            before = self.to_old.get(self._neighbour(self.news, new, -1))
            after = self.to_old.get(self._neighbour(self.news, new, 1))
            if not label or (before is None and after is None):
                continue
            for old in (self._after(before, 1), self._after(after, -1)):
                if old is not None and old.at not in self.to_new and old.part.label == label:
                    self.pair(old.at, new.at)

    def _after(self, old: int | None, way: int) -> _Seen | None:
        if old is None or not isinstance(self.olds[old].part, Item):
            return None
        at = self._neighbour(self.olds, self.olds[old], way)
        return self.olds[at] if at >= 0 else None

    @staticmethod
    def _neighbour(seen: Sequence[_Seen], one: _Seen, way: int) -> int:
        """Give the next item of the same level and day in reading order, -1 where there is none."""
        at = one.at + way
        while 0 <= at < len(seen) and seen[at].day in (one.day, -1) and not isinstance(seen[at].part, Day):
            other = seen[at]
            if isinstance(other.part, Item) and isinstance(seen[other.above].part, Block) == isinstance(
                seen[one.above].part, Block
            ):
                return at
            at += way
        return -1

    def match_days(self) -> None:
        """Match days by what they are called and what they hold; what is left in order where as many are left."""
        olds, news = self.left(self.olds, self.to_new, Day), self.left(self.news, self.to_old, Day)
        votes = self._votes(lambda one: one.day)
        self._greedy(((-_day_likeness(old, new, votes), old.at, new.at) for old in olds for new in news), least=1.0)
        olds, news = self.left(self.olds, self.to_new, Day), self.left(self.news, self.to_old, Day)
        if len(olds) == len(news):
            for old, new in zip(olds, news, strict=True):
                self.pair(old.at, new.at)

    def match_blocks(self) -> None:
        """Match blocks by the items they hold, their time and their kind; those that hold nothing, in order."""
        votes = self._votes(lambda one: one.block)
        tried = {*votes, *self._same_time()}
        self._greedy(((-self._block_likeness(old, new, votes), old, new) for old, new in tried), least=1.0)
        waiting: defaultdict[object, list[int]] = defaultdict(list)
        for old in self.left(self.olds, self.to_new, Block):
            waiting[self.to_new.get(old.day), old.part.start, old.part.end, bool(old.part.items)].append(old.at)
        for new in self.left(self.news, self.to_old, Block):
            if queue := waiting[new.day, new.part.start, new.part.end, False]:
                self.pair(queue.pop(0), new.at)

    def match_breaks(self) -> None:
        """Match what a break is called with what it was called before, where the break is found again."""
        olds = {one.above: one for one in self.left(self.olds, self.to_new, Item)}
        for new in self.left(self.news, self.to_old, Item):
            old = olds.get(self.to_old.get(new.above, -1))
            block = self.news[new.above].part
            if old is not None and isinstance(block, Block) and block.kind is not Kind.ITEMS and len(block.items) == 1:
                self.pair(old.at, new.at)

    def _same_time(self) -> Iterator[tuple[int, int]]:
        starts: defaultdict[object, list[int]] = defaultdict(list)
        for old in self.left(self.olds, self.to_new, Block):
            starts[self.to_new.get(old.day), old.part.start].append(old.at)
        for new in self.left(self.news, self.to_old, Block):
            for at in starts.get((new.day, new.part.start), [])[:_MOST_COMPARED]:
                yield at, new.at

    def _block_likeness(self, old: int, new: int, votes: Mapping[tuple[int, int], int]) -> float:
        one, two = self.olds[old], self.news[new]
        if (one.part.kind is Kind.ITEMS) != (two.part.kind is Kind.ITEMS):
            return 0.0
        held = max(len(one.part.items), len(two.part.items)) or 1
        score = 2.0 * min(1.0, votes.get((old, new), 0) / held) + 0.01 * votes.get((old, new), 0)
        if self.to_new.get(one.day) == two.day:
            score += (one.part.start is not None and one.part.start == two.part.start) * 1.0
            score += (one.part.end is not None and one.part.end == two.part.end) * 0.5
            score += 0.25
        return score + (one.part.room is not None and one.part.room == two.part.room) * 0.25

    def _votes(self, ask: Any) -> Counter[tuple[int, int]]:
        """Count the items that two days, or two blocks, have in common."""
        return Counter(
            (ask(self.olds[old]), ask(self.news[new]))
            for old, new in self.to_new.items()
            if isinstance(self.olds[old].part, Item)
        )

    def _greedy(self, scored: Iterable[tuple[float, int, int]], *, least: float) -> None:
        for score, old, new in sorted(scored):
            if -score >= least:
                self.pair(old, new)


def _day_likeness(old: _Seen, new: _Seen, votes: Mapping[tuple[int, int], int]) -> float:
    one, two = old.part, new.part
    held = max(_items_in(one), _items_in(two)) or 1
    return (
        4.0 * (one.date is not None and one.date == two.date)
        + 2.0 * (one.label is not None and one.label == two.label)
        + 1.0 * (one.heading is not None and one.heading == two.heading)
        + 3.0 * votes.get((old.at, new.at), 0) / held
    )


def _items_in(day: Day) -> int:
    return sum(len(block.items) for block in day.blocks)


def likeness(one: str, two: str) -> float:
    """Say from 0 to 1 how alike two titles are, by their words in order."""
    return SequenceMatcher(None, _words(one), _words(two), autojunk=False).ratio()


def _words(title: str) -> list[str]:
    return _WORD.findall(title.casefold())[:100]


def _folded(title: str) -> str:
    return " ".join(_words(title)) or title
