"""Numbers of topics: no gap, in the transaction, and told on PostgreSQL."""

import psycopg
import pytest
from django.db import connection, transaction

from convenor.people.models import Person
from convenor.shared.live.models import Topic
from convenor.shared.live.news import CHANNEL, number_of, tell, topic_of


class TakenBackError(Exception):
    """What goes wrong in a transaction."""


@transaction.atomic
def tell_in_vain() -> None:
    """Count a change that is taken back."""
    tell("a:1")
    raise TakenBackError


@pytest.mark.django_db
def test_numbers_grow_by_one_and_each_topic_has_its_own():
    assert number_of("a:1") == 0
    assert [tell("a:1"), tell("a:1"), tell("b:1"), tell("a:1")] == [1, 2, 1, 3]
    assert (number_of("a:1"), number_of("b:1")) == (3, 1)


@pytest.mark.django_db
def test_a_change_that_is_taken_back_leaves_no_gap():
    tell("a:1")
    with pytest.raises(TakenBackError):
        tell_in_vain()

    assert tell("a:1") == 2


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_counted():
    with pytest.raises(ValueError, match="in the transaction"):
        tell("a:1")

    assert not Topic.objects.exists()


@pytest.mark.django_db
def test_a_row_names_its_topic_as_references_name_it():
    person = Person.objects.create(name="A", email="a@example.org")

    assert topic_of(person) == f"people.person:{person.pk}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is looked at instead")
def test_postgres_tells_on_commit_and_not_before():
    given = connection.get_connection_params()
    address = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    with psycopg.connect(**address, autocommit=True) as line:
        line.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            tell("a:1")
            assert list(line.notifies(timeout=0.3)) == []
        told = list(line.notifies(timeout=2, stop_after=1))
        with pytest.raises(TakenBackError):
            tell_in_vain()
        assert list(line.notifies(timeout=0.3)) == []

    assert [one.payload for one in told] == ["1 a:1"]
