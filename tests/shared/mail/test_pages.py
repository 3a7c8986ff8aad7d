"""The outbox as pages: who may read what."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client
from django.utils import timezone

from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.mail.message import CodeMail
from convenor.shared.mail.models import Mail, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True


def somebody(role: Role | None = None, **fields: object) -> Client:
    person = Person.objects.create_user("somebody@example.org", name="Somebody", **fields)
    if role:
        RoleTerm.objects.create(person=person, role=role, forum="igf", cycle="2017")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def mail(subject: str = "Receipt", text: str = "Thank you", forum: str = "igf") -> str:
    send_mail(subject, text, None, ["a@example.org"])
    newest = Mail.objects.order_by("-pk")[0]
    Mail.objects.filter(pk=newest.pk).update(forum=forum)
    return f"/outbox/{newest.pk}/"


def test_in_the_demo_everybody_reads_everything(client, demo):
    CodeMail("Your code", "The code is 1234-5678", None, ["a@example.org"]).send()
    page = client.get("/outbox/").content.decode()
    assert page.count("Nothing leaves this machine") == 1
    assert client.get(f"/outbox/{Mail.objects.get().pk}/").content.decode().count("1234-5678") == 1


def test_elsewhere_only_a_secretariat_reads_it(client):
    paths = ["/outbox/", mail()]
    assert [client.get(path).url for path in paths] == [f"/sign-in/?next={path}" for path in paths]


@pytest.mark.parametrize(
    ("role", "fields", "status"),
    [
        (None, {}, 403),
        (Role.MEMBER, {}, 403),
        (Role.CHAIR, {}, 403),
        (Role.SECRETARIAT, {}, 200),
        (None, {"is_superuser": True}, 200),
    ],
)
def test_each_role_and_the_outbox(role, fields, status):
    client = somebody(role, **fields)
    assert [client.get(path).status_code for path in ("/outbox/", mail())] == [status, status]


def test_a_secretariat_sees_the_mails_of_its_forum_only():
    mine, far, nobodys = mail("Ours"), mail("Secret of afar", forum="far"), mail("Of the installation", forum="")
    client = somebody(Role.SECRETARIAT)
    assert [one.subject for one in client.get("/outbox/").context["page"]] == ["Ours"]
    assert [client.get(path).status_code for path in (mine, far, nobodys)] == [200, 404, 404]


def test_a_former_secretariat_sees_nothing():
    client = somebody(Role.SECRETARIAT)
    RoleTerm.objects.update(until=timezone.now().date() - timedelta(days=1))
    assert client.get("/outbox/").status_code == 403


def test_nobody_sees_codes():
    CodeMail("Your code", "The code is 1234-5678", None, ["somebody@example.org"]).send()
    code = Mail.objects.get()
    pages = [
        somebody(is_superuser=True).get(f"/outbox/{code.pk}/").content.decode(),
        signed_in("somebody@example.org").get(f"/outbox/mine/{code.pk}/").content.decode(),
    ]
    assert [page.count("The text is withheld.") for page in pages] == [1, 1]
    assert [page.count("1234-5678") for page in pages] == [0, 0]


def test_a_person_reads_their_own_mails_and_no_other():
    client = somebody()
    me = Person.objects.get()
    other = Person.objects.create_user("other@example.org")
    now = timezone.now()

    def written(subject: str, **fields: object) -> Mail:
        row = {"text": "…", "queued_at": now, "released_at": now, "state": State.SENT, **fields}
        return Mail.objects.create(subject=subject, **row)

    seen = [
        written("To my account", to="old@example.org", person=me),
        written("To my address", to="Somebody@example.org"),
    ]
    unseen = [
        written("To somebody else", to="other@example.org", person=other),
        written("Mine once, theirs now", to="somebody@example.org", person=other),
        written("Still held", to="somebody@example.org", person=me, state=State.HELD, released_at=None),
        written("Discarded", to="somebody@example.org", person=me, state=State.DISCARDED),
    ]
    listed = client.get("/outbox/mine/").context["page"]
    assert [one.subject for one in listed] == ["To my address", "To my account"]
    assert [client.get(f"/outbox/mine/{one.pk}/").status_code for one in seen] == [200, 200]
    assert [client.get(f"/outbox/mine/{one.pk}/").status_code for one in unseen] == [404] * 4


def test_the_account_page_leads_to_the_mails():
    client = somebody()
    send_mail("Receipt", "…", None, ["somebody@example.org"])
    page = client.get("/account/").content.decode()
    assert page.count('<a href="/outbox/mine/"><bdi>1 mail was sent to me</bdi></a>') == 1


def test_a_mail_is_shown_as_text_and_never_run(client, demo):
    message = EmailMultiAlternatives(
        "<script>1</script>\u202e", "<script>2</script> https://example.org/a?b=1&c=2", None, ["<b>@example.org"]
    )
    message.attach_alternative("<script>3</script><img src=x onerror=4>", "text/html")
    message.send()
    page = client.get(f"/outbox/{Mail.objects.get().pk}/").content.decode()
    assert page.count("<script>") + page.count("<img") == 0
    assert page.count('<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow">') == 1


def test_a_failure_is_said_with_what_to_do():
    path = mail()
    Mail.objects.update(failure="550 no such mailbox", state=State.FAILED)
    page = somebody(Role.SECRETARIAT).get(path).content.decode()
    assert page.count("<bdi>550 no such mailbox</bdi>") == 1


def test_the_newest_mail_stands_first_and_long_lists_have_pages(client, demo):
    for number in range(51):
        mail(f"Mail {number}")
    first, second = client.get("/outbox/").context["page"], client.get("/outbox/?page=2").context["page"]
    assert [one.subject for one in first] == [f"Mail {number}" for number in range(50, 0, -1)]
    assert [one.subject for one in second] == ["Mail 0"]
    assert [client.get(f"/outbox/?page={typed}").status_code for typed in ("0", "x", "99", "-1")] == [200] * 4


def test_an_empty_outbox_says_what_will_be_here(client, demo):
    assert client.get("/outbox/").content.decode().count('class="empty"') == 1


def test_there_is_no_such_mail(client, demo):
    assert client.get("/outbox/999/").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(client, demo, django_assert_num_queries):
    for count in (1, 29):
        for number in range(count):
            mail(f"Mail {number}")
        with django_assert_num_queries(2):
            client.get("/outbox/")
