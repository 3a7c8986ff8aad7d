"""Passkeys: made and taken away by their owner, a way in of their own; hostile answers open nothing."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from convenor.people.models import Person
from convenor.people.sign_in_passkeys import MOST
from tests.people.sign_in.conftest import BACKEND
from tests.people.sign_in.soft_key import SoftKey

pytestmark = pytest.mark.django_db
WAYS, ADD, ENTER = "/account/sign-in/", "/account/sign-in/passkeys/", "/sign-in/passkey/"
UNKNOWN = "You were not signed in: this passkey is not known here, or the page was open for too long. Try again."


@pytest.fixture(autouse=True)
def localhost(settings) -> None:
    """Be the site that the keys are made for."""
    settings.ALLOWED_HOSTS = ["localhost"]


def a_browser() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def browser(amina) -> Client:
    client = a_browser()
    client.force_login(amina, backend=BACKEND)
    return client


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


def add(client: Client, key: SoftKey, name: str = ""):
    return client.post(ADD, {"name": name, "credential": key.make(client.get(ADD).json())}, follow=True)


def enter(client: Client, key: SoftKey, holder: bytes = b"", **where: str):
    return client.post(ENTER, {"credential": key.enter(client.get(ENTER).json(), holder), **where})


def news(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def names(person: Person) -> list[str]:
    return [row.data["name"] for row in Authenticator.objects.filter(user=person).order_by("pk")]


def test_a_passkey_is_added_with_its_name_and_lets_in_without_an_address(browser, key, amina):
    assert news(add(browser, key, "My phone")) == [
        "The passkey “My phone” is added: from now on you can sign in with it."
    ]
    client = a_browser()
    assert enter(client, key, next="/start/").url == "/start/"
    assert client.session["_auth_user_id"] == str(amina.pk)
    assert Authenticator.objects.get().last_used_at is not None


def test_without_a_name_a_passkey_gets_a_number(browser, amina):
    add(browser, SoftKey())
    add(browser, SoftKey(), " \u202e ")
    assert names(amina) == ["Passkey 1", "Passkey 2"]


def test_no_recovery_codes_are_made_beside_it(browser, key):
    add(browser, key)
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["webauthn"]


def test_only_a_device_that_checks_its_holder_may_keep_one(browser, amina):
    options = browser.get(ADD).json()["publicKey"]["authenticatorSelection"]
    assert (options["residentKey"], options["userVerification"]) == ("required", "required")
    add(browser, SoftKey(checks=False))
    assert names(amina) == []


def test_a_key_that_did_not_check_its_holder_lets_nobody_in(browser, key):
    add(browser, key)
    key.checks = False
    client = a_browser()
    enter(client, key)
    assert is_in(client) is False


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "http://127.0.0.1"])
def test_an_answer_given_to_another_site_opens_nothing(browser, key, amina, origin):
    add(browser, key)
    key.origin = origin
    client = a_browser()
    assert enter(client, key).url == "/sign-in/"
    assert is_in(client) is False


def test_an_answer_counts_once_and_only_for_the_last_question(browser, key):
    add(browser, key)
    client = a_browser()
    answer = key.enter(client.get(ENTER).json())
    client.get(ENTER)
    assert news(client.post(ENTER, {"credential": answer}, follow=True)) == [UNKNOWN]
    right = key.enter(client.get(ENTER).json())
    client.post(ENTER, {"credential": right})
    assert is_in(client)
    stranger = a_browser()
    assert news(stranger.post(ENTER, {"credential": right}, follow=True)) == [UNKNOWN]


def test_a_wrong_answer_uses_the_question_up(browser, key):
    add(browser, key)
    client = a_browser()
    right = key.enter(client.get(ENTER).json())
    client.post(ENTER, {"credential": "{}"})
    client.post(ENTER, {"credential": right})
    assert is_in(client) is False


def test_the_person_is_the_keys_whatever_the_answer_says(browser, key, amina, kofi):
    add(browser, key)
    client = a_browser()
    enter(client, key, holder=str(kofi.pk).encode())
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_a_key_that_nobody_here_has_opens_nothing(amina, key):
    client = a_browser()
    assert enter(client, key, next="/start/").url == "/sign-in/?next=%2Fstart%2F"
    assert is_in(client) is False


HOSTILE = [
    "",
    "null",
    "[]",
    "[[[",
    "{}",
    '{"id": 1}',
    '{"id": {"a": "b"}, "rawId": [], "response": null, "type": 7}',
    (
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "x", "authenticatorData": "x", '
        '"signature": "x", "attestationObject": "x"}, "clientExtensionResults": {}}'
    ),
    '{"id": "\\u0000", "rawId": "", "type": "public-key", "response": {}}',
    "x" * 30_000,
    '{"a":' * 5000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_get_a_sentence(browser, amina, key, typed):
    add(browser, key)
    browser.get(ADD)
    assert "the browser handed over none that fits" in news(browser.post(ADD, {"credential": typed}, follow=True))[0]
    client = a_browser()
    client.get(ENTER)
    assert news(client.post(ENTER, {"credential": typed}, follow=True)) == [UNKNOWN]
    assert len(names(amina)) == 1


def test_an_answer_with_parts_swapped_gets_a_sentence(browser, key):
    add(browser, key)
    client = a_browser()
    answer = json.loads(key.enter(client.get(ENTER).json()))
    answer["response"]["signature"] = answer["response"]["authenticatorData"]
    assert news(client.post(ENTER, {"credential": json.dumps(answer)}, follow=True)) == [UNKNOWN]


def test_a_passkey_is_renamed_and_removed_which_signs_the_other_browsers_out(browser, key, amina):
    add(browser, key)
    pk = Authenticator.objects.get().pk
    browser.post(f"{ADD}{pk}/name/", {"name": "<b>Key</b>"})
    assert names(amina) == ["<b>Key</b>"]
    assert browser.get(WAYS).content.decode().count("<b>Key</b>") == 0
    other = a_browser()
    enter(other, key)
    browser.post(f"{ADD}{pk}/remove/")
    assert (is_in(browser), is_in(other), names(amina)) == (True, False, [])
    enter(other, key)
    assert is_in(other) is False


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_that_cannot_be_kept_changes_nothing(browser, key, amina, name):
    add(browser, key, "My phone")
    answer = browser.post(f"{ADD}{Authenticator.objects.get().pk}/name/", {"name": name}, follow=True)
    assert news(answer) == ["The passkey keeps its name: type one of 1 to 60 characters."]
    assert names(amina) == ["My phone"]


def test_nobody_touches_the_passkeys_of_somebody_else(browser, key, amina, kofi):
    add(browser, key, "My phone")
    pk = Authenticator.objects.get().pk
    client = a_browser()
    client.force_login(kofi, backend=BACKEND)
    assert [client.post(f"{ADD}{pk}/{what}/", {"name": "x"}).status_code for what in ("name", "remove")] == [404, 404]
    assert names(amina) == ["My phone"]
    assert client.get(WAYS).content.decode().count("My phone") == 0


def test_a_closed_account_says_so_only_to_who_holds_its_key(browser, key, amina):
    add(browser, key)
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    client = a_browser()
    assert enter(client, key).status_code == 409
    assert "_auth_user_id" not in client.session


def test_there_is_a_most_of_passkeys(browser, amina):
    for number in range(MOST):
        Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data={"name": str(number)})
    answer = browser.post(ADD, {"credential": "{}"}, follow=True)
    assert news(answer) == ["No passkey was added: you have 20 already. Take one away first."]


def test_a_code_still_lets_in_without_the_passkey(browser, key, amina):
    add(browser, key)
    client = a_browser()
    assert client.post("/sign-in/", {"email": "amina@example.org"}).url == "/sign-in/code/"


def test_an_old_sign_in_adds_no_passkey(browser, key, amina):
    answer = key.make(browser.get(ADD).json())
    session = browser.session
    session["proved_at"] -= 3600
    session.save()
    assert browser.post(ADD, {"credential": answer}).url.startswith("/sign-in/again/")
    assert names(amina) == []


def test_the_page_costs_the_same_however_many_passkeys_there_are(browser, amina, django_assert_num_queries):
    for count in (1, 15):
        for number in range(count):
            Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data={"name": str(number)})
        with django_assert_num_queries(5):
            browser.get(WAYS)
