"""Removing the example: what goes, what stays, and how fast."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

import pytest

from convenor.cycle.actions import remove_forum
from convenor.cycle.models import Cycle, Deadline, Forum, Obligation, Phase, RuleDraft, RuleSet
from convenor.cycle.obligations import owe
from convenor.evaluation.models import Evaluation, Ranking
from convenor.people.models import Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.proposals.models import Contributor, Proposal
from convenor.selection.models import Scenario
from convenor.shared.jobs.models import Job
from convenor.shared.journal import record, sentence, verify
from convenor.shared.journal.models import Entry

from .test_actions import start

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def example(cycle: Cycle) -> Cycle:
    """Give the year 2017 as an example, with a journal."""
    Forum.objects.filter(pk=cycle.forum_id).update(is_example=True)
    cycle.refresh_from_db()
    record(scope=cycle.scope, verb="test.written", template="A line.", at=AT)
    return cycle


def fill(cycle: Cycle, proposals: int, *, evaluations: int = 2) -> None:
    """Give a cycle proposals with owners, contributors and evaluations, all invented."""
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Placeholder {n}", is_example=True) for n in range(max(2, proposals // 10))
    )
    people = Person.objects.bulk_create(
        Person(name=f"Example {n}", email=f"x{n}@example.net", is_example=True, organisation=bodies[n % len(bodies)])
        for n in range(max(10, proposals))
    )
    rows = Proposal.objects.bulk_create(
        Proposal(
            cycle=cycle,
            number=n + 1,
            title=f"T {n}",
            summary="S",
            theme="access",
            format="panel",
            minutes=60,
            owner=people[n % len(people)],
            organisation=bodies[n % len(bodies)],
        )
        for n in range(proposals)
    )
    Contributor.objects.bulk_create(
        Contributor(proposal=row, person=people[(row.number + k) % len(people)], part="speaker")
        for row in rows
        for k in range(3)
    )
    Evaluation.objects.bulk_create(
        Evaluation(member=people[(row.number + k) % len(people)], proposal=row, merge_with=rows[0])
        for row in rows
        for k in range(evaluations)
    )


def test_the_example_goes_with_its_people_and_ones_own_forum_stays(example: Cycle):
    amina = Person.objects.create(name="Amina Mfano", email="amina@example.org")
    own = start(amina)
    fill(example, 12)

    remove_forum(example.forum, by=amina, at=AT)

    assert list(Cycle.objects.all()) == [own]
    assert list(Person.objects.all()) == [amina]
    assert (Proposal.objects.count(), Organisation.objects.count(), Phase.objects.count()) == (0, 0, 8)
    assert list(RoleTerm.objects.values_list("forum", flat=True)) == ["local-igf"]
    assert verify(own.scope).entries == 1
    assert not Entry.objects.filter(scope="igf/2017").exists()
    assert [sentence(entry)[:58] for entry in Entry.objects.filter(scope="")] == [
        "The forum “Internet Governance Forum” was removed with all"
    ]


def test_example_people_and_organisations_used_elsewhere_stay(example: Cycle):
    amina = Person.objects.create(name="Amina Mfano", email="amina@example.org")
    own = start(amina)
    fill(example, 12)
    shared = Proposal.objects.get(cycle=example, number=3)
    Proposal.objects.create(
        cycle=own,
        number=1,
        title="Ours",
        summary="S",
        theme="access",
        format="panel",
        minutes=60,
        owner=shared.owner,
        organisation=shared.organisation,
    )

    remove_forum(example.forum, by=amina, at=AT)

    assert set(Person.objects.all()) == {amina, shared.owner}
    assert list(Organisation.objects.all()) == [shared.organisation]


def test_an_example_person_who_started_a_forum_keeps_it(example: Cycle):
    fill(example, 12)
    host = Person.objects.get(email="x1@example.net")
    RoleTerm.objects.create(person=host, role=Role.SECRETARIAT, forum="igf", cycle="2017")
    own = start(host)

    remove_forum(example.forum, by=Person.objects.get(email="x2@example.net"), at=AT)

    assert list(RoleTerm.objects.values_list("person", "forum")) == [(host.pk, "local-igf")]
    assert list(Person.objects.values_list("email", flat=True)) == ["x1@example.net", "x2@example.net"]
    assert Cycle.objects.get().created_by == host == own.created_by


def test_people_who_are_no_example_stay(example: Cycle, person_as: Callable[[Role], Person]):
    chair = person_as(Role.CHAIR)

    remove_forum(example.forum, by=None, at=AT)

    assert list(Person.objects.all()) == [chair]
    assert not RoleTerm.objects.exists()


def test_jobs_of_the_example_go_and_others_stay(example: Cycle):
    amina = Person.objects.create(name="Amina Mfano", email="amina@example.org")
    own = start(amina)
    for cycle in (example, own):
        Job.objects.create(task="convenor.x.compute.y", values={"cycle": cycle.pk}, by=amina, queued_at=AT)

    remove_forum(example.forum, by=amina, at=AT)

    assert [job.values for job in Job.objects.all()] == [{"cycle": own.pk}]


def test_removing_twice_removes_once(example: Cycle):
    forum = example.forum

    assert remove_forum(forum, by=None, at=AT) > 0
    assert remove_forum(forum, by=None, at=AT) == 0
    assert Entry.objects.filter(scope="").count() == 1


@pytest.mark.slow
def test_five_thousand_proposals_go_in_five_seconds_of_the_processor(example: Cycle):
    fill(example, 5_000, evaluations=8)
    started = process_time()

    remove_forum(example.forum, by=None, at=AT)

    assert process_time() - started < 5
    assert (Person.objects.count(), Organisation.objects.count(), Evaluation.objects.count()) == (0, 0, 0)


def test_a_forum_goes_with_its_own_rules_deadlines_and_what_is_owed(cycle: Cycle):
    own = RuleSet.objects.create(forum=cycle.forum, name="IGF 2017", version=2, data=cycle.rule_set.data)
    Cycle.objects.update(rule_set=own)
    Ranking.objects.create(cycle=cycle, rule_set=own, computed_at=AT, line=1, seed=1)
    Scenario.objects.create(cycle=cycle, rule_set=own, computed_at=AT, places=1, seed=1)
    RuleDraft.objects.create(cycle=cycle, based_on=own, base=own.data, data=own.data, changed_at=AT)
    Deadline.objects.create(phase=cycle.phases.get(kind="call"), on=AT.date(), clock=AT.time(), zone="UTC", set_at=AT)
    owe(cycle.forum, subject=Person.objects.create(name="Kofi"), what="Report", due_on=AT.date())

    remove_forum(cycle.forum, by=None, at=AT)

    gone = (Forum, Cycle, RuleDraft, Deadline, Obligation, Ranking, Scenario)
    assert [model.objects.count() for model in gone] == [0] * len(gone)
    assert list(RuleSet.objects.values_list("is_preset", "version")) == [(True, 1)]
