"""The browsers that are signed in: seen and ended by their owner, no network address kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from convenor.people.sessions_device import device_of
from convenor.people.sign_in_models import BrowserSession

pytestmark = pytest.mark.django_db
WAYS, END, OTHERS = "/account/sign-in/", "/account/sign-in/browsers/end/", "/account/sign-in/browsers/end-others/"


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def number(client: Client) -> str:
    """Give the number by which a browser's own page names it."""
    return next(one.number for one in client.get(WAYS).context["browsers"] if one.is_here)


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            ("Edge", "Windows"),
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17 Safari/605.1", ("Safari", "macOS")),
        ("<script>alert(1)</script>", ("", "")),
        ("", ("", "")),
    ],
)
def test_browser_and_system_are_said_in_words(said, device):
    assert device_of(said) == device


def test_the_list_has_each_browser_once_this_one_first(browser, other_browser):
    page = browser.get(WAYS)
    assert [(one.browser, one.system, one.is_here) for one in page.context["browsers"]] == [
        ("Firefox", "Linux", True),
        ("", "", False),
    ]
    text = page.content.decode()
    assert (text.count("Firefox on Linux"), text.count("Unknown browser"), text.count("this one")) == (1, 1, 1)


def test_the_page_holds_no_key_to_a_session(browser, other_browser):
    text = browser.get(WAYS).content.decode()
    assert [text.count(client.session.session_key) for client in (browser, other_browser)] == [0, 0]


def test_a_browser_is_ended_and_the_others_stay(browser, other_browser):
    assert browser.post(END, {"browser": number(other_browser)}).url == WAYS
    assert (is_in(browser), is_in(other_browser)) == (True, False)


def test_ending_this_browser_signs_out(browser, other_browser):
    assert browser.post(END, {"browser": number(browser)}).url == "/"
    assert (is_in(browser), is_in(other_browser)) == (False, True)


def test_all_others_are_ended_at_once(browser, other_browser, amina):
    answer = browser.post(OTHERS, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 other browser was signed out."]
    assert (is_in(browser), is_in(other_browser)) == (True, False)


@pytest.mark.parametrize("typed", ["", "x", "0" * 20, "\u202e", "x" * 5000])
def test_what_names_no_browser_ends_none(browser, other_browser, typed):
    browser.post(END, {"browser": typed})
    assert (is_in(browser), is_in(other_browser)) == (True, True)


def test_nobody_ends_or_sees_the_browsers_of_somebody_else(browser, kofi):
    client = Client()
    client.force_login(kofi, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(END, {"browser": number(browser)})
    client.post(OTHERS)
    assert is_in(browser)
    assert [one.is_here for one in client.get(WAYS).context["browsers"]] == [True]


def test_the_last_use_is_noted_once_an_hour_and_nothing_else_of_the_session_is_touched(browser):
    row = BrowserSession.objects.get()
    first = timezone.now() - timedelta(hours=5)
    BrowserSession.objects.update(used_at=first)
    browser.get("/account/")
    seen = BrowserSession.objects.get()
    assert timezone.now() - seen.used_at < timedelta(minutes=1)
    assert (seen.session_data, seen.expire_date, seen.started_at) == (row.session_data, row.expire_date, row.started_at)

    fresh = timezone.now() - timedelta(minutes=59)
    BrowserSession.objects.update(used_at=fresh)
    browser.get("/account/")
    assert BrowserSession.objects.get().used_at == fresh


def test_saving_a_session_leaves_the_last_use_alone(browser):
    then = timezone.now() - timedelta(minutes=30)
    BrowserSession.objects.update(used_at=then)
    session = browser.session
    session["something"] = "else"
    session.save()
    assert BrowserSession.objects.get().used_at == then


def test_no_network_address_is_kept(browser):
    row = BrowserSession.objects.get()
    kept = str({field.name: getattr(row, field.name) for field in row._meta.concrete_fields})
    assert [kept.count(text) for text in ("127.0.0.1", "Mozilla")] == [0, 0]
    assert str(dict(browser.session)).count("127.0.0.1") == 0


def test_a_reader_without_account_has_no_row_of_anybody(client, amina):
    client.post("/sign-in/", {"email": "amina@example.org"})
    assert list(BrowserSession.objects.values_list("person", "browser", "used_at")) == [(None, "", None)]


def test_a_new_proof_in_the_same_browser_is_the_same_browser(browser):
    started = BrowserSession.objects.get().started_at
    browser.post("/sign-in/again/", {})
    assert BrowserSession.objects.get().started_at == started


def test_rows_that_have_run_out_go_with_the_next_sign_in(browser, kofi):
    BrowserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    Client().force_login(kofi, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert list(BrowserSession.objects.values_list("person", flat=True)) == [kofi.pk]


def test_the_librarys_own_sweep_finds_the_table(browser):
    BrowserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    call_command("clearsessions")
    assert BrowserSession.objects.count() == 0


def test_the_page_costs_the_same_however_many_browsers_there_are(browser, amina, django_assert_num_queries):
    for count in (1, 30):
        for _one in range(count):
            Client().force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
        with django_assert_num_queries(5):
            browser.get(WAYS)
