"""Minutes as data with a schema: the report as it stands, and beside it what the log says in figures."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from convenor.meetings.clock.projection import Span
from convenor.meetings.minutes import Annex, Record, Report, Section, Verbatim
from convenor.meetings.minutes.record import Check, Decision, ItemRecord, Minuted, Share, Speech

SCHEMA = "minutes.schema.json"


def report_json(
    report: Report,
    record: Record | None = None,
    *,
    unsaid: Collection[int] = (),
    schema: str = SCHEMA,
    state: str = "draft",
) -> str:
    """Write the report, and the record where it is given; no key of a person is in it: people are numbered.

    Of entries that are `unsaid` the record gives no words: the report says something else, or nothing.
    """
    found = {
        "$schema": schema,
        "kind": "summary_report",
        "state": state,
        **_head(report),
        "sections": [_section(one) for one in report.sections],
        "annexes": [_annex(one) for one in report.annexes],
    }
    if record is not None:
        found["record"] = _Known(record, unsaid).data()
    return _written(found)


def verbatim_json(verbatim: Verbatim, *, schema: str = SCHEMA, state: str = "draft") -> str:
    """Write the verbatim record."""
    sittings = [
        {
            "date": sitting.date,
            "item": sitting.item,
            "label": sitting.label,
            "heading": sitting.heading,
            "said": [
                {
                    "key": one.key,
                    "voice": one.voice.value,
                    "name": one.name,
                    "began_at": _moment(one.began_at),
                    "ended_at": _moment(one.ended_at),
                    "paragraphs": list(one.paragraphs),
                }
                for one in sitting.utterances
            ],
        }
        for sitting in verbatim.sittings
    ]
    return _written(
        {"$schema": schema, "kind": "verbatim_record", "state": state, **_head(verbatim), "sittings": sittings}
    )


def schema() -> dict[str, Any]:
    """Give the schema of both kinds."""
    found: dict[str, Any] = json.loads(files("convenor.meetings.minutes_outputs").joinpath(SCHEMA).read_text("utf-8"))
    return found


def _written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _span(span: Span | None) -> dict[str, str | None] | None:
    return None if span is None else {"start": _moment(span.start), "end": _moment(span.end)}


def _head(one: Report | Verbatim) -> dict[str, Any]:
    return {
        "title": one.title,
        "forum": one.forum,
        "language": one.language,
        "zone": one.zone,
        "until": _moment(one.at),
        "lines": list(one.lines),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "label": section.label,
        "heading": section.heading,
        "level": section.level,
        "item": section.item,
        "paragraphs": [
            {
                "key": one.key,
                "number": one.number,
                "does": one.does.value,
                "text": one.text,
                "item": one.item,
                "entries": list(one.entries),
                "repeats": one.repeats,
            }
            for one in section.paragraphs
        ],
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "key": annex.key,
        "title": annex.title,
        "header": list(annex.header),
        "rows": [list(row) for row in annex.rows],
        "notes": list(annex.notes),
    }


class _Known:
    """Writes a record; people stand by numbers in the order in which they come up."""

    def __init__(self, record: Record, unsaid: Collection[int]) -> None:
        self.record, self.unsaid = record, unsaid
        self.numbers: dict[str, int] = {}

    def data(self) -> dict[str, Any]:
        """Give everything."""
        record = self.record
        found: dict[str, Any] = {
            "days": [
                {
                    "date": day.date,
                    "label": day.label,
                    "planned": _span(day.planned),
                    "held": _span(day.actual),
                    "breaks": [
                        {"title": one.title, "planned": _span(one.planned), "held": _span(one.actual)}
                        for one in day.breaks
                    ],
                    "present": sum(one.day == day.key for one in record.attendance),
                }
                for day in record.days
            ],
            "items": [self._item(one) for one in record.items],
            "speeches": [self._speech(one) for one in record.speeches],
            "decisions": [self._decision(one) for one in record.decisions],
            "checks": [self._check(one) for one in record.checks],
            "announcements": [self._minuted(one) for one in record.announcements if one.stands],
            "actions": [self._minuted(one) for one in record.actions if one.stands],
            "proposals": [self._minuted(one) for one in record.proposals if one.stands],
            "use_of_time": {
                "group": [_share(one) for one in record.by_group],
                "region": [_share(one) for one in record.by_region],
                "channel": [_share(one) for one in record.by_channel],
            },
        }
        return {"people": list(self._people()), **found}

    def who(self, key: str) -> int | None:
        """Number somebody; None for nobody."""
        return self.numbers.setdefault(key, len(self.numbers) + 1) if key else None

    def said(self, entry: int, words: str) -> str:
        """Give the words of an entry, unless the report does not say them."""
        return "" if entry in self.unsaid else words

    def _people(self) -> Iterator[dict[str, Any]]:
        for key, number in self.numbers.items():
            person = self.record.people.get(key)
            yield {
                "number": number,
                "name": person.name if person else "",
                "organisation": person.organisation if person else "",
                "country": person.country if person else "",
                "group": person.group if person else "",
                "region": person.region if person else "",
                "capacity": person.capacity.value if person and person.capacity else "",
            }

    def _item(self, item: ItemRecord) -> dict[str, Any]:
        return {
            "key": item.key,
            "label": item.label,
            "title": item.title,
            "depth": item.depth,
            "state": item.state.value if item.state else "",
            "planned": _span(item.planned),
            "held": [_span(one.span) for one in item.stretches],
        }

    def _speech(self, one: Speech) -> dict[str, Any]:
        return {
            "entry": one.entry,
            "person": self.who(one.person),
            "item": one.item,
            "wish": one.wish.value,
            "channel": one.channel.value,
            "began_at": _moment(one.span.start),
            "ended_at": _moment(one.span.end),
            "seconds": one.seconds,
        }

    def _decision(self, one: Decision) -> dict[str, Any]:
        return {
            "entry": one.entry,
            "item": one.item,
            "outcome": one.outcome.value,
            "about": one.about,
            "words": self.said(one.entry, one.words),
            "condition": self.said(one.entry, one.condition),
            "at": _moment(one.at),
            "check": one.check.entry if one.check else None,
        }

    def _check(self, one: Check) -> dict[str, Any]:
        """Give the numbers by group only: who answered what is in no output."""
        numbers = {group: dict(answers) for group, answers in (one.numbers or {}).items()}
        return {
            "entry": one.entry,
            "item": one.item,
            "words": self.said(one.entry, one.words),
            "is_anonymous": one.is_anonymous,
            "numbers": numbers,
        }

    def _minuted(self, one: Minuted) -> dict[str, Any]:
        return {
            "entry": one.entry,
            "number": one.number,
            "item": one.item,
            "words": self.said(one.entry, one.words),
            "person": self.who("" if one.entry in self.unsaid else one.owner),
            "owner": self.said(one.entry, one.owner_words),
            "due": one.due or None,
            "fate": one.fate.value if one.fate else "",
            "fate_words": self.said(one.entry, one.fate_words),
            "settled_by": one.settled_by or None,
        }


def _share(one: Share) -> dict[str, Any]:
    return {"code": one.code, "seconds": one.seconds, "turns": one.turns, "people": one.people}
