"""An agenda is dropped, corrected with the keyboard alone, confirmed, and read again in a new version."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from convenor.example.load import seed_agenda
from convenor.meetings.documents import text_of
from convenor.shared.errors import Refused
from tests.journeys.conftest import NARROW, Open, Site, violations

HTML = """<html><body><h1>National Forum: agenda</h1>
<h2>Day 1: 4 October 2027</h2>
<table><tr><th>Time</th><th>Item</th></tr>
<tr><td>09:00 - 09:30</td><td>1. Welcome and</td></tr>
<tr><td>09:30 - 11:00</td><td>2. Access in the regions</td></tr>
<tr><td>11:00 - 11:30</td><td>Coffee</td></tr>
<tr><td>11:30 - 13:00</td><td>4. Open debate</td></tr></table></body></html>
"""
ARABIC = """جدول أعمال الاجتماع
اليوم 1: 2027-10-04
09:00 - 09:30 1. كلمة الافتتاح
09:30 - 11:00 2. تقارير المبادرات
11:00 - 12:00 3. نقاش مفتوح
"""


ROWS = (
    ("09:00 - 09:30", "1. Welcome and"),
    ("09:30 - 11:00", "2. Access in the regions"),
    ("11:00 - 11:30", "Coffee"),
    ("11:30 - 13:00", "4. Open debate"),
)
TITLE, DAY = "National Forum: agenda", "Day 1: 4 October 2027"


def as_text(to: Path) -> None:
    """Write the agenda as plain text."""
    to.write_text("\n".join([TITLE, "", DAY, *("\t".join(row) for row in ROWS)]), "utf-8")


def as_docx(to: Path) -> None:
    """Write the agenda as a word processor does, with a table."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_heading(DAY, 2)
    table = document.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(to))


def as_pdf(to: Path) -> None:
    """Write the agenda as a PDF with a table."""
    import typst

    cells = ", ".join(f"[{words}]" for row in ROWS for words in row)
    page = f"= {TITLE}\n== {DAY}\n#table(columns: (30%, 70%), stroke: none, {cells})"
    to.write_bytes(typst.compile(page.encode()))


def tab_to(page: Page, words: str, *, most: int = 200) -> None:
    """Press Tab until what has the focus, or its label, begins with these words."""
    for _press in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText")
        if str(said).strip().startswith(words):
            return
    raise AssertionError(f"Tab never came to {words}")


