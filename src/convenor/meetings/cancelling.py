"""What leaves the calendar feed is kept as cancelled, so that those who subscribed are told."""

from collections.abc import Collection, Iterable, Mapping

from convenor.meetings.models import Block, Day, GoneEvent, Item, Meeting
from convenor.meetings.wording import top_items


def events_in(
    meeting: Meeting, days: Mapping[str, Day], blocks: Mapping[str, Block], items: Iterable[Item]
) -> dict[str, GoneEvent]:
    """Give the events of the feed by the key of their row, each as it would be if it went; nothing is written.

    A day with a date is an event, and so is a block with a time on such a day.
    """
    on = {day.pk: day.date for day in days.values()}
    inside: dict[int, list[Item]] = {}
    for item in items:
        inside.setdefault(item.block_id, []).append(item)
    found = {
        key: GoneEvent(meeting=meeting, key=key, date=day.date, summary=_printed(day))
        for key, day in days.items()
        if day.date is not None
    }
    for key, block in blocks.items():
        date = on.get(block.day_id)
        if date is not None and block.starts is not None:
            words = top_items(sorted(inside.get(block.pk, ()), key=lambda item: item.order))
            times = {"date": date, "starts": block.starts, "ends": block.ends, "zone": block.zone}
            found[key] = GoneEvent(meeting=meeting, key=key, summary=words, **times)
    return found


def cancel(before: Mapping[str, GoneEvent], still: Collection[str]) -> None:
    """Keep the events that were there before and are no longer; one that went twice is kept as it was last."""
    gone = [event for key, event in before.items() if key not in still]
    if gone:
        GoneEvent.objects.bulk_create(
            gone,
            update_conflicts=True,
            unique_fields=["meeting", "key"],
            update_fields=["date", "starts", "ends", "zone", "summary"],
        )


def _printed(day: Day) -> str:
    return ": ".join(part for part in (day.label, day.heading) if part)
