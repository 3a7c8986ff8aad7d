"""Signing in with a provider that really runs, over real HTTP, in a process of its own."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from convenor.people import sign_in_oidc as oidc
from convenor.people.models import Person
from tests.people.sign_in.conftest import BACKEND

pytestmark = pytest.mark.django_db
GO, BACK, WAYS = "/sign-in/with/example/", "/sign-in/with/example/back/", "/account/sign-in/"
SERVE = "import sys, oidc_provider_mock; oidc_provider_mock.app().run(host='localhost', port=int(sys.argv[1]))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(origin: str) -> None:
    """Wait until it answers."""
    last = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"{origin}/jwks", timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Run a provider of OpenID Connect, and give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        started(f"http://localhost:{port}")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(autouse=True)
def set_up(settings, provider: str) -> None:
    """Have the site know the provider."""
    settings.OIDC = [
        {"id": "example", "name": "Example <ID>", "server_url": provider, "client_id": "convenor", "client_secret": "s"}
    ]


def knows(provider: str, sub: str, **claims: object) -> None:
    """Have the provider know somebody."""
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()


def way_there(client: Client, path: str = GO, **where: str) -> str:
    """Give the provider's address that the page leads to."""
    answer = client.post(path, where)
    assert answer.status_code == 200
    return str(answer.context["address"])


