"""Every page as its readers see it: wide, narrow, dark, in Arabic, Chinese and Russian; accessible, never too wide."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import IS_PICTURED, NARROW, SHOTS, WIDE, Open, Rules, Site, violations

IN_ANY_ORDER = True
YEAR = "/igf-example/2017"
PAGES = [
    ("index", "", "/"),
    ("sign-in", "", "/sign-in/"),
    ("year", "", f"{YEAR}/"),
    ("rules", "", f"{YEAR}/rules/"),
    ("meetings", "", f"{YEAR}/meetings/"),
    ("agenda", "", f"{YEAR}/meetings/june/"),
    ("participants", "", f"{YEAR}/meetings/june/participants/"),
    ("participants-register", "", f"{YEAR}/meetings/june/participants/register/"),
    ("floor", "", f"{YEAR}/meetings/june/floor/"),
    ("floor-how", "", f"{YEAR}/meetings/june/floor/how/"),
    ("projector", "", f"{YEAR}/meetings/june/floor/projector/"),
    ("record", "", f"{YEAR}/meetings/june/record/"),
    ("decisions", "", f"{YEAR}/meetings/decisions/"),
    ("actions", "", f"{YEAR}/meetings/actions/"),
    ("captions", "", f"{YEAR}/meetings/june/captions/"),
    ("captions-desk", "secretariat", f"{YEAR}/meetings/june/captions/desk/"),
    ("call", "", f"{YEAR}/call/"),
    ("call-preview", "", f"{YEAR}/call/workshop/preview/?format=panel"),
    ("call-desk", "secretariat", f"{YEAR}/call/desk/"),
    ("call-days", "secretariat", f"{YEAR}/call/open-forum/state/"),
    ("call-codes", "secretariat", f"{YEAR}/call/coalition/codes/"),
    ("rules-kinds", "secretariat", f"{YEAR}/rules/edit/kinds/"),
    ("rules-fields", "secretariat", f"{YEAR}/rules/edit/fields/"),
    ("proposals", "", f"{YEAR}/proposals/"),
    ("proposal", "", f"{YEAR}/proposals/4/"),
    ("contributors", "secretariat", f"{YEAR}/proposals/people/"),
    ("proposals-mine", "proposer", f"{YEAR}/proposals/mine/"),
    ("proposal-new", "proposer", f"{YEAR}/proposals/new/workshop/"),
    ("programme", "", f"{YEAR}/programme/"),
    ("session", "", f"{YEAR}/programme/sessions/100013/"),
    ("journal", "", f"{YEAR}/journal/"),
    ("outbox", "", "/outbox/"),
    ("not-found", "", "/nowhere/"),
    ("read", "secretariat", "/read/"),
    ("start", "secretariat", "/start/"),
    ("account", "secretariat", "/account/"),
    ("agenda-secretariat", "secretariat", f"{YEAR}/meetings/june/"),
    ("participants-secretariat", "secretariat", f"{YEAR}/meetings/june/participants/"),
    ("registration", "secretariat", f"{YEAR}/meetings/june/participants/settings/"),
    ("guest", "secretariat", f"{YEAR}/meetings/june/participants/guest/"),
    ("record-edit", "secretariat", f"{YEAR}/meetings/june/record/edit/"),
    ("record-stage", "secretariat", f"{YEAR}/meetings/june/record/stage/"),
    ("next-steps", "secretariat", f"{YEAR}/meetings/june/next-steps/"),
    ("requests", "secretariat", f"{YEAR}/meetings/june/requests/"),
    ("ask", "member", f"{YEAR}/meetings/june/requests/ask/"),
    ("results", "member", f"{YEAR}/evaluation/"),
    ("selection", "chair", f"{YEAR}/selection/"),
    ("why", "chair", f"{YEAR}/selection/4/"),
    ("timetable", "secretariat", f"{YEAR}/timetable/"),
    ("venue", "secretariat", f"{YEAR}/timetable/venue/"),
    ("phases", "secretariat", f"{YEAR}/phases/"),
    ("remove", "secretariat", f"{YEAR}/remove/"),
    ("forbidden", "proposer", f"{YEAR}/selection/"),
]
# Each look loads a page once and then makes its window smaller; axe reads it at the sizes that are named with rules.
NARROWEST = (320, 640)
LOOKS: dict[str, dict[tuple[int, int], Rules | None]] = {
    "en": {WIDE: Rules.ALL, NARROW: Rules.ALL, NARROWEST: None},
    "dark": {WIDE: Rules.CONTRAST},  # the same page in other colours
    "ar": {WIDE: Rules.WITHOUT_CONTRAST, NARROW: None},  # other words in the same colours
    "zh-hans": {WIDE: Rules.WITHOUT_CONTRAST, NARROW: None},
    "ru": {NARROW: None},  # the longest words
}


def overflow(page: Page) -> int:
    """Measure how much wider the page is than its window, pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_whole(look: str, site: Site, window: Open):
    SHOTS.mkdir(exist_ok=True)
    sizes, is_dark = LOOKS[look], look == "dark"
    roles = {role for _name, role, _path in PAGES}
    windows = {role: window(role, dark=is_dark, language="en" if is_dark else look) for role in roles}
    found: dict[str, list[str]] = {}
    for name, role, path in PAGES:
        page = windows[role]
        page.set_viewport_size(dict(zip(("width", "height"), next(iter(sizes)), strict=True)))
        page.goto(f"{site.origin}{path}")
        for size, rules in sizes.items():
            page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            if IS_PICTURED:
                page.screenshot(path=SHOTS / f"{name}-{look}-{size[0]}.png", full_page=True)
            faults = violations(page, rules) if rules else []
            if (wider := overflow(page)) > 0:
                faults.append(f"{wider} px wider than the window")
            if faults:
                found[f"{name} at {size[0]}"] = faults

    assert found == {}


def test_pages_that_only_show_read_without_javascript(site: Site, window: Open):
    page = window(script=False)
    for name, role, path in PAGES:
        if not role and name != "not-found":
            answer = page.goto(f"{site.origin}{path}")
            assert answer is not None
            assert answer.status == 200
            assert page.locator("h1").count() == 1
