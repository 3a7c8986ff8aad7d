"""The empty database that tests begin with, migrated once and kept: carrying 80 migrations out takes ten seconds.

On SQLite it is a file in pytest's cache, named by what the migrations say. On PostgreSQL `tools/run_tests.py` migrates
a database that the tests' own are copied from, and names it in `CONVENOR_TEST_TEMPLATE`. That the migrations themselves
work on yesterday's data is tried in `tests/house/test_migrations.py`, from nothing by every first run.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import django
from django.apps import apps

TRIGGERS = Path(__file__).resolve().parents[1] / "src/convenor/shared/journal/triggers.py"  # a migration carries it out


def kept_in(folder: Path) -> Path:
    """Name the file of the migrated database; it is another one as soon as a migration differs."""
    said = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    folders = sorted(Path(app.path) / "migrations" for app in apps.get_app_configs())
    for path in [TRIGGERS, *(path for one in folders for path in sorted(one.glob("*.py")))]:
        said.update(path.name.encode() + path.read_bytes())
    return folder / f"{said.hexdigest()[:16]}.sqlite3"


def keep(database: sqlite3.Connection, file: Path) -> None:
    """Store what was migrated just now; other processes see the file whole or not at all."""
    making = file.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(making)) as copy:
        database.backup(copy)
    for old in file.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    making.rename(file)


def begin_with(file: Path, creation: Any) -> Callable[[], None]:
    """Let Django's new test database in memory begin with what the file holds; returns what ends the help."""
    create: Callable[..., str] = creation._create_test_db
    held: list[sqlite3.Connection] = []

    def create_filled(*values: Any, **named: Any) -> str:
        name = create(*values, **named)
        held.append(sqlite3.connect(name, uri=True, check_same_thread=False))  # keeps it until Django has opened it
        with closing(sqlite3.connect(file)) as migrated:
            migrated.backup(held[0])
        return name

    creation._create_test_db = create_filled

    def end() -> None:
        creation._create_test_db = create
        for one in held:
            one.close()

    return end