def consent(address: str, sub: str) -> str:
    """Say yes at the provider, and give the path it sends the browser back to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def changed(address: str, **values: str) -> str:
    """Change what an address asks for."""
    parts = urlsplit(address)
    asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
    return parts._replace(query=urlencode({**asked, **values})).geturl()


def enter(client: Client, sub: str, **where: str):
    return client.get(consent(way_there(client, **where), sub))


def news(client: Client, answer) -> list[str]:
    return [str(message) for message in client.get(answer.url).context["messages"]]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_there_is_a_button_per_provider(client):
    page = client.get("/sign-in/?next=/start/").content.decode()
    assert page.count(f'action="{GO}"') == 1
    assert page.count("Sign in with <bdi>Example &lt;ID&gt;</bdi>") == 1


def test_the_way_there_carries_state_nonce_and_a_challenge(client, provider):
    asked = parse_qs(urlsplit(way_there(client)).query)
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    assert asked["code_challenge_method"] == ["S256"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 16


def test_what_the_address_of_the_button_says_changes_nothing_of_the_question(client):
    answer = client.post(f"{GO}?auth_params=nonce%3Dmine&scope=secret&process=connect", {})
    asked = parse_qs(urlsplit(answer.context["address"]).query)
    assert asked["nonce"] != ["mine"]
    assert "secret" not in asked["scope"][0]


def test_a_verified_address_makes_the_account_and_leads_back(client, provider):
    knows(provider, "n1", email="New@example.org", email_verified=True, name="Told There")
    answer = enter(client, "n1", next="/start/")
    person = Person.objects.get()
    assert (person.email, person.name, person.has_usable_password()) == ("new@example.org", "", False)
    assert answer.url == "/account/?next=%2Fstart%2F"
    assert is_in(client)


def test_a_verified_address_opens_the_account_that_is_there(client, provider, amina):
    knows(provider, "a1", email="amina@example.org", email_verified=True)
    assert enter(client, "a1", next="/start/").url == "/start/"
    assert client.session["_auth_user_id"] == str(amina.pk)
    assert list(Person.objects.all()) == [amina]


def test_later_the_number_counts_not_the_address(client, provider, amina, kofi):
    knows(provider, "a2", email="amina@example.org", email_verified=True)
    enter(client, "a2")
    knows(provider, "a2", email="kofi@example.org", email_verified=True)
    other = Client()
    enter(other, "a2")
    assert other.session["_auth_user_id"] == str(amina.pk)


def test_of_what_the_provider_tells_only_its_number_is_kept(client, provider, amina):
    knows(provider, "a3", email="amina@example.org", email_verified=True, birthdate="1990-01-01", name="Amina")
    enter(client, "a3")
    assert list(SocialAccount.objects.values_list("provider", "uid", "extra_data")) == [("example", "a3", {})]
    assert SocialToken.objects.count() == 0
    assert str(dict(client.session)).count("1990") == 0


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            {},
            (
                "You were not signed in: Example <ID> tells us no e-mail address. Sign in by a code, "
                "then link Example <ID> on your account page."
            ),
        ),
        (
            {"email": ["amina@example.org"], "email_verified": True},
            (
                "You were not signed in: Example <ID> tells us no e-mail address. Sign in by a code, "
                "then link Example <ID> on your account page."
            ),
        ),
        (
            {"email": "amina@example.org"},
            (
                "You were not signed in: Example <ID> has not verified that amina@example.org is yours. Verify it "
                "there, or sign in by a code and link Example <ID> on your account page."
            ),
        ),
        (
            {"email": "amina@example.org", "email_verified": "yes"},
            (
                "You were not signed in: Example <ID> has not verified that amina@example.org is yours. Verify it "
                "there, or sign in by a code and link Example <ID> on your account page."
            ),
        ),
    ],
    ids=["no address", "no text", "not verified", "not true"],
)
def test_without_a_verified_address_nobody_is_let_in(client, provider, amina, claims, sentence):
    knows(provider, "u1", **claims)
    answer = enter(client, "u1", next="/start/")
    assert answer.url == "/sign-in/?next=%2Fstart%2F"
    assert news(client, answer) == [sentence]
    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0


def test_a_nonce_that_is_not_ours_is_refused(client, provider, amina):
    knows(provider, "w1", email="amina@example.org", email_verified=True)
    answer = client.get(consent(changed(way_there(client), nonce="somebody-elses-nonce"), "w1"))
    assert news(client, answer) == [
        "The answer of Example <ID> could not be trusted, so nothing was changed. Tell whoever runs this site."
    ]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("state", ["", "x", "0" * 16])
def test_a_state_that_is_not_ours_is_refused(client, provider, amina, state):
    knows(provider, "w2", email="amina@example.org", email_verified=True)
    back = consent(way_there(client), "w2")
    answer = client.get(re.sub(r"state=[^&]*", f"state={state}", back))
    assert news(client, answer) == [
        "The way to Example <ID> took too long, was gone twice, or began in another browser. Start again here."
    ]
    assert "_auth_user_id" not in client.session


def test_an_answer_counts_once_and_only_in_the_browser_that_set_out(client, provider, amina):
    knows(provider, "w3", email="amina@example.org", email_verified=True)
    back = consent(way_there(client), "w3")
    stranger = Client()
    assert "began in another browser" in news(stranger, stranger.get(back))[0]
    client.get(back)
    assert is_in(client)
    client.post("/sign-in/out/")
    assert "was gone twice" in news(client, client.get(back))[0]


def tokens_of(provider: str, sub: str, nonce: str) -> dict[str, str]:
    """Fetch tokens from the provider by hand."""
    asked = {
        "client_id": "convenor",
        "redirect_uri": "http://testserver/",
        "response_type": "code",
        "scope": "openid email",
        "nonce": nonce,
    }
    back = consent(f"{provider}/oauth2/authorize?{urlencode(asked)}", sub)
    code = {"grant_type": "authorization_code", "code": parse_qs(urlsplit(back).query)["code"][0]}
    answer = requests.post(f"{provider}/oauth2/token", data={**asked, **code, "client_secret": "s"}, timeout=5)
    return answer.json()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, None),
        ({"client_id": "another"}, jwt.InvalidAudienceError),
        ({"nonce": "another"}, ValueError),
        ({"nonce": ""}, ValueError),
        ({"issuer": "http://localhost:1"}, jwt.InvalidIssuerError),
    ],
    ids=["right", "another party", "another nonce", "no nonce", "another issuer"],
)
def test_a_token_made_for_somebody_or_something_else_is_refused(rf, provider, change, error):
    knows(provider, "t1", email="amina@example.org", email_verified=True)
    door = OpenIDConnectOAuth2Adapter(rf.get("/"), "example")
    door._openid_config = {**door.openid_config, "issuer": change.get("issuer", provider)}
    asked = {"client_id": change.get("client_id", "convenor"), "nonce": change.get("nonce", "ours")}
    tokens = tokens_of(provider, "t1", "ours")
    if error is None:
        assert oidc._claims(door, tokens, keys=f"{provider}/jwks", **asked)["sub"] == "t1"
    else:
        with pytest.raises(error):
            oidc._claims(door, tokens, keys=f"{provider}/jwks", **asked)


def test_a_reader_who_stops_there_is_told_so(client, provider):
    answer = client.get(re.sub(r"code=[^&]*", "error=access_denied", consent(way_there(client), "w5")))
    assert news(client, answer) == [
        "Example <ID> sent you back without a yes. Nothing was changed; try again if you wish."
    ]


def test_a_code_the_provider_does_not_know_is_refused(client, provider):
    answer = client.get(re.sub(r"code=[^&]*", "code=guessed", consent(way_there(client), "w6")))
    assert news(client, answer) == [
        "Example <ID> does not answer as it should. Try again later, or have a code sent to you."
    ]


def test_a_provider_that_is_down_is_said_and_the_code_still_works(client, settings, amina):
    settings.OIDC = [{**settings.OIDC[0], "server_url": f"http://localhost:{free_port()}"}]
    answer = client.post(GO, {"next": "/start/"})
    assert answer.url == "/sign-in/?next=%2Fstart%2F"
    assert news(client, answer) == [
        "Example <ID> does not answer as it should. Try again later, or have a code sent to you."
    ]
    assert client.post("/sign-in/", {"email": "amina@example.org"}).url == "/sign-in/code/"


def test_a_provider_that_goes_down_on_the_way_is_said(client, provider, settings):
    back = consent(way_there(client), "w7")
    settings.OIDC = [{**settings.OIDC[0], "server_url": f"http://localhost:{free_port()}"}]
    assert "does not answer as it should" in news(client, client.get(back))[0]


def test_a_provider_that_talks_nonsense_is_said(client, provider, settings):
    settings.OIDC = [{**settings.OIDC[0], "server_url": f"{provider}/.well-known/../jwks"}]
    assert "does not answer as it should" in news(client, client.post(GO))[0]


def test_a_closed_account_stays_closed(client, provider, amina):
    amina.is_active = False
    amina.save()
    knows(provider, "c1", email="amina@example.org", email_verified=True)
    assert "the account of amina@example.org is closed" in news(client, enter(client, "c1"))[0]
    assert "_auth_user_id" not in client.session


def test_a_provider_nobody_set_up_has_no_page(client):
    answers = [client.post("/sign-in/with/other/"), client.get("/sign-in/with/other/back/")]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_a_provider_leads_nobody_to_another_site(client, provider, amina, target):
    knows(provider, "e1", email="amina@example.org", email_verified=True)
    assert enter(client, "e1", next=target).url == "/"


def link(client: Client, sub: str):
    return client.get(consent(way_there(client, "/account/sign-in/with/example/"), sub))


def test_a_provider_is_linked_without_any_address_and_lets_in(browser, provider, amina):
    knows(provider, "l1")
    answer = link(browser, "l1")
    assert (answer.url, news(browser, answer)) == (
        WAYS,
        ["Example <ID> is linked: from now on you can sign in with it."],
    )
    client = Client()
    enter(client, "l1")
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_an_unlinked_provider_lets_nobody_in_and_the_other_browsers_go(browser, other_browser, provider):
    knows(provider, "l2")
    link(browser, "l2")
    browser.post(f"/account/sign-in/links/{SocialAccount.objects.get().pk}/remove/")
    assert (is_in(browser), is_in(other_browser), SocialAccount.objects.count()) == (True, False, 0)
    client = Client()
    enter(client, "l2")
    assert "_auth_user_id" not in client.session


def test_what_is_linked_to_one_account_is_not_linked_to_another(browser, provider, kofi):
    knows(provider, "l3")
    link(browser, "l3")
    client = Client()
    client.force_login(kofi, backend=BACKEND)
    assert "belongs to another account here" in news(client, link(client, "l3"))[0]
    assert SocialAccount.objects.get().user.email == "amina@example.org"


def test_nothing_is_linked_to_somebody_who_signed_in_on_the_way(browser, provider, kofi):
    knows(provider, "l4")
    back = consent(way_there(browser, "/account/sign-in/with/example/"), "l4")
    browser.force_login(kofi, backend=BACKEND)
    answer = browser.get(back)
    assert SocialAccount.objects.count() == 0
    assert answer.status_code == 302


def test_nobody_unlinks_for_somebody_else(browser, provider, kofi):
    knows(provider, "l5")
    link(browser, "l5")
    client = Client()
    client.force_login(kofi, backend=BACKEND)
    path = f"/account/sign-in/links/{SocialAccount.objects.get().pk}/remove/"
    assert (client.post(path).status_code, SocialAccount.objects.count()) == (404, 1)


def test_a_link_to_a_provider_no_longer_set_can_still_be_taken_away(browser, provider, settings):
    knows(provider, "l6")
    link(browser, "l6")
    settings.OIDC = []
    assert [(key, bool(one)) for key, _name, one in browser.get(WAYS).context["providers"]] == [("example", True)]
    browser.post(f"/account/sign-in/links/{SocialAccount.objects.get().pk}/remove/")
    assert SocialAccount.objects.count() == 0


def test_the_page_on_the_way_keeps_the_policy_and_needs_no_script(client):
    answer = client.post(GO)
    page = answer.content.decode()
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert page.count('<meta http-equiv="refresh" content="0;url=http://localhost:') == 1
    assert page.count("<script") == 0


def test_the_seal_is_looked_at(client, provider, amina, monkeypatch):
    """A token of somebody who is not the provider: right in every word, sealed with another key."""
    knows(provider, "s1", email="amina@example.org", email_verified=True)
    back = consent(way_there(client), "s1")
    fetch, other = OpenIDConnectOAuth2Adapter.get_access_token_data, rsa.generate_private_key(65537, 2048)

    def forged(self, *words, **more):
        tokens = fetch(self, *words, **more)
        said = jwt.decode(tokens["id_token"], options={"verify_signature": False})
        return {**tokens, "id_token": jwt.encode(said, other, "RS256")}

    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "get_access_token_data", forged)
    assert "could not be trusted" in news(client, client.get(back))[0]
    assert "_auth_user_id" not in client.session
    assert json.dumps(dict(client.session)).count("amina") == 0
