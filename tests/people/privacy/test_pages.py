"""The pages of one's own data: what they show, the archive, the proof before an erasure, and whom they serve."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from convenor.people import privacy_archive
from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS
from convenor.people.privacy_archive import archive
from convenor.people.privacy_compute import make_archive
from convenor.people.privacy_erasure import erase
from convenor.people.roles import Role
from convenor.people.sign_in_models import BrowserSession
from convenor.shared.documents.models import File
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job
from convenor.shared.mail.models import Mail

AT = datetime(2017, 6, 13, 9, 0, tzinfo=UTC)
NAME, EMAIL = "Amina Diallo-Sow", "amina.diallo@example.org"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def client_of(amina: Person) -> Client:
    """Give a browser in which she has just signed in."""
    client = Client(HTTP_USER_AGENT="Firefox/140.0 Linux")
    client.force_login(amina, backend=BACKEND)
    return client


def unzipped(content: bytes) -> dict[str, bytes]:
    """Give the files of an archive."""
    with ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_the_archive_holds_every_kind_that_has_rows(client_of: Client, amina: Person):
    answer = client_of.post(reverse("people:download"))

    files = unzipped(answer.content)
    kinds = {kind for kind, one in HOLDINGS.items() if one.find(amina).exists()}
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="convenor-my-data-')
    assert set(files) == {"index.html", *(f"{kind}.json" for kind in kinds)}
    assert json.loads(files["account.json"])["rows"][0]["email"] == EMAIL
    assert json.loads(files["proposals.json"])["rows"][0]["policy_questions"] == [f"What does {NAME} ask?"]
    assert [row["text"] for row in json.loads(files["journal-texts.json"])["rows"]] == [NAME]


def test_the_page_of_the_archive_escapes_what_people_typed(amina: Person):
    Person.objects.filter(pk=amina.pk).update(name="<script>alert(1)</script>")

    page = unzipped(archive(Person.objects.get(pk=amina.pk), at=AT))["index.html"].decode()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_of_the_archive_speaks_the_readers_language_and_direction(amina: Person):
    with translation.override("ar"):
        page = unzipped(archive(amina, at=AT))["index.html"].decode()

    assert '<html lang="ar" dir="rtl">' in page


def test_the_same_moment_gives_the_same_bytes(amina: Person):
    assert archive(amina, at=AT) == archive(amina, at=AT)


def test_a_code_is_not_in_the_archive(amina: Person):
    Mail.objects.create(to=EMAIL, subject="Code", text="12345678", kind="code", is_secret=True, queued_at=AT)

    files = unzipped(archive(amina, at=AT))

    assert [row["subject"] for row in json.loads(files["codes.json"])["rows"]] == ["Code"]
    assert b"12345678" not in b"".join(files.values())


def test_a_large_archive_is_made_by_a_job_and_waits_for_its_person_alone(
    client_of: Client, amina: Person, monkeypatch: pytest.MonkeyPatch, client_as: Callable[[Role], Client]
):
    monkeypatch.setattr(privacy_archive, "AT_ONCE", 3)

    answer = client_of.post(reverse("people:download"))

    job = Job.objects.latest("pk")
    assert answer["Location"] == job.get_absolute_url()
    assert (job.task, job.values) == ("convenor.people.privacy_compute.make_archive", {"person": amina.pk})
    steps: list[str] = []
    said = make_archive(job.values, at=timezone.now(), report=lambda _share, sentence: steps.append(sentence))
    file = File.objects.get()
    assert said == "Your data are gathered and wait on the page “My data” for 7 days."
    assert len(steps) == len(HOLDINGS)
    assert reverse("people:fetch", args=[file.pk]) in client_of.get(reverse("people:data")).content.decode()
    assert "account.json" in unzipped(client_of.get(reverse("people:fetch", args=[file.pk])).content)
    assert client_as(Role.SECRETARIAT).get(reverse("people:fetch", args=[file.pk])).status_code == 404

    erase(amina, at=AT)
    assert not File.objects.exists()
    with pytest.raises(Refused, match="nothing about this person any more"):
        make_archive(job.values, at=timezone.now(), report=lambda _share, _sentence: None)


def test_an_erasure_needs_a_fresh_proof(client_of: Client, amina: Person):
    session = client_of.session
    session["proved_at"] = (timezone.now() - timedelta(hours=1)).timestamp()
    session.save()

    answer = client_of.post(reverse("people:erase"), {"is_sure": "on"})

    amina.refresh_from_db()
    assert answer["Location"] == f"{reverse('sign-in:again')}?next=%2Faccount%2Fdata%2Ferase%2F"
    assert amina.erased_at is None


def test_what_goes_and_what_stays_is_shown_before(client_of: Client, amina: Person):
    page = client_of.get(reverse("people:erase")).content.decode()

    for kind in ("account", "proposals", "evaluations", "journal-texts"):
        assert str(HOLDINGS[kind].title) in page
    assert "The grades stay, without your name" in page
    amina.refresh_from_db()
    assert amina.erased_at is None


def test_without_the_tick_nothing_is_erased(client_of: Client, amina: Person):
    answer = client_of.post(reverse("people:erase"), {})

    amina.refresh_from_db()
    assert "tick that you have read what goes" in answer.content.decode()
    assert amina.erased_at is None


def test_whoever_is_erased_is_signed_out_everywhere(client_of: Client, amina: Person):
    elsewhere = Client(HTTP_USER_AGENT="Chrome/140.0 Windows")
    elsewhere.force_login(amina, backend=BACKEND)

    answer = client_of.post(reverse("people:erase"), {"is_sure": "on"})

    assert answer["Location"] == reverse("people:erased")
    assert "Your data were erased" in client_of.get(reverse("people:erased")).content.decode()
    assert not BrowserSession.objects.filter(person=amina).exists()
    for client in (client_of, elsewhere):
        assert client.get(reverse("people:account"))["Location"].startswith("/sign-in/")


def test_the_last_secretariat_reads_why_not(client_as: Callable[[Role], Client]):
    client = client_as(Role.SECRETARIAT)

    page = client.get(reverse("people:erase")).content.decode()
    answer = client.post(reverse("people:erase"), {"is_sure": "on"})

    assert "nobody else is secretariat of IGF 2017" in page
    assert 'name="is_sure"' not in page
    assert answer.status_code == 409
    assert Person.objects.filter(email="secretariat@example.org", erased_at=None).exists()


@pytest.fixture
def stumbling(amina: Person) -> Iterator[None]:
    """Let the very last step of an erasure fail, as a full disk would."""

    def stumble(instance: Person, **_news: object) -> None:
        if instance.erased_at is not None:
            raise OSError("no space left")

    pre_save.connect(stumble, sender=Person)
    yield
    pre_save.disconnect(stumble, sender=Person)


def test_an_erasure_that_fails_leaves_everything(amina: Person, stumbling: None):
    before = unzipped(archive(amina, at=AT))

    with pytest.raises(OSError, match="no space left"):
        erase(amina, at=AT)

    assert unzipped(archive(Person.objects.get(pk=amina.pk), at=AT)) == before


@pytest.mark.parametrize("mails", [1, 30])
def test_the_page_asks_once_per_kind(
    client_of: Client, amina: Person, mails: int, django_assert_num_queries: Callable[..., object]
):
    Mail.objects.bulk_create(Mail(to=EMAIL, subject="x", text="y", queued_at=AT) for _turn in range(mails))

    with django_assert_num_queries(len(HOLDINGS) + 6):
        client_of.get(reverse("people:data"))


def test_the_account_page_leads_here(client_of: Client):
    assert f'href="{reverse("people:data")}"' in client_of.get(reverse("people:account")).content.decode()
