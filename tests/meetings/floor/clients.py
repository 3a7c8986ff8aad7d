"""Several clients of one meeting: what they send arrives late, out of order and twice; each sees its own past."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Protocol

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from convenor.meetings.floor import (
    Barred,
    Channel,
    Entry,
    Rule,
    State,
    Step,
    Wish,
    change,
    days,
    decisions,
    fold,
    items,
    lists,
    minuting,
    orders,
    record,
    turns,
)
from convenor.meetings.floor.minuting import FATES, NOBODY, OWNED, Fate, Sort, Whose
from convenor.meetings.floor.state import Answer, ItemState, Outcome, Stage
from tests.meetings.floor.making import NINE, SETTING

PEOPLE = ("ana", "ben", "cem", "dee")
CLIENTS = ("chair", "secretary", *PEOPLE)
COUNTED = Counter[str]()  # what was delivered, over all examples


@dataclass(frozen=True)
class Message:
    """What a client sends: a step, the mark it saw, and a token by which it is known when it comes again."""

    token: str
    by: str
    step: Step
    expected: int


class Server(Protocol):
    """What keeps the log."""

    def send(self, message: Message, at: datetime) -> Entry:
        """Enter a message, once; give the entry it made. Raises Barred."""
        ...

    def entries(self) -> list[Entry]:
        """Give the log."""
        ...


@dataclass
class InMemory:
    """A log in memory, with the promise that the database keeps: a token is entered once."""

    log: list[Entry] = field(default_factory=list)
    state: State = field(default_factory=State)
    tokens: dict[str, Entry] = field(default_factory=dict)

    def send(self, message: Message, at: datetime) -> Entry:
        """Enter a message."""
        if message.token in self.tokens:
            return self.tokens[message.token]
        entry = record(
            self.state, SETTING, message.step, by=message.by, at=at, channel=Channel.ONLINE, expected=message.expected
        )
        self.log.append(entry)
        self.state = change(self.state, entry)
        self.tokens[message.token] = entry
        return entry

    def entries(self) -> list[Entry]:
        """Give the log."""
        return list(self.log)


Make = Callable[[State, str, int], Step]
ITEMS = (*SETTING.items, *SETTING.parts)
BLOCKS = tuple(SETTING.blocks)


def _request(state: State, n: int) -> int:
    return [*state.requests, 0][n % (len(state.requests) + 1)]


def _count(state: State) -> int:
    return state.count.id if state.count else 0


def _check(state: State) -> int:
    return state.check.id if state.check else 0


def _whose(sort: Sort, n: int) -> Whose:
    due = f"2017-07-{1 + n % 28:02}" if sort is Sort.ACTION and n % 3 else ""
    return Whose(PEOPLE[n % 4] if sort in OWNED and n % 2 else "", due)


def _settled(state: State, n: int) -> Step:
    """Settle something that was minuted by what its sort allows; 0 is nothing that was."""
    point = [0, *state.minuted][n % (len(state.minuted) + 1)]
    sort = Sort(state.minuted[point].sort) if point else Sort.PROPOSAL
    fates = sorted(FATES[sort])
    fate = fates[n % len(fates)]
    decided = state.decisions[-1].id if state.decisions else 0
    by_entry = {Fate.ACTION: max(state.minuted, default=0), Fate.AGREED: decided}
    whose = _whose(sort, n) if fate is Fate.CORRECTED else NOBODY
    return partial(minuting.settle, minuted=point, fate=fate, by_entry=by_entry.get(fate, 0), whose=whose)


BY_CHAIR: dict[str, Make] = {
    "open day": lambda _s, _by, n: partial(
        days.open_day, day=SETTING.days[n % 2], rules=[list(Rule)[n % 9], list(Rule)[n % 5]]
    ),
    "close day": lambda _s, _by, _n: days.close_day,
    "start block": lambda _s, _by, n: partial(days.start_block, block=BLOCKS[n % 3]),
    "end block": lambda _s, _by, _n: days.end_block,
    "order": lambda _s, _by, n: partial(days.set_order, rules=[list(Rule)[n % 9]]),
    "limit": lambda _s, _by, n: partial(days.set_limit, seconds=n or None),
    "take up": lambda _s, _by, n: partial(
        items.take_up, item=ITEMS[n % 7], leaving=(ItemState.CLOSED, ItemState.PAUSED)[n % 2]
    ),
    "continue": lambda _s, _by, n: partial(items.continue_item, item=ITEMS[n % 7]),
    "pause": lambda _s, _by, _n: items.pause_item,
    "close": lambda _s, _by, n: partial(items.close_item, item=ITEMS[n % 7] if n % 2 else ""),
    "postpone": lambda _s, _by, n: partial(items.postpone_item, item=ITEMS[n % 7]),
    "move": lambda _s, _by, n: partial(items.move, item=ITEMS[n % 5], behind=ITEMS[n % 4]),
    "next": lambda _s, _by, _n: turns.call_next,
    "give": lambda s, _by, n: partial(turns.give_floor, request=_request(s, n)),
    "end turn": lambda _s, _by, _n: turns.end_turn,
    "undo": lambda _s, _by, _n: turns.undo_end,
    "pause time": lambda _s, _by, _n: turns.pause_time,
    "resume time": lambda _s, _by, _n: turns.resume_time,
    "extend": lambda _s, _by, n: partial(turns.extend_time, seconds=n + 1),
    "set aside": lambda s, _by, n: partial(lists.set_aside, request=_request(s, n)),
    "readmit": lambda s, _by, n: partial(lists.readmit, request=_request(s, n)),
    "place": lambda s, _by, n: partial(lists.place, request=_request(s, n), behind=_request(s, n // 2)),
    "close list": lambda _s, _by, n: partial(lists.close_list, item=ITEMS[n % 7]),
    "reopen list": lambda _s, _by, n: partial(lists.reopen_list, item=ITEMS[n % 7]),
    "count": lambda _s, _by, n: partial(decisions.begin_count, counts=1 + n % 3, seconds=1),
    "adopt": lambda _s, _by, n: partial(decisions.adopt, at=NINE + timedelta(hours=n)),
    "stop count": lambda _s, _by, _n: decisions.stop_count,
    "check": lambda _s, _by, _n: partial(decisions.begin_check, is_anonymous=False),
    "close check": lambda _s, _by, _n: decisions.close_check,
    "minute": lambda _s, _by, n: partial(
        minuting.minute, sort=list(Sort)[n % 4], item=ITEMS[n % 7] if n % 2 else "", whose=_whose(list(Sort)[n % 4], n)
    ),
    "settle": lambda s, _by, n: _settled(s, n),
    "decide": lambda _s, _by, n: partial(decisions.decide, outcome=list(Outcome)[1 + n % 4], item=ITEMS[n % 7]),
}
BY_ALL: dict[str, Make] = {
    "ask": lambda _s, by, n: partial(
        lists.ask, person=by, wish=list(Wish)[n % 5], seat=(Channel.ROOM, Channel.ONLINE)[n % 2], item=""
    ),
    "ask early": lambda _s, by, n: partial(
        lists.ask, person=by, wish=Wish.INTERVENTION, seat=Channel.ONLINE, item=ITEMS[n % 7]
    ),
    "withdraw": lambda s, by, n: partial(lists.withdraw, request=_request(s, n), person=by),
    "object": lambda s, by, _n: partial(decisions.object_to, count=_count(s), person=by),
    "answer": lambda s, by, n: partial(decisions.answer, check=_check(s), person=by, answer=list(Answer)[n % 3]),
}
OFTEN = ("next", "ask", "ask early", "take up", "give", "open day", "undo", "object", "answer", "close check")
SAID = (*BY_CHAIR, *BY_ALL, *OFTEN, *OFTEN, *OFTEN)
RUSH, UP_TO_DATE, QUICK, TWICE = 25, 0.7, 0.95, 0.1


class Clients(RuleBasedStateMachine):
    """Clients, what is on its way, and the server."""

    def __init__(self) -> None:
        super().__init__()
        self.server: Server = self.make_server()
        self.now = NINE
        self.seen: dict[str, State] = dict.fromkeys(CLIENTS, State())
        self.air: list[Message] = []
        self.sent: list[Message] = []
        self.number = 0
        self.made: dict[str, Entry | None] = {}  # by token: the entry, or that it was refused
        self._send("chair", partial(days.open_day, day="d1", rules=[Rule.ALTERNATE]))
        self.catch_up("chair")
        self._send("chair", partial(items.take_up, item="i1"))
        for client in CLIENTS:
            self.catch_up(client)

    def make_server(self) -> Server:
        """Give an empty log."""
        return InMemory()

    def _send(self, by: str, step: Step) -> None:
        self.deliver_one(Message(f"t{len(self.made)}", by, step, self.seen[by].mark))

    def deliver_one(self, message: Message) -> None:
        """Let a message arrive, for the first time or again."""
        before = self.server.entries()
        try:
            entry = self.server.send(message, self.now)
        except Barred:
            # Refused before and done now is no fault: an objection, for one, may come again when there is a count.
            assert self.made.get(message.token) is None
            assert self.server.entries() == before
            self.made[message.token] = None
            COUNTED["refused"] += 1
            return
        after = self.server.entries()
        if known := self.made.get(message.token):
            assert (entry, after) == (known, before)  # it came again and changed nothing
            COUNTED["repeated"] += 1
        else:
            assert after == [*before, entry]
            self.made[message.token] = entry
            COUNTED["entered"] += 1

    @rule(words=st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from(CLIENTS), st.integers(0, 200)), max_size=6))
    def say(self, words: list[tuple[str, str, int]]) -> None:
        """Let clients send something, each from what it sees; the two who steer steer, the others take part."""
        for name, client, n in words:
            by = client if (client in PEOPLE) == (name in BY_ALL) else PEOPLE[n % 4] if name in BY_ALL else "chair"
            step = {**BY_CHAIR, **BY_ALL}[name](self.seen[by], by, n)
            self.number += 1
            self.air.append(Message(f"m{self.number}", by, step, self.seen[by].mark))

    @rule(which=st.lists(st.integers(0, 50), max_size=6))
    def deliver(self, which: list[int]) -> None:
        """Let some of it arrive, whichever was sent first."""
        for one in which[: len(self.air)]:
            message = self.air.pop(one % len(self.air))
            self.sent.append(message)
            self.deliver_one(message)

    @rule(which=st.integers(0, 50))
    def deliver_again(self, which: int) -> None:
        """Let something arrive that had arrived."""
        if self.sent:
            self.deliver_one(self.sent[which % len(self.sent)])

    @rule()
    def all_catch_up(self) -> None:
        """Let everybody read what they have missed."""
        for client in CLIENTS:
            self.catch_up(client)

    @rule(seed=st.integers(0, 2**32))
    def rush(self, seed: int) -> None:
        """Let much happen at once, so that long meetings are tried; a seed says what."""
        chance = Random(seed)
        for _ in range(RUSH):
            name = chance.choice(SAID)
            client = chance.choice(PEOPLE if name in BY_ALL else ("chair", "chair", "secretary"))
            if chance.random() < UP_TO_DATE:
                self.catch_up(client)
            self.say([(name, client, chance.randrange(200))])
            if chance.random() < QUICK:
                self.deliver([chance.randrange(50)])
            if chance.random() < TWICE:
                self.deliver_again(chance.randrange(50))
            self.wait(chance.randrange(20))

    @rule(client=st.sampled_from(CLIENTS))
    def catch_up(self, client: str) -> None:
        """Let a client read what it has missed."""
        state = self.seen[client]
        self.seen[client] = fold(self.server.entries()[state.sequence :], state)

    @rule(seconds=st.integers(0, 90))
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    @invariant()
    def there_is_one_order(self) -> None:
        """Everybody who caught up sees the same list, and numbers have no gap."""
        entries = self.server.entries()
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        state = fold(entries)
        assert state == fold(entries[len(entries) // 2 :], fold(entries[: len(entries) // 2]))
        for seen in self.seen.values():
            if seen.sequence == state.sequence:
                assert orders.order(seen, SETTING) == orders.order(state, SETTING)

    @invariant()
    def nothing_is_lost(self) -> None:
        """What was entered is in the log, once each."""
        kept = sorted(entry.sequence for entry in self.made.values() if entry)
        assert kept == list(range(1, len(kept) + 1))
        assert len(self.server.entries()) == len(kept)

    @invariant()
    def the_state_makes_sense(self) -> None:
        """One speaks, everybody waits once for each kind, nobody both waits and speaks with one request."""
        state = fold(self.server.entries())
        speaking = sorted(one.request for one in (state.turn, state.interrupted) if one)
        assert speaking == [one.id for one in state.requests.values() if one.stage is Stage.SPEAKING]
        assert state.interrupted is None or (state.turn and state.turn.wish is Wish.POINT_OF_ORDER)
        waiting = [(one.person, one.wish, one.matter) for one in state.requests.values() if one.stage is Stage.WAITING]
        assert len(waiting) == len(set(waiting))
        under_way = [key for key, one in state.items.items() if one is ItemState.UNDER_WAY]
        assert under_way == ([state.item] if state.item else [])
        assert not (state.is_break and (state.item or state.turn))
        assert all(Fate(one.fate) in FATES[Sort(one.sort)] for one in state.minuted.values() if one.fate)
        spoken = [one.id for one in state.requests.values() if one.stage is Stage.SPOKEN]
        assert sorted(turn.request for turn in state.turns) == spoken
