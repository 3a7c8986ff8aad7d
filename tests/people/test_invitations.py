"""Invitations: a mail with a link, accepted by its address alone, declined with a sentence, withdrawn, sent again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from convenor.people.invitations import accept, decline, invitation_mail, invite, link_to, send_again, withdraw
from convenor.people.models import ANSWERS, INVITATION_DAYS, Answer, Invitation, Person, RoleTerm
from convenor.people.role_actions import Term
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
TERM = Term(Role.MEMBER, "igf", "2017", since=date(2017, 7, 1))
ADDRESS = "bahati@example.org"


@pytest.fixture
def secretary(cycle) -> Person:
    person = Person.objects.create_user("secretary@example.org", name="Seko Mfano")
    RoleTerm.objects.create(person=person, role=Role.SECRETARIAT, forum="igf", cycle="")
    return person


@pytest.fixture
def bahati() -> Person:
    return Person.objects.create_user(ADDRESS)


@pytest.fixture
def invitation(secretary) -> Invitation:
    said = {"name": "Bahati Mfano", "country": "KE", "group": "civ"}
    return invite(ADDRESS.upper(), TERM, scope="igf/2017", by=secretary, at=timezone.now(), **said)


def browser(person: Person) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def state(invitation: Invitation) -> str:
    """Read what became of an invitation."""
    return Invitation.objects.get(pk=invitation.pk).state


def test_every_answer_says_what_may_follow():
    assert set(ANSWERS) == set(Answer)


def test_the_mail_names_place_and_role_and_its_link_works(invitation, client):
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (ADDRESS, "IGF 2017: invitation as Committee member")
    assert mail.text.count(link_to(invitation)) == 1
    assert client.get(link_to(invitation)).status_code == 200


def test_a_changed_link_opens_nothing(invitation, client):
    assert client.get(f"{link_to(invitation)[:-2]}x/").status_code == 404
    assert client.get(f"/invitation/{invitation.pk}/").status_code == 404


def test_looking_answers_nothing(invitation, client, bahati):
    for one in (client, browser(bahati)):
        one.get(link_to(invitation))
        assert one.get(f"{link_to(invitation)}accept/").status_code in (302, 405)
    assert state(invitation) == Answer.OPEN


def test_the_invited_accepts_and_has_the_role_and_what_was_left_open(invitation, bahati):
    answer = browser(bahati).post(f"{link_to(invitation)}accept/")

    assert answer.url == "/account/"
    assert state(invitation) == Answer.ACCEPTED
    assert list(bahati.role_terms.values_list("role", "forum", "cycle", "since", "until")) == [
        ("member", "igf", "2017", date(2017, 7, 1), None)
    ]
    bahati.refresh_from_db()
    assert (bahati.name, bahati.country, bahati.group) == ("Bahati Mfano", "KE", "civ")


def test_what_somebody_said_of_themselves_is_not_overwritten(invitation, bahati):
    bahati.name, bahati.country = "B. M.", "UG"
    bahati.save()
    accept(invitation, by=bahati, at=timezone.now())

    bahati.refresh_from_db()
    assert (bahati.name, bahati.country, bahati.group) == ("B. M.", "UG", "civ")


def test_another_address_cannot_accept(invitation):
    other = Person.objects.create_user("other@example.org")
    answer = browser(other).post(f"{link_to(invitation)}accept/", follow=True)

    assert answer.content.decode().count("this invitation is for another address than other@example.org") == 1
    assert (state(invitation), RoleTerm.objects.filter(person=other).count()) == (Answer.OPEN, 0)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(invitation, client):
    assert client.post(f"{link_to(invitation)}accept/").url.startswith("/sign-in/")
    page = client.get(link_to(invitation)).content.decode()
    assert page.count(f"/sign-in/?next={link_to(invitation).replace(':', '%3A')}") >= 1


def test_the_sentence_of_who_declines_is_kept_for_the_secretariat(invitation, client, secretary):
    client.post(link_to(invitation), {"words": "  Ask Kofi\u202e instead. "})

    assert state(invitation) == Answer.DECLINED
    page = browser(secretary).get("/igf/2017/people/invitations/").content.decode()
    assert page.count("Ask Kofi instead.") == 1
    assert RoleTerm.objects.filter(role=Role.MEMBER).count() == 0


def test_an_answer_stands(invitation, bahati):
    accept(invitation, by=bahati, at=timezone.now())
    with pytest.raises(Refused, match="this invitation is accepted"):
        decline(invitation, words="", at=timezone.now())
    with pytest.raises(Refused, match="this invitation is accepted"):
        accept(invitation, by=bahati, at=timezone.now())
    assert bahati.role_terms.count() == 1


def test_a_withdrawn_invitation_gives_nothing(invitation, secretary, bahati):
    withdraw(invitation, by=secretary, at=timezone.now())
    with pytest.raises(Refused, match="this invitation is withdrawn"):
        accept(invitation, by=bahati, at=timezone.now())


def test_an_old_invitation_gives_nothing_until_it_is_sent_again(secretary, bahati):
    old = invite(ADDRESS, TERM, scope="igf/2017", by=secretary, at=NOW)
    late = NOW + timedelta(days=INVITATION_DAYS, seconds=1)
    with pytest.raises(Refused, match="could be answered until 12 July 2017"):
        accept(old, by=bahati, at=late)
    again = send_again(old, by=secretary, at=late)
    accept(again, by=bahati, at=late + timedelta(days=1))

    assert (state(old), Mail.objects.count()) == (Answer.ACCEPTED, 2)


def test_an_address_is_invited_to_one_role_once(invitation, secretary):
    with pytest.raises(Refused, match="bahati@example\\.org is invited to this already"):
        invite(ADDRESS, TERM, scope="igf/2017", by=secretary, at=NOW)
    assert Mail.objects.count() == 1


def test_a_role_held_in_the_meantime_is_left_as_it_is(invitation, bahati):
    RoleTerm.objects.create(person=bahati, role=Role.MEMBER, forum="igf", cycle="2017", since=date(2017, 1, 1))
    accept(invitation, by=bahati, at=timezone.now())

    assert list(bahati.role_terms.values_list("since", flat=True)) == [date(2017, 1, 1)]


def test_the_journal_names_nobody(invitation, secretary):
    withdraw(invitation, by=secretary, at=timezone.now())
    send_again(invitation, by=secretary, at=timezone.now())

    assert [sentence(entry) for entry in Entry.objects.order_by("number")] == [
        "Somebody was invited to a role: Committee member.",
        "An invitation was withdrawn: Committee member.",
        "An invitation was sent again: Committee member.",
    ]


def test_hostile_words_stay_words(secretary, client):
    name = "<script>alert(1)</script>"
    made = invite(ADDRESS, TERM, scope="igf/2017", by=secretary, at=timezone.now(), name=name)
    client.post(link_to(made), {"words": name})

    assert "\n" not in invitation_mail(made).subject
    for page in (client.get(link_to(made)), browser(secretary).get("/igf/2017/people/invitations/")):
        assert page.content.decode().count("<script>alert") == 0


def test_a_forum_sees_its_own_invitations_only(secretary):
    foreign = invite("far@example.org", Term(Role.MEMBER, "far", "2017"), scope="far/2017", by=secretary, at=NOW)
    one = browser(secretary)

    assert one.get("/igf/2017/people/invitations/").content.decode().count("far@example.org") == 0
    for act in ("again", "withdraw"):
        assert one.post(f"/igf/2017/people/invitations/{foreign.pk}/{act}/").status_code == 404
    assert state(foreign) == Answer.OPEN


def test_the_list_costs_the_same_however_long_it_is(secretary, django_assert_num_queries):
    one = browser(secretary)
    for count in (1, 30):
        for number in range(count):
            invite(f"p{count}-{number}@example.org", TERM, scope="igf/2017", by=secretary, at=NOW)
        with django_assert_num_queries(7):
            one.get("/igf/2017/people/invitations/")
