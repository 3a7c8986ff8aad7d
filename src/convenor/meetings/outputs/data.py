"""The agenda as data with everything it holds: the full form, beside the interchange form of `meetings.agenda`."""

import json
from datetime import UTC
from importlib.resources import files
from typing import Any

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import part_from_dict, part_to_dict
from convenor.meetings.outputs.about import About

SCHEMA = "agenda.schema.json"


def to_full(agenda: Agenda, about: About, *, schema: str) -> dict[str, Any]:
    """Give everything as JSON knows it but the links of calls, which are not for everybody.

    `agenda` inside is the form in which agendas are changed (`agenda.edits`).
    """
    return {
        "$schema": schema,
        "url": about.url,
        "state": about.state,
        "version": about.version,
        "changed_at": about.since.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "language": about.language,
        "zone": about.zone,
        "agenda": part_to_dict(agenda.without_calls()),
    }


def from_full(value: object) -> Agenda:
    """Build the agenda from its full form.

    Raises:
        ValueError: it is no agenda; the message begins with the name of the field.
    """
    part = part_from_dict(value.get("agenda") if isinstance(value, dict) else value)
    if not isinstance(part, Agenda):
        raise ValueError("agenda: it is a part of one")  # noqa: TRY004 - a value of the form, not a type of ours
    return part


def schema() -> dict[str, Any]:
    """Give the schema of both forms: the document is the full one, `$defs/interchange` the other."""
    text = files("convenor.meetings.outputs").joinpath(SCHEMA).read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
