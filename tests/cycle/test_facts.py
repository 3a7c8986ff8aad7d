"""Correcting what a year says of itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from convenor.cycle.facts import Facts, correct_year
from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence, verify
from convenor.shared.journal.models import Entry

AT = datetime(2017, 6, 12, tzinfo=UTC)
PAGE = "/igf/2017/facts/"
STANDS = {"name": "IGF 2017", "place": "Geneva", "language": "en", "starts_on": "2017-12-18", "ends_on": "2017-12-21"}


@pytest.fixture
def secretary(person_as: Callable[[Role], Person]) -> Person:
    """Give the secretariat's person."""
    return person_as(Role.SECRETARIAT)


def changed(cycle: Cycle, **values: object) -> Facts:
    """Give the year's facts with changes."""
    known = Facts.of(cycle)
    return Facts(**{name: values.get(name, getattr(known, name)) for name in Facts.__slots__})  # type: ignore[arg-type]


def test_every_changed_fact_is_an_entry_and_the_same_again_is_none(cycle: Cycle, secretary: Person):
    facts = changed(cycle, language="fr", place="  Genève ", ends_on=date(2017, 12, 20))

    assert correct_year(cycle, facts, by=secretary, at=AT) == 3
    assert correct_year(cycle, facts, by=secretary, at=AT) == 0

    said = [sentence(entry).replace("\u2068", "").replace("\u2069", "") for entry in Entry.objects.order_by("number")]
    assert said == [
        "Of this year, the place was “Geneva” and is now “Genève”.",
        "Of this year, the language was “en” and is now “fr”.",
        "Of this year, the last day of the annual meeting was “2017-12-21” and is now “2017-12-20”.",
    ]
    cycle.refresh_from_db()
    assert (cycle.language, cycle.place, cycle.ends_on) == ("fr", "Genève", date(2017, 12, 20))
    assert verify(cycle.scope).is_whole


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "  "}, "needs a name"),
        ({"starts_on": date(2017, 12, 22)}, "would end on 2017-12-21, before it starts"),
    ],
)
def test_a_year_without_a_name_or_with_its_days_turned_round_is_refused_whole(cycle, secretary, values, words):
    with pytest.raises(Refused, match=words):
        correct_year(cycle, changed(cycle, place="Elsewhere", **values), by=secretary, at=AT)

    cycle.refresh_from_db()
    assert (cycle.name, cycle.place, Entry.objects.count()) == ("IGF 2017", "Geneva", 0)


def test_the_language_of_the_texts_is_changed_on_the_page(cycle: Cycle, client_as: Callable[[Role], Client]):
    client = client_as(Role.SECRETARIAT)
    assert [field.value() for field in client.get(PAGE).context["form"]][:3] == ["IGF 2017", "Geneva", "en"]

    answer = client.post(PAGE, {**STANDS, "language": "ar"})

    assert answer["Location"] == "/igf/2017/"
    assert Cycle.objects.get().language == "ar"


def test_what_was_typed_is_kept_when_the_days_are_wrong(cycle: Cycle, client_as: Callable[[Role], Client]):
    answer = client_as(Role.SECRETARIAT).post(PAGE, {**STANDS, "place": "Typed place", "ends_on": "2017-12-01"})

    assert answer.status_code == 422
    assert "This is before the first day, 2017-12-18." in answer.content.decode()
    assert "Typed place" in answer.content.decode()
    assert Cycle.objects.get().place == "Geneva"
