"""Somebody without an account registers by a link from a mail."""

import re

import pytest
from django.test import Client

from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions_link import ask_for_link
from convenor.meetings.participants.links import contact_of, link_of
from convenor.meetings.participants.models import Registration, State
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.mail.models import Mail
from tests.meetings.participants.conftest import AT, coming

pytestmark = pytest.mark.django_db
WHO = {"name": "Zoë Sans-Compte", "country": "FR", "group": "civ", "organisation": "Cable Union", "position": ""}


def typed(meeting: Meeting, **more: str) -> dict[str, str]:
    """Fill the form of somebody who comes on the first day and connects on the second."""
    first, second, _third = meeting.days.order_by("order")
    return {**WHO, f"day-{first.pk}": "room", f"day-{second.pk}": "online", "is_listed": "on", **more}


def test_a_link_registers_changes_and_withdraws(client: Client, meeting: Meeting, address):
    page = client.post(address("start"), {"email": "Zoe@Example.org"})

    assert "A mail is on its way to zoe@example.org." in page.content.decode()
    assert (Person.objects.filter(name="").count(), Registration.objects.count()) == (0, 0)
    mail = Mail.objects.get()
    path = re.search(r"http://[^/]+(/\S+)", mail.text)[1]
    assert mail.to == "zoe@example.org"
    assert "For zoe@example.org." in client.get(path).content.decode()

    assert client.post(path, typed(meeting, needs="Captions")).status_code == 302
    row = Registration.objects.get()
    assert (row.person.name, row.person.email, row.person.country, row.contact) == (
        WHO["name"],
        None,
        "FR",
        "zoe@example.org",
    )
    assert (row.state, row.capacity, row.needs, row.is_listed) == ("asked", "observer", "Captions", True)
    assert coming(row) == [("Day 1", "room"), ("Day 2", "online")]
    assert path in Mail.objects.get(kind="meetings.registration-received").text

    client.post(path, {**typed(meeting), "name": "Zoë Autrement"})
    assert (Registration.objects.get().person.name, Person.objects.filter(email=None).count()) == ("Zoë Autrement", 1)

    client.post(path, {"withdraw": "1"})
    assert Registration.objects.get().state == State.WITHDRAWN


def test_the_same_address_is_the_same_person_at_the_next_meeting(client: Client, meeting: Meeting):
    client.post(link_of(meeting, "zoe@example.org"), typed(meeting))
    other = Meeting.objects.create(
        cycle=meeting.cycle, slug="other", title="Other", zone="UTC", created_at=AT, registers_until=AT
    )
    client.post(link_of(other, "zoe@example.org"), {**WHO, "mode": "online"})

    assert Registration.objects.count() == 2
    assert Person.objects.filter(name=WHO["name"]).count() == 1


def test_a_link_that_was_changed_or_is_for_another_meeting_opens_nothing(client: Client, meeting: Meeting, address):
    path = link_of(meeting, "zoe@example.org")
    other = Meeting.objects.create(cycle=meeting.cycle, slug="other", title="Other", zone="UTC", created_at=AT)

    for bad in (path[:-3] + "x/", path.replace("/june/", "/other/"), address("by-link", "x")):
        assert client.get(bad).status_code == 404
        assert client.post(bad, typed(meeting)).status_code == 404
    assert contact_of(other, path.rstrip("/").rpartition("/")[2]) == ""
    assert Registration.objects.count() == 0


def test_a_link_opens_nothing_once_the_meeting_is_over(client: Client, meeting: Meeting):
    meeting.days.update(date="2017-06-14")

    assert client.get(link_of(meeting, "zoe@example.org")).status_code == 404


def test_who_has_an_account_is_led_through_it_and_the_page_says_the_same(
    client: Client, meeting: Meeting, address, observer
):
    page = client.post(address("start"), {"email": observer.email})

    assert f"A mail is on its way to {observer.email}." in page.content.decode()
    assert Mail.objects.get().text.count(address("me")) == 1


def test_a_meeting_may_take_nobody_without_an_account(client: Client, meeting: Meeting, address):
    Meeting.objects.update(takes_strangers=False)
    page = client.post(address("start"), {"email": "zoe@example.org"})
    form = client.post(link_of(meeting, "zoe@example.org"), typed(meeting))

    assert (page.status_code, form.status_code, Mail.objects.count()) == (422, 422, 0)
    assert "you need an account" in form.content.decode()
    assert WHO["organisation"] in form.content.decode()  # what was typed is kept
    assert not Person.objects.filter(name=WHO["name"]).exists()


def test_mails_to_one_address_are_few(meeting: Meeting):
    for _time in range(3):
        ask_for_link(meeting, "zoe@example.org", network="198.51.100.7", at=AT)
    with pytest.raises(Refused, match=r"asked too often\. Wait 60 minutes"):
        ask_for_link(meeting, "zoe@example.org", network="198.51.100.7", at=AT)

    assert Mail.objects.count() == 3


def test_hostile_words_are_printed_as_words(client: Client, meeting: Meeting):
    path = link_of(meeting, "zoe@example.org")
    page = client.post(path, typed(meeting, name="<script>alert(1)</script>", country="XX"))

    assert page.status_code == 422
    assert "<script>alert" not in page.content.decode()


def test_at_least_one_day_has_to_be_chosen(client: Client, meeting: Meeting):
    page = client.post(link_of(meeting, "zoe@example.org"), WHO)

    assert "Choose at least one day, on site or online." in page.content.decode()
