"""The pages that correct a draft do the whole job without a script; nothing typed is lost, no stranger corrects."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in
from convenor.meetings.corrections import actions
from convenor.meetings.corrections.forms import PartForm, TimeField
from convenor.meetings.models import AgendaDraft, Item, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.corrections.making import TEXT, titles

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]


@pytest.fixture
def short(person_as: Callable[[Role], Person]) -> AgendaDraft:
    """Give the short document as the secretariat handed it in."""
    return hand_in(TEXT, by=person_as(Role.SECRETARIAT), at=timezone.now())


@pytest.fixture
def client(client_as: As) -> Client:
    """Give the secretariat's browser."""
    return client_as(Role.SECRETARIAT)


def lines(draft: AgendaDraft) -> list[str]:
    """Give the corrected items of a draft."""
    return titles(actions.state_of(AgendaDraft.objects.get(pk=draft.pk)).reading.agenda)


def fields(page: str) -> dict[str, str]:
    """Give what a browser would hand in of the form of a part."""
    form = page[page.index('id="part"') :]
    found = dict(re.findall(r'<input type="hidden" name="((?:initial-)?part-\w+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<input type="(?:text|number|date)" name="(part-\w+)"(?: value="([^"]*)")?', form))
    found |= dict(re.findall(r'<textarea name="(part-\w+)"[^>]*>\s*([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select name="(part-\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def at(draft: AgendaDraft, path: str) -> str:
    """Give an address of a draft."""
    return f"/read/{draft.pk}/{path}"


def test_a_part_is_corrected_in_its_form(client: Client, short: AgendaDraft) -> None:
    given = fields(client.get(at(short, "part/1.1.1/")).text)
    assert given["part-title"] == "Welcome"

    answer = client.post(
        at(short, "part/1.1.1/"), {**given, "part-label": "1", "part-title": " Opening  of the day ", "do": "save"}
    )

    assert (answer.status_code, answer.url) == (302, at(short, "?at=at-1.1.1#at-1.1.1"))
    assert lines(short)[0] == "1 Opening of the day"
    page = client.get(at(short, "")).text
    assert "“1. Opening of the day”: number “1” was set. And 1 more change." in page
    assert "1 correction" in page


@pytest.mark.parametrize(
    ("key", "change", "expected"),
    [
        ("1", {"part-date": "2017-06-11", "part-place": "Room K"}, "Sunday 11 June 2017 · <bdi>Room K</bdi>"),
        ("1", {"part-audience": "members"}, "· members only"),
        ("1.3", {"part-start": "1 pm", "part-end": "14.30", "part-kind": "social"}, "<bdi>13:00–14:30</bdi>"),
        ("all", {"part-title": "Meeting of the members"}, "Meeting of the members</a>"),
    ],
)
def test_every_kind_of_part_has_its_form(
    client: Client, short: AgendaDraft, key: str, change: dict[str, str], expected: str
) -> None:
    given = {**fields(client.get(at(short, f"part/{key}/")).text), **change}

    assert client.post(at(short, f"part/{key}/"), given).status_code == 302
    assert expected in client.get(at(short, "")).text


def test_a_box_that_is_not_ticked_takes_the_mark_away(client: Client, short: AgendaDraft) -> None:
    assert "marked “continued”" in client.get(at(short, "")).text

    client.post(at(short, "part/2.2/"), fields(client.get(at(short, "part/2.2/")).text))

    assert "marked “continued”" not in client.get(at(short, "")).text


@pytest.mark.parametrize(
    ("key", "do", "expected"),
    [
        ("1.1.2", "up", ["2 Adoption of the agenda", "Welcome"]),
        ("1.1.1", "down", ["2 Adoption of the agenda", "Welcome"]),
        ("1.1.2", "in", ["Welcome", "2 Adoption of the agenda"]),
        ("1.1.1", "remove", ["2 Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("1.1.1", "join-next", ["2 Welcome Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("1.1.2", "join-previous", ["2 Welcome Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("1.1.2", "new-block", ["Welcome", "2 Adoption of the agenda"]),
    ],
)
def test_every_step_is_a_button(client: Client, short: AgendaDraft, key: str, do: str, expected: list[str]) -> None:
    page = client.get(at(short, f"part/{key}/")).text
    assert f'value="{do}"' in page

    client.post(at(short, f"part/{key}/"), {"seen": "0", "do": do})

    assert lines(short)[:2] == expected
    assert AgendaDraft.objects.get(pk=short.pk).corrections["version"] == 1


def test_what_was_typed_is_saved_with_the_step(client: Client, short: AgendaDraft) -> None:
    given = fields(client.get(at(short, "part/1.1.2/")).text)

    client.post(at(short, "part/1.1.2/"), {**given, "part-minutes": "5", "do": "up"})

    first = actions.state_of(AgendaDraft.objects.get(pk=short.pk)).reading.agenda.days[0].blocks[0].items[0]
    assert (first.title, first.minutes) == ("Adoption of the agenda", 5)


def test_an_item_is_split_where_a_line_break_stands(client: Client, short: AgendaDraft) -> None:
    given = fields(client.get(at(short, "part/2.1.1/")).text)

    answer = client.post(
        at(short, "part/2.1.1/"), {**given, "part-title": "Selection of the\r\nworkshops", "do": "split"}
    )

    assert answer.url.endswith("#at-n1-1.1")
    assert lines(short)[6:8] == ["1 Selection of the", "workshops"]
    whole = fields(client.get(at(short, "part/2.2.1/")).text)
    refused = client.post(at(short, "part/2.2.1/"), {**whole, "do": "split"})
    assert refused.status_code == 409
    assert "on one side nothing would be left" in refused.text


@pytest.mark.parametrize(
    ("address", "given", "expected"),
    [
        ("part/1.1.1/add/item/", {"part-title": "Statements", "part-label": "2"}, "2 Statements"),
        ("part/1.1.1/add/child/", {"part-title": "Statements"}, "Statements"),
        ("part/1.1/add/item/", {"part-title": "Statements"}, "Statements"),
    ],
)
def test_an_item_is_added(
    client: Client, short: AgendaDraft, address: str, given: dict[str, str], expected: str
) -> None:
    assert 'name="part-title"' in client.get(at(short, address)).text

    answer = client.post(at(short, address), {"part-seen": "0", **given})

    assert answer.status_code == 302
    assert expected in lines(short)[:3]
    assert client.post(at(short, address), {"part-seen": "0", "part-title": " "}).status_code == 422


def test_days_and_times_are_added_and_only_where_they_fit(client: Client, short: AgendaDraft) -> None:
    client.post(at(short, "part/all/add/day/"), {"part-seen": "0", "part-date": "2017-06-14"})
    client.post(at(short, "part/n1.1/add/block/"), {"part-seen": "1", "part-start": "9:00", "part-kind": "items"})

    day = actions.state_of(AgendaDraft.objects.get(pk=short.pk)).reading.agenda.days[2]
    assert (day.date, day.blocks[0].start) == ("2017-06-14", "09:00")
    assert client.get(at(short, "part/1/add/item/")).status_code == 404
    assert client.get(at(short, "part/1.1.1/add/x/")).status_code == 404


def test_a_wrong_field_says_what_to_do_and_keeps_the_rest(client: Client, short: AgendaDraft) -> None:
    given = fields(client.get(at(short, "part/1.3/")).text)

    answer = client.post(at(short, "part/1.3/"), {**given, "part-end": "25:00", "part-room": "Foyer"})

    assert answer.status_code == 422
    assert "“25:00” is no time. Type one such as 09:30 or 14:00." in answer.text
    assert 'name="part-room" value="Foyer"' in answer.text


def test_two_windows_are_told_and_nothing_typed_is_lost(client: Client, short: AgendaDraft) -> None:
    given = fields(client.get(at(short, "part/1.1.1/")).text)
    client.post(at(short, "part/1.1.1/"), {**given, "part-title": "Opening"})

    answer = client.post(at(short, "part/1.1.1/"), {**given, "part-title": "Good morning"})

    assert answer.status_code == 409
    assert "the title has changed since you saw it, from “Welcome” to “Opening”" in answer.text
    again = fields(answer.text)
    assert again["part-title"] == "Good morning"
    assert client.post(at(short, "part/1.1.1/"), again).status_code == 302
    assert lines(short)[0] == "Good morning"

    client.post(at(short, "part/1.1.1/"), {"seen": "9", "do": "remove"})
    gone = client.post(at(short, "part/1.1.1/"), {"seen": "0", "do": "up"}, follow=True)
    assert "the place is no longer in the agenda" in gone.text


def test_questions_are_answered_one_by_one_and_asked_again(client: Client, short: AgendaDraft) -> None:
    page = client.get(at(short, "")).text
    assert ">It is number 1</bdi></button>" in page
    assert "<b>0 of 3</b> answered" in page

    for code, key, given in (("lost_label", "1.1.1", "number"), ("dangling_word", "1.2.1", "as_printed")):
        client.post(at(short, "answer/"), {"seen": "9", "code": code, "key": key, "answer": given})
    page = client.get(at(short, "")).text
    assert "<b>2 of 3</b> answered" in page
    assert "“Welcome” has no number; the next one is 2, so 1 seems to be lost." in page
    assert ">It is number 1</bdi></span>" in page
    assert page.count('class="ask') == 1

    client.post(at(short, "corrections/1/back/"))
    assert lines(short)[0] == "Welcome"
    assert client.get(at(short, "")).text.count('class="ask') == 2


def test_undo_redo_and_numbers(client: Client, short: AgendaDraft) -> None:
    client.post(at(short, "numbers/"), {"seen": "0", "style": "1", "restart": "through"})
    assert lines(short)[:2] == ["1 Welcome", "2 Adoption of the agenda"]
    assert lines(short)[-1] == "8 Any other business"

    client.post(at(short, "undo/"))
    assert lines(short)[0] == "Welcome"
    assert "Undone:" in client.get(at(short, "")).text
    client.post(at(short, "redo/"))
    assert lines(short)[0] == "1 Welcome"
    assert client.post(at(short, "numbers/"), {"style": "x"}).status_code == 404


def test_a_link_is_undone_and_made_again(client: Client, draft: AgendaDraft) -> None:
    page = client.get(at(draft, "")).text
    keys = re.findall(r'action="/read/\d+/part/([^/]+)/unlink/"', page)
    assert len(keys) == 2

    client.post(at(draft, f"part/{keys[0]}/unlink/"), {"seen": "0"})
    page = client.get(at(draft, "")).text
    assert len(re.findall(r"/unlink/", page)) == 1
    assert ">Link again<" in page
    client.post(at(draft, "corrections/1/back/"))
    assert len(re.findall(r"/unlink/", client.get(at(draft, "")).text)) == 2


def test_a_new_version_says_what_is_new_and_what_no_longer_fits(client: Client, short: AgendaDraft) -> None:
    client.post(
        at(short, "part/1.4.1/"), {**fields(client.get(at(short, "part/1.4.1/")).text), "part-title": "Open floor"}
    )
    assert TEXT[:40] in client.get(at(short, "version/")).text

    answer = client.post(at(short, "version/"), {"text": TEXT.replace("Open discussion", "Debate")}, follow=True)

    page = " ".join(answer.text.split())
    assert "The new version was read. 1 no longer fits: see below." in page
    assert "“Debate” is the title instead of “Open discussion”." in page
    assert "“Open floor” is the title instead of “Open discussion”." in page
    assert "the title has changed since you saw it, from “Open discussion” to “Debate”" in page

    client.post(at(short, "corrections/1/insist/"))
    assert "5 Open floor" in lines(short)
    assert "Corrections that no longer fit" not in client.get(at(short, "")).text


def test_a_file_replaces_the_text_that_stood_in_the_form(client: Client, short: AgendaDraft) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("v2.txt", TEXT.replace("Lunch", "Break").encode(), content_type="text/plain")
    answer = client.post(at(short, "version/"), {"text": TEXT, "file": file})

    assert answer.status_code == 302
    assert "Break" in lines(short)
    assert client.post(at(short, "version/"), {"text": ""}).status_code == 422


def test_a_meeting_takes_a_new_version_once_its_keeper_says_so(
    client: Client, june: Meeting, cycle: Cycle, seed: str
) -> None:
    address = f"{june.get_absolute_url()}new-version/"
    assert f'href="{address}"' in client.get(june.get_absolute_url()).text
    lunch = Item.objects.filter(title="Lunch").first()
    assert lunch is not None
    Item.objects.filter(pk=lunch.pk).update(title="Lunch, by the host")

    answer = client.post(
        address, {"text": seed.replace("Lunch", "Break").replace("Adoption of", "Adopting")}, follow=True
    )
    page = " ".join(answer.text.split())
    assert "What changes in “Draft Agenda 2nd Open Consultations and MAG Meeting”" in page
    assert "“Adopting the agenda” is the title instead of “Adoption of the agenda”." in page
    assert "“Break” was changed in the agenda, and differently in the document." in page
    draft = AgendaDraft.objects.get(revises=june)

    june.refresh_from_db()
    stale = client.post(at(draft, ""), {"seen": "0"}, follow=True)
    assert "somebody changed its agenda since you looked" in stale.text
    done = client.post(at(draft, ""), {"seen": str(june.sequence), "take": "0"}, follow=True)
    assert "The new version is in the agenda." in done.text
    assert "Adopting the agenda" in done.text
    lunch.refresh_from_db()
    assert lunch.title == "Break"
    assert "To the meeting made of it" in client.get(at(draft, "")).text


def test_somebody_who_keeps_the_meeting_no_more_cannot_put_a_version_in(
    client_as: As, person_as: Callable[[Role], Person], june: Meeting, seed: str
) -> None:
    draft = hand_in(seed.replace("Lunch", "Break"), by=person_as(Role.MEMBER), at=timezone.now())
    AgendaDraft.objects.filter(pk=draft.pk).update(revises=june)

    page = client_as(Role.MEMBER).get(at(draft, "")).text
    assert "Only those who may correct the agenda of this meeting can put it in." in page
    client_as(Role.MEMBER).post(at(draft, ""), {"seen": str(june.sequence)})
    assert Item.objects.filter(title="Break").count() == 0


@pytest.mark.parametrize(
    "path",
    ["part/1.1.1/", "part/1.1.1/add/item/", "part/1.1.1/unlink/", "answer/", "undo/", "redo/", "numbers/", "version/",
     "corrections/1/back/", "corrections/1/drop/", "corrections/1/insist/"],
)  # fmt: skip
def test_another_persons_draft_is_not_there(client_as: As, short: AgendaDraft, path: str) -> None:
    assert client_as(Role.MEMBER).post(at(short, path), {"do": "remove", "seen": "0", "text": TEXT}).status_code == 404
    assert AgendaDraft.objects.get(pk=short.pk).corrections == {}


def test_a_draft_that_is_a_meeting_is_corrected_no_more(client: Client, draft: AgendaDraft, june: Meeting) -> None:
    page = client.get(at(draft, "")).text

    assert "data-part" not in page
    assert "inplace.js" not in page
    answer = client.post(at(draft, "part/1.1.1/"), {"seen": "0", "do": "remove"}, follow=True)
    assert "a meeting was made of this draft" in answer.text


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9:30", "09:30"), ("09.30", "09:30"), ("9h30", "09:30"), ("930", "09:30"), ("0930", "09:30"), ("9", "09:00"),
     ("9 pm", "21:00"), ("12 a.m.", "00:00"), ("12 pm", "12:00"), ("24:00", "24:00"), ("14h", "14:00"), ("", None)],
)  # fmt: skip
def test_times_are_read_as_people_type_them(typed: str, time: str | None) -> None:
    assert TimeField(required=False).clean(typed) == time


def test_the_part_forms_do_not_collide_with_the_form_of_the_meeting() -> None:
    from convenor.meetings.agenda import Item as Plain

    form = PartForm(part=Plain("1", "x", key="1"), seen=0)
    assert {form[name].html_name for name in form.fields} == {
        "part-seen", "part-label", "part-title", "part-minutes", "part-presenters", "part-documents",
    }  # fmt: skip
