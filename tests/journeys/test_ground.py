"""The ground: a forum is started, its rules edited, its committee invited; a member signs in on a phone in Arabic.

They change to Chinese there, and take their data along.
"""

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


def sign_in_in_arabic(page: Page, site: Site, address: str) -> None:
    """Ask for a code, read it in the outbox, type it; every page on the way in Arabic and no wider than the phone."""
    page.goto(f"{site.origin}/sign-in/")
    assert written(page) == ("ar", "rtl")
    page.locator("main input[type=email]").first.fill(address)
    page.get_by_role("button", name="إرسال رمز").click()
    waiting = page.url
    assert violations(page) == []
    page.goto(f"{site.origin}/outbox/")
    page.locator("tbody tr", has_text=address).first.get_by_role("link").click()
    code = re.search(r"\b\d{4}[ -]?\d{4}\b", page.locator("main").inner_text())
    assert code is not None
    page.goto(waiting)
    page.locator("main input[name=code]").fill(code[0])
    page.locator("main form button.go").first.click()
    expect(page.get_by_role("link", name=address)).to_be_visible()


def written(page: Page) -> tuple[str, str]:
    """Give language and direction of a page, which has to fit its window."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    root = page.locator("html")
    return root.get_attribute("lang") or "", root.get_attribute("dir") or ""


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

    member = window(size=NARROW, language="ar")
    sign_in_in_arabic(member, site, MEMBER)
    member.goto(link[0])
    member.get_by_role("button", name="قبول الدور").click()
    expect(member.locator("main")).to_contain_text("عضو في اللجنة")
    member.goto(f"{year}evaluation/")
    expect(member.get_by_role("heading", level=1)).to_have_text("نتائج التقييم")
    assert written(member) == ("ar", "rtl")
    assert violations(member) == []

    member.locator("footer").get_by_role("link", name="简体中文").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("评审结果")
    assert written(member) == ("zh-hans", "ltr")
    member.goto(f"{site.origin}/account/data/")
    expect(member.get_by_role("heading", level=1)).to_have_text("我的数据")
    assert violations(member) == []
    with member.expect_download() as download:
        member.get_by_role("button", name="全部下载").click()
    path = tmp_path / "mine.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    words = b"".join(files.values()).decode("utf-8")
    assert MEMBER in words
    assert "账户" in files["index.html"].decode("utf-8")  # it reads in the language that was chosen
    assert all(json.loads(content) is not None for name, content in files.items() if name.endswith(".json"))
