"""Captions of a meeting: live feeds by token, transcripts, who reads them, who spoke, and how long they stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from convenor.cycle.retention import RULES
from convenor.meetings.captions.actions import add_lines, close_feed, open_feed, read_transcript
from convenor.meetings.captions.models import CaptionFeed, CaptionLine
from convenor.meetings.captions.showing import last_captions
from convenor.meetings.floor import turns
from convenor.meetings.floor_actions import close_day
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import floor_topic
from convenor.meetings.models import Audience, Meeting
from convenor.people.models import Person
from convenor.people.privacy_words import strike_out
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.live.news import number_of
from tests.meetings.floorpages.conftest import AT, Steer

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]


def at(meeting: Meeting, name: str, *words: object) -> str:
    """Give the address of a page of captions."""
    return reverse(f"meetings:captions:{name}", args=(*meeting.cycle.address, meeting.slug, *words))


@pytest.fixture
def live(spoken: Meeting, secretary: Person) -> tuple[CaptionFeed, str]:
    """Give a live feed in English, and its token."""
    return open_feed(spoken, language="en", label="Team", by=secretary, at=AT)


def send(
    meeting: Meeting, token: str, text: str | bytes, query: str = "", **headers: str
) -> tuple[int, dict[str, object]]:
    """Send to the address of feeds as curl does; give status and answer."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        at(meeting, "feed") + query,
        text,
        content_type="text/plain",
        headers={"Authorization": f"Bearer {token}", **headers},
    )
    return answer.status_code, answer.json()


def texts() -> list[str]:
    """Give what is stored, in order."""
    return list(CaptionLine.objects.values_list("text", flat=True))


def test_whoever_has_the_token_adds_lines_until_it_is_revoked(
    spoken: Meeting, live: tuple[CaptionFeed, str], secretary: Person
):
    feed, token = live
    assert send(spoken, token, "Good morning.\nWelcome.\n") == (200, {"added": 2})
    assert send(spoken, token + "x", "No")[0] == 401
    assert send(spoken, "", "No")[0] == 401
    close_feed(feed, by=secretary, at=AT)
    assert send(spoken, token, "No")[0] == 401
    with pytest.raises(Refused, match="opens no feed"):  # it was found before it was closed
        add_lines(feed, "No", at=AT)

    assert texts() == ["Good morning.", "Welcome."]
    assert "Good morning. Welcome." in Client().get(at(spoken, "page") + "?day=1").text
    assert Client().get(at(spoken, "page") + f"?day={'9' * 5000}").status_code == 200


def test_the_token_of_one_meeting_opens_no_other_and_is_stored_nowhere(spoken: Meeting, live: tuple[CaptionFeed, str]):
    feed, token = live
    other = Meeting.objects.create(cycle=spoken.cycle, slug="other", title="Other", zone="UTC", created_at=AT)

    assert send(other, token, "No")[0] == 401
    assert token not in str(CaptionFeed.objects.values().get(pk=feed.pk))


def test_a_message_that_comes_again_is_taken_once(spoken: Meeting, live: tuple[CaptionFeed, str]):
    _feed, token = live
    sent = [send(spoken, token, "Once.", **{"Idempotency-Key": "m-1"}) for _try in range(2)]

    assert [added["added"] for _status, added in sent] == [1, 0]
    assert texts() == ["Once."]


