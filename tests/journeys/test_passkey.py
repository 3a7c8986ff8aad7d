"""Signing in without the mail: a passkey that Chromium plays, a password, and a browser that is signed out."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, SHOTS, Open, Site, violations
from tests.journeys.test_newcomer import sign_in_by_mail

WAYS = "/account/sign-in/"


@pytest.fixture
def here(site: Site) -> Site:
    """The site under the name that browsers take for a secure one."""
    return Site(site.origin.replace("127.0.0.1", "localhost"), site.home, site.links)


def with_lock(page: Page) -> None:
    """Give the window a device that keeps passkeys and checks its holder."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})


@pytest.fixture
def phone(window: Open, here: Site) -> Page:
    """A narrow window with such a device, signed in by mail."""
    page = window(size=NARROW)
    with_lock(page)
    sign_in_by_mail(page, here, "passkey@example.org")
    return page


def add_passkey(page: Page, here: Site, name: str) -> None:
    page.goto(f"{here.origin}{WAYS}")
    page.get_by_label("Name of the passkey").last.fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status").first).to_contain_text(f"The passkey “{name}” is added")


def sign_out(page: Page, here: Site) -> None:
    page.goto(f"{here.origin}/sign-in/out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_lets_in_and_back_and_is_removed(phone: Page, here: Site):
    add_passkey(phone, here, "مفتاحي")
    assert violations(phone) == []
    phone.screenshot(path=SHOTS / "ways-360.png", full_page=True)
    sign_out(phone, here)

    phone.goto(f"{here.origin}/sign-in/?next={WAYS}")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone).to_have_url(f"{here.origin}/account/?next={WAYS.replace('/', '%2F')}")

    phone.goto(f"{here.origin}{WAYS}")
    phone.get_by_text("Change", exact=True).click()
    phone.get_by_role("listitem").filter(has_text="مفتاحي").get_by_role("button", name="Remove").click()
    expect(phone.get_by_role("status").first).to_contain_text("is removed")
    sign_out(phone, here)
    phone.goto(f"{here.origin}/sign-in/")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_role("alert")).to_contain_text("this passkey is not known here")


def test_the_keyboard_alone_signs_in_with_a_passkey(phone: Page, here: Site):
    add_passkey(phone, here, "keys only")
    sign_out(phone, here)
    phone.goto(f"{here.origin}/sign-in/")
    phone.get_by_role("button", name="Sign in with a passkey").focus()
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(f"{here.origin}/account/?next=%2F")


def test_without_a_passkey_the_page_says_what_else_to_do(window: Open, here: Site):
    page = window()
    page.context.new_cdp_session(page).send("WebAuthn.enable")  # no device is there, and none can be chosen
    page.goto(f"{here.origin}/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was given. Try again, or have a code sent to you.")).to_be_visible()
    assert violations(page) == []


def test_a_password_is_set_lets_in_by_enter_and_the_other_browser_is_signed_out(window: Open, here: Site):
    first, second = window(), window(language="ar", size=NARROW)
    sign_in_by_mail(first, here, "password@example.org")
    first.goto(f"{here.origin}{WAYS}")
    first.get_by_label("New password").fill("kettle orbit tangent moss")
    first.get_by_role("button", name="Set the password").click()
    expect(first.get_by_role("status").first).to_contain_text("Your password is set.")

    second.goto(f"{here.origin}/sign-in/")
    second.locator("#id_email").fill("password@example.org")
    second.locator("summary").click()
    second.locator("#id_password").fill("kettle orbit tangent moss")
    second.keyboard.press("Enter")
    expect(second.locator(".who")).to_contain_text("password@example.org")
    second.goto(f"{here.origin}{WAYS}")
    assert violations(second) == []
    second.screenshot(path=SHOTS / "ways-ar-360.png", full_page=True)

    first.goto(f"{here.origin}{WAYS}")
    assert violations(first) == []
    first.screenshot(path=SHOTS / "ways-1440.png", full_page=True)
    first.get_by_role("button", name="Sign it out").click()
    expect(first.get_by_role("status").first).to_contain_text("That browser is signed out.")
    second.reload()
    expect(second.locator("#id_email")).to_be_visible()


def test_a_password_is_asked_for_without_javascript_too(window: Open, here: Site):
    page = window(script=False)
    page.goto(f"{here.origin}/sign-in/")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_text("Sign in with a password").click()
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in with the password").click()
    expect(page.locator("#id_password_error")).to_contain_text("This password does not belong to this address")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("You were not signed in")
