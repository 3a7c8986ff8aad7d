"""Pages of action items: the list and its filters, reporting, next steps; and the lists of outcomes."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.minuting import settle as settle_at_floor
from convenor.meetings.floor_actions import enter as enter_at_floor
from convenor.meetings.followup.actions import Wanted, change, enter, settle
from convenor.meetings.followup.models import ActionItem, State
from convenor.meetings.minutes.noting import WORDS
from convenor.meetings.models import Item, Meeting
from convenor.meetings.record.editing import edit, remove
from convenor.meetings.record.keeping import freeze, locked
from convenor.meetings.record.models import Stage
from convenor.meetings.record.outcomes import Search, proposals_of
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.followup.conftest import minuted
from tests.meetings.record.conftest import OPENED, decided

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Page = Callable[..., str]


@pytest.fixture
def address(held: Meeting) -> Page:
    """Give the address of a page of the year."""
    return lambda page, *rest: reverse(f"meetings:{page}", args=(*held.cycle.address, *rest))


def as_person(person: Person) -> Client:
    """Give the browser of somebody."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def test_the_list_is_found_by_words_meeting_state_and_owner(action: ActionItem, chair: Person, address: Page):
    other = enter(action.meeting, Wanted("Book the rooms.", owner_words="Host"), by=chair, at=OPENED)
    settle(other, State.DONE, "", by=chair, at=OPENED)
    client = as_person(action.owner or chair)

    def listed(query: str) -> list[bool]:
        page = client.get(address("actions:list") + query).text
        return [one.what in page for one in (action, other)]

    found = {
        query: listed(query)
        for query in ("", "?state=all", "?state=done", "?q=rooms&state=all", "?whose=mine&state=all", "?meeting=may",
                      "?state=overdue")
    }  # fmt: skip
    assert found == {
        "": [True, False],
        "?state=all": [True, True],
        "?state=done": [False, True],
        "?q=rooms&state=all": [False, True],
        "?whose=mine&state=all": [True, False],
        "?meeting=may": [False, False],
        "?state=overdue": [False, False],
    }


def test_an_owner_finds_it_at_the_years_home_and_reports_it_done(action: ActionItem, owner: Person, address: Page):
    client = as_person(owner)
    home = client.get(action.meeting.cycle.get_absolute_url()).text
    page = client.get(action.get_absolute_url()).text
    refused = client.post(address("actions:settle", action.pk), {"state": "dropped", "sentence": ""})
    client.post(address("actions:settle", action.pk), {"state": "done", "sentence": "It is public."})

    action.refresh_from_db()
    assert (action.what in home, "Report it" in page) == (True, True)
    assert (refused.status_code, action.state, action.sentence) == (422, State.DONE, "It is public.")


def test_nobody_reports_on_what_is_somebody_elses(action: ActionItem, address: Page, client_as: Callable[..., Client]):
    client = client_as(Role.MEMBER)

    answer = client.post(address("actions:settle", action.pk), {"state": "done"})

    action.refresh_from_db()
    assert (answer.status_code, action.state) == (403, State.OPEN)
    assert "Report it" not in client.get(action.get_absolute_url()).text


def test_next_steps_become_dated_tasks_with_owners(
    held: Meeting, chair: Person, address: Page, client_as: Callable[..., Client]
):
    item = Item.objects.get(block__day__meeting=held, title__startswith="Next steps in annual")
    client, page = client_as(Role.CHAIR), address("next-steps", "june")
    shown = client.get(f"{page}?item={item.pk}&what={item.title}").text
    lost = client.post(page, {"what": "Draft the call.", "item": str(item.pk)})
    client.post(page, {"what": "Draft the call.", "person": f"p{chair.pk}", "due": "2100-06-30", "item": str(item.pk)})

    row = ActionItem.objects.get()
    assert item.title in shown
    assert (lost.status_code, "Draft the call." in lost.text) == (422, True)
    assert (row.what, row.owner, row.item) == ("Draft the call.", chair, item)
    changed = address("actions:change", row.pk)
    client.post(changed, {"what": "Draft it.", "owner_words": "Host", "item": str(item.pk)})
    row.refresh_from_db()
    assert (row.what, row.owner, row.owner_words, row.due) == ("Draft it.", None, "Host", None)


def test_an_owner_who_takes_no_part_stays_the_owner_when_something_else_is_changed(
    action: ActionItem, owner: Person, address: Page, client_as: Callable[..., Client]
):
    client, page = client_as(Role.RAPPORTEUR), address("actions:change", action.pk)
    chosen = f'<option value="p{owner.pk}" selected>'

    assert chosen in client.get(page).text
    client.post(page, {"what": "Publish it.", "person": f"p{owner.pk}"})
    action.refresh_from_db()
    assert (action.what, action.owner) == ("Publish it.", owner)


