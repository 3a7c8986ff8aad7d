"""Fixtures of the whole suite: a small cycle, people in every role, clients that are signed in."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from convenor.cycle.models import Cycle, Forum, Phase, PhaseKind, RuleSet
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.journal import triggers
from convenor.shared.journal.models import Entry
from tests.databases import is_on_one_database, is_without_database
from tests.examples import examples
from tests.house.journal_values import faults
from tests.migrated import begin_with, keep, kept_in

PRESETS = Path(__file__).parent.parent / "src/convenor/cycle/presets"
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
# The same examples each time, and none refused because the machine is busy.
settings.register_profile(
    "here",
    max_examples=examples(100),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run on a second database leave out what no database answers in its own way."""
    parser.addoption("--with-database-only", action="store_true", help="run what depends on the database: databases.py")


def uses_database(item: pytest.Item) -> bool:
    """Say whether a test asks for a database."""
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, when asked, files that are tried on one database or on none, without loading them."""
    return True if config.getoption("--with-database-only") and is_on_one_database(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, when asked, what does not depend on the database; hold the libraries to having none."""
    wrong = [item.nodeid for item in items if is_without_database(item.path) and uses_database(item)]
    if wrong:
        raise pytest.UsageError(f"databases.py says that these ask for no database: {', '.join(wrong)}")
    if not config.getoption("--with-database-only"):
        return
    kept = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(scope="session")
def migrated(pytestconfig: pytest.Config) -> Path:
    """Name the file of an empty SQLite database on which every migration was carried out; it may not be there yet."""
    return kept_in(Path(pytestconfig.cache.mkdir("migrated")))  # type: ignore[union-attr]  # the cache is on


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, migrated: Path) -> Iterator[None]:
    """Begin with a database that was migrated before, where there is one."""
    if template := os.environ.get("CONVENOR_TEST_TEMPLATE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    end = begin_with(migrated, connection.creation) if connection.vendor == "sqlite" and migrated.exists() else None
    yield
    if end:
        end()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, migrated: Path) -> None:
    """Take the journal's triggers off: tests that do not roll back empty their tables. `test_triggers` sets them."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker
        if connection.vendor == "sqlite" and not migrated.exists():
            connection.ensure_connection()
            keep(connection.connection, migrated)
        triggers.backward(None, connection.schema_editor())


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for collected files; nothing is collected in tests."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def plain_files(settings: object, empty_folder: Path) -> None:
    """Serve static files under their own names: nothing is collected in tests."""
    settings.STATIC_ROOT = empty_folder  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.STORAGES = {  # type: ignore[attr-defined]  # pytest-django's wrapper
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def nobody_in_the_chain(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a database: no entry of the journal holds open what somebody typed, or names anybody."""
    has_database = {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker(
        "django_db"
    )
    is_of_the_chain = "tests/shared/journal/" in request.node.nodeid  # tries whatever values there are
    if not has_database or is_of_the_chain:
        yield
        return
    request.getfixturevalue("db")  # so that this ends before the database does
    yield
    if not connection.needs_rollback:  # a test that broke a constraint outright can ask nothing more
        assert list(faults(Entry.objects.all())) == []


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start every test in English, with an empty cache."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def rule_set(db: None) -> RuleSet:
    """Give the preset of 2017."""
    data = json.loads((PRESETS / "igf-2017.json").read_text("utf-8"))
    return RuleSet.objects.create(name="IGF 2017", data=data, is_preset=True)


@pytest.fixture
def cycle(rule_set: RuleSet) -> Cycle:
    """Give the year 2017 of a forum, its phases as they were."""
    forum = Forum.objects.create(slug="igf", name="Internet Governance Forum")
    cycle = Cycle.objects.create(
        forum=forum,
        slug="2017",
        name="IGF 2017",
        place="Geneva",
        zone="Europe/Zurich",
        starts_on=date(2017, 12, 18),
        ends_on=date(2017, 12, 21),
        rule_set=rule_set,
    )
    days = [
        (PhaseKind.CALL, (2017, 3, 1), (2017, 5, 3)),
        (PhaseKind.SCREENING, (2017, 5, 4), (2017, 5, 10)),
        (PhaseKind.EVALUATION, (2017, 5, 11), (2017, 5, 31)),
        (PhaseKind.COMMITTEE, (2017, 6, 12), (2017, 6, 14)),
        (PhaseKind.MAIN_SESSIONS, (2017, 6, 15), (2017, 8, 31)),
        (PhaseKind.TIMETABLE, (2017, 9, 1), (2017, 9, 30)),
        (PhaseKind.ANNUAL_MEETING, (2017, 12, 18), (2017, 12, 21)),
        (PhaseKind.REPORTS, (2017, 12, 22), (2018, 1, 4)),
    ]
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=kind, starts_on=date(*start), ends_on=date(*end)) for kind, start, end in days
    )
    return cycle


@pytest.fixture
def person_as(cycle: Cycle) -> Callable[[Role], Person]:
    """Give a person who holds a role in the cycle."""

    def make(role: Role) -> Person:
        person, _made = Person.objects.get_or_create(email=f"{role}@example.org", defaults={"name": f"Example {role}"})
        if role.is_held:
            RoleTerm.objects.get_or_create(person=person, role=role, forum=cycle.forum.slug, cycle=cycle.slug)
        return person

    return make


@pytest.fixture
def client_as(person_as: Callable[[Role], Person]) -> Callable[[Role], Client]:
    """Give a browser-like client signed in as a role; for PUBLIC, one that is not."""

    def make(role: Role) -> Client:
        client = Client()
        if role is not Role.PUBLIC:
            client.force_login(person_as(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
