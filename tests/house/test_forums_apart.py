"""Two forums on one installation never see each other: every route, every role, every object, every word."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from convenor.people.links import ways_to_forum
from convenor.people.roles import Role
from tests.house.test_routes import library, routes
from tests.house.two_forums import FAR, SOUGHT, WORD, Two, make_two, tables

# Who is refused follows from roles; a second database is asked as those who see least and most.
ROLES = list(Role) if connection.vendor == "sqlite" else [Role.PUBLIC, Role.SECRETARIAT]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROUTES = [(route, view) for route, view in sorted(set(routes(get_resolver())), key=str) if not library(view)]
NUMBER = re.compile(r"<int:\w+>")
SAMPLES = {"<slug:meeting>": "june", "<slug:code>": "fr", "<slug:name>": "dark", "<slug:kind>": "call"}
# The list of forums and a forum's own page are public, as its year is; here only the near forum's pages are walked.
PUBLIC_LISTS = {""}


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Two]:
    """Make both forums once; nothing of them stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django's
        yield make_two()
        transaction.set_rollback(True)


def near_paths(route: str, two: Two) -> list[str]:
    """Fill an address with the near forum; where it wants keys, with every sort of key that the near forum has."""
    route = route.replace("<slug:forum>", two.near.forum.slug).replace("<slug:year>", two.near.slug)
    for part, value in SAMPLES.items():
        route = route.replace(part, value)
    route = re.sub(r"<(slug|str|path):\w+>", "x", route)
    if not NUMBER.search(route):
        return [f"/{route}"]
    keys = {*two.near_keys.values(), 1, 100_001}
    return [f"/{NUMBER.sub(str(key), route)}" for key in sorted(keys)]


def far_paths(route: str, two: Two) -> list[str]:
    """Fill an address with the near forum's place and the key of the far forum's rows."""
    route = route.replace("<slug:forum>", two.near.forum.slug).replace("<slug:year>", two.near.slug)
    if "<slug:meeting>" in route:
        meetings = ["june", two.far_meeting] if NUMBER.search(route) else [two.far_meeting]
    else:
        meetings = [""]
    filled = [re.sub(r"<(slug|str|path):\w+>", "x", route.replace("<slug:meeting>", meeting)) for meeting in meetings]
    paths = [f"/{NUMBER.sub(str(two.far_key), one)}" for one in filled if NUMBER.search(one)]
    return paths or [f"/{one}" for one in filled if two.far_meeting in one]


def allowed(view: object, role: Role) -> bool:
    """Whether the door of a page opens to somebody of the near forum."""
    verb = getattr(view, "verb", None)
    held = {Role.PUBLIC} if role is Role.PUBLIC else {Role.PUBLIC, Role.SIGNED_IN, role}
    return verb is None or not verb.roles.isdisjoint(held)


def keys_tried(view: object, role: Role) -> int | None:
    """How many addresses of a route a role tries: all where it sees most, or is the first to be let in; else one."""
    earlier = list(Role)[: list(Role).index(role)]
    is_first = role is Role.SECRETARIAT or not any(allowed(view, one) for one in earlier)
    return None if is_first and allowed(view, role) else 1


def words_of_the_far_forum(answer: object) -> bool:
    """Whether an answer says anything of the far forum; its head counts too."""
    body = b"".join(answer)  # type: ignore[call-overload]  # streaming or not, an answer gives its parts
    said = body.decode("utf-8", "replace") + str(getattr(answer, "headers", ""))
    return WORD.lower() in said.lower()


def test_the_far_forum_has_a_row_in_every_table_that_leads_to_a_forum(two: Two):
    empty = [
        model._meta.label
        for model in tables()
        if (ways := ways_to_forum(model)) and not any(model._base_manager.filter(**{way: FAR}).exists() for way in ways)
    ]

    assert empty == []