def test_who_changes_what_somebody_else_changed_meanwhile_is_told_and_keeps_what_was_typed(
    action: ActionItem, chair: Person, address: Page
):
    client, page = as_person(chair), address("actions:change", action.pk)
    typed = {"what": "Publish two calls.", "person": "", "owner_words": "Host", "seen": action.sequence}
    change(action, Wanted("Publish no call.", owner_words="Secretariat"), by=chair, at=OPENED)
    refused = client.post(page, typed)
    reported = client.post(
        address("actions:settle", action.pk), {"state": "done", "sentence": "Both are out.", "seen": action.sequence}
    )
    action.refresh_from_db()

    assert (refused.status_code, reported.status_code) == (422, 422)
    assert [
        [part in answer.text for part in ("Publish no call.” (Secretariat, no set day, open)", 'name="seen" value="1"')]
        for answer in (refused, reported)
    ] == [[True, True], [True, True]]
    assert ("Publish two calls.</textarea>" in refused.text, 'value="Host"' in refused.text) == (True, True)
    assert 'value="Both are out."' in reported.text
    assert (action.what, action.state) == ("Publish no call.", State.OPEN)
    assert client.post(page, {**typed, "seen": 1}).status_code == 302  # sent again by who has read what stands
    settle(action, State.DONE, "", by=chair, at=OPENED)
    late = client.post(address("actions:settle", action.pk), {"state": "done", "sentence": "Both."}).text
    assert ("the action item is: done." in late, 'value="Both."' in late) == (True, True)


def test_the_feeds_are_calendars(action: ActionItem, address: Page):
    feeds = {name: Client().get(address(f"actions:{name}")).text for name in ("calendar", "tasks")}

    assert {name: ("BEGIN:VEVENT" in text, "BEGIN:VTODO" in text) for name, text in feeds.items()} == {
        "calendar": (True, False),
        "tasks": (False, True),
    }
    assert "BEGIN:VEVENT" not in Client().get(address("actions:calendar") + "?meeting=may").text


def test_decisions_are_listed_for_everybody_and_found_by_outcome(held: Meeting, chair: Person, address: Page):
    decided(held, chair, "Six main sessions are held.")

    pages = [Client().get(address("decisions") + query).text for query in ("", "?kind=noted", "?q=six+main")]

    assert ["Six main sessions are held." in page for page in pages] == [True, False, True]


def test_proposals_are_listed_with_what_became_of_them_once_the_reader_may_read_the_minutes(
    held: Meeting, chair: Person, owner: Person, address: Page, client_as: Callable[..., Client]
):
    entry = minuted(held, chair, "Hold a day zero.", sort=Sort.PROPOSAL, person=str(owner.key))
    minuted(held, chair, "Hold a night zero.", sort=Sort.PROPOSAL)
    enter_at_floor(held, partial(settle_at_floor, minuted=entry.sequence, fate=Fate.DECLINED), by=chair, at=OPENED)
    page = client_as(Role.CHAIR).get(address("points")).text

    assert "Hold a day zero." not in Client().get(address("points")).text
    assert ("Hold a day zero." in page, "Ana Diallo" in page, "declined" in page) == (True, True, True)
    waits = client_as(Role.CHAIR).get(address("points") + "?kind=waits").text
    assert ("Hold a day zero." in waits, "Hold a night zero." in waits) == (False, True)


def test_the_list_of_proposals_says_what_the_minutes_say_and_no_word_that_was_taken_out(held: Meeting, chair: Person):
    proposed = partial(minuted, held, chair, sort=Sort.PROPOSAL)
    keys = [f"proposal:{proposed(words).sequence}" for words in ("One.", "Two.", "Three.", "Four.")]
    withdraw = partial(settle_at_floor, minuted=int(keys[3][9:]), fate=Fate.WITHDRAWN)
    enter_at_floor(held, withdraw, by=chair, at=OPENED, words={WORDS: "Ana did."})
    edit(held, keys[1], "It was proposed: Second.", seen="", by=chair, at=OPENED)
    remove(held, keys[2], by=chair, at=OPENED)

    def listed() -> list[tuple[str, str, str]]:
        return [(one.words, one.fate, one.note) for one in proposals_of([held], Search())]

    standing = [("One.", "", ""), ("It was proposed: Second.", "", ""), ("", "out", ""), ("", "withdrawn", "")]
    assert listed() == standing
    assert [one.words for one in proposals_of([held], Search(kind="out"))] == [""]
    minutes = locked(held)
    minutes.stage = Stage.LOCKED
    minutes.save()
    freeze(minutes, at=OPENED)
    settle_late = partial(settle_at_floor, minuted=int(keys[0][9:]), fate=Fate.CORRECTED)
    enter_at_floor(held, settle_late, by=chair, at=OPENED, words={WORDS: "Another."})
    assert listed() == [("It was proposed: One.", "", ""), *standing[1:]]  # what is locked stays


def test_the_list_asks_as_often_for_thirty_as_for_one(
    action: ActionItem,
    chair: Person,
    address: Page,
    django_assert_num_queries: Callable[..., object],
    django_assert_max_num_queries: Callable[..., object],
):
    client = as_person(chair)
    client.get(address("actions:list"))
    with django_assert_max_num_queries(40) as few:  # type: ignore[attr-defined]  # pytest-django's
        client.get(address("actions:list"))
    for number in range(30):
        enter(action.meeting, Wanted(f"Task {number}.", owner=chair), by=chair, at=OPENED)

    with django_assert_num_queries(len(few)):  # type: ignore[attr-defined, arg-type]
        client.get(address("actions:list"))
