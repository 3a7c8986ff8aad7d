"""A guest comes later: three clicks reorder the agenda, and every open page shows it within a second."""

import re
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import NARROW, WIDE, Hand, violations
from tests.journeys.example import Example
from tests.journeys.test_live import AGENDA, WITHIN_MS, Server, is_connected, server

__all__ = ["server"]
Open = Callable[..., Page]
# The first day was opened at ten, and the first item taken up; the meeting stands at two minutes past.
UNDER_WAY = """
from datetime import UTC, datetime
from functools import partial
from convenor.meetings.floor import items
from convenor.meetings.floor_actions import open_day, steer
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person
june, chair = Meeting.objects.get(slug="june"), Person.objects.earliest("pk")
ten, now = datetime(2017, 6, 12, 8, 0, tzinfo=UTC), datetime(2017, 6, 12, 8, 2, tzinfo=UTC)
day = june.days.all()[0]
entry = open_day(june, day, by=chair, at=ten, expected=0)
first = Item.objects.filter(block__day=day).earliest("block__order", "order")
steer(june, partial(items.take_up, item=f"i{first.pk}"), by=chair, at=ten, expected=entry.sequence)
june.cycle.stands_at = now
june.cycle.save()
"""


@pytest.fixture
def under_way(server: Server, hand: Hand) -> Server:
    """Let the first day be under way."""
    hand(server.home, UNDER_WAY)
    return server


@pytest.fixture
def open_agenda(browser: Browser, under_way: Server, example: Example) -> Iterator[Open]:
    """Open the agenda in a browser of its own, signed in as a role."""
    contexts: list[BrowserContext] = []

    def at(role: str = "", *, language: str = "en", size: tuple[int, int] = WIDE) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]
        context.add_cookies([{"name": "language", "value": language, "url": under_way.origin}])
        contexts.append(context)
        page = context.new_page()
        if role:
            page.goto(re.sub(r"^http://[^/]+/", under_way.origin, example.links[role]))
        page.goto(under_way.origin + AGENDA)
        is_connected(page)
        return page

    yield at
    for context in contexts:
        context.close()


def order(page: Page) -> list[str]:
    """Read the labels of the first block."""
    return page.locator("#day-1 li.block").first.locator("li.item > .label").all_inner_texts()


REORDERED = ["", "3.", "4.", "5.", "2."]
PRINTED = ["", "2.", "3.", "4.", "5."]


def seen_within(pages: list[Page], clicked: float) -> float:
    """Wait until each page shows the new order with its times; give the seconds since the click."""
    for page in pages:
        block = page.locator("#day-1 li.block").first
        expect(block.locator("li.item > .label").last).to_have_text("2.", timeout=WITHIN_MS)
        expect(block.locator("li.item").last).to_contain_text("10:40", timeout=WITHIN_MS)
    took = time.monotonic() - clicked
    assert [order(page) for page in pages] == [REORDERED] * len(pages)
    return took


@pytest.mark.timed
def test_three_clicks_reorder_and_every_open_page_is_right_within_a_second(open_agenda: Open, under_way: Server):
    keeper = open_agenda("secretariat")
    participant, public = open_agenda("member", size=NARROW), open_agenda(language="ar")
    assert [order(page) for page in (keeper, participant, public)] == [PRINTED] * 3
    public.evaluate("window.scrollTo(0, 400)")

    item = keeper.locator("li.item", has_text="Secretary-General of the International")
    item.get_by_role("link", name="Guest late").click()  # 1
    keeper.get_by_label("Guest", exact=True).fill("Secretary-General")
    keeper.get_by_label("Comes at").fill("10:40")
    assert violations(keeper) == []
    keeper.get_by_role("button", name="Note it").click()  # 2
    expect(keeper.locator("#agenda-notes")).to_contain_text("Secretary-General comes only at 10:40")
    expect(participant.locator("#agenda-notes")).to_contain_text("Secretary-General comes only at 10:40")
    expect(participant.locator("#day-1")).to_contain_text("18:30")
    is_connected(participant)
    is_connected(public)

    keeper.get_by_role("button", name=re.compile("Do this.*Take another order")).click(no_wait_after=True)  # 3
    took = seen_within([participant, public], time.monotonic())
    sys.stderr.write(f"\nevery open page after {took * 1000:.0f} ms\n")

    expect(keeper.locator("#day-1 li.block").first.locator("li.item > .label").last).to_have_text("2.")
    expect(keeper.locator("main")).to_contain_text("changed as proposed")
    expect(participant.locator("#agenda-notes")).not_to_contain_text("comes only at")
    expect(participant.locator("#day-1")).not_to_contain_text("18:30")
    assert [violations(page) for page in (keeper, participant, public)] == [[], [], []]
    for page in (participant, public):
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_with_the_keyboard_an_item_is_moved_and_the_next_taken_up(open_agenda: Open):
    keeper, participant = open_agenda("secretariat"), open_agenda("member", size=NARROW)
    item = keeper.locator("li.item", has_text="Secretary-General of the International")
    item.locator("summary").focus()
    keeper.keyboard.press("Enter")  # 1
    item.get_by_role("link", name="Move").focus()
    keeper.keyboard.press("Enter")  # 2
    keeper.get_by_role("button", name=re.compile("^after .*Welcome from Director-General")).focus()
    keeper.keyboard.press("Enter")  # 3
    expect(participant.locator("#day-1 li.block").first.locator("li.item > .label").last).to_have_text("2.")
    is_connected(keeper)

    take_up = keeper.get_by_role("button", name=re.compile("Take up.*Adoption of the agenda"))
    take_up.focus()
    keeper.keyboard.press("Enter")
    expect(participant.locator("li.item.now")).to_contain_text("Adoption of the agenda", timeout=10_000)
    expect(participant.locator("li.item.now")).to_contain_text("since 10:02")
