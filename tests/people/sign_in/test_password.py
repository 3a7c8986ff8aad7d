"""A password beside the code: set by somebody signed in, never a way to learn who has an account."""

import re

import pytest
from django.test import Client

from convenor.people.models import Person

pytestmark = pytest.mark.django_db
ASK, WAYS, SET, REMOVE = (
    "/sign-in/",
    "/account/sign-in/",
    "/account/sign-in/password/",
    "/account/sign-in/password/remove/",
)
GOOD = "kettle orbit tangent moss"


def enter(client: Client, email: str, password: str, **where: str):
    return client.post(ASK, {"email": email, "password": password, **where})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def news(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_password_is_set_on_the_account_page_and_lets_in_on_the_page_of_the_code(browser):
    assert browser.post(SET, {"new_password": GOOD}).url == WAYS
    client = Client()
    answer = enter(client, "AMINA@example.org", GOOD, next="/start/")
    assert (answer.status_code, answer.url) == (302, "/start/")
    assert is_in(client)


def test_setting_a_password_signs_the_other_browsers_out_and_keeps_this_one(browser, other_browser):
    browser.post(SET, {"new_password": GOOD})
    assert (is_in(browser), is_in(other_browser)) == (True, False)


def test_a_removed_password_lets_nobody_in_and_signs_the_other_browsers_out(browser, amina):
    browser.post(SET, {"new_password": GOOD})
    other = Client()
    enter(other, "amina@example.org", GOOD)
    browser.post(REMOVE)
    assert (is_in(browser), is_in(other)) == (True, False)
    assert enter(Client(), "amina@example.org", GOOD).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the new password."),
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("amina@example.org", "The password is too similar to the e-mail address."),
        ("123456789012345", "This password is entirely numeric."),
        ("qwerty123456", "This password is too common."),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_and_why(browser, amina, typed, sentence):
    answer = browser.post(SET, {"new_password": typed})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["new_password"]
    assert Person.objects.get(pk=amina.pk).has_usable_password() is False


def test_the_reset_is_to_sign_in_by_a_code(browser, amina):
    browser.post(SET, {"new_password": GOOD})
    assert browser.post(SET, {"new_password": "another four words here"}).url == WAYS
    assert enter(Client(), "amina@example.org", GOOD).status_code == 200
    assert enter(Client(), "amina@example.org", "another four words here").status_code == 302


def test_a_password_of_spaces_and_signs_is_taken_as_typed(browser):
    word = "  كلمة السر الطويلة جدا  "
    browser.post(SET, {"new_password": word})
    assert enter(Client(), "amina@example.org", word.strip()).status_code == 200
    assert enter(Client(), "amina@example.org", word).status_code == 302


def test_wrong_password_no_password_and_no_account_are_one(browser, amina, kofi, django_assert_num_queries):
    browser.post(SET, {"new_password": GOOD})
    Person.objects.create(email="named@example.org", name="Named Only")
    enter(Client(), "first@example.org", "of this network")
    seen = set()
    for email in ("amina@example.org", "kofi@example.org", "named@example.org", "nobody@example.org"):
        with django_assert_num_queries(13):
            answer = enter(Client(), email, "not this one at all")
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(email, "…")
        seen.add((answer.status_code, body))
    assert len(seen) == 1
    assert "This password does not belong to this address, or none was set." in seen.pop()[1]


def test_the_work_of_comparing_is_done_once_whoever_it_is(monkeypatch, amina, kofi):
    from django.contrib.auth import hashers

    from convenor.people.sign_in import person_of_password

    kofi.set_password(GOOD)
    kofi.save()
    done = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *words, **more: done.append(1) or encode(self, *words, **more)
    )
    counts = []
    for email in ("kofi@example.org", "amina@example.org", "nobody@example.org"):
        done.clear()
        assert person_of_password(email, "wrong") is None
        counts.append(len(done))
    assert counts == [1, 1, 1]


def test_a_typed_password_is_never_sent_back(amina):
    page = enter(Client(), "amina@example.org", "not-this-one").content.decode()
    assert page.count("not-this-one") == 0
    assert page.count('value="amina@example.org"') == 1


def test_choosing_the_password_without_one_gets_a_sentence(client):
    answer = client.post(ASK, {"email": "amina@example.org", "way": "password"})
    assert answer.context["form"].errors["password"] == ["Type your password, or have a code sent to you."]


def test_a_closed_account_says_so_only_to_who_knows_its_password(browser, amina):
    browser.post(SET, {"new_password": GOOD})
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    assert "is closed" not in enter(Client(), "amina@example.org", "wrong").content.decode()
    answer = enter(Client(), "amina@example.org", GOOD)
    assert answer.status_code == 409
    assert "the account of amina@example.org is closed" in answer.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_password_leads_nobody_to_another_site(browser, target):
    browser.post(SET, {"new_password": GOOD})
    assert enter(Client(), "amina@example.org", GOOD, next=target).url == "/"


def grow_old(client: Client) -> None:
    """Have the last proof lie an hour back."""
    session = client.session
    session["proved_at"] -= 3600
    session.save()


def test_an_old_sign_in_changes_nothing_before_a_new_proof(browser, amina):
    grow_old(browser)
    answer = browser.post(SET, {"new_password": GOOD}, follow=True)
    assert answer.redirect_chain[0][0] == "/sign-in/again/?next=%2Faccount%2Fsign-in%2F"
    assert news(answer) == ["Nothing was changed: prove once more that it is you, then try again."]
    assert Person.objects.get(pk=amina.pk).has_usable_password() is False
    assert browser.get(WAYS).content.decode().count(f'action="{SET}"') == 0


def test_the_new_proof_is_for_the_own_address_whatever_was_sent(browser, amina, kofi):
    from convenor.shared.mail.models import Mail

    grow_old(browser)
    answer = browser.post("/sign-in/again/", {"email": "kofi@example.org", "next": WAYS})
    assert Mail.objects.get().to == "amina@example.org"
    code = re.search(r"\d{4}-\d{4}", Mail.objects.get().text)[0]
    assert browser.post(answer.url, {"code": code}).url == WAYS
    assert browser.post(SET, {"new_password": GOOD}).url == WAYS
    assert Person.objects.get(pk=amina.pk).has_usable_password() is True


def test_too_many_changes_wait(browser):
    for number in range(30):
        browser.post(SET, {"new_password": f"{GOOD} {number}"})
    answer = browser.post(SET, {"new_password": f"{GOOD} last"}, follow=True)
    assert news(answer)[-1] == "Nothing was changed: too many changes in a short time. Try again in 60 minutes."
