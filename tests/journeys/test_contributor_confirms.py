"""Somebody whom a proposal names answers on a phone, in French, from the mail's link, without an account."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SHOTS, Open, Site, violations

PHONE = (320, 640)
# A person without an answer who is named in two proposals that were handed in, neither of them their own.
NAMED_TWICE = """
    SELECT person.id, person.email, min(proposal.id), max(proposal.id)
    FROM proposals_contributor part
    JOIN proposals_proposal proposal ON proposal.id = part.proposal_id AND proposal.state = 'submitted'
    JOIN people_person person ON person.id = part.person_id AND person.email IS NOT NULL
    JOIN cycle_cycle cycle ON cycle.id = proposal.cycle_id
    JOIN cycle_forum forum ON forum.id = cycle.forum_id AND forum.slug = 'igf-example'
    WHERE part.part <> 'organiser' AND proposal.owner_id <> person.id AND person.last_login IS NULL
    GROUP BY person.id HAVING count(DISTINCT proposal.id) = 2 AND max(part.is_confirmed) = 0 ORDER BY person.id LIMIT 1
"""


def shot(page: Page, name: str) -> None:
    """Keep a picture, and hold the page to what every page is held to."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def ask(site: Site, *what: object) -> list[tuple[object, ...]]:
    """Ask the database of the demo."""
    with sqlite3.connect(site.home / "convenor.sqlite3") as database:
        return database.execute(*what).fetchall()


def test_a_contributor_confirms_one_session_and_declines_another_on_a_phone_in_french(site: Site, window: Open):
    person, email, first, second = ask(site, NAMED_TWICE)[0]
    desk = window("secretariat")
    desk.goto(f"{site.year}proposals/people/of/{first}/")
    shot(desk, "contributors-of-1440")
    desk.get_by_role("button", name="Ask now").click()
    expect(desk.get_by_role("status")).to_contain_text("asked by mail")

    mails = ask(
        site, "SELECT text FROM shared_mail WHERE kind = 'proposals.contributor-asked' AND \"to\" = ?", (email,)
    )
    phone = window(size=PHONE, language="fr")
    phone.goto(re.search(r"http\S+/answer/\S+", str(mails[0][0]))[0])
    expect(phone.locator("html")).to_have_attribute("lang", "fr")
    form = phone.locator("main form")
    form.locator(".btn.go").click()  # nothing is chosen yet: the page says what lacks
    expect(phone.get_by_role("alert")).to_be_visible()
    form.locator("[name^=part-][value=confirmed]").check()
    form.locator("[name=place][value=online]").check()
    form.locator("[name=zone]").fill("Africa/Dakar")
    form.locator("[name^=day-]").first.check()
    form.locator("[name^=since-]").first.fill("09:30")
    form.locator("[name^=until-]").first.fill("12:00")
    form.locator("[name=needs]").fill("Sous-titres")
    form.locator("[name=may_be_named][value=yes]").check()
    form.locator("[name=gender]").fill("femme")
    shot(phone, "contributor-answer-320")
    form.locator(".btn.go").click()
    expect(phone.get_by_role("status")).to_be_visible()
    expect(phone.locator("[name=needs]")).to_have_value("Sous-titres")
    shot(phone, "contributor-confirmed-320")

    phone.locator("section[aria-labelledby=h-others] a").click()
    form.locator("[name^=part-][value=declined]").first.check()
    form.locator("[name=words]").fill("Je suis déjà prise ce jour-là.")
    form.locator(".btn.go").click()
    expect(phone.get_by_role("status")).to_be_visible()
    answers = (
        "SELECT part.proposal_id, answer.said FROM proposals_contributoranswer answer "
        "JOIN proposals_contributor part ON part.id = answer.contributor_id WHERE part.person_id = ? ORDER BY 1"
    )
    assert set(ask(site, answers, (person,))) == {(first, "confirmed"), (second, "declined")}

    desk.goto(f"{site.year}proposals/people/of/{second}/")
    expect(desk.locator("main")).to_contain_text("Je suis déjà prise ce jour-là.")
    desk.goto(f"{site.year}proposals/people/?flag=needs")
    expect(desk.locator("main tbody")).to_contain_text("Sous-titres")
    shot(desk, "contributors-1440")
    public = window()
    public.goto(f"{site.year}proposals/people/of/{first}/")
    expect(public).to_have_url(re.compile("/sign-in/"))  # nobody else sees who answered what
