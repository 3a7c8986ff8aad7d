"""Reads bare times past noon on a 12-hour clock: "11:00", "12:30", "1:30" with no am or pm anywhere."""

from collections.abc import Sequence

from convenor.meetings.reader.drafts import DraftBlock, DraftDay
from convenor.meetings.reader.warnings import Path

HOUR, NOON, MORNING = 60, 12 * 60, 7 * 60


def _minute(said: str) -> int:
    return int(said[:2]) * 60 + int(said[3:])


def _later(said: str) -> str:
    minute = _minute(said) + NOON
    return f"{minute // 60:02d}:{minute % 60:02d}"


def on_twelve_hours(day: DraftDay) -> list[DraftBlock]:
    """Return the blocks of the day whose times must be after noon, or [] where the clock has 24 hours.

    The clock has 12 hours when no printed hour is above 12 and the starts, which rise through the morning, fall
    back below 7 once and rise again.
    """
    starts = [_minute(block.start[0]) for block in day.blocks if block.start]
    ends = [_minute(block.end[0]) for block in day.blocks if block.end]
    falls = [at for at in range(1, len(starts)) if starts[at] < starts[at - 1]]
    if not starts or max([*starts, *ends]) >= NOON + 60 or not starts[0] >= MORNING:
        return []
    if len(falls) > 1 or (falls and not HOUR <= starts[falls[0]] < MORNING):
        return []
    timed = [block for block in day.blocks if block.start]
    turned = timed[falls[0] :] if falls else []
    crossing = [block for block in timed if block.end and _minute(block.end[0]) < _minute(_said(block))]
    return [block for block in timed if block in turned or block in crossing]


def _said(block: DraftBlock) -> str:
    return block.start[0] if block.start else "00:00"


def shift(days: Sequence[DraftDay]) -> list[Path]:
    """Move the times of such blocks past noon; return (day, block) of each block changed."""
    changed: list[Path] = []
    for at, day in enumerate(days):
        for block in on_twelve_hours(day):
            if block.start and _minute(block.start[0]) < MORNING:
                block.start = (_later(block.start[0]), block.start[1])
            if block.end and _minute(block.end[0]) < MORNING + 60:
                block.end = (_later(block.end[0]), block.end[1])
            changed.append((at, day.blocks.index(block)))
    return changed
