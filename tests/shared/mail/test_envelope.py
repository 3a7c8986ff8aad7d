"""What stands on a mail besides its words, as a real server receives it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from convenor.shared.mail.actions import write
from convenor.shared.mail.envelope import stop_link, token_of
from convenor.shared.mail.models import Mail, State, Stop
from convenor.shared.mail.rounds import send_waiting
from tests.shared.mail.conftest import NEWS, RECEIPT

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


def write_news(language: str = "en", forum: str = "igf") -> Mail:
    return write(NEWS, to="amina@example.org", context={"name": "Amina"}, forum=forum, at=NOW, language=language)


def write_receipt() -> Mail:
    context = {"name": "Amina", "link": "https://example.org/"}
    return write(RECEIPT, to="amina@example.org", context=context, forum="igf", at=NOW)


def test_every_mail_says_when_from_where_and_that_a_machine_wrote_it(sink, settings):
    settings.ORIGIN = "https://forum.example.org:8443"
    settings.DEFAULT_FROM_EMAIL = "Secretariat <secretariat@example.org>"
    mail = write_receipt()
    [(_recipients, arrived)] = sink.taken
    assert arrived["Date"] == "Mon, 12 Jun 2017 08:00:00 +0000"
    assert arrived["Message-ID"] == f"<convenor.{token_of(mail.pk)}@forum.example.org>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Content-Language"] == "en"
    assert arrived["From"] == "Secretariat <secretariat@example.org>"
    assert arrived["List-Unsubscribe"] is None
    assert sink.senders == ["secretariat@example.org"]


def test_a_mail_comes_back_to_an_address_of_its_own_where_the_settings_name_one(sink, settings):
    settings.MAIL_BOUNCE = "bounces@example.org"
    mail = write_receipt()
    assert sink.senders == [f"bounces+{token_of(mail.pk)}@example.org"]
    assert sink.taken[0][1]["From"] == settings.DEFAULT_FROM_EMAIL


def test_a_mail_has_the_same_name_at_every_try(sink):
    sink.data_answer = "451 later"
    mail = write_receipt()
    sink.data_answer = "250 ok"
    send_waiting(at=NOW + timedelta(minutes=6))
    assert [arrived["Message-ID"] for _to, arrived in sink.taken] == [f"<convenor.{token_of(mail.pk)}@127.0.0.1>"]


def test_news_to_many_say_how_to_stop_them_in_their_own_language(sink, settings):
    settings.ORIGIN = "https://forum.example.org"
    mail = write_news("ar")
    [(_recipients, arrived)] = sink.taken
    link = stop_link(mail)
    assert link.startswith("https://forum.example.org/outbox/stop/")
    assert arrived["List-Unsubscribe"].strip() == f"<{link}>"
    folded = sink.raw[0].partition(b"List-Unsubscribe:")[2].partition(b"\r\nList-")[0]
    assert folded.split() == [f"<{link}>".encode()]  # never as an encoded word: mail programs read it as it is
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived.get_body(("plain",)).get_content().count(link) == 1
    html = arrived.get_body(("html",)).get_content()
    assert (html.count('dir="rtl"'), html.count(f'<a href="{link}">')) == (2, 1)


def test_a_mail_program_stops_them_with_one_click_and_a_person_with_two(sink):
    link = stop_link(write_news()).partition("//")[2].partition("/")
    path = f"/{link[2]}"
    strict = Client(enforce_csrf_checks=True)
    asked = strict.get(path)
    assert (asked.status_code, Stop.objects.count()) == (200, 0)
    assert asked.content.decode().count("No more letters to many") == 1
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Stop.objects.values_list("forum", "address")) == [("igf", "amina@example.org")]
    assert write_news().state == State.DISCARDED
    write_news(forum="far")
    assert list(Mail.objects.filter(forum="far").values_list("state", flat=True)) == [State.SENT]
    strict.post(path, {"do": "start"})
    assert Stop.objects.count() == 0


def test_a_changed_stop_link_leads_nowhere(client, sink):
    mail = write_news()
    assert client.get(f"/outbox/stop/{mail.pk}:forged/").status_code == 404
    assert client.post("/outbox/stop/x/").status_code == 404
    assert Stop.objects.count() == 0
