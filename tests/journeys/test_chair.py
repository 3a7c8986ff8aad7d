"""Day 1 of the seed agenda from the consoles: chair, secretariat, a member with a phone, the screen in the room.

A late guest, ten speakers on site and online, a point of order, an objection during the count, lunch that stays, an
item that goes on after it with its list; two chairs who press at once; a room that loses its network.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, SHOTS, violations
from tests.journeys.example import Example
from tests.journeys.test_every_page import overflow
from tests.journeys.test_floor import FLOOR, Open, see
from tests.journeys.test_live import Server, server

__all__ = ["see", "server"]
CHAIR, DESK = f"{FLOOR}chair/", f"{FLOOR}secretariat/"
WITHIN_MS = 10_000  # other journeys run beside this one
ITEM_TWO, ITEM_FIVE = "Welcome from Secretary-General", "Welcome from Director-General"


@dataclass
class Day:
    """The windows of a day that is open: of the chair, the secretariat, a member with a phone, the room."""

    chair: Page
    desk: Page
    member: Page
    room: Page

    @property
    def queue(self) -> list[str]:
        """Who waits, as the chair sees it."""
        return self.chair.locator("#chair-list .queue b").all_inner_texts()

    @property
    def speaker(self) -> str:
        """Who has the floor, as the chair sees it."""
        return self.chair.locator("#chair-now .big").inner_text()

    def press(self, key: str) -> None:
        """Press a key at the chair's console, with no field in focus."""
        self.chair.evaluate("document.activeElement.blur()")
        self.chair.keyboard.press(key)

    def hands(self, *names: str, seat: str = "room") -> None:
        """Raise hands at the secretariat's console, with the keyboard alone."""
        self.desk.locator(f"#hands input[name=seat][value={seat}]").check(force=True)
        self.desk.locator("#names").fill("; ".join(names))
        self.desk.locator("#names").press("Enter")
        expect(self.desk.locator("#names")).to_have_value("", timeout=WITHIN_MS)

    def known(self) -> list[str]:
        """Give names that the secretariat can raise hands for, one bearer each, without the member's."""
        names: list[str] = self.desk.eval_on_selector_all("#known option", "found => found.map(one => one.value)")
        mine = self.member.locator(".who a").first.inner_text().strip()
        return [name for name in names if names.count(name) == 1 and name != mine]


@pytest.fixture
def day(see: Open, server: Server, example: Example) -> Day:
    """Open the windows, and the day with its first button."""
    windows = Day(
        see(CHAIR, "chair"), see(DESK, "secretariat"), see(FLOOR, "member", size=NARROW),
        see(f"{FLOOR}projector/", size=(1280, 720)),
    )  # fmt: skip
    windows.chair.get_by_role("button", name="Open Day 1").click()
    for page in (windows.chair, windows.desk, windows.member, windows.room):
        expect(page.locator("[data-follows]").first).to_have_attribute("data-state", "on", timeout=10_000)
    expect(windows.chair.locator("#console-news")).to_have_text("The day is open.")
    windows.press("n")
    expect(windows.chair.get_by_role("button", name="Close the item")).to_be_visible(timeout=WITHIN_MS)
    return windows


def choose(page: Page, field: str, words: str) -> None:
    """Choose from a list what has these words."""
    value = page.locator(f"{field} option", has_text=words).first.get_attribute("value")
    page.locator(field).select_option(value)


