"""What comes due in the forums is erased by a daily job, after their secretariats were told."""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from convenor.cycle import retention
from convenor.cycle.jobs_on_schedule import erase_due
from convenor.cycle.models import Cycle, Forum
from convenor.cycle.retention import Done, Rule
from convenor.cycle.retention_notice import NOTICE, NOTICE_DAYS
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.jobs import schedules
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.tasks import carry_out
from convenor.shared.journal import sentence, verify
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail

AT = datetime(2017, 6, 12, tzinfo=UTC)
FIRST = AT + timedelta(days=NOTICE_DAYS)


@pytest.fixture
def erased(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let one rule have a row in every place, named by the place, that is due; give what it took."""
    places = {"igf": 1, "other": 2, None: 3}
    gone: list[int] = []

    def since(forum: Forum | None) -> dict[int, date]:
        key = places[forum.slug if forum else None]
        return {} if key in gone else {key: date(2016, 6, 12)}

    def act(keys: Collection[int], at: datetime) -> Done:
        gone.extend(keys)
        return Done(len(keys))

    other = Forum.objects.create(slug="other", name="Other")
    Cycle.objects.create(
        forum=other, slug="1", name="1", zone="UTC", starts_on=AT.date(), ends_on=AT.date(), rule_set=cycle.rule_set
    )
    monkeypatch.setattr(retention, "RULES", {"test": Rule("test", "Test", "", 12, since, act)})
    return gone


def run(at: datetime) -> str:
    """Do what the worker does on a day."""
    return erase_due({}, at=at, report=lambda _share, _words: None)


def told() -> None:
    """Let the time of notice of every forum be over."""
    Forum.objects.update(erases_from=AT.date())


def test_what_is_due_goes_in_every_forum_and_in_none_but_not_where_it_is_kept_longer_or_in_an_example(
    erased: list[int],
):
    other = Forum.objects.get(slug="other")
    other.retentions.create(rule="test", months=None, changed_at=AT)
    Forum.objects.create(slug="invented", name="Example", is_example=True)
    told()

    assert (run(AT), erased) == ("2 rows were erased.", [1, 3])
    assert run(AT) == "0 rows were erased."


def test_the_first_time_nothing_goes_until_the_notice_is_over(erased: list[int]):
    assert run(AT) == "1 row was erased."  # what belongs to no forum
    assert run(FIRST - timedelta(days=1)) == "0 rows were erased."
    assert erased == [3]

    assert run(FIRST) == "2 rows were erased."
    assert sorted(erased) == [1, 2, 3]


def test_the_secretariat_is_told_once_by_mail_on_the_years_page_and_in_the_journal(
    erased: list[int], cycle: Cycle, person_as: Callable[[Role], Person], client_as: Callable[[Role], Client]
):
    keeper = person_as(Role.SECRETARIAT)
    person_as(Role.MEMBER)
    RoleTerm.objects.create(person=Person.objects.create(name="No Address"), role=Role.SECRETARIAT, forum="igf")
    past = Person.objects.create(name="Past", email="past@example.org")
    RoleTerm.objects.create(person=past, role=Role.SECRETARIAT, forum="igf", until=date(2017, 6, 11))

    run(AT)
    run(AT + timedelta(days=1))

    assert list(Mail.objects.values_list("to", "forum", "kind", "language", "subject")) == [
        (
            keeper.email,
            "igf",
            NOTICE,
            "en",
            "Internet Governance Forum: what was kept long enough will be erased from 26 June 2017 on",
        )
    ]
    assert "Due by then: 1." in Mail.objects.get().text
    assert "/igf/2017/retention/" in Mail.objects.get().text
    assert [sentence(entry) for entry in Entry.objects.filter(scope=cycle.scope)] == [
        "From 2017-06-26 on, what was kept long enough is erased here by itself, once a day; due by then: 1."
    ]
    assert verify(cycle.scope).is_whole


def test_until_the_day_the_secretariat_and_nobody_else_reads_it_on_the_years_page(
    erased: list[int], client_as: Callable[[Role], Client]
):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    offer, page = "See what will be erased", "/igf/2017/retention/"
    assert "Nothing has gone by itself yet" in client_as(Role.SECRETARIAT).get(page).content.decode()

    Forum.objects.update(erases_from=tomorrow)
    homes = {role: client_as(role).get("/igf/2017/").content.decode() for role in Role}
    assert {role for role, home in homes.items() if offer in home} == {Role.SECRETARIAT}
    assert "on what is due goes by itself" in client_as(Role.SECRETARIAT).get(page).content.decode()

    Forum.objects.update(erases_from=tomorrow - timedelta(days=1))
    assert offer not in client_as(Role.SECRETARIAT).get("/igf/2017/").content.decode()
    assert "What is due goes by itself, once a day" in client_as(Role.SECRETARIAT).get(page).content.decode()


def test_a_forum_in_which_nothing_comes_due_is_not_told(erased: list[int], cycle: Cycle):
    cycle.forum.retentions.create(rule="test", months=13, changed_at=AT)

    run(AT)

    assert Forum.objects.get(slug="igf").erases_from is None
    assert Forum.objects.get(slug="other").erases_from == FIRST.date()


def test_what_comes_due_within_the_notice_is_told_of_in_time(erased: list[int], cycle: Cycle):
    run(AT - timedelta(days=NOTICE_DAYS))

    assert Forum.objects.get(slug="igf").erases_from == AT.date()


def test_a_forum_in_which_it_fails_does_not_keep_the_others_from_it(erased: list[int], monkeypatch: pytest.MonkeyPatch):
    told()
    rule = retention.RULES["test"]

    def since(forum: Forum | None) -> dict[int, date]:
        if forum is not None and forum.slug == "igf":
            raise ValueError("broken")
        return dict(rule.since(forum))

    monkeypatch.setitem(retention.RULES, "test", Rule("test", "Test", "", 12, since, rule.act))

    with pytest.raises(ExceptionGroup) as fault:
        run(AT)
    assert [str(one) for one in fault.value.exceptions] == ["broken"]
    assert erased == [2, 3]


def test_it_is_handed_in_once_a_day_and_carried_out(erased: list[int]):
    told()
    handed_in = {job.schedule: job for job in schedules.hand_in_due(at=AT)}
    carry_out.func(handed_in["privacy.erase-due"].pk)

    assert Job.objects.get(schedule="privacy.erase-due").state == State.DONE
    assert erased == [1, 2, 3]
    assert schedules.SCHEDULES["privacy.erase-due"].every == timedelta(days=1)
