"""The agenda as JSON: what the schema promises holds for every agenda, and the full form loses nothing."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from convenor.meetings.agenda import Block, to_interchange
from convenor.meetings.agenda.edits import part_from_dict, part_to_dict
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.outputs.data import from_full, schema, to_full
from convenor.meetings.storing import agenda_of
from tests.meetings.outputs.writing import ABOUT, stored

SHIPPED = sorted((Path(__file__).parents[1] / "reader" / "unseen").glob("*.txt"))
FULL = Draft202012Validator(schema(), format_checker=FormatChecker())


def interchange_validator() -> Draft202012Validator:
    """Give the validator of the interchange form, which the same schema defines."""
    whole = schema()
    return Draft202012Validator(
        {"$schema": whole["$schema"], "$defs": whole["$defs"], "$ref": "#/$defs/interchange"},
        format_checker=FormatChecker(),
    )


def complaints(validator: Draft202012Validator, value: Any) -> list[str]:
    """Give what does not fit, as the places of the document."""
    return sorted(error.json_path for error in validator.iter_errors(value))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_agenda_fits_the_schema_and_comes_back(path: Path) -> None:
    agenda, about = stored(path.read_text("utf-8"))
    full = json.loads(json.dumps(to_full(agenda, about, schema="https://forum.example/agenda.schema.json")))

    assert complaints(FULL, full) == []
    assert complaints(interchange_validator(), json.loads(json.dumps(to_interchange(agenda)))) == []
    assert from_full(full) == agenda_without_spans(agenda)


def agenda_without_spans(agenda: Any) -> Any:
    """Leave out where in its source each part was read."""
    return part_from_dict(part_to_dict(agenda))


def test_what_does_not_fit_is_found() -> None:
    agenda, _about = stored("Meeting\n\n12 June 2017\n10:00 - 11:00 1. Opening\n")
    full = to_full(agenda, ABOUT, schema="https://forum.example/agenda.schema.json")
    for place, value, path in (
        ("start", "25:00", "$.agenda.days[0].blocks[0].start"),
        ("kind", "party", "$.agenda.days[0].blocks[0].kind"),
        ("pinned_end", "yes", "$.agenda.days[0].blocks[0].pinned_end"),
        ("colour", "red", "$.agenda.days[0].blocks[0]"),
    ):
        wrong = deepcopy(full)
        wrong["agenda"]["days"][0]["blocks"][0][place] = value
        assert complaints(FULL, wrong) == [path]


def test_what_is_no_agenda_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="agenda: it is a part of one"):
        from_full({"agenda": {"part": "block", "items": []}})
    with pytest.raises(ValueError, match="object"):
        from_full([])


@pytest.mark.django_db
def test_the_pages_give_both_forms_and_their_schema(client: Client, june: Meeting) -> None:
    at = (*june.cycle.address, "june")
    full = client.get(reverse("meetings:full-json", args=at)).json()
    told = client.get(reverse("meetings:schema", args=june.cycle.address))

    assert told["Content-Type"] == "application/schema+json"
    assert full["$schema"].endswith(reverse("meetings:schema", args=june.cycle.address))
    assert complaints(Draft202012Validator(told.json()), full) == []
    assert from_full(full) == agenda_without_spans(agenda_of(june, days_of(june)))
    assert complaints(interchange_validator(), client.get(reverse("meetings:json", args=at)).json()) == []
    assert (full["state"], full["zone"], full["language"]) == ("draft", "Europe/Zurich", "en")
    keys = {block["key"] for day in full["agenda"]["days"] for block in day["blocks"]}
    events = client.get(reverse("meetings:calendar", args=at)).content.decode()
    assert all(f"UID:agenda-{key}@" in events for key in keys), "keys are those of the calendar"


def test_the_model_has_no_field_that_the_form_leaves_out() -> None:
    fields = set(Block.__dataclass_fields__) - {"spans"}

    assert set(schema()["$defs"]["block"]["properties"]) == fields | {"part"}
