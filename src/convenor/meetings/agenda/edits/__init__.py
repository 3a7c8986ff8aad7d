"""The language in which an agenda is changed: operations, what takes them back, and what differs between two versions.

Everything here is a function of an agenda whose parts have keys (`keyed` gives them). `apply` and `invert` do and
undo, `rebase` puts two people's work together, `adopt` finds the parts of a new version again, `differences` says what
changed.
"""

from convenor.meetings.agenda.edits.differences import Change, Code, differences, operations_between
from convenor.meetings.agenda.edits.editing import apply, fresh, invert
from convenor.meetings.agenda.edits.json_form import from_dict, part_from_dict, part_to_dict, to_dict
from convenor.meetings.agenda.edits.matching import adopt
from convenor.meetings.agenda.edits.operations import (
    ROOT,
    Add,
    Join,
    Move,
    Operation,
    Place,
    Remove,
    Renumber,
    Set,
    SplitBlock,
    SplitItem,
    Style,
    keys_in,
    renamed,
    touches,
)
from convenor.meetings.agenda.edits.rebasing import rebase
from convenor.meetings.agenda.edits.tree import Impossible, Tree, keyed, rekeyed, unkeyed
from convenor.meetings.agenda.edits.ways import down, indent, outdent, up

__all__ = [
    "ROOT",
    "Add",
    "Change",
    "Code",
    "Impossible",
    "Join",
    "Move",
    "Operation",
    "Place",
    "Remove",
    "Renumber",
    "Set",
    "SplitBlock",
    "SplitItem",
    "Style",
    "Tree",
    "adopt",
    "apply",
    "differences",
    "down",
    "fresh",
    "from_dict",
    "indent",
    "invert",
    "keyed",
    "keys_in",
    "operations_between",
    "outdent",
    "part_from_dict",
    "part_to_dict",
    "rebase",
    "rekeyed",
    "renamed",
    "to_dict",
    "touches",
    "unkeyed",
    "up",
]
