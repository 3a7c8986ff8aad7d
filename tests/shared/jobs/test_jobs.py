"""Jobs: handed in once, followed, called off, refused, crashed."""

import logging
from contextlib import suppress

import pytest
from django.db import transaction
from django.utils.translation import override

from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.jobs import enqueue
from convenor.shared.jobs.models import NEXT, Job, State
from convenor.shared.jobs.queue import cancel
from tests.shared.jobs.work import AT, HERE, called, hand_in, run, told


def test_two_clicks_are_one_job(person: Person):
    assert hand_in("succeed", person, cycle=1) == hand_in("succeed", person, cycle=1)
    assert Job.objects.count() == 1


def test_other_values_other_people_and_ended_jobs_are_jobs_of_their_own(person: Person):
    first = hand_in("succeed", person, cycle=1)
    other = Person.objects.create(name="Other", email="other@example.org")

    jobs = {first, hand_in("succeed", person, cycle=2), hand_in("succeed", other, cycle=1)}
    run(first)
    jobs.add(hand_in("succeed", person, cycle=1))

    assert len(jobs) == 4


def test_the_worker_is_told_in_the_transaction_that_hands_the_job_in(person: Person):
    with suppress(ZeroDivisionError), transaction.atomic():
        hand_in("succeed", person)
        raise ZeroDivisionError
    job = hand_in("succeed", person)
    hand_in("succeed", person)

    assert told() == [(job.pk, AT)]


def test_a_key_never_runs_twice_whoever_asks_and_however_it_ended(person: Person):
    first = run(enqueue(f"{HERE}refuse", {}, by=person, at=AT, key="letters of May"))
    again = enqueue(f"{HERE}succeed", {}, by=None, at=AT, key="letters of May")

    assert (again, Job.objects.count(), len(told())) == (first, 1, 1)


def test_a_refusal_is_the_sentence_of_the_job(person: Person):
    job = run(hand_in("refuse", person))

    assert (job.state, job.sentence) == (State.FAILED, "There is nothing to compute. Hand something in first.")


@pytest.mark.parametrize("task", ["crash", "no_such_function"])
def test_a_crash_is_noted_for_us_and_said_without_inner_words(
    person: Person, task: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR):
        job = run(hand_in(task, person))

    assert job.state == State.FAILED
    assert job.sentence.startswith("The job failed by a fault of ours")
    assert [record.message for record in caplog.records] == [f"Job {job.pk} failed"]


def test_a_job_called_off_before_it_runs_never_runs(person: Person):
    job = hand_in("succeed", person)
    cancel(job.pk, at=AT)

    assert (run(job).state, called) == (State.CANCELLED, [])


def test_an_ended_job_cannot_be_called_off(person: Person):
    job = run(hand_in("succeed", person))

    with pytest.raises(Refused, match="it has ended already"):
        cancel(job.pk, at=AT)


def test_sentences_are_in_the_language_of_the_asker(person: Person):
    with override("fr"):
        job = hand_in("speak", person)

    assert run(job).sentence == "lundi"


def test_every_state_says_what_may_follow():
    assert set(NEXT) == set(State)
