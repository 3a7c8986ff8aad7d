"""A speaker and a member of the example are erased: no page, file, export, search or column names them any more."""

import io
import re
from collections.abc import Iterator
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

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SKIPPED = re.compile(r"sign-in|language/|theme/|enter/|invitation/|resume/|allauth|account/data/download")
SEARCHED = re.compile(r"(proposals|journal|programme|people|log|owed|roles|evaluation|selection|timetable)/$")


@pytest.fixture
def world(db: None) -> Cycle:
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
    for person in (speaker, the_member()):
        private = {"name": Private(person.name, of=person, seen_by="public")}
        record(
            scope=cycle.scope, verb="x.y", at=timezone.now(), template="%(name)s spoke.", private=private, actor=person
        )
    return cycle


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


def addresses(cycle: Cycle, speaker: Person) -> list[str]:
    """Fill every route with what there is; sessions and proposals with those of the speaker."""
    numbers = [one.proposal.number for one in speaker.contributions.select_related("proposal")][:2]
    sessions = list(Session.objects.filter(cycle=cycle, number__gte=900).values_list("number", flat=True))[:2]
    meeting = Meeting.objects.filter(cycle=cycle).first()
    found = []
    for route, _entry in routes(get_resolver()):
        if SKIPPED.search(route):
            continue
        base = route.replace("<slug:forum>", cycle.forum.slug).replace("<slug:year>", cycle.slug)
        base = base.replace("<slug:meeting>", meeting.slug if meeting else "none")
        keys = numbers if "proposals/" in route else sessions if "programme/" in route else [1, speaker.pk]
        for key in keys if "<int:" in base else [0]:
            filled = re.sub(r"<(slug|str|path):\w+>", "x", re.sub(r"<int:\w+>", str(key), base))
            found.append("/" + filled)
    return found


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
def test_a_speaker_and_a_member_are_gone_from_everything_and_the_journal_holds(world: Cycle, tmp_path: Path):
    speaker, member = the_speaker(), the_member()
    words = [word for one in (speaker, member) for word in (one.name, one.email) if word]
    grades = list(Evaluation.objects.order_by("pk").values_list("proposal", "grades"))
    parts = Contributor.objects.count()
    regions = sorted(one.region for one in Person.objects.all())
    paths = addresses(world, speaker)
    clients = [Client(), signed_in(Role.MEMBER, member), signed_in(Role.SECRETARIAT, member)]
    before = naming(clients, paths, words)
    base = world.get_absolute_url()
    known = {f"{base}{page}" for page in ("journal/", "people/people.csv", "programme/programme.json", "people/roles/")}
    assert known - before == set()  # the names were on pages, in exports and feeds
    assert len(before) > len(known)
    assert speaker.name in published(world, tmp_path / "before")

    for person in (speaker, member):
        erase(person, at=timezone.now())

    assert naming(clients, paths, words) == set()
    assert columns(words) == set()
    after = published(world, tmp_path / "after")
    assert [word for word in words if word in after] == []
    verdict = verify(world.scope)
    assert (verdict.is_whole, verdict.erased) == (True, 2)
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


def test_no_entry_of_the_journal_holds_a_name_or_an_address_in_its_chain(world: Cycle):
    rows = Person.objects.values_list("name", "email")
    words = {word.casefold() for row in rows for word in row if word}

    said = [str([entry.template, entry.values]).casefold() for entry in Entry.objects.all()]

    assert len(words) > 100
    assert [one for one in said if any(word in one for word in words)] == []
