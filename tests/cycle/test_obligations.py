"""What is owed to a forum: written once, filed once, listed for the secretariat, told to who owes it."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from convenor.cycle.models import Cycle, Forum, Obligation
from convenor.cycle.obligations import file, open_for, owe
from convenor.cycle.owing import FILED, state_on
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role

from .test_actions import start

DUE, BEFORE, AFTER = date(2018, 1, 4), date(2018, 1, 3), date(2018, 1, 5)
AT = datetime(2018, 1, 4, 12, 0, tzinfo=UTC)
AS = Callable[[Role], Client]
PAGE = "/igf/2017/owed/"


@pytest.fixture
def kofi(db: None) -> Person:
    """Give somebody who owes."""
    return Person.objects.create(name="Kofi Sample", email="kofi@example.org")


@pytest.fixture
def body(db: None) -> Organisation:
    """Give an organisation that owes, with a name that a spreadsheet would run."""
    return Organisation.objects.create(name="=cmd|'/c calc'!A1", country="KE", group="civ")


@pytest.fixture
def day_after(cycle: Cycle) -> Cycle:
    """Let the year stand at the day after the day when things are due."""
    Cycle.objects.update(stands_at=datetime(2018, 1, 5, 12, 0, tzinfo=UTC))
    return Cycle.objects.get(pk=cycle.pk)


def test_the_same_debt_is_written_once_and_takes_the_new_day(cycle: Cycle, kofi: Person):
    first = owe(cycle.forum, subject=kofi, what="Report", due_on=DUE, source=cycle)
    again = owe(cycle.forum, subject=kofi, what="Report of “X”", due_on=AFTER, source=cycle)

    assert (again.pk, again.due_on, again.what) == (first.pk, AFTER, "Report of “X”")
    assert owe(cycle.forum, subject=kofi, what="Another", due_on=DUE).pk != first.pk
    assert Obligation.objects.count() == 2


def test_what_is_filed_in_the_evening_is_filed_that_day_however_far_west(cycle: Cycle, kofi: Person):
    one = file(owe(cycle.forum, subject=kofi, what="Report", due_on=BEFORE), at=AT.replace(hour=4))  # 20:00 in Seattle

    assert list(open_for(kofi, on=BEFORE, forum=cycle.forum)) == []
    assert state_on(one, BEFORE) == FILED


def test_what_was_filed_stays_filed(cycle: Cycle, kofi: Person):
    one = owe(cycle.forum, subject=kofi, what="Report", due_on=DUE, source=cycle)
    filed = file(one, at=AT, reference=cycle)
    file(one, at=AT.replace(year=2019))

    again = owe(cycle.forum, subject=kofi, what="Report", due_on=date(2019, 1, 1), source=cycle)

    assert (filed.filed_kind, filed.filed_id) == ("cycle.cycle", cycle.pk)
    assert (again.filed_at, again.due_on) == (AT, DUE)


@pytest.mark.parametrize(("on", "is_open"), [(BEFORE, True), (DUE, False), (AFTER, False)])
def test_it_is_open_until_the_day_it_is_filed(cycle: Cycle, kofi: Person, on: date, is_open: bool):
    file(owe(cycle.forum, subject=kofi, what="Report", due_on=DUE), at=AT)

    assert open_for(kofi, on=on).exists() == is_open


@pytest.mark.parametrize(("on", "is_overdue"), [(BEFORE, False), (DUE, False), (AFTER, True)])
def test_it_is_overdue_after_its_day(cycle: Cycle, kofi: Person, on: date, is_overdue: bool):
    owe(cycle.forum, subject=kofi, what="Report", due_on=DUE)

    assert Obligation.objects.overdue_on(on).exists() == is_overdue


def test_an_organisations_debt_is_not_a_persons_and_no_forum_sees_anothers(
    cycle: Cycle, kofi: Person, body: Organisation
):
    other = start(kofi).forum
    owe(cycle.forum, subject=body, what="Report", due_on=DUE)
    owe(other, subject=kofi, what="Charter", due_on=DUE)

    assert [one.what for one in open_for(body, on=AFTER, forum=cycle.forum)] == ["Report"]
    assert [one.what for one in open_for(kofi, on=AFTER, forum=cycle.forum)] == []
    assert [one.what for one in open_for(kofi, on=AFTER)] == ["Charter"]


def test_somebody_owes_it_and_only_one(cycle: Cycle, kofi: Person, body: Organisation):
    for owing in ({}, {"person": kofi, "organisation": body}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Obligation.objects.create(forum=cycle.forum, what="X", due_on=DUE, **owing)
    with pytest.raises(ValueError, match="what is owed"):
        owe(cycle.forum, subject=kofi, what=" ", due_on=DUE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Past", "Done", "Coming"]),
        ("?state=overdue", ["Past"]),
        ("?state=due", ["Coming"]),
        ("?state=filed", ["Done"]),
        ("?q=kofi+past", ["Past"]),
        ("?q=%00%3Cb%3E", []),
        ("?state=nonsense", ["Past", "Done", "Coming"]),
    ],
)
def test_the_list_and_its_file_are_narrowed_alike(
    day_after: Cycle, kofi: Person, body: Organisation, client_as: AS, query: str, found: list[str]
):
    forum, other = day_after.forum, start(kofi).forum
    owe(forum, subject=kofi, what="Past", due_on=BEFORE)
    file(owe(forum, subject=body, what="Done", due_on=DUE), at=AT)
    owe(forum, subject=kofi, what="Coming", due_on=date(2018, 2, 1))
    owe(other, subject=kofi, what="Elsewhere", due_on=BEFORE)
    browser = client_as(Role.SECRETARIAT)

    page = browser.get(PAGE + query)
    table = list(csv.reader(StringIO(browser.get("/igf/2017/owed.csv" + query).content.decode("utf-8-sig"))))

    assert [row.obligation.what for row in page.context["rows"]] == found
    assert [row[1] for row in table[1:]] == found
    assert "Elsewhere" not in page.content.decode()


def test_no_cell_of_the_file_runs_as_a_formula(day_after: Cycle, body: Organisation, client_as: AS):
    owe(day_after.forum, subject=body, what="+1", due_on=DUE)

    answer = client_as(Role.SECRETARIAT).get("/igf/2017/owed.csv")

    table = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert table[1] == ["'=cmd|'/c calc'!A1", "'+1", "2018-01-04", "overdue", ""]
    assert answer["Content-Disposition"] == 'attachment; filename="igf-owed-2018-01-05.csv"'


@pytest.mark.parametrize("role", [role for role in Role if role.is_held and role is not Role.SECRETARIAT])
def test_the_list_is_the_secretariats(cycle: Cycle, client_as: AS, role: Role):
    assert (client_as(role).get(PAGE).status_code, client_as(role).get("/igf/2017/owed.csv").status_code) == (403, 403)


def test_people_read_what_they_owe_on_their_account(cycle: Cycle, kofi: Person, client: Client):
    other = Person.objects.create(name="Other", email="other@example.org")
    owe(cycle.forum, subject=kofi, what="Report of <X>", due_on=DUE)
    owe(cycle.forum, subject=other, what="Not theirs", due_on=DUE)
    client.force_login(kofi, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get("/account/").content.decode()

    assert "Report of &lt;X&gt;" in page
    assert "Internet Governance Forum, overdue: 4 January 2018" in page
    assert "Not theirs" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_many(cycle: Cycle, client_as: AS, count: int, django_assert_num_queries):
    people = Person.objects.bulk_create(Person(name=f"P{n}", email=f"p{n}@example.org") for n in range(count))
    for person in people:
        owe(cycle.forum, subject=person, what="Report", due_on=DUE, source=cycle)
    browser = client_as(Role.SECRETARIAT)
    browser.get(PAGE)
    assert Forum.objects.count() == 1
    with django_assert_num_queries(8):
        browser.get(PAGE)
