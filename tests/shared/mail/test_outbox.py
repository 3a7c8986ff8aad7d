"""The backend keeps every mail."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail

from convenor.shared.mail.message import CodeMail
from convenor.shared.mail.models import NEXT, Mail, State

pytestmark = pytest.mark.django_db


def test_a_mail_is_kept_once_per_recipient_in_text_and_html():
    message = EmailMultiAlternatives("Receipt", "Thank you", None, ["a@example.org"], bcc=["b@example.org"])
    message.attach_alternative("<p>Thank you</p>", "text/html")
    assert message.send() == 2
    columns = ("to", "subject", "text", "html", "kind", "state", "tried_at")
    assert list(Mail.objects.order_by("pk").values_list(*columns)) == [
        ("a@example.org", "Receipt", "Thank you", "<p>Thank you</p>", "", State.KEPT, None),
        ("b@example.org", "Receipt", "Thank you", "<p>Thank you</p>", "", State.KEPT, None),
    ]


def test_a_mail_with_a_code_is_marked():
    CodeMail("Your code", "1234", None, ["a@example.org"]).send()
    assert [(mail.is_code, mail.is_secret) for mail in Mail.objects.all()] == [(True, True)]


def test_a_subject_with_line_breaks_or_too_long_is_made_to_fit():
    send_mail("Your proposal\r\nBcc: everybody@example.org", "…", None, ["a@example.org"])
    send_mail("ن" * 300, "…", None, ["a@example.org"])
    assert [mail.subject for mail in Mail.objects.order_by("pk")] == [
        "Your proposal Bcc: everybody@example.org",
        "ن" * 254 + "…",
    ]


def test_an_attachment_is_a_mistake_of_the_programmer():
    message = EmailMessage("Subject", "Text", None, ["a@example.org"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="the outbox keeps text and HTML, no attachments"):
        message.send()
    assert Mail.objects.count() == 0


def test_every_state_of_a_mail_has_its_row():
    assert set(NEXT) == set(State)
