"""Migrations: the models have theirs, and yesterday's data comes along."""

import gzip
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
YESTERDAY = (
    ROOT / "tests/data/yesterday.sql.gz"
)  # made by `python tools/keep_yesterday.py` before a commit that migrates


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
def test_yesterdays_data_survives_the_migrations(tmp_path: Path):
    if not YESTERDAY.exists():
        pytest.skip("no data of an earlier commit is kept yet")
    path = tmp_path / "convenor.sqlite3"
    with sqlite3.connect(path) as database:
        database.executescript(gzip.decompress(YESTERDAY.read_bytes()).decode("utf-8"))
        before = counts(database)
    database.close()
    environment = {**os.environ, "CONVENOR_HOME": str(tmp_path), "CONVENOR_DATABASE_URL": f"sqlite:///{path}"}
    subprocess.run([sys.executable, "-m", "convenor.config", "setup"], env=environment, check=True)
    with sqlite3.connect(path) as database:
        after = counts(database)
    database.close()

    assert {table: after.get(table) for table in before} == before


def counts(database: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of the product's own tables that people filled."""
    names = [
        name
        for (name,) in database.execute("select name from sqlite_master where type = 'table'")
        if name.split("_")[0]
        in {"people", "cycle", "meetings", "proposals", "evaluation", "selection", "programme", "shared"}
        and name != "cycle_ruleset"  # presets may be added by a new version
    ]
    return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of our own tables
