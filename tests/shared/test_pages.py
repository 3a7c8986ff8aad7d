"""What every page shares: the content policy, language, theme, safe returns, refusals, compression and ETags."""

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.shared.pages.middleware import POLICY


def test_every_answer_carries_the_policy_that_allows_nothing_inline(client: Client, db: None):
    answers = [client.get("/"), client.get("/nowhere/"), client.get("/language/fr/")]

    assert [answer["Content-Security-Policy"] for answer in answers] == [POLICY] * 3
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    ("cookie", "accepted", "language", "direction"),
    [
        ("", "fr-CH,fr;q=0.9", "fr", "ltr"),
        ("ar", "fr", "ar", "rtl"),
        ("xx", "fr", "fr", "ltr"),
        ("", "tlh", "en", "ltr"),
        ("", "es-MX,es;q=0.9", "es", "ltr"),
        ("", "ru-RU", "ru", "ltr"),
        ("", "ar-EG", "ar", "rtl"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-hans", "ltr"),
        ("", "zh-SG", "zh-hans", "ltr"),
        ("zh-hans", "en", "zh-hans", "ltr"),
    ],
)
def test_the_page_speaks_the_language_chosen_else_that_asked_for(
    client: Client, db: None, cookie: str, accepted: str, language: str, direction: str
):
    if cookie:
        client.cookies["language"] = cookie
    answer = client.get("/", headers={"accept-language": accepted})

    assert answer["Content-Language"] == language
    assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/start/?x=1", "/start/?x=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_choosing_a_language_or_a_theme_returns_to_this_site_only(client: Client, db: None, target: str, goes: str):
    assert client.get("/language/fr/", {"next": target})["Location"] == goes
    assert client.get("/theme/dark/", {"next": target})["Location"] == goes
    assert client.cookies["language"].value == "fr"


def test_a_chosen_theme_is_switched_by_the_link_to_the_dark_tokens(client: Client, db: None):
    def media() -> bool:
        return 'tokens-dark.css" media="screen">' in client.get("/").content.decode()

    assert not media()
    client.get("/theme/dark/")
    assert media()
    client.get("/theme/light/")
    assert 'tokens-dark.css" media="not all">' in client.get("/").content.decode()


def test_an_unchanged_page_is_not_sent_twice(client: Client, cycle: Cycle):
    first = client.get("/igf/2017/", headers={"accept-encoding": "gzip"})
    second = client.get("/igf/2017/", headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert (second.status_code, second.content) == (304, b"")


def test_what_is_missing_or_forbidden_is_a_page_with_a_way_on(client_as, cycle: Cycle):
    from convenor.people.roles import Role

    missing = client_as(Role.PUBLIC).get("/igf/2019/")
    forbidden = client_as(Role.SIGNED_IN).get("/igf/2017/selection/")

    assert missing.status_code == 404
    assert "There is no such page" in missing.content.decode()
    assert forbidden.status_code == 403
    assert "Your roles in this forum do not allow you to see the selection." in forbidden.content.decode()
