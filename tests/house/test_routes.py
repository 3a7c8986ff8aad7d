"""Every route of the address table × every role: who gets in is what its table says."""

from collections.abc import Callable, Iterator

import pytest
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
    import re

    return "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(slug|str):\w+>", "x", route))


def name(part: object) -> str:
    """Name a case by its address; a view's own name differs from run to run."""
    return part if isinstance(part, str) else "view"


def library(view: object) -> bool:
    """Whether the view is one of the sign-in library's, which guards itself."""
    return getattr(view, "__module__", "").startswith("allauth.")


def test_every_view_says_whom_it_lets_in():
    silent = [
        route for route, view in ROUTES if not (hasattr(view, "verb") or hasattr(view, "open_to") or library(view))
    ]

    assert silent == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("route", "view"), [(r, v) for r, v in ROUTES if hasattr(v, "verb")], ids=name)
def test_a_page_of_the_year_opens_to_the_roles_of_its_verb(
    route: str, view: object, role: Role, client_as: Callable[[Role], Client]
):
    held = {Role.PUBLIC} if role is Role.PUBLIC else {Role.PUBLIC, Role.SIGNED_IN, role}
    if role is Role.PROPOSER:
        held.discard(Role.PROPOSER)  # somebody who has proposed nothing is no proposer
    allowed = not view.verb.roles.isdisjoint(held)  # type: ignore[attr-defined]  # kept to those that have it
    client = client_as(role)
    client.raise_request_exception = False

    for answer in (client.get(filled(route)), client.post(filled(route))):
        signs_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        if allowed:
            assert answer.status_code in OK
            assert not signs_in
        elif role is Role.PUBLIC:
            assert signs_in
        else:
            assert answer.status_code == 403


@pytest.mark.parametrize(
    ("route", "view"),
    [(r, v) for r, v in ROUTES if getattr(v, "open_to", "") == "signed-in"],
    ids=name,
)
def test_a_page_for_people_with_an_account_sends_others_to_sign_in(
    route: str, view: object, client_as: Callable[[Role], Client]
):
    answer = client_as(Role.PUBLIC).get(filled(route))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("route", "view"),
    [(r, v) for r, v in ROUTES if getattr(v, "open_to", "") == "everybody"],
    ids=name,
)
def test_an_open_page_opens_to_everybody(route: str, view: object, role: Role, client_as: Callable[[Role], Client]):
    assert client_as(role).get(filled(route)).status_code in OK


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("route", "view"),
    [(r, v) for r, v in ROUTES if getattr(v, "open_to", "") == "secretariat"],
    ids=name,
)
def test_a_page_of_the_installation_opens_to_a_secretariat_only(
    route: str, view: object, role: Role, client_as: Callable[[Role], Client]
):
    answer = client_as(role).get(filled(route))

    if role is Role.PUBLIC:
        assert answer["Location"].startswith("/sign-in/")
    else:
        assert (answer.status_code in OK) == (role is Role.SECRETARIAT)


def test_every_kind_of_door_is_walked_through():
    kinds = {getattr(view, "open_to", "verb") for _route, view in ROUTES if not library(view)}

    assert kinds == {"everybody", "signed-in", "secretariat", "verb"}
