"""The pages of participants, for each who uses them."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.home import OFFERS
from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions_secretariat import Guest, ask_members, enter_guest
from convenor.meetings.participants.models import Attendance, Registration, State
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.mail.models import Mail
from tests.meetings.participants.conftest import AT, coming, days_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_as: Callable[[Role], Client]) -> Client:
    """Give the browser of the secretariat."""
    return client_as(Role.SECRETARIAT)


def notices(client: Client, path: str, **typed: object) -> list[str]:
    """Hand a form in; give what is said on the page it leads to."""
    answer = client.post(path, typed, follow=True)
    return [str(one) for one in answer.context["messages"]]


def chosen(meeting: Meeting, *modes: str) -> dict[str, str]:
    """Fill the fields of the days."""
    return {f"day-{key}": mode for key, mode in days_of(meeting, *modes).items()}


def test_somebody_registers_changes_and_withdraws(meeting: Meeting, address, client_as):
    client = client_as(Role.SIGNED_IN)
    assert notices(client, address("me"), **chosen(meeting, "room", "online"), organisation="Cable  Union") == [
        "Your registration waits for the secretariat. You get a mail."
    ]
    row = Registration.objects.get()
    assert (row.organisation, coming(row)) == ("Cable Union", [("Day 1", "room"), ("Day 2", "online")])
    assert "My registration" in client.get(address("list")).content.decode()

    notices(client, address("me"), **chosen(meeting, "online"))
    assert coming(row) == [("Day 1", "online")]

    assert notices(client, address("withdraw")) == ["Your registration is withdrawn; your place is free for others."]
    assert client.post(address("withdraw"), follow=True).status_code == 200


def test_what_was_typed_is_kept_where_registration_closed(meeting: Meeting, address, client_as):
    Meeting.objects.update(registers_until=AT.replace(year=2017))
    page = client_as(Role.SIGNED_IN).post(address("me"), {**chosen(meeting, "room"), "needs": "A ramp, please"})

    assert page.status_code == 422
    assert "registration closed on 20 May 2017, 11:00 Europe/Zurich (UTC+2)" in page.content.decode()


def test_a_member_who_was_asked_says_no(meeting: Meeting, address, client_as, secretary: Person, person_as):
    person_as(Role.MEMBER)
    ask_members(meeting, by=secretary, at=AT)
    client = client_as(Role.MEMBER)

    assert "I do not take part" in client.get(address("me")).content.decode()
    notices(client, address("withdraw"))
    assert Registration.objects.get().state == State.WITHDRAWN


def test_the_years_page_offers_what_is_open(meeting: Meeting, address, client: Client, client_as):
    def offered(one: Client) -> list[str]:
        request = one.get(meeting.cycle.get_absolute_url()).wsgi_request
        return [
            offer.title
            for find in OFFERS
            for offer in find(request, meeting.cycle)
            if "registrations" not in offer.title
        ]

    assert f"Register for “{meeting.title}”" in offered(client)
    notices(signed := client_as(Role.SIGNED_IN), address("me"), **chosen(meeting, "room"))
    assert f"Register for “{meeting.title}”" not in offered(signed)


def test_the_secretariat_sets_when_and_how_people_register(meeting: Meeting, address, desk: Client):
    typed = {
        "opens_on": "2100-04-01",
        "registers_on": "2100-05-01",
        "registers_clock": "12:00",
        "seats": "40",
        "needs_confirming": "on",
    }
    assert notices(desk, address("settings"), **typed) == ["Saved; it counts at once."]
    meeting.refresh_from_db()
    assert [f"{one:%Y-%m-%d %H:%M}" for one in (meeting.registers_from, meeting.registers_until)] == [
        "2100-03-31 22:00",
        "2100-05-01 10:00",
    ]
    assert (meeting.seats, meeting.needs_confirming, meeting.takes_strangers) == (40, True, False)

    page = desk.post(address("settings"), {"opens_on": "2100-04-01", "registers_on": "2100-03-01"})
    assert page.context["form"].errors == {"registers_on": ["Registration would close before it opens."]}
    page = desk.post(address("settings"), {"requests_clock": "12:00", "seats": "-1"})
    assert sorted(page.context["form"].errors) == ["requests_on", "seats"]


def test_the_secretariat_answers_one_registration(meeting: Meeting, address, desk: Client, registered: Registration):
    path = address("decide", registered.pk)
    assert desk.post(path, {"do": "decline"}).status_code == 422
    assert desk.post(path, {"do": "fly"}).status_code == 422
    assert notices(desk, path, do="confirm") == ["“Example signed-in” is confirmed."]
    assert notices(desk, path, do="decline", sentence="Full") == ["“Example signed-in” is declined, and told so."]
    assert notices(desk, path, do="confirm") == ["“Example signed-in” is confirmed."]
    assert notices(desk, path, do="withdraw") == ["The registration of “Example signed-in” is withdrawn."]


def test_the_secretariat_corrects_a_line_of_somebody_with_an_account(
    meeting: Meeting, address, desk: Client, registered: Registration
):
    typed = {
        **chosen(meeting, "online", "online"),
        "capacity": "guest",
        "organisation": "State",
        "position": "Minister",
    }
    assert notices(desk, address("one", registered.pk), **typed) == ["Saved; the list prints it so."]

    registered.refresh_from_db()
    assert (registered.capacity, registered.mode, registered.position) == ("guest", "online", "Minister")
    assert coming(registered) == [("Day 1", "online"), ("Day 2", "online")]


def test_the_secretariat_enters_a_guest_and_corrects_it(meeting: Meeting, address, desk: Client):
    typed = {**chosen(meeting, "room"), "name": "  Ana\u202e ", "country": "KE", "contact": "ANA@example.org"}
    assert notices(desk, address("guest"), **typed) == [
        "“Ana” is on the list. Enter the next guest, or go back to the list."
    ]
    row = Registration.objects.get()
    assert (row.person.name, row.contact) == ("Ana", "ana@example.org")
    assert desk.post(address("guest"), {**typed, "name": "Twice"}).status_code == 422
    notices(desk, address("one", row.pk), **{**typed, "name": "Anna"})
    assert Person.objects.get(pk=row.person_id).name == "Anna"


def test_pasted_lines_that_are_not_taken_come_back(meeting: Meeting, address, desk: Client):
    page = desk.post(address("guests"), {"text": "Ana\tCable Union\nBo\t\t\tAtlantis", "mode": "room"})

    assert page.context["left"] == ["Line 2, “Bo\t\t\tAtlantis”: “Atlantis” is no country that we know."]
    assert [row.person.name for row in Registration.objects.all()] == ["Ana"]
    assert coming(Registration.objects.get()) == [("Day 1", "room"), ("Day 2", "room")]
    assert page.context["form"]["text"].value() == "Bo\t\t\tAtlantis"  # those taken are not typed twice
    assert desk.post(address("guests"), {"text": "Cy", "mode": "room"}).status_code == 302
    assert desk.post(address("guests"), {"text": "", "mode": "room"}).status_code == 422


def test_the_secretariat_confirms_those_ticked(meeting: Meeting, address, desk: Client, registered: Registration):
    assert notices(desk, address("confirm"), row=[str(registered.pk), "x", "9" * 30]) == [
        "1 registration is confirmed.",
        "1 confirmation is held among the mails, to be released.",
    ]


def test_the_members_are_asked_by_one_button(meeting: Meeting, address, desk: Client, person_as):
    person_as(Role.MEMBER)
    assert notices(desk, address("ask-members")) == [
        "1 member is on the list; the question is held among the mails, to be released."
    ]
    assert notices(desk, address("ask-members")) == ["Nothing was changed: every member is on the list."]


def test_attendance_is_marked_per_day(meeting: Meeting, address, desk: Client, secretary: Person):
    row = enter_guest(meeting, Guest("Ana", "room", days_of(meeting, "room", "room")), by=secretary, at=AT)
    second = meeting.days.all()[1]
    path = f"{address('attendance')}?day={second.pk}&q=ana"
    assert "Ana" in desk.get(path).content.decode()

    said = notices(
        desk, path, **{f"was-{row.pk}": "", f"now-{row.pk}": "online", "now-x": "room", f"now-{'9' * 40}": "room"}
    )
    assert said == ["Saved. Marks set: 1, taken away: 0."]
    assert list(Attendance.objects.values_list("registration", "day", "mode")) == [(row.pk, second.pk, "online")]
    assert desk.get(f"{address('attendance')}?day=x&q=nobody").status_code == 200


def test_somebody_says_that_they_are_there_today(meeting: Meeting, address, client_as, registered: Registration):
    client = client_as(Role.SIGNED_IN)
    assert notices(client, address("here"), here="room") == ["Nothing was noted: today is no day of this meeting."]
    Registration.objects.update(state=State.CONFIRMED)
    today = timezone.now().astimezone(ZoneInfo(meeting.zone)).date()
    meeting.days.filter(order=meeting.days.first().order).update(date=today)
    assert "I am here, on site" in client.get(address("me")).content.decode()

    assert notices(client, address("here"), here="room") == ["It is noted that you are here today."]
    assert Attendance.objects.get().mode == "room"
    assert notices(client, address("here"), here="no") == ["It is noted that you are not here today."]


def test_another_meetings_registration_is_not_here(meeting: Meeting, address, desk: Client, registered: Registration):
    Meeting.objects.create(cycle=meeting.cycle, slug="other", title="Other", zone="UTC", created_at=AT)

    assert desk.get(address("one", registered.pk).replace("/june/", "/other/")).status_code == 404


def test_mails_are_in_the_readers_language(meeting: Meeting, address, client_as, person_as):
    Person.objects.filter(pk=person_as(Role.SIGNED_IN).pk).update(language="fr")
    notices(client_as(Role.SIGNED_IN), address("me"), **chosen(meeting, "room"))

    assert Mail.objects.get().language == "fr"
