"""A three-day agenda of forty items is edited with the keyboard alone; two people edit at once; an item is dragged."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, WIDE, Open, Site, violations
from tests.journeys.test_corrections import focused, lines, read_in, tab_to

DAYS, HOURS = 3, (10, 11, 12, 15, 16)
NINE = "\n".join(f"Initiative {letter}" for letter in "ABCDEFGHI")


def forty(title: str) -> str:
    """Write an agenda of forty items: three days, five hours with two or three items each, and lunch."""
    said, number = [title], 0
    for day in range(1, DAYS + 1):
        said += ["", f"Day {day}: {11 + day} September 2017"]
        for hour in HOURS:
            if hour == 15:
                said.append("13:00 - 15:00 Lunch")
            for place in range(3 if hour in (10, 15) or (day, hour) == (1, 16) else 2):
                number += 1
                times = f"{hour}:00 - {hour + 1}:00 " if not place else ""
                said.append(f"{times}{number}. Matter {number} of the committee")
    assert number + DAYS == 40  # with three lunches
    return "\n".join(said)


def make(page: Page, site: Site, title: str) -> str:
    """Read the agenda in, make a meeting of it, and open the editor; give the address of the meeting."""
    read_in(page, site, forty(title))
    tab_to(page, "Title of the meeting")
    page.keyboard.press("Control+A")
    page.keyboard.type(title)
    tab_to(page, "Make the meeting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    address = page.url
    tab_to(page, "Edit the agenda")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the agenda")
    return address


def press(page: Page, keys: str, words: str) -> None:
    """Press keys, and wait until the page has said what was done."""
    page.keyboard.press(keys)
    expect(page.locator("#said")).to_contain_text(words)


def field(page: Page, name: str) -> None:
    """Wait until the form of a part is open with the focus in a field."""
    expect(page.locator(f"#part [name=part-{name}]")).to_be_focused()


def test_forty_items_are_edited_with_the_keyboard_alone(site: Site, window: Open):
    page = window("secretariat")
    make(page, site, "Keyboard meeting")
    assert (len(lines(page)), violations(page)) == (40, [])

    tab_to(page, "Matter 2 of")
    press(page, "Alt+ArrowDown", "stands after “3. Matter 3 of the committee” now")
    assert focused(page) == "Matter 2 of the committee"
    press(page, "Alt+ArrowDown", "moved from 10:00 to 11:00")
    press(page, "Control+Z", "Undone:")
    press(page, "Control+Y", "moved from 10:00 to 11:00")
    assert lines(page)[:4] == [f"{n}. Matter {n} of the committee" for n in (1, 3, 2, 4)]

    _split_and_join(page)
    _time_and_pin(page)
    _renumber(page)
    _line_up(page)
    _circulate_and_adopt(page)


def _split_and_join(page: Page) -> None:
    page.keyboard.press("Enter")
    field(page, "title")
    page.keyboard.press("Control+End")
    for _letter in "the committee":
        page.keyboard.press("ArrowLeft")
    press(page, "Control+Enter", "“Matter 2 of” is the title")
    assert lines(page)[2:4] == ["2. Matter 2 of", "the committee"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    field(page, "title")
    tab_to(page, "Move, split, join, add")
    page.keyboard.press("Enter")
    assert violations(page) == []
    tab_to(page, "Join with the next")
    press(page, "Enter", "“Matter 2 of the committee” is the title")
    assert len(lines(page)) == 40


def _time_and_pin(page: Page) -> None:
    while focused(page) != "10:00–11:00":
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    field(page, "start")
    page.keyboard.press("Tab")
    page.keyboard.type("11.30")
    press(page, "Enter", "10:00–11:30 instead of 10:00–11:00")
    expect(page.locator("#work h3").first).to_contain_text("by its minutes at 17:30")
    page.keyboard.press("Enter")
    field(page, "start")
    tab_to(page, "Move, split, join, add")
    page.keyboard.press("Enter")
    tab_to(page, "Let the times below follow")
    press(page, "Enter", "11:30–12:30 instead of 11:00–12:00")
    tab_to(page, "13:30–15:30")
    page.keyboard.press("Enter")
    field(page, "start")
    tab_to(page, "Fixed start")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press(page, "Enter", "fixed start was set")


def _renumber(page: Page) -> None:
    tab_to(page, "Number the items again")
    page.keyboard.press("Enter")
    tab_to(page, "Counting")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Number the items")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("number “2” instead of “3”")
    assert lines(page)[:4] == [
        "1. Matter 1 of the committee",
        "2. Matter 3 of the committee",
        "3. Matter 2 of the committee",
        "4. Matter 4 of the committee",
    ]


def _line_up(page: Page) -> None:
    tab_to(page, "Matter 37")
    page.keyboard.press("l")
    expect(page.locator("#part [name=part-lines]")).to_be_focused()
    page.keyboard.insert_text(NINE)
    assert violations(page) == []
    tab_to(page, "Save, and share the time")
    page.keyboard.press("Enter")
    expect(page.locator("#part [role=alert]")).to_contain_text("The item has no time to share.")
    assert page.locator("#part [name=part-lines]").input_value() == NINE
    page.keyboard.press("Escape")
    assert focused(page) == "Matter 37 of the committee"
    page.keyboard.press("Enter")
    field(page, "title")
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    press(page, "Enter", "minutes “70” was set")
    page.keyboard.press("l")
    expect(page.locator("#part [name=part-lines]")).to_be_focused()
    page.keyboard.insert_text(NINE)
    tab_to(page, "Save, and share the time")
    press(page, "Enter", "Initiative A” was added")
    expect(page.locator("#work li.item", has_text="Matter 37")).to_contain_text("70 of 70 min")
    assert len(lines(page)) == 49


def _circulate_and_adopt(page: Page) -> None:
    page.keyboard.press("Control+Home")
    tab_to(page, "Versions: circulate")
    page.keyboard.press("Enter")
    for number, state in ((1, "Circulated"), (2, "Adopted")):
        expect(page.get_by_role("heading", level=1)).to_have_text("Versions of the agenda")
        assert violations(page) == []
        tab_to(page, "It becomes")
        page.keyboard.type(state)
        tab_to(page, "Note")
        page.keyboard.type(f"{state} in good time.")
        tab_to(page, "Make the version")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text(f"Version {number} is made.")
    expect(page.locator("main")).to_contain_text("Nothing differs.")
    tab_to(page, "Version 2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Version 2")
    expect(page.locator("main")).to_contain_text("Adopted in good time.")
    assert violations(page) == []


@contextmanager
def second_secretary(site: Site) -> Iterator[None]:
    """Let the chair be of the secretariat too, as long as this takes."""
    chair, chief = (site.links[role].split("/enter/")[1].split(".")[0] for role in ("chair", "secretariat"))
    with sqlite3.connect(site.home / "convenor.sqlite3") as base:
        known = [
            row[1] for row in base.execute("pragma table_info(people_roleterm)") if row[1] not in ("id", "person_id")
        ]
        columns = ", ".join(f'"{name}"' for name in known)
        before = {row[0] for row in base.execute("select id from people_roleterm")}
        base.execute(
            f"insert into people_roleterm (person_id, {columns}) select ?, {columns} from people_roleterm "  # noqa: S608
            "where person_id = ? and role = 'secretariat'",
            (chair, chief),
        )
        made = [row[0] for row in base.execute("select id from people_roleterm") if row[0] not in before]
    assert made
    try:
        yield
    finally:
        with sqlite3.connect(site.home / "convenor.sqlite3") as base:
            base.executemany("delete from people_roleterm where id = ?", [(one,) for one in made])


def test_two_people_edit_at_once_are_told_and_nothing_is_lost(site: Site, window: Open):
    first = window("secretariat")
    address = make(first, site, "Meeting of two")
    with second_secretary(site):
        second = window("chair")
        second.goto(f"{address}edit/")
        second.get_by_role("link", name="Matter 1 of the committee").click()
        second.get_by_label("Title", exact=True).fill("Second words")

        first.get_by_role("link", name="Matter 1 of the committee").focus()
        press(first, "Alt+ArrowDown", "stands after “2. Matter 2 of the committee” now")
        # What is being typed stays, and the other's name and change are told.
        notice = second.locator("#work > .notice.warn, #work .notice.warn")
        expect(notice).to_contain_text("stands after “2. Matter 2 of the committee” now", timeout=8000)
        assert second.get_by_label("Title", exact=True).input_value() == "Second words"
        second.keyboard.press("Enter")
        expect(second.locator("#said")).to_contain_text("“Second words” is the title")
        assert lines(second)[:2] == ["2. Matter 2 of the committee", "1. Second words"]

        # The first sees it without doing anything.
        expect(first.locator("#work")).to_contain_text("Second words", timeout=8000)
        expect(first.locator("#said")).to_contain_text("“Second words” is the title")
        expect(first.locator("#work .notice")).to_contain_text("edited this agenda since you or they began")

        # The same field: the faster one stands, the other's words are kept.
        for page, words in ((first, "Of the first"), (second, "Of the second")):
            page.get_by_role("link", name="Matter 2 of the committee").click()
            page.get_by_label("Title", exact=True).fill(words)
        first.keyboard.press("Enter")
        expect(first.locator("#said")).to_contain_text("Of the first")
        second.keyboard.press("Enter")
        expect(second.locator("#part [role=alert]")).to_contain_text("to “Of the first”")
        assert second.get_by_label("Title", exact=True).input_value() == "Of the second"


def test_an_item_is_dragged_and_the_page_says_before_what_it_would_do(site: Site, window: Open):
    page = window("secretariat")
    make(page, site, "Dragged meeting")
    grip = page.locator("#work li.item", has_text="Matter 3 of").locator(".grip").first
    to = page.locator("#work li.item", has_text="Matter 1 of").bounding_box()
    at = grip.bounding_box()
    assert to is not None
    assert at is not None
    page.mouse.move(at["x"] + 4, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(to["x"] + 80, to["y"] + 4, steps=5)
    expect(page.locator(".verdict")).to_contain_text(
        "If you let go here: “3. Matter 3 of the committee” comes first now."
    )
    page.mouse.up()
    expect(page.locator("#said")).to_contain_text("comes first now")
    assert lines(page)[0] == "3. Matter 3 of the committee"

    grip = page.locator("#work li.item", has_text="Matter 3 of").locator(".grip").first
    at = grip.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 4, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 120, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert lines(page)[0] == "3. Matter 3 of the committee"


def test_a_guest_is_late_and_three_clicks_put_others_first(site: Site, window: Open):
    page = window("secretariat")
    page.goto(make(page, site, "Late guest"))
    page.locator("li.item", has_text="Matter 1 of").locator("details.extra summary").click()
    page.get_by_role("link", name=re.compile("^Move ?: Matter 1 of")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Move")
    assert violations(page) == []
    page.get_by_role("button", name="after “5. Matter 5 of the committee”").click()

    expect(page.get_by_role("status").first).to_contain_text("moved from 10:00 to 11:00")
    titles = page.locator("main li.item .title bdi").all_inner_texts()
    assert [title.split()[1] for title in titles[:5]] == ["2", "3", "4", "5", "1"]


@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (NARROW, "en"), (NARROW, "ar")])
def test_every_page_of_the_editor_is_accessible_and_fits(
    site: Site, window: Open, size: tuple[int, int], language: str
):
    page = window("secretariat", size=size, language=language)
    june = f"{site.year}meetings/june/"
    page.goto(f"{june}edit/")
    parts = page.evaluate("[...document.querySelectorAll('#work [data-part]')].map((part) => part.href)")
    day, block, item = (next(one for one in parts if f"/part/{letter}" in one) for letter in "dbi")
    for address in (
        f"{june}edit/", day, block, item, f"{item}move/", f"{item}line-up/", f"{item}add/item/", f"{june}versions/",
        f"{site.year}meetings/start/", june,
    ):  # fmt: skip
        page.goto(address)
        assert (address, violations(page)) == (address, [])
        assert (address, page.evaluate("document.documentElement.scrollWidth") <= size[0]) == (address, True)


def test_without_a_script_the_whole_job_is_done_with_links_and_buttons(site: Site, window: Open):
    page = window("secretariat", script=False)
    page.goto(f"{site.year}meetings/start/")
    page.get_by_label("Begin with").select_option("call")
    page.get_by_label("Title of the meeting").fill("Call without a script")
    page.get_by_label("First day").fill("2017-10-03")
    page.get_by_role("button", name="Start the meeting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the agenda")
    page.get_by_role("link", name="Updates").click()
    page.get_by_text("Move, split, join, add").click()
    page.get_by_role("button", name="Move up").click()
    expect(page.locator("#work")).to_contain_text("“3. Updates” moved from 13:15 to 13:00.")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_role("link", name="Updates").click()
    page.get_by_text("Move, split, join, add").click()
    page.get_by_role("link", name="Line-up").click()
    page.get_by_label("Add lines").fill("One\nTwo\nThree")
    page.get_by_role("button", name="Save, and share the time equally").click()
    expect(page.locator("#work li.item", has_text="Updates")).to_contain_text("30 min together")
    page.get_by_role("button", name="Finish editing").click()
    expect(page.get_by_role("status").first).to_contain_text("Editing is finished.")
