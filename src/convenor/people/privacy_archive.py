"""Everything about one person as a ZIP: a page to read, and one JSON file per kind for programs."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS, lines

AT_ONCE = 2_000  # rows that a page may gather before it hands the work to a job
_READABLE = 0o644 << 16
Report = Callable[[float | None, str], None]


def is_small(person: Person) -> bool:
    """Say whether the archive can be made while the person waits."""
    return sum(line.count for line in lines(person)) <= AT_ONCE


def archive(person: Person, *, at: datetime, report: Report | None = None) -> bytes:
    """Gather everything about a person, in the reader's language; the same rows and moment give the same bytes."""
    parts: list[dict[str, Any]] = []
    for place, holding in enumerate(HOLDINGS.values()):
        if report:
            report(place / len(HOLDINGS), str(holding.title))
        if rows := holding.rows(person):
            labels = holding.labels()
            table = [[_said(row[key]) for key in labels] for row in rows]
            part: dict[str, Any] = {"kind": holding.kind, "title": str(holding.title), "rows": rows}
            parts.append({**part, "file": f"{holding.kind}.json", "heads": labels.values(), "table": table})
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        _add(file, "index.html", render_to_string("people/privacy_index.html", {"parts": parts, "at": at}), at)
        for part in parts:
            content = {"kind": part["kind"], "title": part["title"], "rows": part["rows"]}
            _add(file, part["file"], json.dumps(content, ensure_ascii=False, indent=1), at)
    return stream.getvalue()


def file_name(at: datetime) -> str:
    """Give the name under which a browser saves it."""
    return f"convenor-my-data-{at:%Y-%m-%d}.zip"


def _add(file: ZipFile, name: str, text: str, at: datetime) -> None:
    entry = ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _READABLE
    file.writestr(entry, text.encode("utf-8", "surrogatepass"))


def _said(value: Any) -> str:
    """Say a value for the page; the JSON beside it has it exactly."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(_said(one) for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_said(one)}" for key, one in value.items())
    return "" if value is None else str(value)
