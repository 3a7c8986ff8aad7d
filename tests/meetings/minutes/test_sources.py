"""What minutes are made from, read from the database: who is named, what is shown, and in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from convenor.meetings.captions.models import CaptionFeed, CaptionKind, CaptionLine
from convenor.meetings.floor import Channel, Wish, items, turns
from convenor.meetings.floor.decisions import ITEM
from convenor.meetings.floor.minuting import Sort
from convenor.meetings.floor.state import About, Outcome
from convenor.meetings.floor_actions import enter_request, open_day, steer, welcome_guest
from convenor.meetings.floor_decision_actions import decide
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_minuting_actions import Told, minute
from convenor.meetings.minutes import Capacity, Mode, Present, record_of, report_of
from convenor.meetings.minutes_sources import captions_of, sources_of, voice_of
from convenor.meetings.minutes_words import wording_in
from convenor.meetings.models import Item, Meeting
from convenor.meetings.participants import models as participants
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from tests.meetings.conftest import NOW

Somebody = Callable[..., Person]


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


@pytest.fixture
def somebody(db: None) -> Somebody:
    """Give a person by name."""

    def make(name: str, **words: str) -> Person:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return Person.objects.get_or_create(email=email, defaults={"name": name, **words})[0]

    return make


@pytest.fixture
def held(june: Meeting, chair: Person, somebody: Somebody) -> Meeting:
    """Give the meeting with one item: somebody registered spoke, a guest spoke, something was decided and minuted."""
    open_day(june, june.days.all()[0], by=chair, at=NOW, expected=0)
    item = Item.objects.filter(block__day__meeting=june, block__kind="items", parent=None).order_by("pk")[0]
    act(june, chair, partial(items.take_up, item=f"i{item.pk}"))
    speak(june, chair, register(june, somebody("Ana Ejemplo", group="civ", country="PE"), is_listed=True))
    speak(june, chair, welcome_guest(june, name="Zed Nobody", organisation="Nowhere", group="gov"))
    for about in (ITEM, About("cycle.ruleset", june.cycle.rule_set_id or 0)):
        decide(june, Outcome.AGREED, by=chair, at=NOW, expected=state_of(june).mark, about=about, words="As said")
    minute(june, Sort.ACTION, Told("Do it", owner=somebody("Ana Ejemplo")), by=chair, at=NOW)
    return june


def act(meeting: Meeting, by: Person, step: Callable[..., object]) -> None:
    """Move the meeting on."""
    steer(meeting, step, by=by, at=NOW, expected=state_of(meeting).mark)  # type: ignore[arg-type]


def speak(meeting: Meeting, chair: Person, speaker: object) -> None:
    """Let somebody speak."""
    enter_request(meeting, speaker, by=chair, at=NOW, wish=Wish.INTERVENTION, seat=Channel.ROOM)  # type: ignore[arg-type]
    act(meeting, chair, turns.call_next)


def register(meeting: Meeting, person: Person, *, is_listed: bool) -> Person:
    """Register somebody who was there on the first day."""
    row = participants.Registration.objects.create(
        meeting=meeting,
        person=person,
        capacity=participants.Capacity.OBSERVER,
        mode=participants.Mode.ONLINE,
        state=participants.State.CONFIRMED,
        organisation="Red Andina",
        is_listed=is_listed,
        registered_at=NOW,
    )
    day = meeting.days.all()[0]
    participants.Attendance.objects.create(registration=row, day=day, mode=participants.Mode.ROOM, marked_at=NOW)
    return person


def test_a_log_in_the_database_becomes_a_report(held: Meeting, somebody: Somebody):
    sources = sources_of(held, held=frozenset(Role))
    ana = sources.people[str(somebody("Ana Ejemplo").key)]
    report = report_of(record_of(sources), wording_in("en"))
    told = [one.text for one in report.sections[1].paragraphs]

    assert (ana.name, ana.organisation, ana.country, ana.group, ana.capacity, ana.mode) == (
        "Ana Ejemplo", "Red Andina", "Peru", "civ", Capacity.OBSERVER, Mode.ONLINE,
    )  # fmt: skip
    assert sources.attendance == (Present(f"d{held.days.all()[0].pk}", ana.key, Mode.ROOM),)
    assert told[-4:] == [
        "Statements were made by Ana Ejemplo (Red Andina) and Zed Nobody (Nowhere).",
        "The Committee agreed as follows: As said.",
        f"The Committee agreed as follows: “{held.cycle.rule_set}”: As said.",
        "Action 1: Do it. Responsible: Ana Ejemplo (Red Andina).",
    ]
    assert [one.heading for one in report.sections[1:4]] == [
        one.title for one in Item.objects.filter(block__day__meeting=held, block__kind="items").order_by("pk")[:3]
    ]


def test_the_public_sees_only_what_the_rules_of_the_year_show_and_who_agreed_to_be_listed(
    held: Meeting, somebody: Somebody
):
    register(held, somebody("Luc Exemple", country="FR"), is_listed=False)
    public, all_roles = sources_of(held), sources_of(held, held=frozenset(Role))

    assert {one.gender for one in public.people.values()} == {""}  # what people say of themselves is the office's
    assert {one.gender for one in all_roles.people.values()} == {"none"}
    listed = {one.name for one in public.people.values() if one.is_listed}
    assert listed == {"Ana Ejemplo"}
    assert {one.name for one in sources_of(held, sees_all=True).people.values() if one.is_listed} == {
        "Ana Ejemplo", "Luc Exemple",
    }  # fmt: skip


def test_who_was_erased_has_no_name(held: Meeting, somebody: Somebody):
    ana = somebody("Ana Ejemplo")
    Person.objects.filter(pk=ana.pk).update(erased_at=NOW)

    assert "Ana" not in str(report_of(record_of(sources_of(held, held=frozenset(Role))), wording_in("en")))


def test_who_chaired_before_or_will_chair_later_is_not_named(held: Meeting, chair: Person, somebody: Somebody):
    day = NOW.date()
    for name, ends in (
        ("Former Chair", {"until": day - timedelta(days=1)}),
        ("Next Chair", {"since": day + timedelta(days=1)}),
    ):
        RoleTerm.objects.create(person=somebody(name), role=Role.CHAIR, forum=held.cycle.forum.slug, **ends)

    assert sources_of(held).chairs == (chair.shown_name,)


def test_the_number_of_queries_grows_with_nothing(held: Meeting, chair: Person, somebody: Somebody):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            sources_of(held, held=frozenset(Role))
        return len(queries)

    before = count()
    for at in range(5):
        speak(held, chair, register(held, somebody(f"Person {at}"), is_listed=True))
        minute(held, Sort.NOTE, Told(f"Note {at}"), by=chair, at=NOW)

    assert count() == before


def test_captions_of_a_live_feed_are_moved_to_when_the_words_were_said(held: Meeting):
    day = held.days.all()[0]
    for kind, closed_at in ((CaptionKind.LIVE, NOW), (CaptionKind.TRANSCRIPT, None), (CaptionKind.TRANSCRIPT, NOW)):
        feed = CaptionFeed.objects.create(meeting=held, kind=kind, language="en", made_at=NOW, closed_at=closed_at)
        CaptionLine.objects.create(feed=feed, day=day, at=NOW, text=f"CHAIR AMOUR: {kind} {bool(closed_at)}")

    found = captions_of(held, "en")

    assert [(NOW - one.at, one.by, one.text) for one in found] == [
        (timedelta(seconds=8), "CHAIR AMOUR", "live True"),
        (timedelta(), "CHAIR AMOUR", "transcript False"),
    ]
    assert captions_of(held, "fr") == ()


@pytest.mark.parametrize(
    ("line", "voice"),
    [
        (">> CHAIR LYNN ST AMOUR: Thank you.", ("CHAIR LYNN ST AMOUR", "Thank you.")),
        ("Ana de la Cruz: Hola: amigos", ("Ana de la Cruz", "Hola: amigos")),
        ("One thing: it is late", ("", "One thing: it is late")),
        ("At 10:30 we go on", ("", "At 10:30 we go on")),
        ("Thank you. Next: item 3", ("", "Thank you. Next: item 3")),
        ("", ("", "")),
    ],
)
def test_a_name_is_read_from_the_beginning_of_a_line(line: str, voice: tuple[str, str]):
    assert voice_of(line) == voice
