"""Draft, circulated, adopted, revised: frozen, compared in words, told in the journal; items know how they came."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from convenor.meetings.agenda.edits import Add, Place, Set
from convenor.meetings.agenda.model import Item as PlainItem
from convenor.meetings.editor import sitting
from convenor.meetings.editor.history import history_of
from convenor.meetings.editor.versions import make_version, snapshot
from convenor.meetings.models import NEXT, Item, Meeting, Sitting, Standing, Version
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.meetings.editor.making import AT, BASE, LATER, agenda, block_key, fresh, key

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]


def version(meeting: Meeting, state: Standing, by: Person, note: str = "") -> Version:
    """Make the next version of the agenda as it stands."""
    return make_version(meeting, state, note=note, seen=fresh(meeting).sequence, by=by, at=LATER)


def add(meeting: Meeting, title: str, by: Person) -> None:
    """Add an item at ten o'clock."""
    place = Place(block_key(meeting, "10:00"))
    seen = fresh(meeting).sequence
    sitting.change(fresh(meeting), [Add(place, PlainItem(None, title))], seen=seen, by=by, at=LATER)


def came(meeting: Meeting) -> dict[str, str]:
    """Say how each item came that was not planned."""
    history = history_of(meeting)
    items = Item.objects.filter(block__day__meeting=meeting)
    return {item.title: str(history.came_as(item.since)) for item in items if history.came_as(item.since)}


def test_every_state_has_a_row():
    assert set(NEXT) == set(Standing)


def test_an_agenda_goes_its_way_and_items_know_how_they_came(meeting: Meeting, secretary: Person):
    version(meeting, Standing.DRAFT, secretary)
    add(meeting, "Late idea", secretary)
    assert came(meeting) == {}
    version(meeting, Standing.CIRCULATED, secretary)
    add(meeting, "Statement of a guest", secretary)
    assert came(meeting) == {"Statement of a guest": "supplementary"}
    version(meeting, Standing.ADOPTED, secretary, note="By silence.")
    assert came(meeting) == {"Statement of a guest": "supplementary"}
    add(meeting, "Evacuation", secretary)
    assert came(meeting) == {"Evacuation": "urgent", "Statement of a guest": "supplementary"}
    version(meeting, Standing.REVISED, secretary)
    assert came(meeting) == {"Evacuation": "urgent", "Statement of a guest": "supplementary"}

    told = Entry.objects.filter(verb="meeting.version-made").order_by("pk")
    assert [entry.values for entry in told] == [
        {"number": 1, "count": 0},
        {"number": 2, "count": 1},
        {"number": 3, "count": 1},
        {"number": 4, "count": 1},
    ]
    assert [one.state for one in Version.objects.all()] == ["draft", "circulated", "adopted", "revised"]


@pytest.mark.parametrize(
    ("way", "refused"),
    [
        ([], Standing.ADOPTED),
        ([], Standing.REVISED),
        ([Standing.CIRCULATED], Standing.DRAFT),
        ([Standing.CIRCULATED], Standing.REVISED),
        ([Standing.CIRCULATED, Standing.ADOPTED], Standing.ADOPTED),
        ([Standing.CIRCULATED, Standing.ADOPTED], Standing.CIRCULATED),
    ],
)
def test_what_cannot_follow_is_refused(meeting: Meeting, secretary: Person, way: list[Standing], refused: Standing):
    for state in way:
        version(meeting, state, secretary)

    with pytest.raises(Refused, match="No version was made: an agenda that is"):
        version(meeting, refused, secretary)

    assert Version.objects.count() == len(way)


def test_the_same_agenda_is_not_circulated_twice(meeting: Meeting, secretary: Person):
    version(meeting, Standing.CIRCULATED, secretary)
    with pytest.raises(Refused, match="nothing has changed since version 1"):
        version(meeting, Standing.CIRCULATED, secretary)


def test_an_agenda_that_changed_since_it_was_looked_at_is_not_adopted(meeting: Meeting, secretary: Person):
    version(meeting, Standing.CIRCULATED, secretary)
    seen = fresh(meeting).sequence
    add(meeting, "Unseen", secretary)

    with pytest.raises(Refused, match="somebody changed the agenda since you looked"):
        make_version(meeting, Standing.ADOPTED, seen=seen, by=secretary, at=LATER)


def test_a_version_stays_as_it_was(meeting: Meeting, secretary: Person):
    before = agenda(meeting)
    kept = version(meeting, Standing.CIRCULATED, secretary)
    add(meeting, "Later", secretary)
    Item.objects.filter(title="Welcome").update(title="Opening")

    kept.refresh_from_db()
    assert snapshot(kept) == before


