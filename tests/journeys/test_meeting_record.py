"""The record of a meeting, from the rehearsal of its third day to minutes that are locked, in the browser.

The floor's entries come from `third_day`; what is done with the minutes is done with mouse and keyboard: edited,
circulated, corrected by somebody who took part, adopted by a decision, locked, taken away as papers.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, SHOTS, Hand, Site, violations
from tests.journeys.test_every_page import overflow
from tests.journeys.test_floor import Open, see
from tests.journeys.test_live import Server, server

__all__ = ["see", "server"]
MEETING = "igf-example/2017/meetings/june/"
RECORD = f"{MEETING}record/"
SIX = "Six main sessions are held, each of three hours; opening and closing stand outside of them."
START = """
from convenor.meetings.models import *
from convenor.people.models import Person, RoleTerm
from convenor.meetings.floor.state import Outcome
from convenor.meetings.floor_actions import open_day
from convenor.meetings.floor_decision_actions import decide
from convenor.meetings.floor_log import state_of
from tests.journeys.third_day import rehearse, with_transcript
june = Meeting.objects.get(slug="june", cycle__forum__slug="igf-example")
chair = RoleTerm.objects.filter(role="chair", forum="igf-example").first().person
members = [term.person for term in RoleTerm.objects.filter(role="member", forum="igf-example").order_by("pk")[:6]]
"""
REHEARSE = "rehearse(june, chair, members); with_transcript(june, chair)"
ADOPT = """
from datetime import timedelta
last = FloorEntry.objects.filter(meeting=june).latest("sequence").at
now = lambda minutes: dict(by=chair, at=last + timedelta(minutes=minutes), expected=state_of(june).mark)
open_day(june, june.days.all()[2], **now(1))
item = Item.objects.filter(block__day=june.days.all()[2], title__contains="Any Other Business").get()
decide(june, Outcome.AGREED, words="The minutes are adopted.", item=f"i{item.pk}", **now(2))
"""
WAITING = """
from functools import partial
from django.utils import timezone
from convenor.cycle.models import RuleSet
from convenor.meetings.floor import items
from convenor.meetings.floor_actions import steer
cycle = june.cycle
data = {**cycle.rule_set.data, "adoption": {"before_results": True, "before_selection": True}}
data["limits"] = {**data["limits"], "least_speakers": 4}
cycle.rule_set = RuleSet.objects.create(forum=cycle.forum, name="Ours", version=2, data=data, origin=cycle.rule_set)
cycle.save()
day, at = june.days.all()[2], timezone.now()
open_day(june, day, by=chair, at=at, expected=0)
item = Item.objects.filter(block__day=day, block__kind="items", parent=None).order_by("block__order", "order")[0]
steer(june, partial(items.take_up, item=f"i{item.pk}"), by=chair, at=at, expected=state_of(june).mark)
"""
Python = Callable[[str], None]


@pytest.fixture
def python(server: Server, hand: Hand) -> Python:
    """Run lines of the actions, as the floor's consoles would."""

    def run(lines: str) -> None:
        hand(server.home, START + lines)

    return run


def looked_at(page: Page, name: str) -> None:
    """Keep a picture of a page; it is whole and accessible."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"record-{name}.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) == 0


def paragraph(page: Page, words: str) -> str:
    """Give the anchor of the paragraph that has these words."""
    return str(page.locator(".para[id]", has_text=words).first.get_attribute("id"))


def press(page: Page, name: str) -> None:
    """Press a button with the keyboard."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def circulate(desk: Page) -> None:
    """Circulate the draft until a day far ahead of the example's clock."""
    desk.get_by_role("link", name="Stage", exact=True).click()
    desk.fill("[name=until_on]", "2017-12-31")
    press(desk, "Circulate")
    expect(desk.locator("main")).to_contain_text("The minutes are circulated.")


def correct(desk: Page, member: Page) -> None:
    """Let a member propose other words on a phone, and the desk take them over."""
    anchor = paragraph(member, SIX[:-1])
    looked_at(member, "circulated-360")
    member.locator(f"#{anchor}").get_by_role("link", name="Propose a correction").click()
    text = member.locator("[name=text]").input_value().replace("three hours", "90 minutes")
    member.fill("[name=text]", text)
    press(member, "Propose it")
    expect(member.locator("main")).to_contain_text("90 minutes")
    looked_at(member, "corrections-360")

    desk.get_by_role("link", name=re.compile("^Corrections")).click()
    desk.get_by_role("link", name="Answer").click()
    looked_at(desk, "answer")
    press(desk, "Accept as proposed")
    expect(desk.locator("main")).to_contain_text("accepted")
    desk.get_by_role("link", name="What differs").click()
    expect(desk.locator("ins").first).to_contain_text("90 minutes")
    looked_at(desk, "differs")


