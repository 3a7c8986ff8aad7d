"""What is sent: only what changed since, once for all who saw the same, in pieces that every stream can take."""

import gzip
import json
import threading
import zlib
from collections.abc import Iterator

import pytest
from django.utils.translation import get_language

from convenor.shared.live import feeds
from convenor.shared.live.feeds import GZIP_HEAD, Channel, Shown, following, packed, shown
from convenor.shared.live.news import tell
from tests.conftest import NOW

PARTS = {"a": "A", "b": "B"}


@pytest.fixture
def channel() -> Iterator[Channel]:
    """Give the channel of a page with two parts, of which the second is the language."""
    feeds.register("test.page", lambda subject, level: {**PARTS, "b": f"{get_language()} {subject} {sorted(level)}"})
    yield Channel("test.page", "a:1", 1, "/live/a/", "fr", frozenset({"member"}))
    feeds.forget()
    del feeds._RENDERS["test.page"]


def test_what_changed_after_a_number_is_given_and_everything_where_that_is_not_known():
    now = Shown(number=7, first=4, parts=PARTS, since={"a": 4, "b": 6})

    assert [now.after(seen) for seen in (7, 6, 5, 4)] == [{}, {}, {"b": "B"}, {"b": "B"}]
    assert [now.after(seen) for seen in (3, -1, 8)] == [PARTS, PARTS, PARTS]


def test_a_number_that_went_back_is_said_to_have():
    now = Shown(number=7, first=4, parts=PARTS, since={"a": 4, "b": 6})

    assert [now.news("/a", seen)["back"] for seen in (6, 7, 8)] == [False, False, True]


def test_an_event_is_one_line_of_data_whatever_is_in_it():
    now = Shown(number=1, first=1, parts={"a": "<p>\r\n\n“é”</p>\u2028"}, since={"a": 1})
    event = now.event("/a", 0, is_packed=False).decode()

    assert event.split("\n")[0:2] == ["event: news", "id: 1"]
    assert event.count("\n") == 4
    assert "\r" not in event
    assert json.loads(event.split("data: ")[1])["parts"] == {"a": "<p>\r\n\n“é”</p>\u2028"}


def test_pieces_packed_apart_are_one_stream_together():
    pieces = [b"event: beat\n\n" * 20, b"x", b"event: news\n\n" * 50]
    stream = zlib.decompressobj(31)

    assert [
        stream.decompress(part) for part in [GZIP_HEAD + packed(pieces[0]), packed(pieces[1]), packed(pieces[2])]
    ] == pieces
    assert len(packed(pieces[2])) < 60
    assert gzip.compress(b"")[:4] == GZIP_HEAD[:4]


@pytest.mark.django_db
def test_a_change_is_rendered_once_in_the_language_of_the_channel(channel: Channel):
    assert following(channel, at=NOW).number == 0
    tell("a:1")
    first = shown(channel)

    assert (first.number, first.parts) == (1, {"a": "A", "b": "fr 1 ['member']"})
    assert shown(channel) is first
    tell("b:1")
    assert shown(channel) is first


@pytest.mark.django_db
def test_what_changes_while_it_is_rendered_reaches_a_page_that_was_shown_before(channel: Channel):
    changes = ["changed"]

    def late(_subject: int, _level: frozenset[str]) -> dict[str, str]:
        if changes:
            tell("a:1")  # between the look at the number and the reading of the rows
            return {"a": changes.pop(), "b": "B"}
        return {"a": "changed", "b": "B"}

    feeds._RENDERS["test.page"] = late
    tell("a:1")
    seen = following(channel, at=NOW).number  # of a page that says something else than "changed"

    assert "a" in shown(channel).after(seen) or "a" in shown(channel).after(seen)


@pytest.mark.django_db
def test_a_part_keeps_the_number_since_which_it_is_as_it_is(channel: Channel, monkeypatch: pytest.MonkeyPatch):
    tell("a:1")
    shown(channel)
    tell("a:1")
    monkeypatch.setitem(PARTS, "a", "other")
    second = shown(channel)
    tell("a:1")
    third = shown(channel)

    assert (second.since, third.since, third.first) == ({"a": 2, "b": 1}, {"a": 2, "b": 1}, 1)
    assert third.after(1) == {"a": "other"}
    assert third.after(2) == {}


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_wait_for_one_rendering(channel: Channel):
    counted: list[int] = []
    feeds.register("test.page", lambda subject, _level: counted.append(subject) or PARTS)
    kept = feeds._kept.setdefault(channel, feeds._Kept())
    found: list[Shown] = []

    def ask() -> None:
        from django.db import connection

        found.append(shown(channel))
        connection.close()

    with kept.lock:
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for one in threads:
            one.start()
    for one in threads:
        one.join()

    assert (counted, len(set(map(id, found)))) == ([1], 1)


def test_the_address_names_language_and_rights_but_not_in_words(channel: Channel):
    other = Channel("test.page", "a:1", 1, "/live/a/", "fr", frozenset({"chair"}))

    assert channel.url.startswith("/live/a/?in=fr&as=")
    assert channel.url != other.url
    assert "member" not in channel.url
