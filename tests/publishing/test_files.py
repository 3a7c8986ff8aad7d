"""The programme as files: whole, relative, and never over somebody else's."""

import json
import re
from pathlib import Path, PurePosixPath

import pytest
from django.core.management import CommandError, call_command
from icalendar import Calendar

from convenor.cycle.models import Cycle
from convenor.programme.models import Placement, Release, Session
from tests.programme.making import AT, make_session, make_venue, released

LOOK = ["look/components.css", "look/small.js", "look/tokens-dark.css", "look/tokens.css"]
PAGES = ["calendar.ics", "index.html", *LOOK, "programme.json", "rooms.html"]


@pytest.fixture
def programme(cycle: Cycle) -> Release:
    """Give three released sessions."""
    make_venue(cycle)
    return released(cycle, [make_session(cycle, 1001 + index, theme="access") for index in range(3)])


def files(folder: Path) -> list[str]:
    """List the files of a folder but the list itself."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != ".convenor-files"
    )


def test_a_folder_holds_every_page_and_feed_and_says_what_was_written(programme: Release, tmp_path: Path, capsys):
    folder = tmp_path / "new" / "site"

    call_command("publish", str(folder))

    sessions = [f"sessions/{number}.{kind}" for number in (1001, 1002, 1003) for kind in ("html", "ics")]
    printed = capsys.readouterr().out.splitlines()
    assert files(folder) == sorted(PAGES + sessions)
    assert printed[:-1] == sorted(PAGES + sessions)
    assert printed[-1].startswith("14 files, ")
    assert len(Calendar.from_ical((folder / "calendar.ics").read_bytes()).walk("VEVENT")) == 3
    assert len(json.loads((folder / "programme.json").read_text("utf-8"))["sessions"]) == 3


def test_every_link_is_relative_and_leads_to_a_file(programme: Release, tmp_path: Path):
    call_command("publish", str(tmp_path))

    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            name, _hash, anchor = target.partition("#")
            if name.startswith("data:"):
                continue
            aim = (page.parent / name).resolve() if name else page
            assert not PurePosixPath(name).is_absolute()
            assert aim.is_file(), target
            assert not anchor or f'id="{anchor}"' in aim.read_text("utf-8"), target


def test_pages_need_no_module_script_and_hold_nothing_inline(programme: Release, tmp_path: Path):
    call_command("publish", str(tmp_path))

    text = (tmp_path / "index.html").read_text("utf-8")
    assert re.findall(r"<script[^>]*>", text) == ['<script defer src="look/small.js">']
    assert "<form" not in text
    assert " style=" not in text


def test_another_language_is_written_from_right_to_left(programme: Release, tmp_path: Path):
    call_command("publish", str(tmp_path), language="ar")

    assert 'lang="ar" dir="rtl"' in (tmp_path / "index.html").read_text("utf-8")


def test_publishing_again_replaces_and_removes_what_it_wrote(programme: Release, tmp_path: Path):
    call_command("publish", str(tmp_path))
    Placement.objects.filter(session__number=1003).delete()
    Session.objects.filter(number=1001).update(title="Renamed")

    call_command("publish", str(tmp_path))

    assert "sessions/1003.html" not in files(tmp_path)
    assert "Renamed" in (tmp_path / "index.html").read_text("utf-8")


def test_the_same_release_gives_the_same_files(programme: Release, tmp_path: Path):
    for name in ("one", "two"):
        call_command("publish", str(tmp_path / name))

    one, two = (
        {name: (tmp_path / side / name).read_bytes() for name in files(tmp_path / side)} for side in ("one", "two")
    )
    assert one == two


def test_a_folder_that_holds_something_else_is_refused_and_untouched(programme: Release, tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")

    with pytest.raises(CommandError, match="is not empty and was not written by this command"):
        call_command("publish", str(tmp_path))

    assert files(tmp_path) == ["thesis.txt"]


def test_a_forged_list_removes_nothing_outside(programme: Release, tmp_path: Path):
    outside = tmp_path / "thesis.txt"
    outside.write_text("years of work", "utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / ".convenor-files").write_text(f"../thesis.txt\n{outside}\n", "utf-8")

    call_command("publish", str(folder))

    assert outside.read_text("utf-8") == "years of work"


def test_a_file_is_no_folder(programme: Release, tmp_path: Path):
    path = tmp_path / "x"
    path.write_text("", "utf-8")

    with pytest.raises(CommandError, match="is a file"):
        call_command("publish", str(path))


def test_without_a_release_nothing_is_written(cycle: Cycle, tmp_path: Path):
    with pytest.raises(CommandError, match="the programme has no release yet"):
        call_command("publish", str(tmp_path / "site"))

    assert not (tmp_path / "site").exists()


def test_hostile_titles_are_only_text_in_files_too(cycle: Cycle, tmp_path: Path):
    make_venue(cycle)
    released(cycle, [make_session(cycle, 1001, title="<script>alert(1)</script>")], at=AT)

    call_command("publish", str(tmp_path))

    assert all("<script>alert" not in page.read_text("utf-8") for page in tmp_path.rglob("*.html"))
