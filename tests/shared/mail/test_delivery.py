"""Delivery to a real mail server, and what happens when it fails."""

import shutil
import socket
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from convenor.shared.errors import Refused
from convenor.shared.mail.delivery import connect
from convenor.shared.mail.message import CodeMail
from convenor.shared.mail.models import Mail, State
from convenor.shared.mail.rounds import send_waiting
from tests.shared.mail.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "127.1"  # reaches this machine, but is not written as one of its names: treated like a server far away


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Make a certificate that this process trusts."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: encryption towards a mail server was not tried")
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=sink",
            "-addext",
            f"subjectAltName=DNS:localhost,DNS:{ELSEWHERE}",
            "-keyout",
            str(key),
            "-out",
            str(chain),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


def dead_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_mail_arrives_in_both_forms_and_every_script(sink, settings):
    message = EmailMultiAlternatives("Reçu — إيصال", "Danke\n.\n.. مرحبا", None, ["a@example.org"], cc=["b@e.org"])
    message.attach_alternative("<p>مرحبا</p>", "text/html")
    message.send()
    assert [recipients for recipients, _mail in sink.taken] == [["a@example.org"], ["b@e.org"]]
    assert sink.connections == 1
    arrived = sink.taken[0][1]
    head = [arrived["Subject"], arrived["To"], arrived["From"]]
    assert head == ["Reçu — إيصال", "a@example.org", "convenor@localhost"]
    parts = {part.get_content_type(): part.get_content().split() for part in arrived.walk() if not part.is_multipart()}
    assert parts == {"text/plain": ["Danke", ".", "..", "مرحبا"], "text/html": ["<p>مرحبا</p>"]}
    assert [(mail.sent_at is not None, mail.failure) for mail in Mail.objects.all()] == [(True, ""), (True, "")]


