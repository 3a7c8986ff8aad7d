"""Whatever column of whatever row is changed, the check names the row; and the models refuse to change any."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenor.people.models import Person
from convenor.shared.journal import Private, record, verify
from convenor.shared.journal.chain import START, digest_of
from convenor.shared.journal.models import FIRST_FORMAT, AppendOnlyError, Entry, JournalPayload

AT = datetime(2017, 6, 12, 10, 14, tzinfo=UTC)
SCOPE, OTHER = "igf/2017", "local/2027"
ENTRY_COLUMNS = sorted(field.attname for field in Entry._meta.concrete_fields if not field.primary_key)
TEXT_COLUMNS = sorted(field.attname for field in JournalPayload._meta.concrete_fields if not field.primary_key)


def other_values(field: models.Field[Any, Any], value: Any) -> st.SearchStrategy[Any]:
    """Give values of a column that are not the one it holds."""
    words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
    if isinstance(field, models.DateTimeField):
        moments: st.SearchStrategy[Any] = st.integers(1, 10**12).map(lambda n: value + timedelta(microseconds=n))
        return moments
    if isinstance(field, models.JSONField):
        changed = st.dictionaries(words, st.integers() | words | st.dictionaries(words, words), max_size=3)
        return changed.filter(lambda one: one != value)
    if isinstance(field, models.IntegerField):
        return st.integers(1, 32_000).filter(lambda one: one != value)
    length = field.max_length or 30
    return words.map(lambda one: one[:length]).filter(lambda one: one != value)


@pytest.fixture
def journal(db: None) -> list[Entry]:
    """Give a journal of four entries: one of the first format, two that name people, one without."""
    person = Person.objects.create(name="Amina Diallo")
    old = Entry(scope=SCOPE, number=1, at=AT, actor="p7", verb="a.b", template="%(n)s", values={"n": 1}, previous=START)
    old.digest = digest_of(old)
    old.save()
    private = {"name": Private("Amina Diallo", of=person), "place": Private("Geneva")}
    template = "%(name)s in %(place)s"
    named = [
        record(scope=SCOPE, verb="c.d", at=AT, template=template, private=private, actor=person, subject=person)
        for _turn in range(2)
    ]
    return [old, *named, record(scope=SCOPE, verb="e.f", at=AT, template="End.")]


def faults() -> set[int]:
    """Give the numbers of the entries that the check of all journals names."""
    scopes = Entry.objects.order_by().values_list("scope", flat=True).distinct()
    return {verdict.bad_number for scope in scopes if (verdict := verify(scope)).bad_number is not None}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("place", [0, 1, 2, 3])
@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_a_change_in_any_column_of_any_entry_is_named(
    journal: list[Entry], column: str, place: int, data: st.DataObject
):
    entry = journal[place]
    field = next(one for one in Entry._meta.concrete_fields if one.attname == column)
    value = data.draw(other_values(field, getattr(entry, column)))
    if column == "number":
        value += len(journal)  # another entry's number is refused by the database
    rows = QuerySet(Entry).filter(pk=entry.pk)
    rows.update(**{column: value})
    try:
        named = faults()
    finally:
        rows.update(**{column: getattr(entry, column)})

    # A row that went elsewhere is missed where it was, and named where it is.
    went = {value, place + 2} if column == "number" else {place + 1, place + 2} if column == "scope" else {place + 1}
    assert named
    assert named <= went
    assert faults() == set()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_a_change_in_any_column_of_any_text_is_named(journal: list[Entry], column: str, data: st.DataObject):
    row = JournalPayload.objects.filter(entry=journal[1], field="name").get()
    field = next(one for one in JournalPayload._meta.concrete_fields if one.attname == column)
    value = journal[3].pk if column == "entry_id" else data.draw(other_values(field, getattr(row, column)))
    if (column, value) == ("field", "place"):
        return
    rows = QuerySet(JournalPayload).filter(pk=row.pk)
    rows.update(**{column: value})
    try:
        named = faults()
    finally:
        rows.update(**{column: getattr(row, column)})

    assert named == {2}
    assert faults() == set()


def test_an_entry_of_the_first_format_still_holds_and_takes_no_texts(journal: list[Entry]):
    content = f'["{START}","{SCOPE}",1,"2017-06-12T10:14:00.000000+00:00","p7","a.b","%(n)s",{{"n":1}},"",null]'
    assert json.loads(content)[0] == START
    assert (journal[0].format, journal[1].format) == (FIRST_FORMAT, 2)
    assert faults() == set()

    JournalPayload.objects.create(entry=journal[0], field="name", text="Somebody", salt="")
    assert verify(SCOPE).reason == "the text “name” was put in after it was written"


def test_a_text_put_in_later_is_named(journal: list[Entry]):
    JournalPayload.objects.create(entry=journal[3], field="name", text="Somebody", salt=uuid4().hex)

    assert verify(SCOPE).bad_number == 4


def test_the_models_refuse_to_change_or_take_out_anything(journal: list[Entry]):
    text = JournalPayload.objects.first()
    assert text is not None
    journal[0].verb = "x.y"
    tries = [
        journal[0].save,
        journal[0].delete,
        lambda: Entry.objects.filter(number=1).update(verb="x.y"),
        lambda: Entry.objects.filter(number=1).delete(),
        lambda: Entry.objects.bulk_update(journal, ["verb"]),
        text.save,
        text.delete,
        lambda: JournalPayload.objects.update(text=""),
        lambda: JournalPayload.objects.all().delete(),
    ]

    for change in tries:
        with pytest.raises(AppendOnlyError):
            change()

    assert (Entry.objects.count(), JournalPayload.objects.count(), faults()) == (4, 4, set())


def test_a_whole_journal_goes_with_its_forum(journal: list[Entry]):
    record(scope=OTHER, verb="e.f", at=AT, template="Of another forum.")

    assert Entry.objects.remove([SCOPE]) == len(journal) + 4
    assert list(Entry.objects.values_list("scope", flat=True)) == [OTHER]
    assert not JournalPayload.objects.exists()
