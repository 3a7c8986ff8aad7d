"""Whatever is done to a document, it is read or refused: 2 seconds of each format, 20 minutes in `make proof`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("fuzzing.py")
SECONDS = 1_200 if os.environ.get("CONVENOR_PROOF") else 2  # of the processor
SEED = [] if os.environ.get("CONVENOR_PROOF") else ["1"]  # what must pass is no lottery; the proof draws anew
# What 2 seconds reach on a slow machine.
LEAST_EXECUTIONS, LEAST_COVERAGE, MEGABYTES = 100, 0.6, 400


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the clock that ends a reading needs signals")
@pytest.mark.parametrize("form", ["text", "html", "docx", "odt", "rtf", "pdf"])
def test_only_a_refusal_comes_out(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), form, str(SECONDS), *SEED],
        capture_output=True,
        check=False,
        timeout=SECONDS * 4 + 120,
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    found = json.loads(done.stdout)
    covered = found["lines"] / found["of"]
    with capsys.disabled():
        sys.stdout.write(f"\nfuzzing {form}: {found['executions']} executions, {covered:.0%} of its lines reached\n")

    assert found["findings"] == [], f"seed {found['seed']}"
    assert found["executions"] >= LEAST_EXECUTIONS
    assert covered >= LEAST_COVERAGE
    assert found["megabytes"] < MEGABYTES
