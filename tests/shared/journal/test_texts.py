"""Texts about people beside the chain: sealed, shown to those who may see them, erased, and missed when stolen."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db.models import QuerySet
from django.utils import translation

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.journal import Private, Verdict, record, sentence, sentences, verify
from convenor.shared.journal.models import Entry, JournalPayload
from convenor.shared.journal.texts import (
    COMMITTEE,
    ERASED_TEXTS,
    PUBLIC,
    SECRETARIAT,
    erase_texts,
    texts_about,
    texts_holding,
)

AT = datetime(2017, 6, 12, 10, 14, tzinfo=UTC)
SCOPE = "igf/2017"


def write(person: Person | None = None, *, text: str = "Amina Diallo", seen_by: str = COMMITTEE) -> Entry:
    """Write an entry that names somebody."""
    return record(
        scope=SCOPE,
        verb="role.given",
        at=AT,
        template="%(name)s is %(role)s.",
        values={"role": "chair"},
        private={"name": Private(text, of=person, seen_by=seen_by)},
    )


@pytest.fixture
def amina(person_as: Callable[[Role], Person]) -> Person:
    """Give somebody whom the journal names."""
    return person_as(Role.MEMBER)


def test_the_hashed_row_holds_the_key_and_the_salted_digest_and_not_the_text(amina: Person):
    entry = write(amina)

    payload = JournalPayload.objects.get()
    digest = sha256(f"{payload.salt}\0Amina Diallo".encode()).hexdigest()
    entry.refresh_from_db()
    assert entry.sealed == {"name": {"of": str(amina.key), "seen_by": "committee", "digest": digest}}
    assert (payload.entry, payload.field, payload.text) == (entry, "name", "Amina Diallo")
    assert len(payload.salt) == 32
    assert entry.values == {"role": "chair"}


@pytest.mark.django_db
def test_the_same_text_never_gets_the_same_digest():
    one, other = write(), write()

    assert one.sealed["name"]["digest"] != other.sealed["name"]["digest"]


def test_a_plain_text_belongs_to_the_person_whom_the_entry_is_about(amina: Person):
    entry = record(
        scope=SCOPE, verb="role.given", at=AT, template="%(name)s.", private={"name": amina.name}, subject=amina
    )

    assert entry.sealed["name"]["of"] == str(amina.key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen_by", "shown_to"),
    [
        (PUBLIC, {frozenset({PUBLIC}), frozenset({PUBLIC, COMMITTEE}), frozenset({PUBLIC, COMMITTEE, SECRETARIAT})}),
        (COMMITTEE, {frozenset({PUBLIC, COMMITTEE}), frozenset({PUBLIC, COMMITTEE, SECRETARIAT})}),
        (SECRETARIAT, {frozenset({PUBLIC, COMMITTEE, SECRETARIAT})}),
    ],
)
def test_a_name_is_shown_where_it_is_meant_to_be(seen_by: str, shown_to: set[frozenset[str]]):
    entry = write(seen_by=seen_by)
    readers = [frozenset([PUBLIC, COMMITTEE, SECRETARIAT][: n + 1]) for n in range(3)]

    said = {seers: sentence(entry, seers=seers) for seers in readers}

    assert said == {
        seers: "Amina Diallo is chair." if seers in shown_to else "(name not shown here) is chair." for seers in readers
    }


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_many_sentences_take_one_query(rows: int, django_assert_num_queries: Callable[..., object]):
    entries = [write(text=f"Person {n}", seen_by=PUBLIC) for n in range(rows)]

    with django_assert_num_queries(1):
        assert sentences(entries) == [f"Person {n} is chair." for n in range(rows)]


def test_an_erased_text_is_said_to_be_erased_and_the_chain_holds(amina: Person):
    write(amina, seen_by=PUBLIC)
    other = write(text="Somebody else", seen_by=PUBLIC)

    gone = erase_texts(texts_about([str(amina.key)]))
    last = record(
        scope=SCOPE,
        verb="person.erased",
        at=AT,
        template="Erased.",
        values={ERASED_TEXTS: " ".join(gone[SCOPE])},
    )

    assert gone == {SCOPE: ["1.name"]}
    assert sentences(Entry.objects.order_by("number")) == [
        "(erased) is chair.",
        "Somebody else is chair.",
        "Erased.",
    ]
    assert list(JournalPayload.objects.values_list("entry", flat=True)) == [other.pk]
    assert verify(SCOPE) == Verdict(SCOPE, 3, last.digest, erased=1)


def test_a_text_of_nobody_goes_with_the_name_it_is(amina: Person):
    write(text="Amina Diallo")
    write(text="Amina Diallo the Second")

    assert erase_texts(texts_about([str(amina.key)], words=["Amina Diallo", ""])) == {SCOPE: ["1.name"]}


def test_a_text_of_nobody_is_found_by_a_name_that_stands_alone_in_it(amina: Person):
    write(text="Statement by AMINA DIALLO, Senegal")
    write(text="Statement by Amina Diallo-Sow")
    write(text="Statement by Amina Diallova")
    write(amina, text="Amina Diallo")  # hers already

    found = JournalPayload.objects.filter(pk__in=texts_holding("Amina Diallo")).order_by("pk")
    assert [one.text for one in found] == ["Statement by AMINA DIALLO, Senegal", "Statement by Amina Diallo-Sow"]
    assert set(texts_holding("Amina Diallo").values()) == {SCOPE}
    assert texts_holding("") == {}


@pytest.mark.django_db
def test_a_text_that_vanished_without_an_erasure_is_named():
    first = write()
    write()
    QuerySet(JournalPayload).filter(entry__number=2).delete()

    reason = "its text “name” is gone, and no entry says that it was erased"
    assert verify(SCOPE) == Verdict(SCOPE, 1, first.digest, bad_number=2, reason=reason)


@pytest.mark.django_db
def test_an_erased_name_is_said_in_the_readers_language():
    entry = write(seen_by=PUBLIC)
    QuerySet(JournalPayload).all().delete()

    with translation.override("xx-unknown"):
        assert sentence(entry) == "(erased) is chair."


@pytest.mark.django_db
def test_one_field_cannot_be_open_and_sealed_at_once():
    with pytest.raises(ValueError, match="keeps name once"):
        record(scope=SCOPE, verb="x", at=AT, template="%(name)s", values={"name": "a"}, private={"name": "b"})

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_sentence_that_wants_another_text_is_refused():
    with pytest.raises(ValueError, match="cannot be filled"):
        record(scope=SCOPE, verb="x", at=AT, template="%(name)s", private={"nom": "b"})

    assert not JournalPayload.objects.exists()
