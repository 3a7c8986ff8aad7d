"""The first minutes: sign in by mail, read an agenda, start a forum, set the example to work, remove it."""

import re

from playwright.sync_api import Page, expect

from convenor.example.load import seed_agenda
from tests.journeys.conftest import NARROW, Open, Site, violations


def sign_in_by_mail(page: Page, site: Site, address: str) -> None:
    """Ask for a code, read it in the outbox, type it."""
    page.goto(f"{site.origin}/sign-in/")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    waiting = page.url
    page.goto(f"{site.origin}/outbox/")
    page.locator("tbody tr", has_text=address).first.get_by_role("link").click()
    code = re.search(r"\b\d{4}[ -]?\d{4}\b", page.locator("main").inner_text())
    assert code is not None
    page.goto(waiting)
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=address)).to_be_visible()


def test_a_newcomer_reads_the_real_agenda_and_makes_a_meeting_of_it(site: Site, window: Open):
    page = window(size=NARROW)
    sign_in_by_mail(page, site, "newcomer@example.org")

    page.goto(f"{site.origin}/read/")
    page.get_by_label("Paste the agenda").fill(seed_agenda())
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your agenda, as understood")
    assert page.locator(".source mark.t").count() >= 18
    assert violations(page) == []

    page.get_by_label("Name of the new forum").fill("Forum of the Example Islands")
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in which time zone the times are printed")
    page.get_by_label("Time zone").fill("Europe/Zurich")
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.locator("section h2", has_text=re.compile("^Day "))).to_have_count(3)
    page.get_by_role("link", name="Forum of the Example Islands").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Forum of the Example Islands")


def test_what_is_not_an_agenda_is_refused_and_kept(site: Site, window: Open):
    page = window("member")
    page.goto(f"{site.origin}/read/")
    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing was handed in")


def test_a_link_that_was_inferred_is_undone_and_made_again(site: Site, window: Open):
    page = window("secretariat")
    page.goto(f"{site.year}meetings/june/")
    assert page.get_by_role("button", name="Undo").count() == 2

    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="Link again")).to_have_count(1)
    page.get_by_role("button", name="Link again").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(2)


def test_items_of_the_agenda_that_are_done_on_a_page_lead_there(site: Site, window: Open):
    page = window("chair")
    for name in ("Results of the evaluation", "Selection workbench", "Timetable", "Proposals", "Programme"):
        page.goto(f"{site.year}meetings/june/")
        page.locator("li.item .meta").get_by_role("link", name=name).first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.url.startswith(site.year)


def test_places_that_the_quotas_cannot_fill_are_explained_and_the_next_try_works(site: Site, window: Open):
    page = window("secretariat")
    page.goto(f"{site.year}selection/")
    page.get_by_label("Places").fill("12")
    page.get_by_role("button", name="Compute again").click()
    page.get_by_role("link", name="See the outcome").click(timeout=60_000)
    expect(page.get_by_role("alert")).to_contain_text("cannot hold together")

    page.get_by_label("Places").fill("80")
    page.get_by_role("button", name="Compute again").click()
    page.get_by_role("link", name="See the outcome").click(timeout=60_000)
    expect(page.locator(".lead")).to_contain_text("80 of 219 proposals are in. No other set has a higher total score")


def test_what_would_bring_a_proposal_in_is_found_out(site: Site, window: Open):
    page = window("member")
    page.goto(f"{site.year}selection/")
    page.get_by_role("button", name="Find out").click()
    page.get_by_role("link", name="See the outcome").click(timeout=60_000)

    expect(page.get_by_text("The committee requires it.")).to_be_visible()


def test_a_forum_is_started_beside_the_example(site: Site, window: Open):
    page = window("proposer")
    page.goto(f"{site.origin}/start/")
    page.get_by_label("Name").first.fill("منتدى المثال الوطني")
    page.get_by_label("First day").fill("2027-10-04")
    page.get_by_label("Last day").fill("2027-10-05")
    page.get_by_label("Time zone").fill("Pacific/Niue")
    page.get_by_role("radio", name="National forum (light)").check()
    page.get_by_role("button", name="Start the forum").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("منتدى المثال الوطني")
    assert page.locator("ol.phases li").count() == 8
    assert violations(page) == []


def test_the_page_is_walked_with_the_keyboard_alone(site: Site, window: Open):
    page = window()
    page.goto(site.year)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_zz_the_example_is_removed_with_one_click_and_the_own_forum_stays(site: Site, window: Open):
    page = window("secretariat")
    page.goto(site.year)
    page.get_by_role("button", name="Remove the example").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the example").click()

    page.goto(site.origin)
    expect(page.get_by_text("Internet Governance Forum (example)")).to_have_count(0)
