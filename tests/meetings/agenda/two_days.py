"""A small agenda of two days for the tests of edits, and agendas of any shape for their laws."""

from hypothesis import settings
from hypothesis import strategies as st

from convenor.meetings.agenda import Agenda, Audience, Block, Day, Item, Kind
from convenor.meetings.agenda.edits import Place, Tree, keyed, part_to_dict
from tests.examples import examples

AGENDA = keyed(
    Agenda(
        title="Second meeting",
        days=(
            Day(
                date="2017-06-12",
                label="Day 1",
                blocks=(
                    Block(
                        "10:00",
                        "10:50",
                        items=(
                            Item("1", "Welcome", 5, (Item("a", "Chair"), Item("b", "Host"))),
                            Item("2", "Adoption of the agenda"),
                        ),
                    ),
                    Block("13:00", "15:00", kind=Kind.BREAK, items=(Item(None, "Lunch"),)),
                    Block("15:00", None, continued=True, items=(Item("3", "Updates from initiatives and coalitions"),)),
                ),
            ),
            Day(date="2017-06-13", label="Day 2", blocks=(Block("10:00", "13:00", items=(Item("1", "Selection"),)),)),
        ),
    )
)
# Their keys: day "1" holds blocks "1.1" (items "1.1.1" with "1.1.1.1" and "1.1.1.2", "1.1.2"), "1.2" and "1.3"; day "2"
# holds "2.1" with "2.1.1".

LAW = settings(max_examples=examples(60), deadline=None)
WORDS = st.text(st.sampled_from("abc XÉع"), min_size=1, max_size=12).filter(str.strip)
TEXTS = st.none() | WORDS
TIMES = st.none() | st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
FLAGS = st.booleans()
ITEMS = st.recursive(
    st.builds(Item, TEXTS, WORDS, st.none() | st.integers(0, 99)),
    lambda inner: st.builds(Item, TEXTS, WORDS, st.none(), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
BLOCKS = st.builds(
    Block,
    TIMES,
    TIMES,
    st.sampled_from(Kind),
    TEXTS,
    FLAGS,
    st.lists(ITEMS, max_size=3).map(tuple),
    pinned_start=FLAGS,
    pinned_end=FLAGS,
)
DAYS = st.builds(
    Day,
    st.none() | st.dates().map(str),
    TEXTS,
    TEXTS,
    TEXTS,
    st.none() | st.sampled_from(Audience),
    st.lists(BLOCKS, max_size=3).map(tuple),
)
AGENDAS = st.builds(Agenda, TEXTS, TEXTS, st.lists(DAYS, max_size=3).map(tuple)).map(keyed)


def titles(agenda: Agenda) -> list[tuple[int, str]]:
    """Give every item with its depth, in reading order."""
    return [
        (depth, item.title)
        for day in agenda.days
        for block in day.blocks
        for top in block.items
        for depth, item in _walk(top, 0)
    ]


def _walk(item: Item, depth: int) -> list[tuple[int, Item]]:
    return [(depth, item), *(found for child in item.children for found in _walk(child, depth + 1))]


def place_of(agenda: Agenda, key: str) -> Place:
    """Say where a part stands."""
    return Tree(agenda).node(key).place


def whole(agenda: Agenda) -> dict[str, object]:
    """Give everything an agenda says, keys too."""
    return part_to_dict(agenda)
