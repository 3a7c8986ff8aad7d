"""Says who spoke on an item: statements, questions, replies, points of order, in the order in which they came."""

from collections.abc import Iterator, Mapping

from convenor.meetings.floor import Wish
from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import ItemRecord, Speech, Stretch
from convenor.meetings.minutes.report import Paragraph
from convenor.meetings.minutes.wording import Say

SAID: Mapping[Wish, Say] = {
    Wish.INTERVENTION: Say.STATEMENTS,
    Wish.QUESTION: Say.QUESTIONS,
    Wish.REPLY: Say.REPLIES,
    Wish.RIGHT_OF_REPLY: Say.RIGHT_OF_REPLY,
    Wish.POINT_OF_ORDER: Say.POINT_OF_ORDER,
}


def statements(item: ItemRecord, stretch: Stretch, names: Names) -> Iterator[Paragraph]:
    """Yield a paragraph per kind of statement in a stretch; each speaker is named once in it."""
    later = [one.entry for one in item.stretches if one.entry > stretch.entry]
    spoken = [one for one in item.speeches if one.entry > stretch.entry and (not later or one.entry < later[0])]
    for wish, what in SAID.items():
        some = [one for one in spoken if one.wish is wish]
        if some:
            said = names.say(what, names=names.wording.listed(_named(some, names)))
            key = f"item:{item.key}:{what.value}:{stretch.entry}"
            yield Paragraph(key, said, entries=tuple(one.entry for one in some), item=item.key)


def _named(spoken: list[Speech], names: Names) -> list[str]:
    """Name each speaker once, in the order in which they first spoke."""
    first = {one.person: one for one in reversed(spoken)}
    ordered = sorted(first.values(), key=lambda one: one.entry)
    return [names.speaker(one.person, one.channel) for one in ordered]
