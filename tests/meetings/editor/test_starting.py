"""A meeting starts from an earlier one, its dates shifted, or from a kind of meeting, in the year's language."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.meetings.agenda import Agenda, Day
from convenor.meetings.agenda_page import days_of
from convenor.meetings.editor.kinds import KINDS
from convenor.meetings.editor.starting import dated, start_meeting
from convenor.meetings.models import Item, Meeting
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.journal.models import Entry
from tests.meetings.corrections.making import titles
from tests.meetings.editor.making import LATER, lines

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]
START = "/igf/2017/meetings/start/"
FIRST = date(2017, 9, 28)


def start(cycle: Cycle, source: object, by: Person) -> Agenda:
    """Start a meeting in September."""
    made = start_meeting(
        cycle, source, title="September", first_day=FIRST, zone="Europe/Paris", by=by, at=LATER  # type: ignore[arg-type]
    )  # fmt: skip
    return agenda_of(made, days_of(made))


def test_the_last_meeting_gives_its_structure_and_nothing_else(cycle: Cycle, meeting: Meeting, secretary: Person):
    Item.objects.filter(title="Welcome").update(
        presenters=["A. Example"], documents=["Paper"], arrivals=["10:00– A. Example"], links=["#1"], since=2
    )
    meeting.days.update(call="https://call.example/", webcast="https://cast.example/", languages=["English"])

    made = start(cycle, meeting, secretary)

    assert titles(made) == lines(meeting)
    assert [(day.date, day.call, day.webcast, day.languages) for day in made.days] == [
        ("2017-09-28", None, None, ("English",)),
        ("2017-09-29", None, None, ("English",)),
    ]
    first = made.days[0].blocks[0].items[0]
    assert (first.presenters, first.documents, first.arrivals, first.links) == ((), (), (), ())
    assert Entry.objects.filter(verb="meeting.started").count() == 1


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2017-06-12", "2017-06-14"], ["2017-09-28", "2017-09-30"]),
        ([None, None], ["2017-09-28", "2017-09-29"]),
        (["2017-06-12", None, "2017-06-20"], ["2017-09-28", "2017-09-29", "2017-10-06"]),
    ],
)
def test_days_keep_their_distance(days: list[str | None], expected: list[str]):
    assert [day.date for day in dated(tuple(map(Day, days)), FIRST)] == expected


@pytest.mark.parametrize(("kind", "days", "items"), [("committee", 3, 18), ("call", 1, 6)])
def test_a_kind_gives_days_numbered_one_by_one(cycle: Cycle, secretary: Person, kind: str, days: int, items: int):
    made = start(cycle, KINDS[kind], secretary)

    assert (len(made.days), len(titles(made))) == (days, items)
    labels = [item.label for block in made.days[0].blocks for item in block.items if item.label]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert all(block.pinned_end for day in made.days for block in day.blocks if block.kind == "break")


def test_the_words_are_in_the_language_of_the_year(cycle: Cycle, secretary: Person):
    Cycle.objects.filter(pk=cycle.pk).update(language="fr")
    cycle.refresh_from_db()

    made = start_meeting(
        cycle, KINDS["call"], title="Appel", first_day=FIRST, zone="Europe/Paris", by=secretary, at=LATER
    )
    assert (made.language, made.slug) == ("fr", "september")


def test_a_meeting_is_started_by_form(client_as: As, cycle: Cycle, meeting: Meeting):
    client = client_as(Role.SECRETARIAT)
    given = {"source": "call", "title": "Call of  July", "first_day": "2017-07-04", "zone": "UTC"}
    assert "Committee meeting, three days" in client.get(START).text

    answer = client.post(START, {**given, "zone": "Moon/Sea"})
    assert (answer.status_code, "“Moon/Sea” is no time zone." in answer.text) == (422, True)
    assert "Call of  July" in answer.text
    assert client.post(START, {**given, "first_day": "0001-01-01"}).status_code == 422
    assert client.post(START, {**given, "source": "99999"}).status_code == 422
    answer = client.post(START, given)

    assert answer.url == "/igf/2017/meetings/july/edit/"
    assert Meeting.objects.get(slug="july").title == "Call of July"
    answer = client.post(START, {**given, "source": str(meeting.pk), "first_day": "2017-08-01"})
    assert answer.url == "/igf/2017/meetings/august/edit/"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_starts_one(client_as: As, cycle: Cycle, role: Role):
    assert client_as(role).post(START, {"source": "call", "title": "X"}).status_code in (302, 403)
    assert Meeting.objects.count() == 0


def test_no_meeting_takes_the_address_of_the_form(cycle: Cycle, secretary: Person):
    made = start_meeting(cycle, KINDS["call"], title="S", first_day=FIRST, zone="UTC", by=secretary, at=LATER)
    from convenor.meetings.actions import free_slug

    assert made.slug == "september"
    assert free_slug(cycle, Agenda("Start")) == "start-2"