def test_the_far_forums_own_pages_do_say_its_word(two: Two):
    """The walk below would notice: the same pages, asked for in the far forum, hold the word."""
    for page in (
        "",
        "proposals/",
        "programme/",
        "programme/programme.json",
        "journal/",
        f"meetings/{two.far_meeting}/",
    ):
        answer = two.client(Role.PUBLIC).get(f"/{FAR}/2017/{page}")
        assert (page, answer.status_code, words_of_the_far_forum(answer)) == (page, 200, True)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_the_near_forum_says_anything_of_the_far_one(two: Two, role: Role):
    client, told = two.client(role), []
    for route, view in ROUTES:
        if route in PUBLIC_LISTS or "sign-in/out" in route:
            continue
        for path in near_paths(route, two)[: keys_tried(view, role)]:
            answer = client.get(path)
            if answer.status_code == 500 or words_of_the_far_forum(answer):
                told.append((path, answer.status_code))

    assert told == []


@pytest.mark.parametrize("role", ROLES)
def test_every_object_of_the_far_forum_is_refused_in_the_near_one(two: Two, role: Role):
    client, open_ = two.client(role), []
    for route, view in ROUTES:
        if route == "<slug:forum>/":
            continue
        for index, path in enumerate(far_paths(route, two)[: keys_tried(view, role)]):
            answers = [client.get(path)]
            if answers[0].status_code == 405 or index == 0:
                answers.append(client.post(path))
            for answer in answers:
                signs_in = answer.status_code == 302 and "/sign-in/" in answer["Location"]
                if not (answer.status_code in {403, 404, 405} or signs_in) or words_of_the_far_forum(answer):
                    open_.append((path, answer.status_code))

    assert open_ == []


@pytest.mark.parametrize("role", [role for role in ROLES if role is not Role.PUBLIC])
def test_closed_pages_of_the_far_forum_are_refused_without_its_words_of_work(two: Two, role: Role):
    """Whatever somebody is in the near forum, in the far one they are anybody."""
    client, open_ = two.client(role), []
    for route, view in ROUTES:
        verb = getattr(view, "verb", None)
        if verb is None or not verb.roles.isdisjoint({Role.PUBLIC, Role.SIGNED_IN}):
            continue
        path = route.replace("<slug:forum>", FAR).replace("<slug:year>", "2017")
        path = "/" + re.sub(r"<\w+:\w+>", "1", path)
        for answer in (client.get(path), client.post(path)):
            said = answer.content.decode().lower()
            if answer.status_code != 403 or f"{WORD} quill".lower() in said or f"{SOUGHT} title".lower() in said:
                open_.append((path, answer.status_code))

    assert open_ == []


SEARCHES = [
    "proposals/?q={}", "people/?q={}", "people/people.csv?q={}", "people/roles/?role={}", "programme/?q={}",
    "people/roles/add/?person={key}", "journal/?q={}", "journal/?verb=far.said", "evaluation/?show=all&q={}",
    "selection/?q={}", "owed/?q={}", "meetings/?q={}", "timetable/?q={}", "deadlines/?q={}",
]  # fmt: skip


@pytest.mark.parametrize("search", SEARCHES)
def test_no_search_and_no_export_finds_the_far_forum(two: Two, search: str):
    address = f"/{two.near.forum.slug}/2017/{search.format(SOUGHT, key=two.far_key)}"

    answer = two.client(Role.SECRETARIAT).get(address)

    assert answer.status_code in ({404} if "{key}" in search else {200, 404})
    assert not words_of_the_far_forum(answer)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.PROPOSER, Role.SIGNED_IN])
def test_the_readers_own_pages_hold_only_their_own(two: Two, role: Role):
    client = two.client(role)
    for path in (
        "/account/",
        "/account/organisations/",
        "/account/sign-in/",
        "/read/",
        "/start/",
        "/outbox/",
        "/outbox/mine/",
    ):
        answer = client.get(path)
        assert (path, words_of_the_far_forum(answer)) == (path, False)


def test_a_refusal_does_not_name_the_far_forum(two: Two):
    client = two.client(Role.SECRETARIAT)
    near = f"/{two.near.forum.slug}/2017"
    for path, data in [
        ("people/roles/add/", {"email": f"chair@{FAR}.example", "role": "member", "place": "year"}),
        ("people/roles/paste/", {"text": f"A,chair@{FAR}.example,KE,civ", "role": "member", "place": "year"}),
    ]:
        answer = client.post(f"{near}/{path}", data, follow=True)
        assert f"{WORD} Quill" not in answer.content.decode()
        assert SOUGHT not in answer.content.decode()
