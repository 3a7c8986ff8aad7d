"""The floor of a meeting: an append-only log, the state it makes, the order of speaking. It reads no clock.

`record` makes the entry of a step (`turns.call_next`), `fold` the state of entries, `orders.order` the list.
"""

from convenor.meetings.floor.entries import Barred, Channel, Code, Draft, Entry, Kind
from convenor.meetings.floor.log import Step, change, fold, record
from convenor.meetings.floor.setting import Setting, Speaker
from convenor.meetings.floor.state import Rule, State, Wish

__all__ = [
    "Barred", "Channel", "Code", "Draft", "Entry", "Kind", "Rule", "Setting", "Speaker", "State", "Step", "Wish",
    "change", "fold", "record",
]  # fmt: skip
