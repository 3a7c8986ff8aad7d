"""Plans and facts drawn at random, for the laws of the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from convenor.meetings.agenda import Kind
from convenor.meetings.clock import Act, Fact, Guest, Plan, PlannedBlock, PlannedDay, PlannedItem

START = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LENGTHS = st.integers(0, 60).map(lambda minutes: minutes * MINUTE)


@st.composite
def items(draw: DrawFn, key: str, start: datetime, earlier: list[str]) -> PlannedItem:
    """Draw an item with what may hang on it."""
    parts = tuple(
        PlannedItem(f"{key}.{at}", draw(st.none() | LENGTHS)) for at in range(draw(st.sampled_from((0, 0, 0, 2, 3))))
    )
    arrives = draw(st.sampled_from((None, None, None, None, 30, 200)))
    guests = (Guest(f"guest of {key}", start + arrives * MINUTE),) if arrives is not None else ()
    continues = draw(st.sampled_from((None, None, *earlier))) if earlier else None
    return PlannedItem(key, draw(st.none() | LENGTHS), draw(st.none() | LENGTHS), guests, parts, continues)


@st.composite
def blocks(draw: DrawFn, key: str, start: datetime, earlier: list[str]) -> PlannedBlock:
    """Draw a block that begins at a moment: two of three are for items."""
    end = start + draw(st.integers(1, 12)) * 10 * MINUTE
    kind = draw(st.sampled_from((Kind.ITEMS, Kind.ITEMS, Kind.ITEMS, Kind.BREAK, Kind.SOCIAL)))
    pins = {"pinned_start": draw(st.booleans()), "pinned_end": draw(st.booleans())}
    if kind is not Kind.ITEMS:
        return PlannedBlock(key, start, end, kind, minimum=draw(st.none() | st.just(5 * MINUTE)), **pins)
    drawn = []
    for at in range(draw(st.integers(0, 4))):
        drawn.append(draw(items(f"{key}.{at}", start, earlier)))
        earlier.append(drawn[-1].key)
    rarely = draw(st.sampled_from((False, False, True)))
    return PlannedBlock(key, start, end, kind, tuple(drawn), **(pins if rarely else {}))


@st.composite
def plans(draw: DrawFn, *, is_plain: bool = False, is_simple: bool = False) -> Plan:
    """Draw a plan of up to three days; a plain one has no blocks beside each other.

    In a simple one, only breaks are pinned, and every block for items has some.
    """
    days, earlier = [], list[str]()
    for at in range(draw(st.integers(1, 3))):
        moment, drawn = START + timedelta(days=at), []
        for place in range(draw(st.integers(1, 6))):
            block = draw(blocks(f"{at}.{place}", moment, earlier))
            if is_simple and block.kind is Kind.ITEMS:
                block = replace(block, pinned_start=False, pinned_end=False)
            if block.items or block.kind is not Kind.ITEMS or not is_simple:
                drawn.append(block)
            gap = draw(st.sampled_from((0, 0, 0, 20) if is_plain else (0, 0, 0, 20, -60)))
            moment = max(block.end + gap * MINUTE, START + timedelta(days=at))
        days.append(PlannedDay(str(at), (START + timedelta(days=at)).date(), "Europe/Zurich", tuple(drawn)))
    return Plan(tuple(days))


def facts(plan: Plan) -> SearchStrategy[list[Fact]]:
    """Draw what may happen, sensible or not, within the days of a plan."""
    keys = [one.key for item in plan.items() for one in item.walk()]
    blocks = [block.key for day in plan.days for block in day.blocks]
    days = [day.key for day in plan.days]
    of_items = st.tuples(
        st.sampled_from((Act.TAKEN_UP, Act.TAKEN_UP, Act.PAUSED, Act.CONTINUED, Act.CLOSED, Act.POSTPONED)),
        st.sampled_from(keys or days),
        st.sampled_from((None, *blocks)),
    )
    of_blocks = st.tuples(st.sampled_from((Act.STARTED, Act.ENDED)), st.integers(0, 5), st.none())
    of_days = st.tuples(st.sampled_from((Act.OPENED, Act.OPENED, Act.ADJOURNED)), st.just(""), st.none())
    acts = st.one_of(of_items, of_items, of_items, of_blocks, of_days)

    def fact(drawn: tuple[tuple[Act, str | int, str | None], int, int]) -> Fact:
        """Make a fact of a day; a day and its blocks begin and end on its own date."""
        (act, key, to), day, minutes = drawn
        at = START + timedelta(days=day, minutes=minutes)
        if isinstance(key, int):
            key = plan.days[day].blocks[key % len(plan.days[day].blocks)].key
        return Fact(act, key or days[day], at, to if act is Act.POSTPONED else None)

    return st.lists(st.tuples(acts, st.integers(0, len(days) - 1), st.integers(-30, 600)).map(fact), max_size=12)


def moments() -> SearchStrategy[datetime]:
    """Draw a moment in the days of a plan or around them."""
    return st.integers(-120, 3 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)


@st.composite
def meetings_in_order(draw: DrawFn) -> tuple[Plan, list[Fact], datetime]:
    """Draw a plan, what happens when its items are taken in their order, early and late, and a moment of the first day.

    Some breaks are noted; some items are interrupted; now comes when the last thing noted is not long past.
    """
    plan = draw(plans(is_plain=True, is_simple=True))
    moment = START + draw(st.sampled_from((-10, 0, 0, 5, 30))) * MINUTE
    found = [Fact(Act.OPENED, "0", moment)] if draw(st.booleans()) else []
    for block in plan.days[0].blocks if draw(st.booleans()) else ():
        if block.kind is not Kind.ITEMS:
            is_noted = draw(st.booleans())
            start, end = (max(moment, block.start), block.end) if block.pinned_start else (moment, moment + 20 * MINUTE)
            moment = max(start, end) + draw(st.sampled_from((0, 0, 5))) * MINUTE
            found += [Fact(Act.STARTED, block.key, start), Fact(Act.ENDED, block.key, moment)] if is_noted else []
        for item in block.items:
            if draw(st.sampled_from((False, False, False, True))):
                return plan, found, moment + draw(st.integers(0, 40)) * MINUTE
            found.append(Fact(Act.TAKEN_UP, item.key, moment))
            moment += draw(st.integers(1, 40)) * MINUTE
            if draw(st.booleans()):
                found.append(Fact(draw(st.sampled_from((Act.CLOSED, Act.CLOSED, Act.PAUSED))), item.key, moment))
                moment += draw(st.sampled_from((0, 0, 3))) * MINUTE
    return plan, found, moment + draw(st.integers(0, 40)) * MINUTE