def test_a_mail_leaves_only_when_the_transaction_is_through(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    with transaction.atomic():
        send_mail("Kept", "…", None, ["a@example.org"])
        assert sink.taken == []
    with transaction.atomic():
        send_mail("Rolled back", "…", None, ["b@example.org"])
        transaction.set_rollback(True)
    assert [mail["Subject"] for _recipients, mail in sink.taken] == ["Kept"]
    assert [mail.subject for mail in Mail.objects.all()] == ["Kept"]


def test_a_refused_recipient_is_noted_and_the_others_get_theirs(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    sink.answers = {"gone@example.org": "550 no such mailbox"}
    send_mail("Hello", "…", None, ["gone@example.org", "a@example.org"])
    assert [(mail.to, mail.state, mail.failure) for mail in Mail.objects.order_by("pk")] == [
        ("gone@example.org", State.FAILED, "550 no such mailbox"),
        ("a@example.org", State.SENT, ""),
    ]
    assert [recipients for recipients, _mail in sink.taken] == [["a@example.org"]]


@pytest.mark.parametrize(
    "url",
    [
        "smtp://127.0.0.1:{port}",
        "smtps://127.0.0.1:{port}",
        "smtp://no.such.host.invalid",
        "smtp://",
        "mailto:a@example.org",
        "smtp://a:b@[::1",
        "smtp://127.0.0.1:99999",
    ],
)
def test_no_request_fails_because_of_the_mail_server(client, settings, url):
    settings.SMTP_URL = url.format(port=dead_port())
    assert client.post("/sign-in/", {"email": "a@example.org"}).status_code == 302
    mail = Mail.objects.get()
    assert (mail.sent_at, bool(mail.failure)) == (None, True)


def test_a_failed_mail_is_tried_again_and_arrives_once(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{dead_port()}"
    send_mail("Second", "…", None, ["b@example.org"])
    send_mail("Third", "…", None, ["c@example.org"])
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    assert send_waiting(at=timezone.now()) == (0, 2)
    later = timezone.now() + timedelta(minutes=6)
    assert send_waiting(at=later) == (2, 0)
    assert send_waiting(at=later) == (0, 0)
    assert [mail["Subject"] for _recipients, mail in sink.taken] == ["Second", "Third"]
    assert set(Mail.objects.values_list("state", "attempts", "lease_until")) == {(State.SENT, 2, None)}


def test_what_may_pass_is_tried_again_further_and_further_apart_and_then_given_up(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    sink.answers = {"full@example.org": "452 4.2.2 mailbox full"}
    send_mail("Hello", "…", None, ["full@example.org"])
    mail = Mail.objects.get()
    gaps, tried_at = [], mail.released_at
    while mail.state == State.WAITING:
        gaps.append((mail.due_at - tried_at).total_seconds() / 60)
        tried_at = mail.due_at
        send_waiting(at=tried_at)
        mail.refresh_from_db()
    assert gaps[:5] == [5, 15, 60, 240, 240]
    assert (mail.state, mail.failure) == (State.FAILED, "452 4.2.2 mailbox full")
    assert tried_at - mail.released_at >= timedelta(days=5)
    assert sink.taken == []


@pytest.mark.parametrize("answer", ["554 5.7.1 we take no such words", "552 5.3.4 too large"])
def test_what_a_server_refuses_for_good_has_failed_at_once(sink, settings, answer):
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    sink.data_answer = answer
    send_mail("Hello", "…", None, ["a@example.org"])
    assert [(mail.state, mail.failure, mail.attempts) for mail in Mail.objects.all()] == [(State.FAILED, answer, 1)]


def test_a_temporary_answer_to_the_words_waits(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    sink.data_answer = "451 4.7.1 greylisted, try again later"
    send_mail("Hello", "…", None, ["a@example.org"])
    assert Mail.objects.get().state == State.WAITING
    sink.data_answer = "250 kept"
    assert send_waiting(at=timezone.now() + timedelta(minutes=6)) == (1, 0)


def test_what_is_due(settings):
    now = timezone.now()
    day, minute = timedelta(days=1), timedelta(minutes=1)

    def mail(subject: str, state: State, **fields: object) -> Mail:
        return Mail(to="a@example.org", subject=subject, text="…", state=state, **{"queued_at": now - day, **fields})

    Mail.objects.bulk_create(
        [
            mail("due", State.WAITING, due_at=now - minute),
            mail("its deliverer vanished", State.WAITING, due_at=now - minute, lease_until=now - minute),
            mail("in somebody's hands", State.WAITING, due_at=now - minute, lease_until=now + minute),
            mail("later", State.WAITING, due_at=now + minute),
            mail("written without a server", State.KEPT),
            mail("held", State.HELD),
            mail("sent", State.SENT, due_at=now - minute),
            mail("failed", State.FAILED, due_at=now - minute),
            mail("came back", State.BOUNCED, due_at=now - minute),
            mail("discarded", State.DISCARDED, due_at=now - minute),
            mail("a code", State.WAITING, due_at=now - minute, kind="code"),
        ]
    )
    assert [one.subject for one in Mail.objects.due(at=now).order_by("pk")] == ["due", "its deliverer vanished"]


def test_a_code_is_tried_once_and_a_forgotten_one_goes_stale(sink, settings):
    settings.SMTP_URL = f"smtp://127.0.0.1:{dead_port()}"
    CodeMail("Your code", "1234", None, ["a@example.org"]).send()
    assert Mail.objects.get().state == State.FAILED
    Mail.objects.update(state=State.WAITING, lease_until=timezone.now() - timedelta(minutes=1), failure="")
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    assert send_waiting(at=timezone.now()) == (0, 0)
    assert [(mail.state, mail.failure) for mail in Mail.objects.all()] == [(State.FAILED, "The code went stale.")]


def test_the_command_says_what_it_did(sink, settings, capsys):
    settings.SMTP_URL = f"smtp://127.0.0.1:{dead_port()}"
    send_mail("Hello", "…", None, ["a@example.org"])
    CodeMail("Your code", "1234", None, ["a@example.org"]).send()
    with pytest.raises(CommandError, match="Some mails still wait"):
        call_command("send_mail")
    settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
    call_command("send_mail", now=True)
    assert capsys.readouterr().out == "0 sent, 1 still waiting.\n1 sent, 0 still waiting.\n"
    assert [mail["Subject"] for _recipients, mail in sink.taken] == ["Hello"]
    settings.SMTP_URL = ""
    with pytest.raises(CommandError, match="no mail server is set"):
        call_command("send_mail")


def test_a_password_with_any_sign_logs_in(sink, settings):
    settings.SMTP_URL = f"smtp://me%40example.org:p%40ss@localhost:{sink.port}"
    send_mail("Hello", "…", None, ["a@example.org"])
    assert sink.logins == [("me@example.org", "p@ss")]
    assert len(sink.taken) == 1


def test_a_wrong_password_is_noted_without_being_shown(sink, settings):
    settings.SMTP_URL = f"smtp://me:secret@localhost:{sink.port}"
    send_mail("Hello", "…", None, ["a@example.org"])
    mail = Mail.objects.get()
    assert (mail.state, mail.failure) == (
        State.WAITING,
        "535 wrong password",
    )  # the settings are mended, then it leaves


def test_a_password_never_travels_in_clear(sink):
    with pytest.raises(Refused, match=r"127\.1 offers no encryption"):
        connect(f"smtp://me:secret@{ELSEWHERE}:{sink.port}")
    assert (sink.logins, sink.taken) == ([], [])


def test_encryption_is_begun_where_it_is_offered(certificate, settings):
    with Sink(context=certificate) as sink:
        settings.SMTP_URL = f"smtp://me:p%40ss@{ELSEWHERE}:{sink.port}"
        send_mail("Hello", "…", None, ["a@example.org"])
        assert Mail.objects.get().failure == ""
        assert sink.was_encrypted == [False, True]
        assert (sink.logins, len(sink.taken)) == ([("me", "p@ss")], 1)


def test_smtps_is_encrypted_from_the_start(certificate, settings):
    with Sink(context=certificate, is_encrypted_from_start=True) as sink:
        settings.SMTP_URL = f"smtps://me:p%40ss@localhost:{sink.port}"
        send_mail("Hello", "…", None, ["a@example.org"])
        assert Mail.objects.get().failure == ""
        assert (sink.logins, len(sink.taken)) == ([("me", "p@ss")], 1)


def test_a_certificate_nobody_vouches_for_stops_delivery(certificate, settings, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with Sink(context=certificate, is_encrypted_from_start=True) as sink:
        settings.SMTP_URL = f"smtps://me:p%40ss@localhost:{sink.port}"
        send_mail("Hello", "…", None, ["a@example.org"])
        assert "certificate verify failed" in Mail.objects.get().failure
        assert (sink.logins, sink.taken) == ([], [])
