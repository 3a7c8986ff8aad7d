"""A day on the floor in several windows: who takes part with a phone, the public, the screen in the room.

What the chair does is entered by the actions of the floor, in a process of its own, as from another console.
"""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import NARROW, SHOTS, WIDE, Hand, violations
from tests.journeys.example import Example
from tests.journeys.test_every_page import overflow
from tests.journeys.test_live import Server, is_connected, server

__all__ = ["server"]
MEETING = "igf-example/2017/meetings/june/"
FLOOR = f"{MEETING}floor/"
WITHIN_MS = 1000  # asked for where a test is marked `timed`
SOON_MS = 10_000  # other journeys may run beside the others
CHAIR = """
from functools import partial
from django.utils import timezone
from convenor.meetings.floor import *
from convenor.meetings.floor import days, items, turns
from convenor.meetings.floor_actions import *
from convenor.meetings.floor_decision_actions import *
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import *
from convenor.meetings.captions.actions import open_feed
from convenor.people.models import Person, RoleTerm
june = Meeting.objects.get(slug="june", cycle__forum__slug="igf-example")
chair = RoleTerm.objects.filter(role="chair", forum="igf-example").first().person
def now(): return dict(by=chair, at=timezone.now(), expected=state_of(june).mark)
def go(step, **words): steer(june, partial(step, **words), **now())
def item(label):
    found = Item.objects.filter(block__day__meeting=june, label=label).order_by("block__day__order", "pk")
    return f"i{found[0].pk}"
def start():
    open_day(june, june.days.all()[0], **now())
    go(items.take_up, item=item("4"))
    arrange(june, partial(days.set_limit, seconds=180), by=chair, at=timezone.now())
def lunch():
    return f"b{Block.objects.filter(day=june.days.all()[0], kind='break').order_by('-ends')[0].pk}"
"""
Chair = Callable[[str], str]
Open = Callable[..., Page]


@pytest.fixture
def chair(server: Server, hand: Hand) -> Chair:
    """Give the chair's hand: runs lines of the floor's actions."""
    return lambda lines: hand(server.home, CHAIR + lines)


@pytest.fixture
def see(browser: Browser, server: Server, example: Example) -> Iterator[Open]:
    """Open a page of the server as somebody, on a screen of some size; a fault in the console fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def at(
        path: str, role: str = "", *, size: tuple[int, int] = WIDE, language: str = "en", script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="en-GB", java_script_enabled=script,
            reduced_motion="reduce",
        )  # fmt: skip
        context.add_cookies([{"name": "language", "value": language, "url": server.origin}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        if role:
            page.goto(re.sub(r"^http://[^/]+/", server.origin, example.links[role]))
        page.goto(server.origin + path)
        return page

    yield at
    for context in contexts:
        context.close()
    assert faults == []


def shot(page: Page, name: str) -> None:
    """Keep a picture to be looked at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"floor-{name}.png")


@dataclass
class Windows:
    """The pages of a meeting under way: of a member with a phone, of the public, of the screen in the room."""

    member: Page
    public: Page
    room: Page


@pytest.fixture
def windows(see: Open, chair: Chair) -> Windows:
    """Open day 1 with item 4 and three minutes for each, and the windows that follow it."""
    chair("start()")
    found = Windows(see(FLOOR, "member", size=NARROW), see(FLOOR), see(f"{FLOOR}projector/", size=(1280, 720)))
    for page in (found.member, found.public, found.room):
        expect(page.locator("[data-follows]").first).to_have_attribute("data-state", "on", timeout=10_000)
    return found


def test_the_agenda_leads_to_the_floor_once_the_day_is_open(see: Open, chair: Chair):
    agenda = see(MEETING)
    is_connected(agenda)
    expect(agenda.get_by_role("link", name="Follow the meeting")).to_have_count(0)
    chair("open_day(june, june.days.all()[0], **now())")
    expect(agenda.get_by_role("link", name="Follow the meeting")).to_be_visible(timeout=SOON_MS)


@pytest.mark.timed
def test_a_request_by_keyboard_is_on_every_screen_and_the_turn_is_announced(windows: Windows, chair: Chair):
    member, public, room = windows.member, windows.public, windows.room
    member.get_by_role("button", name="Ask for the floor").first.focus()
    member.keyboard.press("Enter")
    expect(member.locator("#floor-mine")).to_contain_text("You are next.")
    expect(public.locator("#floor-list .queue li")).to_have_count(1, timeout=WITHIN_MS)
    expect(room.locator("#stage-next li")).to_have_count(1, timeout=WITHIN_MS)
    expect(member.locator("#floor-list li.me")).to_have_count(1)
    expect(public.locator("#floor-list li.me")).to_have_count(0)

    chair("go(turns.call_next)")
    expect(member.locator("#floor-mine")).to_contain_text("You have the floor.", timeout=3000)
    expect(public.locator("#floor-said")).to_have_text(f"{room.locator('.speaker').inner_text()} has the floor.")
    for page, name in ((member, "speaks-360"), (public, "public"), (room, "room")):
        shot(page, name)
        assert violations(page) == []
        assert overflow(page) == 0


