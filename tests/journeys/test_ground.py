"""The ground: a forum is started, its rules edited, its committee invited; a member signs in on a phone in Arabic."""

import json
import re
import zipfile

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, Open, Site, violations
from tests.journeys.test_newcomer import sign_in_by_mail

MEMBER = "member-of-the-islands@example.org"


def start_a_forum(page: Page, site: Site) -> str:
    """Start a national forum and give the address of its year."""
    page.goto(f"{site.origin}/start/")
    page.get_by_label("Name").first.fill("Islands Forum")
    page.get_by_label("First day").fill("2027-10-04")
    page.get_by_label("Last day").fill("2027-10-05")
    page.get_by_label("Time zone").fill("Pacific/Fiji")
    page.get_by_role("radio", name="National forum (light)").check()
    page.get_by_role("button", name="Start the forum").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Islands Forum")
    return page.url


def change_a_limit(page: Page, year: str) -> None:
    """Change one number of the rules, see what follows, save it."""
    page.goto(f"{year}rules/edit/limits/")
    page.get_by_label("Words of a description, at most").fill("180")
    page.get_by_role("button", name="Keep and see the consequences").click()
    expect(page.locator("main")).to_contain_text("180")
    assert violations(page) == []
    page.get_by_label(re.compile("^Why ")).fill("People asked for shorter texts.")
    page.get_by_role("button", name=re.compile("^Save")).click()
    page.goto(f"{year}rules/")
    expect(page.locator("main")).to_contain_text("180")


def invite(page: Page, year: str) -> None:
    """Invite an address to the committee."""
    page.goto(f"{year}people/roles/add/")
    page.get_by_label("E-mail address").fill(MEMBER)
    page.get_by_role("button", name="Give the role, or invite").click()
    page.goto(f"{year}people/invitations/")
    expect(page.locator("main")).to_contain_text(MEMBER)


def test_a_forum_gets_its_rules_and_its_committee_and_a_member_takes_their_data(site: Site, window: Open, tmp_path):
    secretary = window()
    sign_in_by_mail(secretary, site, "secretary-of-the-islands@example.org")
    year = start_a_forum(secretary, site)
    change_a_limit(secretary, year)
    invite(secretary, year)
    secretary.goto(f"{site.origin}/outbox/")
    secretary.locator("tbody tr", has_text=MEMBER).first.get_by_role("link").first.click()
    link = re.search(r"http\S+/invitation/\S+", secretary.locator("main").inner_text())
    assert link is not None

    member = window(size=NARROW)
    sign_in_by_mail(member, site, MEMBER)
    member.goto(link[0])
    member.get_by_role("button", name="Accept the role").click()
    expect(member.locator("main")).to_contain_text("Committee member")
    member.goto(f"{year}evaluation/")
    expect(member.get_by_role("heading", level=1)).to_have_text("Results of the evaluation")

    member.locator("footer").get_by_role("link", name="العربيّة").click()
    assert member.evaluate("document.documentElement.dir") == "rtl"
    member.goto(f"{site.origin}/account/data/")
    assert violations(member) == []
    with member.expect_download() as download:
        member.locator("main form button.go").click()
    path = tmp_path / "mine.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    words = b"".join(files.values()).decode("utf-8")
    assert MEMBER in words
    assert all(json.loads(content) is not None for name, content in files.items() if name.endswith(".json"))
