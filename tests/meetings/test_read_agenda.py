"""The command `convenor read-agenda`: no database, clear refusals."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.meetings.formats.wordfiles import docx, item, numbering, p

GOLD = json.loads((Path(__file__).parent / "reader" / "00_seed.json").read_text("utf-8"))


@pytest.fixture
def seed_file(seed: str, tmp_path: Path) -> Path:
    """Give the agenda of June as a file."""
    path = tmp_path / "agenda.txt"
    path.write_text(seed, "utf-8")
    return path


def _run(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("read_agenda", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_is_exactly_the_interchange(seed_file: Path):
    out, err = _run(str(seed_file), "--json")

    assert json.loads(out) == GOLD
    assert err == ""


def test_the_outline_shows_times_labels_and_links(seed_file: Path):
    out, err = _run(str(seed_file))
    lines = out.splitlines()

    assert lines[0] == "Draft Agenda 2nd Open Consultations and MAG Meeting"
    assert "Day 1 · 2017-06-12 · Open Consultations · Room K, ITU Montbrillant Building" in lines
    assert "  13:00–15:00, break" in lines
    assert "    3  Adoption of the agenda" in lines
    assert "      a  Workshop proposals" in lines
    assert "    3  Continue workshop selection  [continues Day 2 2]" in lines
    assert err.splitlines()[0] == (
        "Line 8: “Welcome from MAG Chair” has no number; the next one is 2, so 1 seems to be lost."
    )
    assert len(err.splitlines()) == 6


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, seed: str):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(seed.encode())))

    assert json.loads(_run("-", "--json")[0]) == GOLD


def test_a_missing_file_a_folder_a_binary_and_a_large_file_are_refused(tmp_path: Path):
    binary, large = tmp_path / "a.pdf", tmp_path / "b.txt"
    binary.write_bytes(b"%PDF-1.4")
    large.write_bytes(b"10:00 Opening\n" * 1_000_000)

    for name, sentence in (
        (tmp_path / "none.txt", "There is no file “"),
        (tmp_path, " is a folder. Give the path of one document."),
        (binary, "The file looks like PDF, but it is damaged or cut off."),
        (large, "and 10000 kB are allowed"),
        ("a\x00b", "cannot be read"),
    ):
        with pytest.raises(CommandError, match=sentence):
            _run(str(name))


def test_what_could_command_a_terminal_is_taken_out(tmp_path: Path):
    path = tmp_path / "agenda.txt"
    path.write_text("10:00 - 11:00\t1. Opening \x1b[31mred\x9b31m\n", "utf-8")
    out, _err = _run(str(path))

    assert "\x1b" not in out
    assert "\x9b" not in out


def test_the_command_needs_no_database_and_exits_with_1_when_refused(seed_file: Path, tmp_path: Path):
    home = tmp_path / "home"
    program = [sys.executable, "-c", "from convenor.config.cli import main; main()", "read-agenda"]
    environment = {**os.environ, "CONVENOR_HOME": str(home), "PYTHONPATH": "src"}
    read = subprocess.run([*program, str(seed_file), "--json"], capture_output=True, env=environment, check=False)
    refused = subprocess.run([*program, "none.txt"], capture_output=True, env=environment, check=False, text=True)

    assert json.loads(read.stdout) == GOLD
    assert read.returncode == 0
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "There is no file “none.txt”." in refused.stderr
    assert not (home / "convenor.sqlite3").exists()


def test_a_document_of_any_kind_is_read_from_a_file_or_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    body = p("Day 1: 12 June 2017") + p("10:00 - 11:00") + item("Opening") + item("Reports")
    data = docx(body, numbering("decimal %1."))
    path = tmp_path / "agenda.txt"  # a name decides nothing
    path.write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    out = _run(str(path), "--json")[0]

    assert _run("-", "--json")[0] == out
    (block,) = json.loads(out)["days"][0]["blocks"]
    assert [(one["label"], one["title"]) for one in block["items"]] == [("1", "Opening"), ("2", "Reports")]
