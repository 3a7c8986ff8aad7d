"""The pages of the reader: hand in, look, make a meeting; nothing entered is lost, nobody sees another's draft."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from convenor.cycle.models import Cycle
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role

pytestmark = pytest.mark.django_db
READ = "/read/"
As = Callable[[Role], Client]


def _file(data: bytes, name: str = "agenda.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/plain")


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client, draft: AgendaDraft):
    assert client.get(READ).url.endswith("next=/read/")
    assert client.get(f"/read/{draft.pk}/").url.endswith(f"next=/read/{draft.pk}/")


def test_pasted_text_becomes_a_draft_of_its_owner(client_as: As, person_as: Callable[[Role], Person], seed: str):
    answer = client_as(Role.SIGNED_IN).post(READ, {"text": seed})

    draft = AgendaDraft.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/read/{draft.pk}/")
    assert draft.owner == person_as(Role.SIGNED_IN)
    assert draft.text == seed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_file_becomes_a_draft_whatever_its_encoding(client_as: As, seed: str, encoding: str):
    client_as(Role.SIGNED_IN).post(READ, {"text": "", "file": _file(seed.encode(encoding))})

    draft = AgendaDraft.objects.get()
    assert (draft.text, draft.file_name) == (seed, "agenda.txt")


def test_a_binary_file_is_refused_and_the_pasted_text_stays(client_as: As):
    answer = client_as(Role.SIGNED_IN).post(READ, {"text": "10:00 Opening", "file": _file(b"abc" + bytes(100))})

    assert answer.status_code == 422
    assert "Line 1 holds signs that are no text." in answer.text
    assert "10:00 Opening</textarea>" in answer.text
    assert AgendaDraft.objects.count() == 0


def test_nothing_and_both_are_refused(client_as: As):
    client = client_as(Role.SIGNED_IN)

    assert "Nothing was handed in." in client.post(READ, {"text": " \n"}).text
    assert "A text and a file were handed in." in client.post(READ, {"text": "10:00 A", "file": _file(b"10:00 B")}).text
    assert AgendaDraft.objects.count() == 0


def test_a_line_of_100_kilobytes_is_refused_and_kept(client_as: As):
    text = "10:00 Opening\n" + "x" * 100_000
    answer = client_as(Role.SIGNED_IN).post(READ, {"text": text})

    assert answer.status_code == 422
    assert "Line 2 has 100000 characters, and " in answer.text
    assert f"{text}</textarea>" in answer.text


def test_a_text_that_is_too_long_is_refused(client_as: As):
    answer = client_as(Role.SIGNED_IN).post(READ, {"text": "10:00 Opening\n" * 80_000})

    assert "The text has 1120000 characters, and 400000 are allowed." in answer.text


def test_another_persons_draft_is_not_there(client_as: As, draft: AgendaDraft):
    client = client_as(Role.MEMBER)

    assert client.get(f"/read/{draft.pk}/").status_code == 404
    assert client.post(f"/read/{draft.pk}/", {}).status_code == 404
    assert draft.text[:30] not in client.get(f"{READ}?again={draft.pk}").text


def test_a_draft_can_be_taken_up_again(client_as: As, draft: AgendaDraft):
    page = client_as(Role.SECRETARIAT).get(f"{READ}?again={draft.pk}").text

    assert "Welcome from MAG Chair" in page
    assert f'href="/read/{draft.pk}/"' in page
    assert client_as(Role.SECRETARIAT).get(f"{READ}?again=x").status_code == 200


def test_the_draft_page_shows_both_columns_and_the_open_points(client_as: As, draft: AgendaDraft):
    page = client_as(Role.SECRETARIAT).get(f"/read/{draft.pk}/").text

    assert "Recognised: 3 days, 30 items, 3 breaks. 6 places need your eye." in " ".join(page.split())
    assert page.count('class="ask') == 6
    assert '<a href="#s1">' in page
    assert 'id="s1"' in page
    assert '<a href="#at-1.1.1">' in page
    assert 'id="at-1.1.1"' in page
    assert "continues item 2 (Day 2)" in page
    assert "continues item 3 (Day 2)" in page
    assert '<mark class="q">Opening Statements</mark>' in page


def test_a_text_without_items_says_what_to_do_and_offers_no_meeting(client_as: As):
    answer = client_as(Role.SIGNED_IN).post(READ, {"text": "Dear all,\nsee you soon."}, follow=True)

    assert "No agenda item was found in this text." in answer.text
    assert "Make the meeting" not in answer.text


def test_the_secretariat_makes_a_meeting_in_its_year(client_as: As, draft: AgendaDraft, cycle: Cycle):
    client = client_as(Role.SECRETARIAT)
    given = {"into": str(cycle.pk), "title": "June", "zone": ""}
    first, second = (client.post(f"/read/{draft.pk}/", given) for _click in range(2))

    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.zone, meeting.slug) == ("June", "Europe/Zurich", "june")
    assert first.url == second.url == meeting.get_absolute_url()
    page = client.get(f"/read/{draft.pk}/").text
    assert "To the meeting made of it" in page
    assert "Make the meeting" not in page


def test_the_form_proposes_the_title_without_the_words_for_the_document(client_as: As, draft: AgendaDraft):
    page = client_as(Role.SECRETARIAT).get(f"/read/{draft.pk}/").text

    assert 'value="2nd Open Consultations and MAG Meeting"' in page
    assert 'value="2017-06-12"' in page


def test_only_the_secretariats_years_can_be_chosen(client_as: As, cycle: Cycle, seed: str):
    client = client_as(Role.MEMBER)
    client.post(READ, {"text": seed})
    draft = AgendaDraft.objects.get()
    answer = client.post(f"/read/{draft.pk}/", {"into": str(cycle.pk), "title": "June", "zone": ""})

    assert answer.status_code == 422
    assert Meeting.objects.count() == 0


def test_a_new_forum_is_started_with_the_meeting(client_as: As, person_as: Callable[[Role], Person], seed: str):
    client = client_as(Role.SIGNED_IN)
    client.post(READ, {"text": seed})
    given = {
        "into": "new", "title": "June", "zone": "Africa/Nairobi", "forum": "Forum Mfano", "starts_on": "2017-12-18",
    }  # fmt: skip
    answer = client.post(f"/read/{AgendaDraft.objects.get().pk}/", given, follow=True)

    meeting = Meeting.objects.get()
    assert meeting.cycle.forum.name == "Forum Mfano"
    assert answer.redirect_chain[-1][0] == meeting.get_absolute_url()
    assert "The agenda stands as a draft." in answer.text


def test_a_new_forum_needs_a_name_a_day_and_a_zone(client_as: As, draft: AgendaDraft):
    answer = client_as(Role.SECRETARIAT).post(f"/read/{draft.pk}/", {"into": "new", "title": "My title"})

    assert answer.status_code == 422
    for sentence in (
        "Give the new forum a name.",
        "Give the first day of the annual meeting",
        "Say in which time zone",
    ):
        assert sentence in answer.text
    assert 'value="My title"' in answer.text
    assert Meeting.objects.count() == 0


def test_an_unknown_zone_is_named_in_the_error(client_as: As, draft: AgendaDraft, cycle: Cycle):
    given = {"into": str(cycle.pk), "title": "June", "zone": "Mars/Olympus"}

    assert "“Mars/Olympus” is no time zone." in client_as(Role.SECRETARIAT).post(f"/read/{draft.pk}/", given).text


def test_words_of_a_hostile_agenda_stay_words(client_as: As, cycle: Cycle):
    text = (
        "<script>alert(1)</script> Agenda\nDay 1: 12 June 2017 - <b>Bold</b>\n"
        "10:00 - 11:00\t1. Opening <script>alert(2)</script> & <img src=x onerror=alert(3)>\n"
        "11:00 - 12:00\t3. \u202eevil\n"
    )
    client = client_as(Role.SECRETARIAT)
    client.post(READ, {"text": text})
    draft = AgendaDraft.objects.get()
    page = client.get(f"/read/{draft.pk}/").text
    answer = client.post(
        f"/read/{draft.pk}/", {"into": str(cycle.pk), "title": "<script>x</script>", "zone": ""}, follow=True
    )

    assert answer.status_code == 200
    for shown in (page, answer.text, client.get(reverse("meetings:list", args=cycle.address)).text):
        assert "<script" not in re.sub(
            r'<script type="module" src="/static/convenor/(inplace|live).js"></script>', "", shown
        )
        assert "<img" not in shown
        assert "\u202e" not in shown
