"""The secretariat confirms, declines, asks the members, enters guests, corrects."""

from collections.abc import Callable

import pytest

from convenor.meetings.models import Meeting
from convenor.meetings.participants import actions_secretariat as deeds
from convenor.meetings.participants.actions import Said, Settings, register, set_up
from convenor.meetings.participants.actions_secretariat import Guest
from convenor.meetings.participants.models import Registration, State
from convenor.meetings.participants.pasted import read, said_of
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from convenor.shared.mail.models import State as MailState
from tests.meetings.participants.conftest import AT, UNTIL, coming, days_of

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    """Give the kinds of the mails, the first that was written first."""
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def test_confirming_tells_the_person_and_stands_in_the_journal(registered: Registration, secretary: Person):
    deeds.confirm(registered, by=secretary, at=AT, sentence="Bring your passport.")

    registered.refresh_from_db()
    assert registered.state == State.CONFIRMED
    assert kinds() == ["meetings.registration-received", "meetings.registration-confirmed"]
    assert "Bring your passport." in Mail.objects.latest("pk").text
    assert Entry.objects.latest("pk").verb == "registration.confirmed"


def test_declining_needs_a_sentence_which_the_person_reads(
    registered: Registration, secretary: Person, meeting, observer
):
    with pytest.raises(Refused, match="say in a sentence why"):
        deeds.decline(registered, by=secretary, at=AT, sentence="  ")
    deeds.decline(registered, by=secretary, at=AT, sentence="The room\nis small.")

    registered.refresh_from_db()
    assert (registered.state, registered.sentence) == (State.DECLINED, "The room is small.")
    assert "The room is small." in Mail.objects.latest("pk").text
    with pytest.raises(Refused, match=r"“The room is small\.”"):
        register(meeting, observer, Said("online"), held=(), at=AT)


def test_a_full_room_takes_nobody_more(meeting: Meeting, registered: Registration, secretary: Person):
    Meeting.objects.update(seats=0)
    with pytest.raises(Refused, match="The room has 0 places, and all are taken"):
        deeds.confirm(registered, by=secretary, at=AT)


def test_many_are_confirmed_in_the_order_they_came_as_long_as_there_is_room(meeting: Meeting, secretary: Person):
    Meeting.objects.update(seats=2)
    people = [Person.objects.create(name=f"P{n}", email=f"p{n}@example.org") for n in range(4)]
    modes = ("room", "room", "room", "online")
    rows = [register(meeting, one, Said(mode), held=(), at=AT) for one, mode in zip(people, modes, strict=True)]

    done = deeds.confirm_all(meeting, [row.pk for row in reversed(rows)], by=secretary, at=AT)

    assert (done.confirmed, done.left, done.mails) == (3, 1, 3)
    assert [Registration.objects.get(pk=row.pk).state for row in rows] == [
        "confirmed",
        "confirmed",
        "asked",
        "confirmed",
    ]
    held = Mail.objects.filter(kind="meetings.registration-confirmed")
    assert set(held.values_list("state", flat=True)) == {MailState.HELD}


def test_members_are_put_on_the_list_once_and_asked(meeting: Meeting, secretary: Person, person_as: Callable):
    member, chair = person_as(Role.MEMBER), person_as(Role.CHAIR)
    assert deeds.ask_members(meeting, by=secretary, at=AT) == 2
    assert deeds.ask_members(meeting, by=secretary, at=AT) == 0

    assert {(row.person, row.state, row.capacity) for row in meeting.registrations.all()} == {
        (member, "invited", "member"),
        (chair, "invited", "member"),
    }
    assert kinds() == ["meetings.registration-asked"] * 2
    late = UNTIL.replace(month=7)  # whoever was asked answers also after the end
    row = register(meeting, member, Said("room", days_of(meeting, "", "", "room")), held=[Role.MEMBER], at=late)
    assert (row.state, coming(row)) == (State.CONFIRMED, [("Day 3", "room")])


def test_a_guest_is_on_the_list_at_once_and_gets_a_mail_with_a_link(meeting: Meeting, secretary: Person):
    guest = Guest("H.E. Minister", "room", days_of(meeting, "room"), country="CH", contact="office@example.org")
    row = deeds.enter_guest(meeting, guest, by=secretary, at=AT)

    assert (row.state, row.capacity, row.person.email, coming(row)) == ("confirmed", "guest", None, [("Day 1", "room")])
    assert "/participants/register/" in Mail.objects.get().text
    with pytest.raises(Refused, match="“Again” was not entered: this person is registered already"):
        deeds.enter_guest(meeting, Guest("Again", "online", contact="office@example.org"), by=secretary, at=AT)


