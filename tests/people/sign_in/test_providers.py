"""The list of providers in the environment: read whole, or refused with what to write."""

import json

import pytest

from convenor.people.sign_in_providers import read_providers

ONE = {"id": "example", "name": "Example", "server_url": "https://id.example.org", "client_id": "convenor"}


@pytest.mark.parametrize("text", ["", "  ", "[]"])
def test_nothing_gives_no_provider(text):
    assert read_providers(text) == []


def test_what_is_listed_is_given_in_its_order():
    two = {**ONE, "id": "other", "client_secret": "s"}
    assert read_providers(json.dumps([two, ONE])) == [two, ONE]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({}, "CONVENOR_OIDC is no list: write [{…}], also for one provider."),
        (["x"], "CONVENOR_OIDC, provider 1: write an object of names and texts."),
        ([{**ONE, "client_id": 7}], "CONVENOR_OIDC, provider 1: write an object of names and texts."),
        ([{"id": "x", "name": ""}], "CONVENOR_OIDC, provider 1: name, server_url, client_id is missing."),
        (
            [ONE, {**ONE, "secret": "s"}],
            "CONVENOR_OIDC, provider 2: secret is not known; known are client_id, client_secret, id, name, server_url.",
        ),
        (
            [{**ONE, "id": "a/b"}],
            "CONVENOR_OIDC, provider 1: the id “a/b” is part of an address: use a–z, 0–9 and dashes.",
        ),
        (
            [{**ONE, "server_url": "http://id.example.org"}],
            "CONVENOR_OIDC, provider 1: server_url has to begin with https://, secrets travel there.",
        ),
        ([ONE, ONE], "CONVENOR_OIDC names an id twice: each provider needs its own."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(rows, sentence):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared below
        read_providers(json.dumps(rows))
    assert str(caught.value) == sentence


def test_what_is_no_json_is_refused():
    with pytest.raises(ValueError, match="CONVENOR_OIDC is no JSON"):
        read_providers("example")


def test_on_this_machine_a_provider_may_speak_in_clear():
    local = {**ONE, "server_url": "http://localhost:9400"}
    assert read_providers(json.dumps([local])) == [local]