@pytest.mark.timed
def test_every_screen_shows_the_same_second_and_none_is_read_aloud(windows: Windows, chair: Chair):
    chair("ask_for_floor(june, by=chair, at=timezone.now(), wish=Wish.INTERVENTION, seat=Channel.ROOM)")
    chair("go(turns.call_next)")
    clocks = [page.locator(".timer").first for page in (windows.member, windows.public, windows.room)]
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"2:\d\d"), timeout=3000)
    shown = [clock.inner_text() for clock in clocks]
    seconds = [int(one.removeprefix("2:")) for one in shown]
    assert max(seconds) - min(seconds) <= 1
    windows.room.wait_for_timeout(2100)
    assert clocks[2].inner_text() != shown[2]
    for page in (windows.member, windows.public, windows.room):
        assert page.locator("[aria-live=polite] .timer:not([role=timer])").count() == 0


@pytest.mark.timed
def test_one_tap_in_reach_of_the_thumb_stops_the_count_for_all(windows: Windows, chair: Chair):
    member, room = windows.member, windows.room
    chair("begin_count(june, words='Close the list after item 4', counts=6, seconds=20, **now())")
    button = member.get_by_role("button", name="I object")
    expect(button).to_be_visible(timeout=3000)
    expect(room.locator(".silence")).to_contain_text("Close the list after item 4")
    box, dock = button.bounding_box(), member.locator(".dock").bounding_box()
    assert box is not None
    assert dock is not None
    assert box["y"] + box["height"] <= min(dock["y"], NARROW[1])
    shot(member, "count-360")
    shot(room, "count-room")

    started = time.monotonic()
    button.dblclick()
    expect(room.locator("#stage-on")).to_contain_text("There is an objection", timeout=WITHIN_MS)
    assert time.monotonic() - started < 1.5
    expect(member.locator("#floor-news")).to_contain_text("Your objection is heard")


def test_lunch_keeps_the_list_and_the_item_goes_on_with_it(see: Open, windows: Windows, chair: Chair):
    second = see(FLOOR, "proposer", size=(320, 640))
    second.get_by_role("button", name="Ask for the floor").first.click()
    expect(second.locator("#floor-mine")).to_contain_text("You are next.")
    chair("go(days.start_block, block=lunch())")
    expect(second.locator("#floor-head")).to_contain_text("Whoever waits keeps their place.", timeout=SOON_MS)
    assert overflow(second) == 0
    shot(windows.room, "lunch-room")
    chair("go(items.continue_item, item=item('4'))")
    expect(second.locator("#floor-mine")).to_contain_text("You are next.", timeout=SOON_MS)
    assert violations(second) == []


def test_a_check_with_captions_in_arabic_and_without_script(see: Open, chair: Chair, server: Server):
    lines = (
        "start()\nfeed, token = open_feed(june, language='en', label='', by=chair, at=timezone.now())\nprint(token)\n"
    )
    token = chair(lines + "begin_check(june, words='Three minutes for each?', is_anonymous=False, **now())").strip()
    arabic, plain = see(FLOOR, "member", size=NARROW, language="ar"), see(FLOOR, "proposer", script=False)

    arabic.locator("button[name=answer][value=live_with]").click()
    expect(arabic.locator("button[name=answer][value=live_with]")).to_have_attribute("aria-pressed", "true")
    assert overflow(arabic) == 0
    assert violations(arabic) == []
    plain.locator("button[name=answer][value=support]").click()
    expect(plain.locator(".notice").first).to_contain_text("Your answer is entered.")
    plain.get_by_role("button", name="Ask for the floor").first.click()
    expect(plain.locator("#floor-mine")).to_contain_text("You are next.")
    expect(arabic.locator("#floor-list .queue li")).to_have_count(1, timeout=SOON_MS)

    sent = subprocess.run(
        ["curl", "-s", "-H", f"Authorization: Bearer {token}", "--data-binary", "The venue has ten rooms.",
         f"{server.origin}{MEETING}captions/feed/"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert sent.stdout == '{"added": 1}'
    expect(arabic.locator("#floor-captions")).to_contain_text("The venue has ten rooms.", timeout=SOON_MS)
    shot(arabic, "check-ar-360")
    captions = see(f"{MEETING}captions/")
    expect(captions.locator(".prose")).to_contain_text("The venue has ten rooms.")
    assert violations(captions) == []
    desk = see(f"{MEETING}captions/desk/", "secretariat", size=NARROW)
    assert violations(desk) == []
    assert overflow(desk) == 0


def test_the_screen_in_the_room_says_that_it_lost_the_connection_and_comes_back(
    see: Open, chair: Chair, server: Server
):
    chair("start()")
    room = see(f"{FLOOR}projector/", size=(1280, 720))
    expect(room.locator("[data-follows]")).to_have_attribute("data-state", "on", timeout=10_000)
    server.stop()
    expect(room.locator("[data-follows]")).to_have_attribute("data-state", "off", timeout=10_000)
    size = room.locator("[data-said]").evaluate("line => parseFloat(getComputedStyle(line).fontSize)")
    assert size >= 24
    shot(room, "offline-room")
    server.start()
    expect(room.locator("[data-follows]")).to_have_attribute("data-state", "on", timeout=20_000)
    chair("ask_for_floor(june, by=chair, at=timezone.now(), wish=Wish.INTERVENTION, seat=Channel.ROOM)")
    expect(room.locator("#stage-next li")).to_have_count(1, timeout=SOON_MS)