def test_an_address_of_the_forum_means_that_person_who_says_themselves_whether_they_are_named(
    meeting: Meeting, secretary: Person, person_as: Callable
):
    member = person_as(Role.MEMBER)
    row = deeds.enter_guest(
        meeting, Guest("Whoever", "online", contact=member.email, is_listed=True), by=secretary, at=AT
    )

    assert (row.person, row.contact, row.is_listed) == (member, "", False)


def test_a_guest_is_corrected(meeting: Meeting, secretary: Person):
    row = deeds.enter_guest(meeting, Guest("Minster", "room"), by=secretary, at=AT)
    deeds.correct_guest(row, Guest("Minister", "online", days_of(meeting, "online"), organisation="State"))

    row = Registration.objects.get()
    assert (row.person.name, row.organisation, row.mode, coming(row)) == (
        "Minister", "State", "online", [("Day 1", "online")]
    )  # fmt: skip


def test_settings_stand_in_the_journal_and_nothing_does_where_nothing_changed(meeting: Meeting, secretary: Person):
    settings = Settings(
        registers_from=AT,
        registers_until=UNTIL,
        needs_confirming=False,
        takes_strangers=False,
        seats=30,
        requests_until=None,
    )
    assert set_up(meeting, settings, by=secretary, at=AT) is True
    assert set_up(meeting, settings, by=secretary, at=AT) is False

    entry = Entry.objects.filter(verb="registration.set").get()
    assert entry.values == {
        "since": "2100-05-20 11:00 Europe/Zurich",
        "registers": "2100-06-05 23:59 Europe/Zurich",
        "seats": 30,
        "requests": "–",
    }


def test_pasted_guests_are_read_with_and_without_headings():
    plain = read(
        "Ana\tCable Union\tChair\tKenya\tcivil society\tana@example.org\nBo", mode="online", days={1: "online"}
    )
    named = read("E-mail;Name;Country\nana@example.org;Ana;Kenya", mode="room", days={})

    assert [line.guest for line in plain.lines] == [
        Guest("Ana", "online", {1: "online"}, "Cable Union", "Chair", "KE", "civ", "ana@example.org"),
        Guest("Bo", "online", {1: "online"}),
    ]
    assert [line.guest for line in named.lines] == [Guest("Ana", "room", {}, country="KE", contact="ana@example.org")]
    assert (plain.heading, named.heading) == ("", "E-mail;Name;Country")


def test_a_pasted_line_that_cannot_be_used_says_why():
    found = read("Ana,,,Atlantis\nBo,,,,wizards\nCy,,,,,not an address\n,Cable Union", mode="room", days={})

    assert [(line.guest, said_of(line, line.fault)) for line in found.lines] == [
        (None, "Line 1, “Ana,,,Atlantis”: “Atlantis” is no country that we know."),
        (None, "Line 2, “Bo,,,,wizards”: “wizards” is no stakeholder group."),
        (None, "Line 3, “Cy,,,,,not an address”: “not an address” is no e-mail address."),
        (None, "Line 4, “,Cable Union”: There is no name."),
    ]


def test_more_lines_than_are_taken_come_back():
    found = read("\n".join(f"Guest {n}" for n in range(502)), mode="room", days={})

    assert [len([line for line in found.lines if bool(line.fault) is is_bad]) for is_bad in (False, True)] == [500, 2]


def test_many_guests_are_entered_and_their_mails_held(meeting: Meeting, secretary: Person):
    ana, bo = Guest("Ana", "room", contact="ana@example.org"), Guest("Bo", "room", organisation="Union")
    said = deeds.enter_guests(meeting, [ana, bo, ana, bo, Guest("Bo", "room")], by=secretary, at=AT)

    assert said == [
        "",
        "",
        "“Ana” was not entered: this person is registered already, see the list.",
        "“Bo” was not entered: this person is registered already, see the list.",
        "",
    ]
    assert list(meeting.registrations.values_list("person__name", "organisation")) == [
        ("Ana", ""), ("Bo", "Union"), ("Bo", "")
    ]  # fmt: skip
    assert list(Mail.objects.values_list("to", "state")) == [("ana@example.org", MailState.HELD)]
