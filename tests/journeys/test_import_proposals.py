"""A secretariat imports what it collected: its own list, a real festival's, an export of pretalx."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, ROOT, SHOTS, Open, Site, violations
from tests.journeys.test_ground import written

OURS = ROOT / "tests/data/proposals.csv"
SHARED = Path(os.environ.get("CONVENOR_SHARED", ROOT.parent / "shared")) / "data/sessions"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"no lists of sessions at {SHARED}: set CONVENOR_SHARED to the folder that holds data/"
)


def hand_in(page: Page, site: Site, file: Path, beside: Path | None = None) -> None:
    """Hand a file in and wait until it is read."""
    page.goto(f"{site.year}proposals/")
    page.get_by_role("link", name="Import proposals").click()
    assert violations(page) == []
    page.get_by_label("File with the proposals").set_input_files(file)
    if beside:
        page.get_by_text("An export of pretalx with speakers in a file of their own").click()
        page.get_by_label("Speakers, from pretalx").set_input_files(beside)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What becomes of each row")).to_be_visible(timeout=60_000)
    assert violations(page) == []


def take_over(page: Page) -> None:
    """Confirm, and wait until it is done."""
    page.get_by_role("button", name="Take them over").click()
    expect(page.get_by_role("heading", name="What became of each row")).to_be_visible(timeout=120_000)
    assert violations(page) == []


def correct(page: Page, *, theme: str, format_name: str) -> None:
    """Say of every unknown spelling which theme or format it means, and what rows without a format count as."""
    page.get_by_role("link", name="Correct how it is read").click()
    assert violations(page) == []
    for kind, name in (("themes", theme), ("formats", format_name)):
        for one in page.locator(f"select[name^=code-{kind}]").all():
            one.select_option(label=name)
    page.get_by_label("Rows without a format count as").select_option(label=format_name)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator("main")).to_contain_text("Nothing is taken over yet.")


def test_a_forums_own_list_is_imported_and_again(site: Site, window: Open):
    page = window("secretariat")
    hand_in(page, site, OURS)
    main = page.locator("main")
    expect(main).to_contain_text("New proposals: 3; changed: 0; as they are: 0; rows refused: 2.")
    expect(main).to_contain_text("“elise at example.org” is no e-mail address")
    expect(main).to_contain_text("Shoe size")

    take_over(page)

    expect(main).to_contain_text("Taken over. New proposals: 3")
    page.get_by_role("link", name=re.compile("^Proposal ")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cables for islands")
    expect(page.locator("main")).to_contain_text("Ben Example")
    hand_in(page, site, OURS)
    expect(page.locator("main")).to_contain_text("New proposals: 0; changed: 0; as they are: 3; rows refused: 2.")


def test_on_a_phone_in_arabic_without_a_script(site: Site, window: Open):
    window("secretariat")
    page = window("secretariat", size=NARROW, language="ar", script=False)
    page.goto(f"{site.year}proposals/import/")
    page.locator("input[name=file]").set_input_files(OURS)
    page.locator("main form button.go").first.click()
    for _attempt in range(60):
        if page.locator("a[href$='/reading/']").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.screenshot(path=SHOTS / "import-ar.png", full_page=True)
    assert page.evaluate("document.dir") == "rtl"
    page.locator("a[href$='/reading/']").click()
    page.screenshot(path=SHOTS / "import-reading-ar.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("main form button.go").first.click()
    assert written(page) == ("ar", "rtl")
    expect(page.locator("main table")).to_be_visible()


@needs_shared
def test_a_festivals_list_is_imported(site: Site, window: Open):
    page = window("secretariat")
    hand_in(page, site, SHARED / "mozfest2016_sessions.csv")
    expect(page.locator("main")).to_contain_text("rows refused: 415")
    correct(page, theme="Digital economy", format_name="Panel")
    expect(page.locator("main")).to_contain_text("New proposals: 414; changed: 0; as they are: 0; rows refused: 1.")
    assert page.locator("tbody tr").count() == 100

    take_over(page)

    expect(page.locator("main")).to_contain_text("Taken over. New proposals: 414")
    page.goto(f"{site.year}proposals/?q=mozfest")
    expect(page.locator("main")).to_contain_text("proposals fit")
    page.goto(f"{site.year}journal/")
    expect(page.locator("main")).to_contain_text("Proposals were taken over from “mozfest2016_sessions.csv”: 414 new")


@needs_shared
def test_an_export_of_pretalx_is_imported(site: Site, window: Open):
    page = window("secretariat")
    hand_in(page, site, SHARED / "pretalx_example_submissions.json", SHARED / "pretalx_example_speakers.json")
    expect(page.locator("main")).to_contain_text("Read as an export from pretalx")
    correct(page, theme="Digital economy", format_name="Panel")

    take_over(page)

    expect(page.locator("main")).to_contain_text("Taken over. New proposals: 2")
    page.get_by_role("link", name=re.compile("^Proposal ")).first.click()
    expect(page.locator("main")).to_contain_text("ZXC Speaker")


def test_the_template_can_be_fetched(site: Site, window: Open):
    page = window("secretariat")
    page.goto(f"{site.year}proposals/import/template/")
    page.get_by_role("button", name=re.compile("^Make")).click()
    page.goto(f"{site.year}proposals/import/template/")
    expect(page.get_by_role("link", name=re.compile("^Download"))).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download")).click()
    assert download.value.suggested_filename.endswith("-en.xlsx")
