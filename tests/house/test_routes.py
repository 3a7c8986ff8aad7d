"""Every route of the address table × every role: who gets in is what its table says."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from convenor.people.roles import Role

Path = tuple[str, object]
OK = {200, 302, 304, 400, 404, 405, 409, 422}  # past the door: what stands behind may still ask for more


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[Path]:
    """Give every route with its view."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


ROUTES = sorted(set(routes(get_resolver())), key=lambda route: route[0])
SAMPLES = {
    "<slug:forum>": "igf",
    "<slug:year>": "2017",
    "<slug:meeting>": "june",
    "<slug:code>": "fr",
    "<slug:name>": "dark",
    "<str:token>": "x",
    "<path:rest>": "x",
}


def filled(route: str) -> str:
    """Fill an address with samples; numbers are 1."""
    for part, value in SAMPLES.items():
        route = route.replace(part, value)
    return "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(slug|str):\w+>", "x", route))


def library(view: object) -> bool:
    """Whether the view is one of the sign-in library's, which guards itself."""
    return getattr(view, "__module__", "").startswith("allauth.")


def test_every_view_says_whom_it_lets_in():
    silent = [
        route for route, view in ROUTES if not (hasattr(view, "verb") or hasattr(view, "open_to") or library(view))
    ]

    assert silent == []


def asked(client: Client, route: str, *methods: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """Ask for an address in each way, in a browser of its own; nothing that comes of it stays."""
    for method in methods:
        one = Client(raise_request_exception=False)
        one.cookies.update(client.cookies)
        with transaction.atomic():
            yield f"{method} /{route}", getattr(one, method)(filled(route))
            transaction.set_rollback(True)


def doors(kind: str) -> list[str]:
    """Give the routes whose door is of a kind."""
    return [route for route, view in ROUTES if getattr(view, "open_to", "") == kind]


def signs_in(answer: HttpResponseBase) -> bool:
    """Whether an answer sends its reader to sign in."""
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("role", list(Role))
def test_a_page_of_the_year_opens_to_the_roles_of_its_verb(role: Role, client_as: Callable[[Role], Client]):
    held = {Role.PUBLIC} if role is Role.PUBLIC else {Role.PUBLIC, Role.SIGNED_IN, role}
    if role is Role.PROPOSER:
        held.discard(Role.PROPOSER)  # somebody who has proposed nothing is no proposer
    client, wrong = client_as(role), []
    for route, view in [(route, view) for route, view in ROUTES if hasattr(view, "verb")]:
        is_allowed = not view.verb.roles.isdisjoint(held)  # type: ignore[attr-defined]  # kept to those that have it
        for what, answer in asked(client, route, "get", "post"):
            if is_allowed:
                is_right = answer.status_code in OK and not signs_in(answer)
            else:
                is_right = signs_in(answer) if role is Role.PUBLIC else answer.status_code == 403
            if not is_right:
                wrong.append((what, answer.status_code, "may" if is_allowed else "may not"))

    assert wrong == []


def test_a_page_for_people_with_an_account_sends_others_to_sign_in(client_as: Callable[[Role], Client]):
    client = client_as(Role.PUBLIC)

    assert [
        (what, answer.status_code)
        for route in doors("signed-in")
        for what, answer in asked(client, route, "get")
        if not signs_in(answer)
    ] == []


@pytest.mark.parametrize("role", list(Role))
def test_an_open_page_opens_to_everybody(role: Role, client_as: Callable[[Role], Client]):
    client = client_as(role)

    assert [
        (what, answer.status_code)
        for route in doors("everybody")
        for what, answer in asked(client, route, "get")
        if answer.status_code not in OK
    ] == []


@pytest.mark.parametrize("role", list(Role))
def test_a_page_of_the_installation_opens_to_a_secretariat_only(role: Role, client_as: Callable[[Role], Client]):
    client, wrong = client_as(role), []
    for route in doors("secretariat"):
        for what, answer in asked(client, route, "get"):
            is_in = answer.status_code in OK and not signs_in(answer)
            is_right = signs_in(answer) if role is Role.PUBLIC else is_in == (role is Role.SECRETARIAT)
            if not is_right:
                wrong.append((what, answer.status_code))

    assert wrong == []


def test_every_kind_of_door_is_walked_through():
    kinds = {getattr(view, "open_to", "verb") for _route, view in ROUTES if not library(view)}

    assert kinds == {"everybody", "signed-in", "secretariat", "verb"}
