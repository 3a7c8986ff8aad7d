"""A proposer on a phone, from the call to the receipt: the connection is cut, the server is down, nothing is lost."""

import re
import sqlite3

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import SHOTS, Open, Site, violations

PHONE = (320, 640)
KEPT = re.compile("kept on this device")
SUMMARY = "Cables cost a lot, and those who need them most pay most. "
PEOPLE = "Ana Diallo\tana@example.org\tCable Union\nBo Li\tbo@example.org\t\tmoderator\n<b>Cem</b>\tcem@example.org"


def stored(page: Page) -> None:
    """Wait until the server has acknowledged all that is typed."""
    expect(page.locator("#draft[data-unsent='0']")).to_be_visible()
    expect(page.locator("#state")).to_have_text(re.compile("^Saved at"))


def shot(page: Page, name: str) -> None:
    """Keep a picture, and hold the page to what every page is held to."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert violations(page) == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def open_a_call(page: Page, site: Site) -> str:
    """Start a national forum whose call is open for long; give the address of the call."""
    page.goto(f"{site.origin}/start/")
    page.get_by_label("Name").first.fill("Harbour Forum")
    page.get_by_label("First day").fill("2097-10-04")
    page.get_by_label("Last day").fill("2097-10-05")
    page.get_by_label("Time zone").fill("Pacific/Fiji")
    page.get_by_role("radio", name="National forum (light)").check()
    page.get_by_role("button", name="Start the forum").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour Forum")
    call = f"{page.url}call/"
    page.goto(f"{call}desk/")
    page.locator("main a[href$='/state/']").first.click()
    for name, text in {"opens_on": "2020-01-01", "opens_clock": "00:00", "on": "2097-05-03", "clock": "23:59"}.items():
        page.fill(f"[name={name}]", text)
    page.locator("main form .btn.go").click()
    return call


def cut(context: BrowserContext, page: Page) -> None:
    """Write while there is no connection."""
    context.set_offline(True)
    page.fill("#f-summary", SUMMARY * 3)
    expect(page.locator("#state")).to_have_text(KEPT)
    shot(page, "proposal-offline-320")
    context.set_offline(False)
    stored(page)


def down(page: Page) -> None:
    """Write what is refused, then while the server is down, and load the page again."""
    status = 413

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, body="down")
        else:
            route.continue_()

    page.route("**/drafts/**", refuse)
    for status, words in ((413, "more than the site takes at once"), (404, "the draft was deleted")):
        page.fill("#f-title", f"Cables {status}")
        expect(page.locator("#state")).to_contain_text(words)
    status = 503
    page.fill("#f-title", "Cables for all <i>")
    expect(page.locator("#state")).to_have_text(KEPT)
    page.reload()
    expect(page.locator("#f-title")).to_have_value("Cables for all <i>")
    page.unroute("**/drafts/**")
    stored(page)


def asked_no_longer(page: Page) -> None:
    """Find again what was written for a field that the form has no longer, or cannot take, until it was copied."""
    fields = {
        "gone": {"values": ["One\nTwo <i>"], "was": "", "name": "Hall"},
        "theme": {"values": ["no-more"], "was": "", "name": "Theme", "text": "Harbours"},
    }
    page.evaluate(
        "(fields) => localStorage.setItem(`draft:${document.querySelector('#draft').dataset.store}:old`,"
        " JSON.stringify({ at: Date.now(), fields }))",
        fields,
    )
    for _time in range(2):
        page.reload()
        expect(page.locator(".left").filter(has_text="Hall: the form does not ask")).to_have_count(1)
        assert sorted(one.input_value() for one in page.locator(".left textarea").all()) == ["Harbours", "One\nTwo <i>"]
    shot(page, "proposal-left-320")
    for _field in fields:
        page.get_by_role("button", name="I have copied it: remove it").first.click()
    page.reload()
    expect(page.locator("#draft[data-unsent='0']")).to_be_visible()
    expect(page.locator(".left")).to_have_count(0)


def two_windows(page: Page) -> None:
    """Change the same in two windows; keep both texts."""
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#f-summary", "Written in the other window.")
    stored(other)
    other.close()
    page.fill("#f-summary", f"{SUMMARY}Written here.")
    expect(page.locator(".clash")).to_contain_text("Written in the other window.")
    shot(page, "proposal-clash-320")
    page.get_by_role("button", name="Keep both, one after the other").click()
    expect(page.locator("#f-summary")).to_have_value(f"Written in the other window.\n\n{SUMMARY}Written here.")
    stored(page)


def name_people(page: Page) -> None:
    """Paste people from a spreadsheet, see how the lines are read, add them."""
    page.get_by_text("Paste people from a spreadsheet").click()
    page.fill("#p-paste", PEOPLE)
    page.get_by_role("button", name="Read the lines").click()
    expect(page.get_by_role("cell", name="<b>Cem</b>")).to_be_visible()
    shot(page, "proposal-pasted-320")
    page.get_by_role("button", name="Add 3 people").click()
    expect(page.get_by_text("3 people are named.")).to_be_visible()
    page.fill("#p-email", "dina@example.org")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#people-said")).to_contain_text("type the name that belongs to dina@example.org")
    page.fill("#p-name", "Dina")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Dina is named.")).to_be_visible()


def fill_what_lacks(page: Page) -> None:
    """Go by the list of what lacks: each line leads to its field."""
    for _field in range(20):
        lines = page.locator("#meter li:not(:has(.tag)) a")
        if not lines.count():
            return
        target = lines.first.get_attribute("href") or ""
        field = page.locator(target)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=1)
        else:
            field.fill("Said.")
        expect(page.locator(f"#meter a[href='{target}']")).to_have_count(0)
    raise AssertionError("something lacks still")


def test_a_proposer_on_a_phone_loses_nothing_from_the_call_to_the_receipt(site: Site, window: Open):
    call = open_a_call(window("secretariat"), site)
    page = window("proposer", size=PHONE)
    page.goto(call)
    page.get_by_role("link", name="Start a proposal").first.click()
    page.fill("#organisation", "Harbour Exchange")
    shot(page, "proposal-new-320")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New proposal")

    cut(page.context, page)
    down(page)
    asked_no_longer(page)
    two_windows(page)
    name_people(page)
    fill_what_lacks(page)
    shot(page, "proposal-form-320")
    page.get_by_role("button", name="Check and hand in").click()
    shot(page, "proposal-submit-320")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposal 1 has arrived")
    shot(page, "proposal-receipt-320")

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    with sqlite3.connect(site.home / "convenor.sqlite3") as database:
        mails = database.execute("SELECT text FROM shared_mail WHERE kind = 'proposals.receipt'").fetchall()
    assert len(mails) == 1
    assert all(text in mails[0][0] for text in ("Cables for all <i>", "Written in the other window.", "Written here."))
