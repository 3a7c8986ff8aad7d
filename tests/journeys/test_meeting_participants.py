"""People register, are confirmed and marked present by keyboard; an organisation asks for a slot and gets it."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, SHOTS, Open, Site, violations
from tests.journeys.test_corrections import read_in, tab_to

AGENDA = """Winter Open Consultations
Day 1: 5 February 2018
10:00 - 11:00 1. Opening
11:00 - 12:00 2. Briefings by organisations
12:00 - 13:00 3. Any other business
Day 2: 6 February 2018
10:00 - 12:00 4. Programme of the year
12:00 - 13:00 5. Closing
"""
OBSERVER, ADDRESS = "Zoë Exemple-Longnom de la Fédération", "zoe@example.org"


def shot(page: Page, name: str) -> None:
    """Keep a picture, and hold the page to what every page is held to."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert violations(page) == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def make_meeting(page: Page, site: Site) -> str:
    """Read an agenda, make it a meeting; give the address of its page."""
    read_in(page, site, AGENDA)
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Winter Open Consultations")
    return page.url.partition("#")[0]


def open_for_all(page: Page, meeting: str) -> None:
    """Open registration and requests."""
    page.goto(f"{meeting}participants/settings/")
    page.fill("[name=registers_on]", "2018-02-01")
    page.fill("[name=seats]", "40")
    page.fill("[name=requests_on]", "2018-01-20")
    shot(page, "participants-settings-1440")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main, .notice").first).to_be_visible()


def link_in_mail(site: Site) -> str:
    """Find the link in the mail to the observer; the outbox withholds it."""
    with sqlite3.connect(site.home / "convenor.sqlite3") as database:
        rows = database.execute("SELECT text FROM shared_mail WHERE kind = 'meetings.registration-link'").fetchall()
    return re.search(r"http\S+", rows[-1][0])[0]


def register_on_a_phone(page: Page, meeting: str, site: Site) -> None:
    """Ask for a link, follow it, say what is needed."""
    page.goto(f"{meeting}participants/register/")
    page.fill("[name=email]", ADDRESS)
    shot(page, "participants-start-360")
    page.locator("main form .btn.go").click()
    expect(page.get_by_role("status")).to_contain_text(ADDRESS)
    page.goto(link_in_mail(site))
    page.fill("[name=name]", OBSERVER)
    page.fill("[name=organisation]", "Fédération internationale des télécommunications rurales")
    page.select_option("[name=country]", "SN")
    page.locator("[name^=day-]:not([value=''])").nth(3).check()  # the second day online
    page.fill("[name=needs]", "Sous-titres")
    page.check("[name=is_listed]")
    shot(page, "participants-link-360")
    page.locator("main form .btn.go").click()
    expect(page.locator("main form .btn.stop")).to_be_visible()
    shot(page, "participants-link-registered-360")


def test_an_observer_registers_on_a_phone_in_french_is_confirmed_and_marked_by_keyboard(site: Site, window: Open):
    desk = window("secretariat")
    meeting = make_meeting(desk, site)
    open_for_all(desk, meeting)
    phone = window(size=NARROW, language="fr")
    register_on_a_phone(phone, meeting, site)

    desk.goto(f"{meeting}participants/?state=asked")
    shot(desk, "participants-asked-1440")
    tab_to(desk, "Confirm those ticked")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text(OBSERVER)
    desk.get_by_role("button", name="Ask the members of the committee").click()
    shot(desk, "participants-invited-1440")
    desk.goto(f"{meeting}participants/guests/")
    desk.fill("[name=text]", "\n".join(f"Guest {n}\tMinistry {n}\tAdviser\tKenya\tgov" for n in range(1, 31)))
    desk.get_by_role("button", name="Put on the list").click()
    expect(desk.locator("main")).to_contain_text("Guest 30")
    shot(desk, "participants-list-1440")

    desk.goto(f"{meeting}participants/attendance/")
    desk.keyboard.press("/")
    desk.keyboard.type("Zoë")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-line]")).to_have_count(1)
    desk.keyboard.press("1")
    shot(desk, "participants-attendance-1440")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Marks set: 1")).to_be_visible()
    desk.goto(f"{meeting}participants/attendance/")
    for key in "1120":
        desk.keyboard.press(key)
    marked = "[...document.querySelectorAll('[data-line] input:checked')].slice(0, 5).map(one => one.value)"
    assert desk.evaluate(marked) == ["room", "room", "online", "", ""]
    shot(desk, "participants-attendance-all-1440")
    desk.get_by_role("button", name="Save").click()
    desk.goto(f"{meeting}participants/")
    shot(desk, "participants-figures-1440")

    public = window()
    public.goto(f"{meeting}participants/")
    expect(public.locator("tbody").first).to_contain_text(OBSERVER)
    expect(public.locator("main")).not_to_contain_text("Guest 30")
    for name, page in (
        ("ar-360", window("secretariat", size=NARROW, language="ar")),
        ("ar-1440", window("secretariat", language="ar")),
        ("360", window("secretariat", size=NARROW)),
    ):
        for path in ("", "attendance/", "guest/", "guests/", "settings/", "me/"):
            page.goto(f"{meeting}participants/{path}")
            shot(page, f"participants-{path.strip('/') or 'list'}-{name}")

    phone.reload()
    phone.locator("main form .btn.stop").click()
    expect(phone.locator("main form .btn.stop")).to_have_count(0)


def test_an_organisation_asks_for_a_slot_and_finds_it_on_the_agenda(site: Site, window: Open):
    desk = window("secretariat")
    meeting = make_meeting(desk, site)
    open_for_all(desk, meeting)
    asker = window("proposer", size=NARROW)
    asker.goto(f"{meeting}requests/ask/")
    asker.fill("[name=title]", "Universal access in rural regions")
    asker.fill("[name=about]", "What five years have shown, and what we ask of the committee.")
    asker.fill("[name=minutes]", "15")
    asker.select_option("[name=day]", index=1)
    asker.fill("[name=documents]", "https://example.org/rural.pdf")
    shot(asker, "requests-ask-360")
    asker.get_by_role("button", name="Ask", exact=True).click()
    shot(asker, "requests-own-360")

    desk.goto(meeting)
    expect(desk.locator("aside")).to_contain_text("Universal access in rural regions")
    shot(desk, "requests-agenda-1440")
    tab_to(desk, "Universal access in rural regions")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Universal access in rural regions")
    shot(desk, "requests-answer-1440")
    tab_to(desk, "A sentence for whoever asked")
    desk.keyboard.type("Welcome; please be there at ten.")
    tab_to(desk, "Place it")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("is on the agenda, and whoever asked is told so")
    shot(desk, "requests-list-1440")

    asker.reload()
    expect(asker.locator("main")).to_contain_text("Welcome; please be there at ten.")
    asker.get_by_role("link", name="In the agenda").click()
    expect(asker.locator("[id^=item-] [id^=item-]")).to_contain_text("Universal access in rural regions")
    arabic = window("secretariat", size=NARROW, language="ar")
    for path in ("requests/", "requests/?state=all", "requests/ask/", "requests/1/answer/"):
        arabic.goto(f"{meeting}{path}")
        shot(arabic, f"requests-{path.replace('/', '-').replace('?', '')}ar-360")