def focused(page: Page) -> str:
    """Give the words of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText")).strip()


def lines(page: Page) -> list[str]:
    """Give the items of the agenda as it stands, with their numbers."""
    return list(
        page.evaluate(
            "[...document.querySelectorAll('#work li.item, #work li.item ol li')].map((item) => "
            "`${item.firstElementChild.textContent} ${item.querySelector('[data-part]').textContent}`.trim())"
        )
    )


def read_in(page: Page, site: Site, text: str) -> None:
    """Paste an agenda with the keyboard and have it read."""
    page.goto(f"{site.origin}/read/")
    tab_to(page, "Paste the agenda")
    page.keyboard.insert_text(text)
    tab_to(page, "Read it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your agenda, as understood")


def test_questions_are_answered_and_lines_corrected_with_the_keyboard_alone(site: Site, window: Open):
    page = window("secretariat")
    read_in(page, site, seed_agenda())
    assert violations(page) == []

    tab_to(page, "It is number 1")
    page.keyboard.press("Enter")
    expect(page.locator("#lead")).to_contain_text("1 of 6 answered")
    expect(page.locator("#w1")).to_be_focused()
    tab_to(page, "Take “and” away")
    page.keyboard.press("Enter")
    expect(page.locator("#lead")).to_contain_text("2 of 6 answered")

    tab_to(page, "Welcome from MAG Chair")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Adoption of the agenda"
    page.keyboard.press("Enter")
    expect(page.locator("#part [name=part-title]")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Control+A")
    page.keyboard.type("Adoption by silence")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Adoption by silence")
    assert focused(page) == "Adoption by silence"

    page.keyboard.press("Enter")
    expect(page.locator("#part [name=part-title]")).to_be_focused()
    page.keyboard.type("never mind")
    page.keyboard.press("Escape")
    assert focused(page) == "Adoption by silence"
    assert lines(page)[2] == "3. Adoption by silence"


def test_lines_are_moved_taken_out_added_and_split_with_the_keyboard_alone(site: Site, window: Open):
    page = window("secretariat")
    read_in(page, site, seed_agenda())
    tab_to(page, "Adoption of the agenda")
    for keys, words in (
        ("Alt+ArrowUp", "stands after “Welcome from MAG Chair” now"),
        ("Alt+ArrowRight", "moved under item"),
        ("Alt+ArrowLeft", "no longer stands under item"),
        ("Delete", "was taken out"),
        ("Control+Z", "Undone:"),
    ):
        page.keyboard.press(keys)
        expect(page.locator("#said")).to_contain_text(words)
    assert lines(page)[1] == "3. Adoption of the agenda"

    tab_to(page, "Updates from IGF Dynamic Coalitions (DCs)")
    page.keyboard.press("Insert")
    expect(page.locator("#part [name=part-title]")).to_be_focused()
    page.keyboard.type("Updates from the host country and the partners")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("was added")
    assert focused(page) == "Updates from the host country and the partners"
    page.keyboard.press("Enter")
    expect(page.locator("#part [name=part-title]")).to_be_focused()
    page.keyboard.press("Control+End")
    for _letter in " and the partners":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("“Updates from the host country” is the title")
    assert focused(page) == "and the partners"

    tab_to(page, "Title of the meeting")
    page.keyboard.press("Control+A")
    page.keyboard.type("June, corrected")
    tab_to(page, "Make the meeting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("June, corrected")
    expect(page.locator("main")).to_contain_text("Updates from the host country")
    expect(page.locator("main")).to_contain_text("points are open")


@pytest.mark.parametrize(("name", "write"), [("a.txt", as_text), ("a.docx", as_docx), ("a.pdf", as_pdf)])
def test_a_document_is_dropped_corrected_and_confirmed(
    site: Site, window: Open, tmp_path: Path, name: str, write: Callable[[Path], None]
):
    file = tmp_path / name
    write(file)
    try:
        text_of(file.read_bytes())
    except Refused as refusal:
        pytest.skip(f"documents of this kind are not read yet: {refusal}")
    page = window("secretariat")
    page.goto(f"{site.origin}/read/")
    page.locator("input[type=file]").set_input_files(file)
    tab_to(page, "Read it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your agenda, as understood")

    tab_to(page, "Take “and” away")
    page.keyboard.press("Enter")
    expect(page.locator("#lead")).to_contain_text("1 of 2 answered")
    tab_to(page, "It is number 3")
    page.keyboard.press("Enter")
    expect(page.locator("#asked")).to_contain_text("Every question is answered.")
    tab_to(page, "Open debate")
    page.keyboard.press("Enter")
    expect(page.locator("#part [name=part-title]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Open floor")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Open floor")
    assert lines(page) == ["1. Welcome", "2. Access in the regions", "Coffee", "3. Open floor"]

    tab_to(page, "Make the meeting")
    page.keyboard.press("Enter")
    expect(page.locator("main li.item .title > bdi")).to_have_text(
        ["Welcome", "Access in the regions", "Coffee", "Open floor"]
    )


def test_an_html_file_is_corrected_read_again_and_put_into_its_meeting(site: Site, window: Open, tmp_path: Path):
    page = window("secretariat")
    first, second = tmp_path / "agenda.html", tmp_path / "agenda-2.html"
    first.write_text(HTML, "utf-8")
    page.goto(f"{site.origin}/read/")
    page.locator("input[type=file]").set_input_files(first)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Take “and” away").click()
    expect(page.locator("#work")).to_contain_text("1 correction")
    page.get_by_role("link", name="Open debate").click()
    page.get_by_label("Title", exact=True).fill("Open floor")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Open floor")

    second.write_text(HTML.replace("Open debate", "Closing debate").replace("09:30 - 11:00", "09:30 - 10:45"), "utf-8")
    page.get_by_role("link", name="Read a new version").click()
    page.locator("input[type=file]").set_input_files(second)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("status").filter(has_text="The new version was read.")).to_be_visible()
    expect(page.locator("#changed-list")).to_contain_text(
        "“Access in the regions”: 09:30–10:45 instead of 09:30–11:00."
    )
    expect(page.locator("#asked")).to_contain_text("from “Open debate” to “Closing debate”")
    assert violations(page) == []
    page.get_by_role("button", name="Do it all the same").click()
    expect(page.locator("#work")).to_contain_text("Open floor")
    expect(page.locator("#work")).to_contain_text("Welcome")

    page.get_by_label("Title of the meeting").fill("National forum, October")
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.locator("main")).to_contain_text("Open floor")

    page.get_by_role("link", name="Read a new version").click()
    page.get_by_label("Paste the agenda").fill(
        HTML.replace("Coffee", "Coffee and tea").replace("Open debate", "Closing debate")
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#revise")).to_contain_text("“Coffee and tea” is the title instead of “Coffee”.")
    assert violations(page) == []
    page.get_by_role("button", name="Put it into the meeting").click()
    expect(page.locator("main")).to_contain_text("Coffee and tea")
    expect(page.locator("main")).to_contain_text("Open floor")


def test_an_arabic_agenda_is_corrected_right_to_left_on_a_phone(site: Site, window: Open):
    page = window("secretariat", language="ar", size=NARROW)
    page.goto(f"{site.origin}/read/")
    page.locator("#id_text").fill(ARABIC)
    page.locator("main form button[type=submit]").click()
    line = page.get_by_role("link", name="نقاش مفتوح")
    line.focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#work li.item ol")).to_have_count(0)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#work li.block").nth(1)).to_contain_text("نقاش مفتوح")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#work li.item ol li")).to_have_count(1)
    page.get_by_role("link", name="نقاش مفتوح").click()
    expect(page.locator("#part [name=part-title]")).to_be_focused()

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert violations(page) == []


def test_without_a_script_the_whole_job_is_done_with_links_and_buttons(site: Site, window: Open):
    page = window("secretariat", script=False)
    page.goto(f"{site.origin}/read/")
    page.get_by_label("Paste the agenda").fill(seed_agenda())
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="It is number 1").first.click()
    page.get_by_role("link", name="Adoption of the agenda").click()
    page.get_by_label("Title", exact=True).fill("Adoption by silence")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#work")).to_contain_text(
        "“Adoption by silence” is the title instead of “Adoption of the agenda”."
    )
    page.get_by_role("link", name="Adoption by silence").click()
    page.get_by_text("Move, split, join, add").click()
    page.get_by_role("button", name="Move up").click()
    expect(page.locator("#work li.item").nth(1)).to_contain_text("Adoption by silence")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#work li.item").nth(2)).to_contain_text("Adoption by silence")


def test_two_windows_on_one_draft_are_told(site: Site, window: Open):
    first = window("secretariat")
    read_in(first, site, seed_agenda())
    second = first.context.new_page()
    second.goto(first.url)

    for page, words in ((first, "Adoption by silence"), (second, "Adoption by vote")):
        page.get_by_role("link", name="Adoption of the agenda").click()
        page.get_by_label("Title", exact=True).fill(words)
    first.keyboard.press("Enter")
    expect(first.locator("#said")).to_contain_text("Adoption by silence")
    second.keyboard.press("Enter")

    alert = second.locator("#part [role=alert]")
    expect(alert).to_contain_text(
        "has changed since you saw it, from “Adoption of the agenda” to “Adoption by silence”"
    )
    assert second.get_by_label("Title", exact=True).input_value() == "Adoption by vote"
    second.get_by_role("button", name="Save").click()
    expect(second.locator("#said")).to_contain_text("“Adoption by vote” is the title instead of “Adoption by silence”.")
    first.bring_to_front()
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#said")).to_contain_text("changed in another window")
    expect(first.locator("#work")).to_contain_text("Adoption by vote")
