"""The clock of a meeting: what is planned, what happened, and what is expected now. It reads no clock itself."""

from convenor.meetings.clock.agendas import plan_of
from convenor.meetings.clock.facts import Act, Actuals, Fact
from convenor.meetings.clock.plan import Guest, Plan, PlannedBlock, PlannedDay, PlannedItem
from convenor.meetings.clock.project import project
from convenor.meetings.clock.projection import (
    BlockTimes,
    DayTimes,
    Finding,
    Note,
    Occurrence,
    Part,
    Projection,
    Reason,
    Span,
    State,
    Why,
)
from convenor.meetings.clock.proposals import Change, DayEnd, Deed, Proposal, Way, proposals, reordered

__all__ = [
    "Act",
    "Actuals",
    "BlockTimes",
    "Change",
    "DayEnd",
    "DayTimes",
    "Deed",
    "Fact",
    "Finding",
    "Guest",
    "Note",
    "Occurrence",
    "Part",
    "Plan",
    "PlannedBlock",
    "PlannedDay",
    "PlannedItem",
    "Projection",
    "Proposal",
    "Reason",
    "Span",
    "State",
    "Way",
    "Why",
    "plan_of",
    "project",
    "proposals",
    "reordered",
]
