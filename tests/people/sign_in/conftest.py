"""Somebody with an account, and browsers that are theirs."""

import re

import pytest
from django.test import Client

from convenor.people.models import Person
from convenor.shared.mail.models import Mail

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Let passwords cost little."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def amina(db) -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina Mfano")


@pytest.fixture
def kofi(db) -> Person:
    return Person.objects.create_user("kofi@example.org", name="Kofi Sample")


@pytest.fixture
def browser(amina) -> Client:
    """Amina's browser, signed in a moment ago."""
    client = Client(headers={"user-agent": FIREFOX})
    client.post("/sign-in/", {"email": "amina@example.org"})
    code = re.search(r"\d{4}-\d{4}", Mail.objects.order_by("-pk")[0].text)
    assert code is not None
    client.post("/sign-in/code/", {"code": code[0]})
    Mail.objects.all().delete()
    return client


@pytest.fixture
def other_browser(amina) -> Client:
    """Another one of hers."""
    client = Client()
    client.force_login(amina, backend=BACKEND)
    return client
