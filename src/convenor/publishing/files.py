"""The programme as a folder of files that any web server, or none, can show."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.publishing.calendars import calendar_of
from convenor.publishing.contexts import programme_context, session_context
from convenor.publishing.details import details_of
from convenor.publishing.filters import BY_ROOM, Filters
from convenor.publishing.interchange import data_of
from convenor.publishing.links import INDEX, ROOMS, FileLinks
from convenor.publishing.talks import Programme, latest_programme
from convenor.shared.errors import Refused

FRAME = "publishing/plain.html"
LOOK = ("tokens.css", "tokens-dark.css", "components.css", "small.js")
#: The list of files written here; a folder that has it may be written again.
LIST = ".convenor-files"


def publish(cycle: Cycle, folder: Path, *, language: str, now: datetime) -> list[str]:
    """Write the latest release into a folder and return the names of the files.

    Files of an earlier run that are not written again are removed; the index is written last.

    Raises:
        Refused: nothing is released yet, or the folder holds files that this did not write; nothing is changed.
    """
    earlier = _earlier(folder)
    files = files_of(cycle, language=language, now=now)
    for name in sorted(files, key=lambda one: one == INDEX):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    (folder / LIST).write_text("".join(f"{name}\n" for name in sorted(files)), "utf-8")
    for name in earlier - files.keys():
        (folder / name).unlink(missing_ok=True)
    return sorted(files)


def files_of(cycle: Cycle, *, language: str, now: datetime) -> Mapping[str, bytes]:
    """Make every file of the latest release, by its name in the folder.

    Raises:
        Refused: nothing is released yet.
    """
    with translation.override(language), timezone.override(cycle.zone_info):
        latest = latest_programme(cycle, with_news=True)
        if latest.release is None:
            raise Refused(_("Nothing was published: the programme has no release yet. Release the timetable first."))
        data = json.dumps(data_of(cycle, latest.release, latest.talks), ensure_ascii=False, indent=1)
        return {
            **{f"look/{name}": _look(name) for name in LOOK},
            "programme.json": data.encode(),
            "calendar.ics": calendar_of(cycle, latest.release, latest.talks),
            INDEX: _programme(cycle, latest, Filters(), now),
            ROOMS: _programme(cycle, latest, Filters(by=BY_ROOM), now),
            **_sessions(cycle, latest, now),
        }


def _sessions(cycle: Cycle, latest: Programme, now: datetime) -> dict[str, bytes]:
    files = {}
    for talk in latest.talks:
        details = details_of(cycle, latest, talk.number, now=now)
        if details is None:
            continue
        context = session_context(cycle, details, FileLinks("../"), frame=FRAME)
        files[f"sessions/{talk.number}.html"] = _page("publishing/session.html", context, up="../")
        files[f"sessions/{talk.number}.ics"] = calendar_of(cycle, details.release, [talk], text=details.summary)
    return files


def _programme(cycle: Cycle, latest: Programme, filters: Filters, now: datetime) -> bytes:
    context = programme_context(cycle, latest, latest.talks, filters, FileLinks(), now=now, frame=FRAME)
    return _page("publishing/programme.html", context, up="")


def _page(template: str, context: Mapping[str, object], *, up: str) -> bytes:
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    return render_to_string(template, {**context, "up": up, "direction": direction}).encode()


def _look(name: str) -> bytes:
    found = finders.find(f"convenor/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(f"convenor/{name} is not among the static files")
    return Path(found).read_bytes()


def _earlier(folder: Path) -> set[str]:
    """Give the files that an earlier run wrote.

    Raises:
        Refused: the path is no folder, or it holds what no earlier run wrote.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(_("Nothing was published: %(folder)s is a file. Name a folder.") % {"folder": folder})
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    if not (folder / LIST).is_file():
        raise Refused(
            _(
                "Nothing was published: %(folder)s is not empty and was not written by this command. Name an empty or "
                "a new folder; nothing in it was changed."
            )
            % {"folder": folder}
        )
    names = (folder / LIST).read_text("utf-8").splitlines()
    return {name for name in names if _is_inside(name)}


def _is_inside(name: str) -> bool:
    """Whether a name leads to a file in the folder, whoever wrote the list."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts
