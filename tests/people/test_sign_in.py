"""Signing in by a code, as a browser sees it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from convenor.people.models import Person
from convenor.shared.mail.models import Mail

pytestmark = pytest.mark.django_db
ASK, TYPE, OUT = "/sign-in/", "/sign-in/code/", "/sign-in/out/"
LATE = {"email": "amina@example.org", "next": "/start/"}


def last_code() -> str:
    """Give the code of the newest mail."""
    return re.search(r"\d{4}-\d{4}", Mail.objects.order_by("-pk")[0].text)[0]


def ask(client: Client, email: str, **where: str):
    return client.post(ASK, {"email": email, **where})


def sign_in(client: Client, email: str, **where: str):
    ask(client, email, **where)
    return client.post(TYPE, {"code": last_code(), **where})


def later(client: Client, *, minutes: int) -> None:
    """Have the code that waits be older."""
    session = client.session
    session["code"] = {**session["code"], "at": session["code"]["at"] - minutes * 60}
    session.save()


def sentences(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina Mfano")


def test_every_name_of_the_library_leads_to_the_page_that_asks_for_an_address():
    names = ("account_login", "account_signup", "account_request_login_code")
    assert [reverse(name) for name in names] == [ASK, ASK, ASK]


def test_the_first_button_sends_a_code_and_the_password_waits_behind_it(client):
    page = client.get(ASK).content.decode()
    assert page.count('type="password"') == 1
    assert page.index("Send me a code") < page.index("<details>") < page.index('type="password"')


def test_the_right_code_lets_in_and_leads_back(client, amina):
    answer = sign_in(client, "amina@example.org", next="/igf/2017/")
    assert (answer.status_code, answer.url) == (302, "/igf/2017/")
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_the_letter_case_of_an_address_does_not_matter(client, amina):
    sign_in(client, "  AMINA@Example.ORG ")
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_a_new_address_becomes_an_account_that_is_asked_for_its_name(client):
    answer = sign_in(client, "new@example.org", next="/start/?a=1&b=2")
    person = Person.objects.get()
    assert (person.email, person.name, person.has_usable_password()) == ("new@example.org", "", False)
    assert person.joined_at is not None
    assert answer.url == "/account/?next=%2Fstart%2F%3Fa%3D1%26b%3D2"


def test_nobody_is_made_before_the_code_is_typed(client):
    ask(client, "new@example.org")
    client.post(TYPE, {"code": "0000-0001"})
    assert Person.objects.count() == 0


def test_a_contributor_without_account_takes_their_own_row_over(client):
    known = Person.objects.create(email="Kofi@Example.org", name="Kofi Sample")
    sign_in(client, "kofi@example.org")
    assert list(Person.objects.values_list("pk", "name")) == [(known.pk, "Kofi Sample")]
    assert client.session["_auth_user_id"] == str(known.pk)


def test_the_library_keeps_no_addresses_that_could_fall_out_of_step(client, amina):
    sign_in(client, "amina@example.org")
    amina.email = "mfano@example.org"
    amina.save()
    assert EmailAddress.objects.count() == 0
    other = Client()
    sign_in(other, "mfano@example.org")
    assert other.session["_auth_user_id"] == str(amina.pk)


def test_a_look_alike_address_is_somebody_else(client, amina):
    """A dotless i is an i to some databases: the code must not open the other account."""
    assert Person.objects.by_email("amına@example.org") is None
    assert Person.objects.by_email("AMINA@example.org") == amina


def test_known_and_unknown_addresses_look_the_same(amina, django_assert_num_queries):
    ask(Client(), "first-of-this-network@example.org")
    Mail.objects.all().delete()
    seen = []
    for email in ("amina@example.org", "nobod@example.org"):
        client = Client()
        with django_assert_num_queries(17):
            asked = ask(client, email, next="/start/")
        shown = client.get(asked.url)
        wrong = client.post(asked.url, {"code": "12"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown.content.decode()).replace(email, "…")
        seen.append((asked.status_code, asked.url, sorted(asked.cookies), shown.status_code, body, wrong.status_code))
    assert seen[0] == seen[1]
    texts = [re.sub(r"\d{4}-\d{4}", "…", mail.text) for mail in Mail.objects.all()]
    assert len(texts) == 2
    assert texts[0] == texts[1]


def test_the_mail_is_short_and_its_subject_keeps_the_code(client):
    ask(client, "new@example.org")
    mail = Mail.objects.get()
    assert (mail.subject, mail.kind, mail.html, mail.to) == ("Your code to sign in", "code", "", "new@example.org")
    assert mail.text == (
        f"Your code: {last_code()}\n\n"
        "It works once, for 15 minutes, in the browser that asked for it at http://127.0.0.1:8000.\n\n"
        "If you did not ask for it, you need not do anything: without the code nobody gets in. Pass it on to nobody.\n"
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        lambda code: code.replace("-", ""),
        lambda code: f" {code.replace('-', ' ')} ",
        lambda code: code.translate({48 + n: 0x660 + n for n in range(10)}),  # Arabic-Indic digits
    ],
    ids=["as sent", "no dash", "spaces", "Arabic digits"],
)
def test_a_code_may_be_typed_in_any_of_these_ways(client, amina, write):
    ask(client, "amina@example.org")
    client.post(TYPE, {"code": write(last_code())})
    assert client.session["_auth_user_id"] == str(amina.pk)


@pytest.mark.parametrize("typed", ["", "1", "0000-0000-0000", "²²²²-²²²²", "x" * 5000, "<script>", "\u202e1234"])
def test_a_wrong_code_gets_a_sentence_and_another_try(client, amina, typed):
    ask(client, "amina@example.org")
    answer = client.post(TYPE, {"code": typed})
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["code"]) == 1
    client.post(TYPE, {"code": last_code()})
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_the_third_wrong_code_ends_it_and_keeps_the_way_back(client, amina):
    ask(client, "amina@example.org")
    right = last_code()
    answers = [client.post(TYPE, {"code": "1", "next": "/start/"}) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert answers[2].url == "/sign-in/?next=%2Fstart%2F"
    assert sentences(client.get(answers[2].url)) == [
        "Three wrong tries: that code is no longer valid. Ask for a new one."
    ]
    assert client.post(TYPE, {"code": right}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_code_that_comes_too_late_says_so_and_a_new_one_leads_to_the_same_page(client, amina):
    ask(client, "amina@example.org")
    later(client, minutes=23)
    answer = client.post(f"{TYPE}?next=/start/", {"code": last_code()})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "was sent 23 minutes ago and worked for 15." in page
    assert [page.count(f'name="{name}" value="{value}"') for name, value in LATE.items()] == [1, 1]
    assert "_auth_user_id" not in client.session

    assert client.post(ASK, LATE).url == "/sign-in/code/?next=%2Fstart%2F"
    assert client.post(TYPE, {"code": last_code(), "next": "/start/"}).url == "/start/"
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_a_code_works_to_its_last_minute(client, amina):
    ask(client, "amina@example.org")
    later(client, minutes=14)
    client.post(TYPE, {"code": last_code()})
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_without_a_code_that_waits_there_is_a_sentence(client):
    answer = client.get(f"{TYPE}?next=/start/")
    assert answer.url == "/sign-in/?next=%2Fstart%2F"
    assert sentences(client.get(answer.url)) == [
        (
            "No code is waiting here: a code works once, for 15 minutes, in the browser that asked for it. "
            "Ask for a new one."
        )
    ]


def test_no_row_of_a_session_holds_the_code(client):
    ask(client, "new@example.org")
    kept = str(dict(client.session))
    assert "new@example.org" in kept
    assert [kept.count(text) for text in (last_code(), last_code().replace("-", ""))] == [0, 0]


def test_a_code_is_tried_three_times_even_by_requests_that_overwrite_each_others_count(client, amina):
    ask(client, "amina@example.org")
    right, before = last_code(), client.session["code"]
    for _try in range(3):
        client.post(TYPE, {"code": "1"})
        session = client.session
        session["code"] = before
        session.save()
    assert client.post(TYPE, {"code": right}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_code_works_once_and_only_in_the_browser_that_asked(client, amina):
    ask(client, "amina@example.org")
    code = last_code()
    stranger = Client()
    assert stranger.post(TYPE, {"code": code}).url == "/sign-in/"
    client.post(TYPE, {"code": code})
    client.post(OUT)
    assert client.post(TYPE, {"code": code}).url == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_the_newest_code_counts_and_another_address_can_be_typed(client, amina):
    ask(client, "typo@example.org")
    first = last_code()
    assert client.get(ASK).status_code == 200
    ask(client, "amina@example.org")
    client.post(TYPE, {"code": first})
    assert "_auth_user_id" not in client.session
    client.post(TYPE, {"code": last_code()})
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_the_fourth_code_of_a_minute_is_not_sent(client, amina):
    answers = [ask(Client(), "amina@example.org") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert Mail.objects.count() == 3
    assert answers[3].context["form"].errors["email"] == [
        (
            "Too many codes were asked for, so none was sent this time. The last one you got still works; "
            "otherwise ask again in 1 minute."
        ),
    ]


def test_one_computer_cannot_ask_for_many_addresses(client):
    answers = [ask(client, f"n{number}@example.org").status_code for number in range(21)]
    assert answers == [302] * 20 + [200]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@",
        "a b@example.org",
        "a@example.org\nBcc: b@example.org",
        "x" * 300 + "@example.org",
    ],
)
def test_what_is_no_address_gets_a_sentence_and_stays_typed(client, typed):
    answer = ask(client, typed)
    assert (answer.status_code, Mail.objects.count()) == (200, 0)
    assert len(answer.context["form"].errors["email"]) == 1


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http:///evil.example",
    ],
)
def test_nobody_is_led_away_to_another_site(client, amina, target):
    assert sign_in(client, "amina@example.org", next=target).url == "/"


def test_a_closed_account_stays_closed_and_says_so_only_to_its_owner(client, amina):
    amina.is_active = False
    amina.save()
    answer = sign_in(client, "amina@example.org")
    assert answer.status_code == 409
    assert "the account of amina@example.org is closed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_signed_in_is_not_asked_again(client, amina):
    sign_in(client, "amina@example.org")
    assert client.get(f"{ASK}?next=/start/").url == "/start/"
    assert client.get(f"{TYPE}?next=/start/").url == "/start/"


def test_the_language_of_an_account_comes_along_to_a_new_device(client, amina):
    assert "language" not in sign_in(client, "amina@example.org").cookies
    amina.language = "fr"
    amina.save()
    assert sign_in(Client(), "amina@example.org").cookies["language"].value == "fr"


def test_signing_out_takes_a_post(client, amina):
    sign_in(client, "amina@example.org")
    assert client.get(OUT).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(OUT).url == "/"
    assert "_auth_user_id" not in client.session


def test_signing_in_without_the_form_token_is_refused(amina):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ASK, {"email": "amina@example.org"}).status_code == 403
    assert Mail.objects.count() == 0
