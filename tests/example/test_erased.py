"""A speaker and a member of the example are erased: no page, file, export, search or column names them any more."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from zipfile import BadZipFile, ZipFile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Evaluation
from convenor.example.load import load_example
from convenor.example.world import make_world
from convenor.meetings.models import Meeting
from convenor.people.models import Person, RoleTerm
from convenor.people.privacy_erasure import erase
from convenor.people.roles import Role
from convenor.programme.models import Placement, Release, Session, Slot
from convenor.proposals.models import Contributor
from convenor.shared.journal import Private, record, verify
from convenor.shared.journal.models import Entry
from tests.example.lived_in import keys, live_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SKIPPED = re.compile(r"sign-in|language/|theme/|enter/|invitation/|resume/|allauth|account/data/download")
WORDS = {"code": "fr", "kind": "call", "language": "en"}
SEARCHED = re.compile(r"(proposals|journal|programme|people|log|owed|roles|evaluation|selection|timetable)/$")

# Pages of the year that surely name somebody before; more may.
KNOWN = (
    "", "journal/", "people/", "people/people.csv", "people/roles/", "people/invitations/", "programme/programme.json",
    "programme/calendar.ics", "meetings/june/", "meetings/june/agenda.json", "meetings/june/calendar.ics",
    "mail/log/", "jobs/", "owed/", "owed.csv", "deadlines/", "facts/", "retention/people/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """The year, and the two who are erased."""

    cycle: Cycle
    speaker: Person
    member: Person


@pytest.fixture
def world(db: None) -> World:
    """Give the whole example, with the first sessions placed and published, and names in its journal."""
    cycle = load_example(make_world(proposals=30), report=lambda _share, _sentence: None)
    release = Release.objects.create(cycle=cycle, number=1, released_at=timezone.now())
    speaker = the_speaker()
    proposals = [one.proposal for one in speaker.contributions.select_related("proposal")]
    slots = list(Slot.objects.filter(cycle=cycle))
    for number, proposal in enumerate(dict.fromkeys(proposals)):
        session, _made = Session.objects.get_or_create(
            cycle=cycle,
            proposal=proposal,
            defaults={"number": 900 + number, "kind": "workshop", "title": proposal.title, "minutes": 60, "seats": 50},
        )
        session.people.add(speaker)
        Placement.objects.create(session=session, slot=slots[number], room=cycle.rooms.first(), release=release)
    member = the_member()
    for person in (speaker, member):
        private = {"name": Private(person.name, of=person, seen_by="public")}
        record(
            scope=cycle.scope, verb="x.y", at=timezone.now(), template="%(name)s spoke.", private=private, actor=person
        )
    live_in(cycle, (speaker, member), by=secretary(), at=timezone.now())
    return World(Cycle.objects.select_related("forum").get(pk=cycle.pk), speaker, member)


def the_speaker() -> Person:
    """Give somebody who only speaks, whose name nobody else has."""
    speakers = Person.objects.filter(role_terms=None, proposals=None, contributions__isnull=False).order_by("pk")
    return next(one for one in speakers.distinct() if Person.objects.filter(name=one.name).count() == 1)


def the_member() -> Person:
    """Give a member of the committee who evaluated, whose name nobody else has."""
    members = Person.objects.filter(role_terms__role=Role.MEMBER, evaluations__isnull=False).order_by("pk").distinct()
    return next(one for one in members if Person.objects.filter(name=one.name).count() == 1)


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Give every route."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def secretary() -> Person:
    """Give the secretariat's first person."""
    return RoleTerm.objects.filter(role=Role.SECRETARIAT).select_related("person").order_by("pk")[0].person


def addresses(cycle: Cycle, people: tuple[Person, Person]) -> list[str]:
    """Fill every route with what there is, each number with rows that name these people."""
    rows = keys(cycle, people)
    meeting = Meeting.objects.filter(cycle=cycle).first()
    words = {"forum": cycle.forum.slug, "year": cycle.slug, "meeting": meeting.slug if meeting else "none", **WORDS}
    found = []
    for route, _entry in routes(get_resolver()):
        if SKIPPED.search(route):
            continue
        base = re.sub(r"<(?:slug|str|path):(\w+)>", lambda one: words.get(one[1], "x"), route)
        parts = next(part for part in rows if part in base)  # the last fits all
        for numbers in rows[parts] if "<int:" in base else [()]:
            left = iter(numbers)
            found.append("/" + re.sub(r"<int:\w+>", lambda _one, left=left: str(next(left, 1)), base))
    return list(dict.fromkeys(found))


