"""The doctor: each fault is found and said with what to do, and a healthy installation is left in peace."""

import os
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from django.core.management import CommandError, call_command
from django.db.utils import OperationalError
from django.utils import timezone

from convenor.config import doctor, doctor_dns
from convenor.config.doctor import Finding, Health, examine
from convenor.config.management.commands.doctor import Command
from convenor.people.models import Person
from convenor.shared.jobs.models import Job
from convenor.shared.mail.models import Beat, Mail, State
from tests.shared.mail.sink import Sink

NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
KEY = "A" * 392  # as long as one of 2048 bits


class NameServer(socketserver.ThreadingUDPServer):
    """A name server of this machine that knows some TXT records."""

    daemon_threads = True

    def __init__(self, records: dict[str, list[str]], rcode: dns.rcode.Rcode | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Question)
        self.records, self.rcode = records, rcode

    @property
    def resolver(self) -> dns.resolver.Resolver:
        """What asks this server."""
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], int(self.server_address[1])
        return resolver


class _Question(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        wire, socket = self.request
        query = dns.message.from_wire(wire)
        name = query.question[0].name
        answer = dns.message.make_response(query)
        known = self.server.records.get(name.to_text(omit_final_dot=True))
        if self.server.rcode is not None:
            answer.set_rcode(self.server.rcode)
        elif known is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            texts = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in known]
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *texts))
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def world(records: dict[str, list[str]], rcode: dns.rcode.Rcode | None = None) -> Iterator[dns.resolver.Resolver]:
    with NameServer(records, rcode) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.resolver
        server.shutdown()


def healths(findings: Iterator[Finding]) -> list[Health]:
    return [finding.health for finding in findings]


def asked(records: dict[str, list[str]], selector: str = "", domain: str = "mail.example.org") -> list[Finding]:
    with world(records) as resolver:
        return list(doctor_dns.examine_sender(domain, resolver=resolver, selector=selector))


GOOD_ZONE = {
    "mail.example.org": ["v=spf1 mx include:_spf.example.net -all", "some-other-text=1"],
    "s1._domainkey.mail.example.org": [f"v=DKIM1; k=rsa; p={KEY}"],
    "_dmarc.example.org": ["v=DMARC1; p=quarantine; rua=mailto:d@example.org"],
}


def test_a_domain_that_says_everything_is_in_order():
    assert [finding.health for finding in asked(GOOD_ZONE, "s1")] == [Health.GOOD] * 3


def test_a_domain_that_says_nothing_is_told_what_to_publish():
    spf, dkim, dmarc = asked({}, "s1")
    assert [spf.health, dkim.health, dmarc.health] == [Health.BAD] * 3
    assert spf.sentence == "SPF: mail.example.org does not say which servers may send for it."
    assert dkim.todo == "Publish the key that your mail server shows as a TXT record at s1._domainkey.mail.example.org."
    assert dmarc.todo.startswith("Publish a TXT record at _dmarc.mail.example.org: “v=DMARC1; p=none;")


@pytest.mark.parametrize(
    ("records", "health", "words"),
    [
        (["v=spf1 -all", "v=spf1 mx -all"], Health.BAD, "has 2 records, so none counts"),
        (["v=spf1 +all"], Health.ODD, "forbids nobody"),
        (["v=spf1 mx"], Health.ODD, "forbids nobody"),
        (["v=spf1 redirect=_spf.example.net"], Health.GOOD, "says"),
        (["v=spf1 " + "include:a.example " * 11 + "-all"], Health.BAD, "asks for 11 look-ups"),
        (["v=spf10 -all"], Health.BAD, "does not say"),
    ],
)
def test_what_is_said_of_spf(records, health, words):
    spf = asked({"mail.example.org": records})[0]
    assert (spf.health, spf.sentence.count(words)) == (health, 1)


@pytest.mark.parametrize(
    ("record", "health", "words"),
    [
        ("v=DKIM1; p=", Health.BAD, "is withdrawn"),
        ("v=DKIM1; p=AAAA", Health.BAD, "shorter than 1024 bits"),
        ("v=DKIM1; p=not!base64", Health.BAD, "cannot be read"),
        ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", Health.GOOD, "a key is published"),
    ],
)
def test_what_is_said_of_dkim(record, health, words):
    dkim = asked({"s1._domainkey.mail.example.org": [record]}, "s1")[1]
    assert (dkim.health, dkim.sentence.count(words)) == (health, 1)


