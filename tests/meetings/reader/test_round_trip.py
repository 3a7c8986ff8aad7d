"""An agenda printed in any layout, way of writing times and labels, and language comes back as it was."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind, to_interchange
from convenor.meetings.reader import read
from tests.examples import examples

WORDS = st.sampled_from(
    ["Budget", "Workshops", "Selection", "Outreach", "Fellows", "Themes", "Nominations", "Accounts"]
)
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@dataclass(frozen=True)
class Language:
    """The words an agenda cannot do without."""

    title: str
    day: str
    date: str
    lunch: str
    pause: str


LANGUAGES = (
    Language("Meeting of the Committee", "Day", "{} June 2017", "Lunch", "Coffee break"),
    Language("Réunion du comité", "Jour", "{} juin 2017", "Déjeuner", "Pause café"),
    Language("Reunión del comité", "Día", "{} de junio de 2017", "Almuerzo", "Receso"),
    Language("Reunião do comitê", "Dia", "{} de junho de 2017", "Almoço", "Intervalo"),
    Language("Sitzung des Ausschusses", "Tag", "{}. Juni 2017", "Mittagessen", "Kaffeepause"),
    Language("Riunione del comitato", "Giorno", "{} giugno 2017", "Pranzo", "Pausa caffè"),
    Language("Vergadering van het comité", "Dag", "{} juni 2017", "Lunch", "Pauze"),
    Language("Заседание комитета", "День", "{} июня 2017", "Обед", "Перерыв"),
    Language("اجتماع اللجنة", "اليوم", "{} يونيو 2017", "غداء", "استراحة"),
)


def _clock(said: str) -> str:
    return said.lstrip("0") if not said.startswith("00") else said


def _half(said: str) -> str:
    hour, minute = int(said[:2]), said[3:]
    return f"{(hour - 1) % 12 + 1}:{minute} {'am' if hour < 12 else 'pm'}"


# How one time is printed, what stands between two, and what may stand around both.
TIMES: dict[str, tuple[Callable[[str], str], str, str]] = {
    "colons": (str, " - ", "{}"),
    "dashes": (_clock, "–", "{}"),
    "dots": (lambda said: said.replace(":", "."), " - ", "{}"),
    "letters": (lambda said: _clock(said).replace(":", "h"), " – ", "{}"),
    "halves": (_half, " - ", "{}"),
    "four digits": (lambda said: said.replace(":", ""), "-", "{} hours"),
    "words": (str, " to ", "from {}"),
    "brackets": (str, " - ", "({})"),
}
NUMBERS = ("{}. ", "{}) ", "({}) ", "{} - ")
LETTERS = ("{}) ", "({}) ", "{}. ")
ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
)
# The label of an item by its number, and of a sub-item by the label above it and its own number.
SERIES: dict[str, tuple[Callable[[int], str], Callable[[str, int], str]]] = {
    "numbers, letters": (str, lambda _, number: "abc"[number - 1]),
    "numbers, decimals": (str, lambda outer, number: f"{outer}.{number}"),
    "numbers, Roman": (str, lambda _, number: ROMAN[number - 1].lower()),
    "numbers, capitals": (str, lambda _, number: "ABC"[number - 1]),
    "capitals, numbers": (lambda number: chr(64 + number), lambda _, number: str(number)),
    "capitals, letters": (lambda number: chr(64 + number), lambda _, number: "abc"[number - 1]),
    "Roman, numbers": (lambda number: ROMAN[number - 1], lambda _, number: str(number)),
    "Roman, letters": (lambda number: ROMAN[number - 1], lambda _, number: "abc"[number - 1]),
}
DAYS = (
    "{label}: {date} - {heading}",
    "{label} | {date} | {heading}",
    "{date} – {heading}",
    "{label} ({date})",
    "{date}",
)


@dataclass(frozen=True)
class Print:
    """How an agenda is printed."""

    layout: str
    times: str
    has_ends: bool
    number: str
    letter: str
    series: str
    day: str
    language: Language

    def time(self, block: Block) -> str:
        one, between, around = TIMES[self.times]
        times = [one(said) for said in (block.start, block.end) if said]
        return around.format(between.join(times))

    def label(self, item: Item) -> str:
        if item.label is None:
            return ""
        if "." in item.label:
            return f"{item.label} "
        return (self.number if item.label.isdigit() else self.letter).format(item.label)

    def length(self, item: Item) -> str:
        return f" ({item.minutes} min)" if item.minutes else ""

    def rows(self, block: Block) -> list[tuple[int, str]]:
        """Return the items of a block in order, each with its depth."""
        return [
            (depth, self.label(one) + one.title + self.length(one))
            for item in block.items
            for depth, one in [(0, item), *((1, child) for child in item.children)]
        ]


LAYOUTS = (
    "lines",
    "indented",
    "sparse",
    "on one line",
    "tabs",
    "pipes",
    "framed",
    "torn",
    "wiki",
    "columns",
    "markdown",
    "html",
)
PRINTS = st.builds(
    Print,
    st.sampled_from(LAYOUTS),
    st.sampled_from(list(TIMES)),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from(LETTERS),
    st.sampled_from(list(SERIES)),
    st.sampled_from(DAYS),
    st.sampled_from(LANGUAGES),
)


@st.composite
def agendas(draw: st.DrawFn, how: Print) -> Agenda:
    """Draw an agenda of one to three days with labelled items and sub-items, lengths, a lunch and a pause."""
    days = []
    outer, inner = SERIES[how.series]
    # Beside the date of an only day a word is as likely the place of the meeting.
    fewest = 2 if how.day == "{date} – {heading}" else 1
    for number in range(1, draw(st.integers(fewest, 3)) + 1):
        blocks, count = [], 0
        for hour in range(9, 9 + draw(st.integers(1, 6))):
            start, end = f"{hour:02d}:00", f"{hour + 1:02d}:00" if how.has_ends else None
            if hour == 12 or draw(st.integers(0, 9)) == 0:
                title = how.language.lunch if hour == 12 else how.language.pause
                blocks.append(Block(start, end, Kind.BREAK, items=(Item(None, title),)))
                continue
            items = []
            for title in draw(st.lists(TITLES, min_size=1, max_size=3)):
                count += 1
                children = draw(st.lists(TITLES, max_size=3))
                parts = tuple(Item(inner(outer(count), place), child) for place, child in enumerate(children, start=1))
                items.append(Item(outer(count), title, draw(st.sampled_from([None, None, 5, 20])), parts))
            blocks.append(Block(start, end, items=tuple(items)))
        label = f"{how.language.day} {number}" if "{label}" in how.day else None
        heading = "Committee" if "{heading}" in how.day else None
        days.append(Day(f"2017-06-{11 + number}", label, heading, blocks=tuple(blocks)))
    return Agenda(how.language.title, days=tuple(days))


def _rows(time: str, texts: list[str], first: str, other: str) -> list[str]:
    return [first.format(time, texts[0]), *(other.format(text) for text in texts[1:])]


def _block(block: Block, how: Print) -> list[str]:
    time, rows = how.time(block), how.rows(block)
    texts = [text for _, text in rows]
    printed: dict[str, Callable[[], list[str]]] = {
        "lines": lambda: [time, *texts],
        "indented": lambda: [time, *("    " * (depth + 1) + text for depth, text in rows), ""],
        "sparse": lambda: [line for row in [time, *texts] for line in (row, "")],
        "on one line": lambda: _rows(time, texts, "{}   {}", " " * 20 + "{}"),
        "tabs": lambda: _rows(time, texts, "{}\t{}", "\t{}"),
        "pipes": lambda: _rows(time, texts, "{} | {} |", " | {} |"),
        "framed": lambda: _rows(time, texts, "| {} | {} |", "| | {} |"),
        "torn": lambda: [f"{time} |", *(f"{text} |" for text in texts)],
        "wiki": lambda: _rows(time, texts, "|-\n| {} || {}", "|-\n| || {}"),
        "columns": lambda: _rows(time, texts, "{:<28}{}", " " * 28 + "{}"),
        "markdown": lambda: ["", f"**{time}**", "", *("   " * depth + text for depth, text in rows)],
        "html": lambda: [f"<tr><td>{time}</td><td>{''.join(f'<p>{text}</p>' for text in texts)}</td></tr>"],
    }
    return printed[how.layout]()


OPENS = {
    "tabs": ["Time\tAgenda Item"],
    "framed": ["| Time | Item |", "|---|---|"],
    "torn": ["Time |", "Agenda Item |"],
    "wiki": ['{| class="wikitable"', "! Time !! Item"],
    "columns": [f"{'Time':<28}Agenda Item"],
    "html": ["<table>"],
}
CLOSES = {"wiki": ["|}"], "html": ["</table>"]}


def printed(agenda: Agenda, how: Print) -> str:
    """Return the agenda as text."""
    html, markdown = how.layout == "html", how.layout == "markdown"
    lines = [f"<h1>{agenda.title}</h1>" if html else f"# {agenda.title}" if markdown else agenda.title or "", ""]
    for place, day in enumerate(agenda.days):
        date = how.language.date.format(12 + place)
        head = how.day.format(label=day.label, date=date, heading=day.heading)
        lines += [f"<p>{head}</p>" if html else f"## {head}" if markdown else head, "", *OPENS.get(how.layout, [])]
        for block in day.blocks:
            lines += _block(block, how)
        lines += [*CLOSES.get(how.layout, []), ""]
    return "\n".join(lines)


@settings(max_examples=examples(200), deadline=None)
@given(st.data(), PRINTS)
def test_an_agenda_printed_in_any_way_comes_back(data: st.DataObject, how: Print) -> None:
    agenda = data.draw(agendas(how))
    assert to_interchange(read(printed(agenda, how)).agenda) == to_interchange(agenda)


# ---- tables with columns in any order

HEADS = {
    "time": ("Time", "Hora", "Heure", "Uhrzeit"),
    "title": ("Topic", "Session", "Actividad", "Thema"),
    "length": ("Length", "Duration", "Dauer"),
    "room": ("Room", "Sala", "Raum"),
    "people": ("Presenter", "Speakers", "Who"),
    "skip": ("Stage", "Status", "Notes"),
}
PEOPLE = st.sampled_from(["A. Sample", "Ben Model", "Cleo van Type", "Dan Example, Eve Sample"])
ROOMS = st.sampled_from(["Room 1", "Hall B", "Sala Roja"])


@dataclass(frozen=True)
class Entry:
    """A row of a table: an item with all that its columns say."""

    start: str | None
    item: Item
    room: str | None

    def cells(self) -> dict[str, str]:
        return {
            "time": self.start or "",
            "title": self.item.title,
            "length": f"{self.item.minutes}m" if self.item.minutes else "",
            "room": self.room or "",
            "people": ", ".join(self.item.presenters),
            "skip": "open",
        }


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[str], list[Entry]]:
    """Draw the columns of a table in any order, their headings, and its rows."""
    optional = draw(st.lists(st.sampled_from(["length", "room", "people", "skip"]), unique=True))
    columns = draw(st.permutations(["time", "title", *optional]))
    heads = [draw(st.sampled_from(HEADS[column])) for column in columns]
    entries: list[Entry] = []
    for hour in range(9, 9 + draw(st.integers(2, 6))):
        for place in range(draw(st.integers(1, 2))):
            minutes = draw(st.sampled_from([None, 5, 20])) if "length" in columns else None
            people = tuple(draw(PEOPLE).split(", ")) if "people" in columns and draw(st.booleans()) else ()
            room = draw(ROOMS) if "room" in columns and not place and draw(st.booleans()) else None
            item = Item(None, draw(TITLES), minutes, presenters=people)
            entries.append(Entry(None if place else f"{hour:02d}:00", item, room))
    return columns, heads, entries


def _expected(entries: list[Entry]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for entry in entries:
        if entry.start:
            blocks.append(Block(entry.start, None, room=entry.room, items=(entry.item,)))
        else:
            last = blocks.pop()
            blocks.append(Block(last.start, None, room=last.room, items=(*last.items, entry.item)))
    return tuple(blocks)


def _in_table(layout: str, rows: list[list[str]]) -> list[str]:
    if layout == "framed":
        return [f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]]
    if layout == "tabs":
        return ["\t".join(row) for row in rows]
    if layout == "columns":
        return ["".join(f"{cell:<48}" for cell in row).rstrip() for row in rows]
    if layout == "wiki":
        return [
            '{| class="wikitable"',
            f"! {' !! '.join(rows[0])}",
            *(f"|-\n| {' || '.join(row)}" for row in rows[1:]),
            "|}",
        ]
    cells = [[f"<td>{cell}</td>" for cell in row] for row in rows]
    return ["<table>", *(f"<tr>{''.join(row)}</tr>" for row in cells), "</table>"]


@settings(max_examples=examples(150), deadline=None)
@given(tables(), st.sampled_from(["framed", "tabs", "columns", "wiki", "html"]))
def test_a_table_comes_back_whatever_the_order_of_its_columns(
    table: tuple[list[str], list[str], list[Entry]], layout: str
) -> None:
    columns, heads, entries = table
    assume(layout != "columns" or len(columns) < 4)  # wider than any page
    rows = [heads, *([entry.cells()[column] for column in columns] for entry in entries)]
    title = "<h1>Meeting</h1>" if layout == "html" else "Meeting"
    agenda = read("\n".join([title, "", "12 June 2017", "", *_in_table(layout, rows)])).agenda
    assert [(day.date, day.blocks) for day in agenda.days] == [("2017-06-12", _expected(entries))]


# ---- headlines over nested bullets

BULLETS = st.recursive(
    st.builds(lambda title: Item(None, title), TITLES),
    lambda inner: st.builds(
        lambda title, children: Item(None, title, None, tuple(children)), TITLES, st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)


def _bulleted(items: tuple[Item, ...], mark: str, depth: int = 0) -> list[str]:
    return [
        line
        for item in items
        for line in ["  " * depth + mark + item.title, *_bulleted(item.children, mark, depth + 1)]
    ]


def _in_lists(items: tuple[Item, ...]) -> str:
    return (
        "<ul>" + "".join(f"<li>{item.title}{_in_lists(item.children)}</li>" for item in items) + "</ul>"
        if items
        else ""
    )


def _outline(block: Block, is_headed: bool, mark: str) -> list[str]:
    time = f"{block.start} - {block.end}"
    if not is_headed:
        bullets = block.items
        head = []
    else:
        bullets = block.items[0].children
        head = [block.items[0].title]
    if mark == "html":
        return [f"<p>{time}</p>", *(f"<p>{title}</p>" for title in head), _in_lists(bullets)]
    return [time, *head, *_bulleted(bullets, mark)]


@settings(max_examples=examples(150), deadline=None)
@given(st.data(), st.sampled_from(["• ", "- ", "* ", "o ", "html"]))
def test_bullets_come_back_as_deep_as_they_were_printed(data: st.DataObject, mark: str) -> None:
    blocks, lines = (
        [],
        ["<h1>Meeting</h1>", "<p>12 June 2017</p>"] if mark == "html" else ["Meeting", "12 June 2017", ""],
    )
    for hour in range(9, 9 + data.draw(st.integers(1, 5))):
        bullets = tuple(data.draw(st.lists(BULLETS, min_size=1, max_size=3)))
        is_headed = data.draw(st.booleans())
        items = (Item(None, data.draw(TITLES), None, bullets),) if is_headed else bullets
        blocks.append(Block(f"{hour:02d}:00", f"{hour + 1:02d}:00", items=items))
        lines += _outline(blocks[-1], is_headed, mark)
    agenda = read("\n".join(lines)).agenda
    assert [(day.date, day.blocks) for day in agenda.days] == [("2017-06-12", tuple(blocks))]
