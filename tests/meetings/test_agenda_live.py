"""Pages of an agenda follow it: what is sent is what the page shows, to each reader their own."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from convenor.cycle.removal import remove_forum
from convenor.meetings.actions import reopen_doubt, settle_doubt, undo_continuation
from convenor.meetings.agenda_live import PARTS
from convenor.meetings.corrections.revision import hand_in_version, revise_meeting
from convenor.meetings.models import Continuation, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.live import feeds
from convenor.shared.live.models import Topic
from convenor.shared.live.news import number_of, topic_of
from tests.meetings.conftest import NOW

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w+">')


@pytest.fixture(autouse=True)
def _nothing_rendered() -> None:
    feeds.forget()


def followed(page: str) -> tuple[str, int]:
    """Read what a page follows, and from where."""
    found = re.search(r'data-follows="([^"]*)" data-at="(\d+)"', page)
    assert found is not None
    return unescape(found[1]), int(found[2])


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SIGNED_IN, Role.MEMBER, Role.SECRETARIAT])
def test_what_is_sent_is_what_the_page_shows(client_as: As, june: Meeting, role: Role, language: str):
    client = client_as(role)
    client.cookies["language"] = language
    page = client.get(june.get_absolute_url()).text
    url, _number = followed(page)
    parts = client.get(url).json()["parts"]

    assert list(parts) == list(PARTS)
    for name, content in parts.items():
        assert f'id="{name}" data-live="{url.replace("&", "&amp;")}">{content}</div>' in TOKEN.sub("", page)


def test_forms_are_sent_to_keepers_alone_and_without_anybodys_token(client_as: As, june: Meeting):
    sent = {}
    for role in (Role.MEMBER, Role.SECRETARIAT):
        client = client_as(role)
        sent[role] = client.get(followed(client.get(june.get_absolute_url()).text)[0]).text

    assert "<form" not in sent[Role.MEMBER]
    assert "/settle/" in sent[Role.SECRETARIAT]
    assert "csrfmiddlewaretoken" not in sent[Role.SECRETARIAT]


def test_every_change_counts_once_and_nothing_else_does(june: Meeting, secretary: Person):
    topic, doubt, link = topic_of(june), june.doubts.earliest("pk"), Continuation.objects.earliest("pk")
    numbers = [number_of(topic)]
    for act, thing in (
        (settle_doubt, doubt), (settle_doubt, doubt), (reopen_doubt, doubt), (undo_continuation, link),
    ):  # fmt: skip
        act(thing, by=secretary, at=NOW)
        numbers.append(number_of(topic))
    june.refresh_from_db()

    assert numbers == [1, 2, 2, 3, 4]
    assert june.sequence == 4


def test_a_page_that_asks_again_gets_what_changed_or_nothing(client: Client, june: Meeting, secretary: Person):
    url, number = followed(client.get(june.get_absolute_url()).text)
    first = client.get(url)
    assert first["ETag"] == f'"{number}"'
    same = client.get(url, headers={"If-None-Match": f'"{number}"'})
    settle_doubt(june.doubts.earliest("pk"), by=secretary, at=NOW)
    changed = client.get(url, headers={"If-None-Match": f'W/"{number}"'})

    assert (same.status_code, same.content) == (304, b"")
    news = changed.json()
    assert (news["on"], news["since"], news["at"], list(news["parts"])) == (url, number, number + 1, ["agenda-open"])


def test_a_new_version_of_the_document_counts(june: Meeting, secretary: Person):
    june.refresh_from_db()
    before = number_of(topic_of(june))
    draft = hand_in_version(june, june.source.replace("Welcome", "A warm welcome"), by=secretary, at=NOW)
    revise_meeting(draft, seen=june.sequence, by=secretary, at=NOW)

    assert number_of(topic_of(june)) == before + 1


def test_a_page_of_another_reader_or_language_is_told_so(client_as: As, june: Meeting):
    url, _number = followed(client_as(Role.SECRETARIAT).get(june.get_absolute_url()).text)
    strange = reverse("meetings:live", args=(*june.cycle.address, "june"))

    assert client_as(Role.SECRETARIAT).get(url).status_code == 200
    assert client_as(Role.MEMBER).get(url).status_code == 409
    assert client_as(Role.SECRETARIAT).get(url.replace("in=en", "in=tlh")).status_code == 409
    assert client_as(Role.SECRETARIAT).get(strange).status_code == 409
    assert client_as(Role.PUBLIC).get("/live/?on=/a~1").status_code == 404


def test_a_meeting_that_is_gone_is_not_found(client: Client, june: Meeting):
    url, _number = followed(client.get(june.get_absolute_url()).text)
    june.delete()

    assert client.get(url).status_code == 404


def test_the_count_goes_with_the_forum(june: Meeting, secretary: Person):
    remove_forum(june.cycle.forum, by=secretary, at=NOW)

    assert not Topic.objects.exists()


def test_readers_who_see_the_same_follow_the_same(client_as: As, june: Meeting):
    followed_by = {
        role: followed(client_as(role).get(june.get_absolute_url()).text)[0]
        for role in (Role.PUBLIC, Role.SIGNED_IN, Role.PROPOSER, Role.MEMBER, Role.SECRETARIAT)
    }

    assert followed_by[Role.PUBLIC] == followed_by[Role.SIGNED_IN] == followed_by[Role.PROPOSER]
    assert len({followed_by[role] for role in (Role.PUBLIC, Role.MEMBER, Role.SECRETARIAT)}) == 3