def test_the_third_day_ends_in_minutes_that_are_circulated_corrected_adopted_and_locked(
    server: Server, site: Site, see: Open, python: Python
):
    python(REHEARSE)
    public, desk = see(RECORD), see(RECORD, "secretariat")
    expect(public.locator("main")).to_contain_text("public once the meeting has adopted them")
    expect(desk.locator("main")).to_contain_text(SIX[:-1])
    looked_at(desk, "draft")

    desk.get_by_role("link", name="Edit", exact=True).click()
    looked_at(desk, "edit")
    line = desk.locator(".para", has_text="The chair thanked the interpreters").first
    line.get_by_role("link", name="Edit").click()
    desk.fill("[name=text]", "The Chair thanked the interpreters and the host.")
    looked_at(desk, "paragraph")
    press(desk, "Save")
    desk.get_by_role("link", name="Add a paragraph").click()
    desk.select_option("[name=module]", "thanked")
    press(desk, "Take the module")
    expect(desk.locator("[name=text]")).to_have_value("The Committee expressed its appreciation to … for ….")
    desk.fill("[name=text]", "The Committee expressed its appreciation to Switzerland for its hospitality.")
    press(desk, "Add the paragraph")
    expect(desk.locator("main")).to_contain_text("for its hospitality")
    circulate(desk)

    correct(desk, see(RECORD, "member", size=NARROW))

    python(ADOPT)
    chair = see(f"{RECORD}stage/", "chair")
    chair.locator("[name=decision]").select_option(index=1)
    press(chair, "State the adoption")
    press_lock = see(f"{RECORD}stage/", "chair")
    press(press_lock, "Lock")
    expect(press_lock.locator("main")).to_contain_text("adopted and locked")

    public.reload()
    expect(public.locator("main")).to_contain_text("each of 90 minutes")
    expect(public.get_by_role("link", name="Propose a correction")).to_have_count(0)
    looked_at(public, "locked")
    for look in ({"size": NARROW}, {"language": "ar"}):
        looked_at(see(RECORD, **look), f"locked-{'-'.join(map(str, look))}")
    answer = public.request.get(f"{server.origin}{RECORD}minutes.txt")
    assert "each of 90 minutes" in answer.text()
    assert public.request.get(f"{server.origin}{RECORD}minutes.xml").text().startswith("<?xml")


def test_what_the_third_day_asked_for_is_listed_reported_and_first_on_the_next_agenda(
    server: Server, see: Open, python: Python
):
    python(REHEARSE)
    desk = see(f"{MEETING}next-steps/", "secretariat")
    looked_at(desk, "next-steps")
    desk.get_by_role("link", name="Make it a task").last.click()
    desk.select_option("[name=person]", index=1)
    desk.fill("[name=due]", "2017-09-01")
    press(desk, "Enter it")
    expect(desk.locator("main")).to_contain_text("its owner is told")

    public = see("igf-example/2017/meetings/actions/?meeting=june")
    expect(public.locator("tbody tr")).to_have_count(4)
    looked_at(public, "actions")
    for name in ("decisions", "points"):
        looked_at(see(f"igf-example/2017/meetings/{name}/", "chair", size=NARROW), f"{name}-360")
    for name in ("verbatim", "time"):
        looked_at(see(f"{RECORD}{name}/", "chair"), name)
    desk.goto(f"{server.origin}igf-example/2017/meetings/actions/")
    desk.get_by_role("link", name="Draft the letter to governments.").click()
    looked_at(desk, "action")
    desk.fill("[name=sentence]", "Sent on 3 July.")
    press(desk, "Report it")
    expect(desk.locator("main")).to_contain_text("Sent on 3 July.")

    desk.goto(f"{server.origin}igf-example/2017/meetings/start/")
    desk.fill("[name=title]", "Call of July")
    desk.fill("[name=first_day]", "2017-07-11")
    press(desk, "Start the meeting")
    desk.wait_for_url("**/july/**")
    desk.goto(f"{server.origin}igf-example/2017/meetings/july/")
    expect(desk.locator("main")).to_contain_text("Matters arising: open action items")
    expect(desk.locator("main")).to_contain_text("Publish the grid of the annual meeting.")
    expect(desk.locator("main")).not_to_contain_text("Draft the letter to governments.")


def put_before(desk: Page, words: str) -> None:
    """Put rules or a selection before the first item of the third day."""
    item = desk.locator("li.item", has_text="Continue and finalize workshop selection").last
    item.locator("details.extra summary").click()
    item.get_by_role("link", name="Put rules or a selection").click()
    looked_at(desk, "process")
    desk.locator("li", has_text=words).get_by_role("button", name="Show it at this item").click()
    expect(desk.locator("main")).to_contain_text("It is shown at this item.")


def adopt_at_the_floor(chair: Page, words: str) -> None:
    """State a decision about what the agenda shows."""
    about = chair.locator("#about option", has_text=words).first.get_attribute("value")
    chair.select_option("#about", about)
    chair.fill("#words", f"{words} are adopted.")
    press(chair, "State the decision")
    expect(chair.locator("#chair-vote")).to_contain_text("Decided: agreed")


def test_rules_and_a_selection_are_put_before_the_meeting_adopted_and_open_the_results(
    server: Server, see: Open, python: Python
):
    python(WAITING)
    pages = [f"igf-example/2017/{page}/" for page in ("evaluation", "selection")]
    member = see(pages[0], "member")
    expect(member.locator("main")).to_contain_text("version 2")
    looked_at(member, "closed")
    desk = see(MEETING, "secretariat")
    put_before(desk, "Rules: Ours, version 2")
    put_before(desk, "Selection of")

    chair = see(f"{MEETING}floor/chair/", "chair")
    chair.locator("#what-about summary").click()
    for words in ("The rules of the year", "Selection of"):
        adopt_at_the_floor(chair, words)
        looked_at(chair, f"stated-{words[:3]}")

    assert [member.request.get(f"{server.origin}{page}").status for page in pages] == [200, 200]
    for look in ({"size": NARROW}, {"language": "ar"}, {}):
        public = see(MEETING, **look)
        expect(public.locator("li.item .tag.good", has_text="adopted" if "language" not in look else "")).to_have_count(
            2
        )
        looked_at(public, f"adopted-{'-'.join(map(str, look))}")
