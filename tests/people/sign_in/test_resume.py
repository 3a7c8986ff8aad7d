"""A link from a mail opens one draft, and nothing beside it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from convenor.meetings.models import AgendaDraft
from convenor.people.actions import resume_link
from convenor.people.models import Person
from convenor.people.sign_in_models import BrowserSession
from convenor.people.sign_in_resume import RESUME_DAYS, open_resume
from convenor.shared.errors import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


def draft_of(person: Person) -> AgendaDraft:
    return AgendaDraft.objects.create(owner=person, text="10:00 Opening\n11:00 Closing", handed_in_at=AT)


@pytest.fixture
def draft(amina) -> AgendaDraft:
    return draft_of(amina)


def link_to(person: Person, draft: AgendaDraft) -> str:
    return resume_link(person, f"/read/{draft.pk}/", at=timezone.now())


@pytest.fixture
def guest(amina, draft) -> Client:
    """A browser that came by the link."""
    client = Client()
    assert client.post(link_to(amina, draft)).url == f"/read/{draft.pk}/"
    return client


def news(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_link_asks_with_one_button_and_enters_nothing_before(client, amina, draft):
    page = client.get(link_to(amina, draft))
    assert page.status_code == 200
    assert page.content.decode().count('<button class="btn go">') == 1
    assert BrowserSession.objects.count() == 0


def test_the_draft_opens_and_can_be_worked_on(guest, draft):
    path = f"/read/{draft.pk}/"
    assert guest.get(path).status_code == 200
    assert guest.post(path, {"title": ""}).status_code == 422  # past the door: the form asks for its fields


def test_beside_the_draft_the_guest_is_nobody(guest, draft, amina, kofi):
    mine, theirs = draft_of(amina), draft_of(kofi)
    paths = [
        "/account/",
        "/account/sign-in/",
        "/read/",
        f"/read/{mine.pk}/",
        f"/read/{theirs.pk}/",
        f"/read/{draft.pk}0/",
    ]
    answers = [guest.get(path) for path in paths]
    assert [(answer.status_code, answer.url.split("?")[0]) for answer in answers] == [(302, "/sign-in/")] * 6
    assert guest.get("/").wsgi_request.user.is_anonymous


def test_no_change_of_the_account_is_open_to_the_guest(guest, amina):
    answer = guest.post("/account/sign-in/password/", {"new_password": "kettle orbit tangent moss"})
    assert answer.url.startswith("/sign-in/?next=")
    assert Person.objects.get(pk=amina.pk).has_usable_password() is False


def test_a_draft_of_somebody_else_stays_shut_whatever_the_link_says(amina, kofi):
    client = Client()
    client.post(link_to(amina, theirs := draft_of(kofi)))
    assert client.get(f"/read/{theirs.pk}/").status_code == 404


def test_a_sign_in_from_there_opens_everything(guest, amina):
    amina.set_password("kettle orbit tangent moss")
    amina.save()
    guest.post("/sign-in/", {"email": "amina@example.org", "password": "kettle orbit tangent moss"})
    assert guest.get("/account/").status_code == 200
    assert guest.session.get_expiry_age() > 13 * 24 * 3600


def test_the_session_of_a_link_lasts_a_day_is_listed_and_can_be_ended(guest, browser, draft):
    assert guest.session.get_expiry_age() <= 24 * 3600
    page = browser.get("/account/sign-in/")
    assert page.content.decode().count("one draft only, by a link from a mail") == 1
    browser.post("/account/sign-in/browsers/end-others/")
    assert guest.get(f"/read/{draft.pk}/").status_code == 302


@pytest.mark.parametrize("guard", ["password", "passkey", "provider"])
def test_an_account_with_more_guards_is_asked_to_sign_in(client, amina, draft, guard):
    if guard == "password":
        amina.set_password("kettle orbit tangent moss")
        amina.save()
    elif guard == "passkey":
        Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data={})
    else:
        SocialAccount.objects.create(user=amina, provider="example", uid="1")
    answer = client.post(link_to(amina, draft), follow=True)
    assert answer.redirect_chain == [(f"/sign-in/?next=%2Fread%2F{draft.pk}%2F", 302)]
    assert news(answer) == ["Your account is guarded by more than your mailbox. Sign in to go on with your draft."]
    assert answer.wsgi_request.user.is_anonymous


def test_a_link_holds_fourteen_days_then_leads_to_sign_in_and_on_to_the_draft(amina, draft):
    token = resume_link(amina, f"/read/{draft.pk}/", at=AT).split("/")[3]
    assert open_resume(token, at=AT + timedelta(days=RESUME_DAYS)).is_valid
    late = open_resume(token, at=AT + timedelta(days=RESUME_DAYS, seconds=1))
    assert (late.is_valid, late.path) == (False, f"/read/{draft.pk}/")
    answer = Client().get(f"/sign-in/resume/{token}/", follow=True)
    assert answer.redirect_chain == [(f"/sign-in/?next=%2Fread%2F{draft.pk}%2F", 302)]
    assert news(answer)[0].startswith("Links from mails work for 14 days, and until the address or password changes")


@pytest.mark.parametrize("change", [{"email": "mfano@example.org"}, {"password": "!other"}, {"is_active": False}])
def test_a_change_of_the_account_voids_the_link(amina, draft, change):
    token = link_to(amina, draft).split("/")[3]
    Person.objects.filter(pk=amina.pk).update(**change)
    assert open_resume(token, at=timezone.now()).is_valid is False


def test_a_changed_link_is_refused(client, amina, draft):
    path = link_to(amina, draft)
    other = Signer(salt="another purpose").sign_object({"person": amina.pk, "path": "/account/", "at": 0, "seal": ""})
    paths = [path[:-3] + "/", f"/sign-in/resume/{other}/", "/sign-in/resume/x/", "/sign-in/resume/::/"]
    assert [client.post(one).status_code for one in paths] == [409] * 4
    assert "_auth_user_id" not in client.session


def test_a_person_who_is_gone_has_no_link(amina, draft):
    token = link_to(amina, draft).split("/")[3]
    amina.delete()
    with pytest.raises(Refused, match="This link is not complete, or it was changed"):
        open_resume(token, at=timezone.now())


def test_somebody_signed_in_goes_straight_on_and_somebody_else_is_told(browser, amina, kofi, draft):
    assert browser.get(link_to(amina, draft)).url == f"/read/{draft.pk}/"
    answer = browser.post(link_to(kofi, draft_of(kofi)))
    assert answer.status_code == 409
    assert "This link is for another account than the one you are signed in with." in answer.content.decode()
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "read/1/", "/read/1", "//evil.example/", "/read/../account/", "/read/1/?x=/", "/a\\/"]
)
def test_only_one_whole_path_can_be_put_into_a_link(amina, path):
    with pytest.raises(ValueError, match="is no"):
        resume_link(amina, path, at=AT)