def test_cues_count_from_the_moment_that_is_given(spoken: Meeting, live: tuple[CaptionFeed, str]):
    _feed, token = live
    vtt = "WEBVTT\n\n00:00:05.000 --> 00:00:06.000\nFive seconds in\n"

    assert send(spoken, token, vtt, "?begins=2026-06-12T10:00:00%2B02:00") == (200, {"added": 1})
    assert CaptionLine.objects.get().at == datetime(2026, 6, 12, 8, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query", "key", "status"),
    [
        ("", "", "", 409), ("x\n" * 501, "", "", 409), (b"\xff\xfe", "", "", 400), ("x", "?begins=yesterday", "", 400),
        ("x", "?begins=2026-06-12T10:00:00", "", 400), ("x", "?begins=2026-99-12T10:00:00Z", "", 400),
        ("x", "?begins=9999-12-31T23:59:59Z", "", 400),
        ("x", "", "a" * 41, 400), ("x" * 300_000, "", "", 413),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_answered_with_a_sentence(
    spoken: Meeting, live: tuple[CaptionFeed, str], text: str | bytes, query: str, key: str, status: int
):
    _feed, token = live
    said, answer = send(spoken, token, text, query, **{"Idempotency-Key": key})

    assert said == status
    assert str(answer["error"]).startswith("Nothing was stored")
    assert texts() == []


def test_before_a_day_is_open_nothing_is_stored(spoken: Meeting, live: tuple[CaptionFeed, str], chair: Person):
    feed, token = live
    close_day(spoken, by=chair, at=timezone.now(), expected=state_of(spoken).mark)

    assert send(spoken, token, "Is this on?")[0] == 409
    with pytest.raises(Refused, match="no day of the meeting is open"):
        add_lines(feed, "Is this on?", at=AT)
    assert texts() == []


def test_speakers_come_from_the_log_by_time(spoken: Meeting, secretary: Person, go: Steer):
    later = AT + timedelta(minutes=4)
    go(turns.end_turn, at=later)
    go(turns.call_next, at=later)
    day = spoken.days.all()[0]
    text = "08:00 Before.\n10:12:30 By Jan.\n10:15 By Jan still.\n10:16:10 By Amina.\n"
    began = datetime(2026, 6, 12, 8, 0, tzinfo=UTC).astimezone()
    from zoneinfo import ZoneInfo

    began = began.astimezone(ZoneInfo("Europe/Zurich"))
    read_transcript(spoken, text, day=day, begins_at=began, language="en", label="", by=secretary, at=AT)
    found = last_captions(spoken, "en", shows_members=False)

    assert [(one.speaker, list(one.lines)) for one in found.passages] == [
        ("", ["Before."]), ("Jan Voorbeeld", ["By Jan.", "By Jan still."]), ("Amina Mfano", ["By Amina."])
    ]  # fmt: skip


def test_a_transcript_is_withdrawn_and_another_read_in(client_as: As, spoken: Meeting):
    secretariat, day = client_as(Role.SECRETARIAT), spoken.days.all()[0]
    form = {
        "do": "read",
        "day": day.pk,
        "begins": "10:00:00",
        "language": "en",
        "label": "Team",
        "text": "10:12 First.",
    }
    assert secretariat.post(at(spoken, "desk"), form).status_code == 302
    feed = CaptionFeed.objects.get()
    assert "First." in Client().get(at(spoken, "page")).text
    secretariat.post(at(spoken, "close", feed.pk))

    assert "First." not in Client().get(at(spoken, "page")).text
    assert texts() == ["First."]
    assert secretariat.post(at(spoken, "desk"), {**form, "text": "10:12 Second."}).status_code == 302
    assert "Second." in Client().get(at(spoken, "page")).text


def test_a_refused_transcript_keeps_what_was_typed(client_as: As, spoken: Meeting):
    day = spoken.days.all()[0]
    form = {
        "do": "read",
        "day": day.pk,
        "begins": "99:00",
        "language": "en",
        "label": "Team",
        "text": "10:12 Kept words.",
    }
    answer = client_as(Role.SECRETARIAT).post(at(spoken, "desk"), form)

    assert answer.status_code == 422
    assert "10:12 Kept words." in answer.text


def test_the_desk_shows_a_token_once(client_as: As, spoken: Meeting):
    secretariat = client_as(Role.SECRETARIAT)
    page = secretariat.post(at(spoken, "desk"), {"do": "feed", "language": "fr", "label": "Équipe"}).text
    assert "curl -H" in page
    assert "shown this once" not in secretariat.get(at(spoken, "desk")).text
    assert client_as(Role.MEMBER).get(at(spoken, "desk")).status_code == 403


def test_what_was_said_on_a_day_for_members_stays_with_them(
    client_as: As, spoken: Meeting, live: tuple[CaptionFeed, str]
):
    send(spoken, live[1], "Among ourselves.")
    spoken.days.update(audience=Audience.MEMBERS)

    for role, reads in ((Role.PUBLIC, False), (Role.OBSERVER, False), (Role.MEMBER, True)):
        client = client_as(role)
        for page in (at(spoken, "page"), at(spoken, "page") + "?day=1", spoken.get_absolute_url() + "floor/"):
            assert ("Among ourselves." in client.get(page).text) == reads, (role, page)


def test_the_page_of_the_floor_follows_captions_of_its_language(
    spoken: Meeting, live: tuple[CaptionFeed, str], secretary: Person
):
    _feed, other = open_feed(spoken, language="fr", label="", by=secretary, at=AT)
    send(spoken, live[1], "<b>English</b> line & more")
    send(spoken, other, "Une ligne")
    floor = spoken.get_absolute_url() + "floor/"
    english, french = Client().get(floor).text, Client().get(floor + "?captions=fr").text

    assert "English line &amp; more" in english
    assert "Une ligne" not in english
    assert '<p dir="auto" lang="fr"><b><bdi>Jan Voorbeeld</bdi>:</b> Une ligne</p>' in french
    from html import unescape
    from re import search

    found = search(r'data-follows="([^"]*captions/fr/live[^"]*)"', french)
    assert found is not None
    parts = Client().get(unescape(found[1])).json()["parts"]
    assert list(parts) == ["floor-captions"]
    assert f">{parts['floor-captions']}</div>" in french


def test_a_page_that_was_open_before_the_first_feed_leads_to_its_captions(spoken: Meeting, secretary: Person):
    topic, link = floor_topic(spoken.pk), 'href="?captions=#h-captions"'
    floor, before = spoken.get_absolute_url() + "floor/", number_of(topic)
    assert link not in Client().get(floor).text

    open_feed(spoken, language="fr", label="", by=secretary, at=AT)

    assert number_of(topic) == before + 1
    assert link in Client().get(floor).text


def test_a_day_of_captions_costs_as_much_with_many_lines(spoken: Meeting, live: tuple[CaptionFeed, str]):
    def queries() -> int:
        Client().get(at(spoken, "page") + "?day=1")
        with CaptureQueriesContext(connection) as found:
            Client().get(at(spoken, "page") + "?day=1")
        return len(found)

    send(spoken, live[1], "One.")
    before = queries()
    for _time in range(2):
        send(spoken, live[1], "Line.\n" * 400)
    assert queries() == before
    page = Client().get(at(spoken, "page") + "?day=1").text
    assert page.count("Line.") == 300
    assert "&amp;before=" in page


def test_lines_are_added_and_never_changed(spoken: Meeting, live: tuple[CaptionFeed, str]):
    send(spoken, live[1], "Said.")
    line = CaptionLine.objects.get()
    with pytest.raises(ValueError, match="never changed"):
        line.save()
    with pytest.raises(ValueError, match="never changed"):
        CaptionLine.objects.update(text="Never said.")


def test_an_erased_name_is_struck_and_lines_go_after_two_years(
    spoken: Meeting, live: tuple[CaptionFeed, str], somebody: Callable[..., Person]
):
    send(spoken, live[1], "As Amina Mfano has said, the rooms are small.")
    strike_out(somebody("Amina Mfano"), [spoken.cycle.forum.slug])
    assert "Amina" not in texts()[0]
    rule = RULES["captions"]

    assert rule.months == 24
    assert rule.since(spoken.cycle.forum) == {live[0].pk: date(2017, 6, 14)}
    rule.act([live[0].pk], AT)
    assert texts() == []