def shot(page: Page, name: str) -> None:
    """Keep a picture to be looked at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"console-{name}.png", full_page=True)


def test_the_first_day_is_chaired_with_the_keyboard(day: Day):
    chair, room = day.chair, day.room

    # a guest is late: item 2 goes behind item 5, and the page says what that passes
    chair.locator("#move-item summary").click()
    choose(chair, "#move-key", ITEM_TWO)
    choose(chair, "#move-behind", ITEM_FIVE)
    chair.get_by_role("button", name="Move", exact=True).click()
    expect(chair.locator("#console-news")).to_have_text("Item 2 is taken after item 3, item 4, item 5.")
    expect(chair.locator("tr", has_text=ITEM_TWO)).to_contain_text("moved", timeout=WITHIN_MS)

    # ten speakers, on site and online
    names = day.known()
    day.hands(*names[:5])
    day.hands(*names[5:9], seat="online")
    day.member.get_by_role("button", name="Ask for the floor").first.click()
    expect(chair.locator("#chair-list .queue li")).to_have_count(10, timeout=WITHIN_MS)
    chair.locator("#set-order summary").click()
    chair.locator("#minutes").fill("3")
    chair.locator("#minutes").press("Enter")
    expect(chair.locator("#console-news")).to_have_text("The limit holds from the next speaker on.")
    shot(chair, "ten")
    assert violations(chair) == []

    first, second = day.queue[:2]
    day.press("n")
    expect(chair.locator("#chair-now .big")).to_have_text(first, timeout=WITHIN_MS)
    expect(room.locator(".speaker")).to_have_text(first, timeout=WITHIN_MS)
    expect(chair.locator("[data-hot=n]")).to_contain_text(f"Next: {second}")

    # a point of order from the room, and the speaker goes on
    day.press("o")
    chair.keyboard.type(names[9])
    chair.keyboard.press("Enter")
    expect(chair.locator("#chair-now .big")).to_have_text(names[9], timeout=WITHIN_MS)
    expect(chair.locator("[data-hot=n]")).to_contain_text(f"Back to {first}")
    day.press("n")
    expect(chair.locator("#chair-now .big")).to_have_text(first, timeout=WITHIN_MS)

    # an objection during the count, from a phone
    chair.locator("#words").fill("Close the list of speakers after this item")
    chair.get_by_role("button", name="Start the slow count to six").click()
    day.member.get_by_role("button", name="I object").click(timeout=WITHIN_MS)
    expect(chair.locator("#chair-vote")).to_contain_text("has objected", timeout=WITHIN_MS)
    shot(chair, "objection")

    # lunch stays where it is; the item goes on after it with its list
    waiting = day.queue
    chair.get_by_role("button", name=re.compile("^Begin: Lunch")).click()
    expect(room.locator("main")).to_contain_text("Lunch", timeout=WITHIN_MS)
    expect(chair.locator("[data-hot=n]")).to_contain_text("Continue", timeout=WITHIN_MS)
    shot(chair, "lunch")
    day.press("n")
    expect(chair.locator("[data-hot=n]")).to_contain_text(f"Next: {waiting[0]}", timeout=WITHIN_MS)
    assert day.queue == waiting
    day.press("u")  # nothing to give back: the key does nothing
    assert day.queue == waiting


def test_two_chairs_at_once_move_the_list_once(day: Day, see: Open):
    day.hands(*day.known()[:3])
    expect(day.chair.locator("#chair-list .queue li")).to_have_count(3, timeout=WITHIN_MS)
    other = see(CHAIR, "secretariat", script=False)  # a page that stands still, as a slow one does

    day.press("n")
    expect(day.chair.locator("#chair-list .queue li")).to_have_count(2, timeout=WITHIN_MS)
    other.locator("[data-hot=n]").click()

    expect(other.locator(".notice").first).to_contain_text(f"The list moved once, to {day.speaker}.")
    expect(other.locator(".notice").first).to_contain_text("also pressed Next at")
    expect(day.chair.locator("#chair-list .queue li")).to_have_count(2)


def test_keys_are_silent_in_fields_and_can_be_switched_off(day: Day):
    day.hands(*day.known()[:2])
    expect(day.chair.locator("#chair-list .queue li")).to_have_count(2, timeout=WITHIN_MS)

    day.chair.locator("#words").focus()
    day.chair.keyboard.type("none")
    expect(day.chair.locator("#words")).to_have_value("none")
    day.chair.locator("#keys").click()
    day.press("n")
    day.chair.wait_for_timeout(500)

    expect(day.chair.locator("#chair-list .queue li")).to_have_count(2)
    assert day.chair.locator("kbd").first.is_hidden()


def test_hands_wait_while_the_network_is_gone_and_are_entered_once(day: Day):
    desk = day.desk
    names = day.known()
    desk.context.set_offline(True)
    day.hands(names[0], names[1])
    day.hands(names[2], seat="online")
    expect(desk.locator("#console-kept")).to_contain_text("2 entered here wait to be sent")
    shot(desk, "offline")
    assert day.queue == []

    desk.context.set_offline(False)

    expect(day.chair.locator("#chair-list .queue li")).to_have_count(3, timeout=20_000)
    expect(desk.locator("#console-kept")).to_be_hidden()
    assert sorted(day.queue) == sorted(names[:3])


def test_a_guest_is_entered_while_others_wait_to_be_made_out(day: Day):
    desk = day.desk
    day.hands("Zed Nobody", day.known()[0])
    asked = desk.locator("#desk-unsure form")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("“Zed Nobody” is not known here")
    asked.locator("select[name=group]").select_option("civ")
    asked.get_by_role("button", name="Enter as a guest").click()

    expect(asked).to_have_count(0)
    expect(day.chair.locator("#chair-list .queue li")).to_have_count(2, timeout=WITHIN_MS)
    expect(day.chair.locator("#chair-list")).to_contain_text("Zed Nobody")
    assert violations(desk) == []


@pytest.mark.parametrize("path", [CHAIR, DESK])
def test_the_consoles_hold_on_a_phone_and_from_right_to_left(day: Day, see: Open, path: str):
    day.hands(*day.known()[:3])
    day.press("n")
    name = "chair" if path == CHAIR else "desk"
    for size, language in ((NARROW, "en"), (NARROW, "ar"), ((1440, 900), "ar"), ((320, 640), "fr")):
        page = see(path, "secretariat", size=size, language=language)
        assert overflow(page) == 0
        assert violations(page) == []
        shot(page, f"{name}-{size[0]}-{language}")