def test_without_the_name_of_the_key_dkim_is_explained():
    dkim = asked(GOOD_ZONE)[1]
    assert (dkim.health, dkim.todo.count("convenor doctor --selector")) == (Health.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("zone", "health"),
    [
        ({"_dmarc.mail.example.org": ["v=DMARC1; p=none"]}, Health.ODD),
        ({"_dmarc.mail.example.org": ["v=DMARC1; p=reject"], "_dmarc.example.org": ["v=DMARC1; p=none"]}, Health.GOOD),
        ({"_dmarc.example.org": ["v=DMARC1; p=everything"]}, Health.BAD),
        ({"_dmarc.example.org": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, Health.BAD),
        ({"_dmarc.org": ["v=DMARC1; p=reject"]}, Health.BAD),
    ],
)
def test_what_is_said_of_dmarc(zone, health):
    assert asked(zone)[2].health == health


def test_a_name_server_that_does_not_answer_is_said_with_how_to_look_by_hand():
    with world({}, dns.rcode.SERVFAIL) as resolver:
        findings = list(doctor_dns.examine_sender("example.org", resolver=resolver, selector="s1"))
    assert [(finding.health, finding.todo) for finding in findings] == [
        (Health.UNKNOWN, "By hand: `dig TXT example.org`."),
        (Health.UNKNOWN, "By hand: `dig TXT s1._domainkey.example.org`."),
        (Health.UNKNOWN, "By hand: `dig TXT _dmarc.example.org`."),
    ]


def test_a_sender_that_is_nowhere_is_bad():
    assert [finding.health for finding in asked({}, domain="localhost")] == [Health.BAD]


def test_an_old_python_is_bad(monkeypatch):
    assert healths(doctor.python(NOW)) == [Health.GOOD]
    monkeypatch.setattr(sys, "version_info", (3, 10, 1, "final", 0))
    assert [finding.sentence for finding in doctor.python(NOW)] == ["Python 3.10.1 is too old."]


@pytest.mark.django_db
def test_the_database_is_named_with_its_version():
    [finding] = doctor.database(NOW)
    assert finding.health is Health.GOOD
    assert finding.sentence.endswith(" answers.")


def test_a_check_that_the_database_stops_says_so_and_the_others_go_on():
    def broken_check(now: datetime) -> Iterator[Finding]:
        raise OperationalError("no such table: shared_beat\nand more")
        yield

    findings = list(examine(now=NOW, checks=(broken_check, doctor.python)))
    assert [finding.health for finding in findings] == [Health.UNKNOWN, Health.GOOD]
    assert findings[0].sentence == "Not looked at, broken check: the database said “no such table: shared_beat”."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_bad(settings, tmp_path):
    settings.HOME = tmp_path / "shut"
    settings.HOME.mkdir(mode=0o500)
    assert healths(doctor.home(NOW)) == [Health.BAD]


def test_a_home_that_is_a_file_is_bad(settings, tmp_path):
    settings.HOME = tmp_path / "file"
    settings.HOME.write_text("x")
    assert healths(doctor.home(NOW)) == [Health.BAD]


@pytest.mark.parametrize(("mode", "health"), [(0o600, Health.GOOD), (0o640, Health.BAD), (0o604, Health.BAD)])
def test_others_must_not_read_the_signing_key(settings, tmp_path, monkeypatch, mode, health):
    monkeypatch.delenv("CONVENOR_SECRET_KEY", raising=False)
    settings.HOME, settings.SECRET_KEY = tmp_path, "x" * 64
    (tmp_path / "secret").write_text("x" * 64)
    (tmp_path / "secret").chmod(mode)
    assert healths(doctor.secret(NOW)) == [health]


def test_a_short_or_lost_signing_key_is_bad(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("CONVENOR_SECRET_KEY", raising=False)
    settings.HOME, settings.SECRET_KEY = tmp_path, "short"
    assert healths(doctor.secret(NOW)) == [Health.BAD, Health.BAD]
    monkeypatch.setenv("CONVENOR_SECRET_KEY", "x" * 64)
    settings.SECRET_KEY = "x" * 64
    assert healths(doctor.secret(NOW)) == [Health.GOOD]


def test_static_files_must_be_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert healths(doctor.static_files(NOW)) == [Health.BAD]
    (tmp_path / "staticfiles.json").write_text("{}")
    assert healths(doctor.static_files(NOW)) == [Health.GOOD]


@pytest.mark.django_db
def test_a_worker_is_known_by_its_beat_or_by_a_running_job():
    assert [finding.sentence for finding in doctor.worker(NOW)] == [
        "No worker is alive: none has ever run here. 0 jobs wait, and no mail that is released leaves."
    ]
    Beat.objects.create(name="mail", at=NOW - timedelta(seconds=10))
    assert healths(doctor.worker(NOW)) == [Health.GOOD]
    Beat.objects.update(at=NOW - timedelta(minutes=10))
    [finding] = doctor.worker(NOW)
    assert finding.sentence.count("its last sign of life is 10 minutes old") == 1
    Job.objects.create(task="x", state="running", queued_at=NOW, lease_until=NOW + timedelta(seconds=20))
    assert healths(doctor.worker(NOW)) == [Health.GOOD]


@pytest.mark.parametrize(
    ("seconds", "health"), [(0, Health.GOOD), (5, Health.GOOD), (6, Health.BAD), (-86_400, Health.BAD)]
)
def test_clocks_must_agree(seconds, health):
    assert doctor.skew(NOW, NOW + timedelta(seconds=seconds)).health == health


@pytest.mark.django_db
def test_the_clock_of_the_database_is_asked():
    assert healths(doctor.clock(timezone.now())) == [Health.GOOD]


@pytest.mark.parametrize(
    ("origin", "hosts", "demo", "found"),
    [
        ("https://forum.example.org", ["forum.example.org"], False, [Health.GOOD]),
        ("https://forum.example.org", [".example.org"], False, [Health.GOOD]),
        ("http://forum.example.org", ["forum.example.org"], False, [Health.BAD]),
        ("https://forum.example.org", ["localhost"], False, [Health.GOOD, Health.BAD]),
        ("https://forum.example.org", ["*"], True, [Health.GOOD, Health.BAD]),
        ("http://127.0.0.1:8000", ["127.0.0.1"], True, [Health.ODD]),
    ],
)
def test_the_public_address_and_what_depends_on_it(settings, origin, hosts, demo, found):
    settings.ORIGIN, settings.ALLOWED_HOSTS, settings.DEMO, settings.DEBUG = origin, hosts, demo, False
    assert healths(doctor.origin(NOW)) == found


def test_a_mail_server_is_tried(settings):
    settings.SMTP_URL = ""
    assert healths(doctor.mail_server(NOW)) == [Health.BAD]
    with Sink() as sink:
        settings.SMTP_URL = f"smtp://localhost:{sink.port}"
        assert healths(doctor.mail_server(NOW)) == [Health.GOOD]
        settings.SMTP_URL = f"smtp://me:wrong@localhost:{sink.port}"
        [finding] = doctor.mail_server(NOW)
        assert finding.sentence == "The mail server localhost cannot be used: 535 wrong password"
        settings.SMTP_URL = f"smtp://127.1:{sink.port}"  # reaches this machine, counts as one far away
        [finding] = doctor.mail_server(NOW)
        assert finding.sentence.count("offers no STARTTLS") == 1
        port = sink.port
    settings.SMTP_URL = f"smtp://localhost:{port}"
    assert healths(doctor.mail_server(NOW)) == [Health.BAD]


@pytest.mark.django_db
def test_mails_that_wait_or_failed_are_counted():
    assert [finding.sentence for finding in doctor.mails(NOW)] == ["0 mails are on their way, 0 addresses take none."]
    Person.objects.create_user("gone@example.org", email_bounced_at=NOW)
    row = {"to": "a@example.org", "subject": "x", "text": "x", "queued_at": NOW}
    Mail.objects.create(**row, state=State.WAITING, released_at=NOW - timedelta(hours=3), failure="451 later")
    Mail.objects.create(**row, state=State.FAILED, tried_at=NOW - timedelta(hours=1), failure="550 no")
    Mail.objects.create(**row, state=State.FAILED, tried_at=NOW - timedelta(days=2), failure="550 long ago")
    assert [finding.sentence for finding in doctor.mails(NOW)] == [
        "1 mails wait, the oldest for 3 hours; the server said “451 later”.",
        "1 mails failed in the last day; the last time the server said “550 no”.",
    ]


@pytest.mark.django_db
def test_the_command_ends_with_1_where_something_is_bad(settings, capsys):
    settings.SMTP_URL = ""
    with pytest.raises(CommandError, match="Bad: "):
        call_command("doctor", offline=True)
    printed = capsys.readouterr().out
    assert (
        printed.count("BAD  No mail server is set: nobody can get a code to sign in.\n     → Set CONVENOR_SMTP_URL=")
        == 1
    )
    assert printed.count("?    SPF, DKIM and DMARC of localhost were not looked at: no name server was asked.") == 1


def test_the_command_ends_with_0_where_nothing_is_bad(capsys):
    Command().say(
        [Finding(Health.GOOD, "Fine."), Finding(Health.ODD, "Odd.", "Look."), Finding(Health.UNKNOWN, "Dark.")]
    )
    assert capsys.readouterr().out == "ok   Fine.\nlook Odd.\n     → Look.\n?    Dark.\nNothing is bad.\n"