def said(content: bytes) -> str:
    """Give the text of an answer; of a ZIP (also DOCX, XLSX), that of its members."""
    try:
        with ZipFile(io.BytesIO(content)) as file:
            return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    except BadZipFile:
        return content.decode("utf-8", "replace")


def naming(clients: list[Client], paths: list[str], words: list[str]) -> set[str]:
    """Give the addresses whose answer names one of the words; each word is searched for, too, wherever one can."""
    found = set()
    for client in clients:
        client.raise_request_exception = False
        for path in paths:
            searches = [f"{path}?{urlencode({'q': word})}" for word in words] if SEARCHED.search(path) else []
            for address in [path, *searches]:
                answer = client.get(address)
                assert answer.status_code < 500, address
                body = b"".join(answer) if answer.streaming else answer.content
                text = said(body)
                if "?q=" in address:  # the field of the search repeats what was typed
                    text = re.sub(r'value="[^"]*"|\?[^"\s]*|q=[^"\s]*', "", text)
                if any(word in text for word in words):
                    found.add(address)
    return found


def columns(words: list[str]) -> set[str]:
    """Give the columns of the database in which one of the words stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                values = model._base_manager.values_list(field.name, flat=True)
                if any(word in str(value) for value in values.iterator() for word in words):
                    found.add(f"{model._meta.label_lower}.{field.name}")
    return found


def published(cycle: Cycle, folder: Path) -> str:
    """Publish the programme as files and give all their text."""
    call_command("publish", str(folder), verbosity=0, stdout=io.StringIO())
    return "".join(said(path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.slow
def test_a_speaker_and_a_member_are_gone_from_everything_and_the_journal_holds(world: World, tmp_path: Path):
    cycle, speaker, member = world.cycle, world.speaker, world.member
    words = [word for one in (speaker, member) for word in (one.name, one.email) if word]
    grades = list(Evaluation.objects.order_by("pk").values_list("proposal", "grades"))
    parts = Contributor.objects.count()
    regions = sorted(one.region for one in Person.objects.all())
    paths = addresses(cycle, (speaker, member))
    clients = [Client(), signed_in(Role.MEMBER, member), signed_in(Role.SECRETARIAT, member)]
    before = naming(clients[2:], paths, words)  # the secretariat sees most
    base = cycle.get_absolute_url()
    known = {f"{base}{page}" for page in KNOWN}
    assert known - before == set()  # the names were on pages, in exports and feeds
    assert len(before) > 60
    assert speaker.name in published(cycle, tmp_path / "before")

    for person in (speaker, member):
        erase(person, at=timezone.now())

    assert naming(clients, paths, words) == set()
    assert columns(words) == set()
    after = published(cycle, tmp_path / "after")
    assert [word for word in words if word in after] == []
    verdict = verify(cycle.scope)
    assert (verdict.is_whole, verdict.erased) == (True, 8)
    assert verify("").is_whole
    assert list(Evaluation.objects.order_by("pk").values_list("proposal", "grades")) == grades
    assert Contributor.objects.count() == parts
    assert sorted(one.region for one in Person.objects.all()) == regions


def signed_in(role: Role, but: Person) -> Client:
    """Give a browser of somebody else in a role."""
    term = RoleTerm.objects.filter(role=role).exclude(person=but).select_related("person").order_by("pk").first()
    assert term is not None
    client = Client()
    client.force_login(term.person, backend=BACKEND)
    return client


def test_no_entry_of_the_journal_holds_a_name_or_an_address_in_its_chain(world: World):
    rows = Person.objects.values_list("name", "email")
    words = {word.casefold() for row in rows for word in row if word}

    said = [str([entry.template, entry.values]).casefold() for entry in Entry.objects.all()]

    assert len(words) > 100
    assert [one for one in said if any(word in one for word in words)] == []