def test_making_a_version_ends_the_sitting_without_a_second_entry(meeting: Meeting, secretary: Person):
    add(meeting, "Later", secretary)
    version(meeting, Standing.CIRCULATED, secretary)

    assert Sitting.objects.count() == 0
    assert list(Entry.objects.values_list("verb", flat=True)) == ["meeting.made", "meeting.version-made"]


def test_the_page_compares_any_two_in_words(client_as: As, meeting: Meeting, secretary: Person):
    version(meeting, Standing.CIRCULATED, secretary)
    welcome = key(meeting, "Welcome")
    seen = fresh(meeting).sequence
    sitting.change(fresh(meeting), [Set(welcome, "minutes", 10, None)], seen=seen, by=secretary, at=LATER)
    version(meeting, Standing.ADOPTED, secretary, note="By silence.")
    add(meeting, "Evacuation", secretary)
    public = client_as(Role.PUBLIC)

    page = public.get(f"{BASE}versions/").text
    assert "By silence." in page
    assert "“Evacuation” was added." in page
    page = public.get(f"{BASE}versions/?from=1&to=2").text
    assert "“Welcome”: minutes “10” was set." in page
    assert "Evacuation" not in page
    assert "Nothing differs." in public.get(f"{BASE}versions/?from=1&to=1").text
    assert public.get(f"{BASE}versions/?from=7&to=x").status_code == 200
    agenda_page = public.get(BASE).text
    assert "Adopted on 1 June 2017 as version 2." in agenda_page
    assert '<span class="tag warn">urgent</span>' in agenda_page


def test_drafts_are_their_keepers_own(client_as: As, meeting: Meeting, secretary: Person):
    version(meeting, Standing.DRAFT, secretary, note="For us only")
    for role in (Role.PUBLIC, Role.SIGNED_IN, Role.MEMBER, Role.CHAIR):
        reader = client_as(role)
        assert "For us only" not in reader.get(f"{BASE}versions/").text
        assert reader.get(f"{BASE}versions/1/").status_code == 404
        assert reader.get(f"{BASE}versions/?from=1").status_code == 200
        assert reader.post(f"{BASE}versions/", {"state": "circulated", "seen": "1"}).status_code == 404

    assert "For us only" in client_as(Role.SECRETARIAT).get(f"{BASE}versions/1/").text


def test_a_version_is_made_by_form(client_as: As, meeting: Meeting):
    client = client_as(Role.SECRETARIAT)
    page = client.get(f"{BASE}versions/").text
    assert '<option value="circulated" selected>' in page

    answer = client.post(f"{BASE}versions/", {"state": "adopted", "note": "", "seen": meeting.sequence})
    assert (answer.status_code, "No version was made." in answer.text) == (422, True)
    answer = client.post(f"{BASE}versions/", {"state": "circulated", "note": "To all.", "seen": "0"})
    assert ("somebody changed the agenda since you looked" in answer.text, "To all." in answer.text) == (True, True)
    client.post(f"{BASE}versions/", {"state": "circulated", "note": "To all.", "seen": meeting.sequence})

    made = Version.objects.get()
    assert (made.number, made.state, made.note) == (1, "circulated", "To all.")
    assert "Version 1" in client.get(f"{BASE}versions/1/").text


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_however_many(
    client_as: As, meeting: Meeting, secretary: Person, django_assert_num_queries: DjangoAssertNumQueries, count: int
):
    for number in range(1, count + 1):
        Version.objects.create(
            meeting=meeting, number=number, state="circulated", agenda={"part": "agenda"}, made_at=AT, made_by=secretary
        )
    public = client_as(Role.PUBLIC)
    Version.objects.update(agenda=_stored(meeting))

    with django_assert_num_queries(7):
        public.get(f"{BASE}versions/")


def _stored(meeting: Meeting) -> object:
    from convenor.meetings.agenda.edits import part_to_dict

    return part_to_dict(agenda(meeting))


def test_the_link_of_a_call_is_told_to_the_public_nowhere(client: Client, meeting: Meeting, secretary: Person):
    version(meeting, Standing.CIRCULATED, secretary)
    day = fresh(meeting).days.first()
    assert day is not None
    link = "https://call.example/secret"
    seen = fresh(meeting).sequence
    sitting.change(fresh(meeting), [Set(f"d{day.pk}", "call", link, None)], seen=seen, by=secretary, at=LATER)

    for address in ("versions/", "agenda-full.json", "agenda.json", "agenda.csv", "agenda.txt", "print/", ""):
        assert link not in client.get(f"{meeting.get_absolute_url()}{address}").content.decode(), address
    assert link not in client.get(f"{meeting.get_absolute_url()}calendar.ics").content.decode()
