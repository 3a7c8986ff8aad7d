"""Attempts at a job: lost and found, put off, given up, run again; what is kept is kept once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.jobs.effects import keep, once
from convenor.shared.jobs.models import KEPT, MOST_ATTEMPTS, Job, JobEffect, State
from convenor.shared.jobs.queue import LEASE, cancel, requeue_lost, run_again
from tests.shared.jobs.work import AT, called, hand_in, lose, run, told


def test_a_job_is_carried_out_once_and_keeps_its_sentence(person: Person):
    job = run(hand_in("succeed", person, cycle=3))
    run(job)

    assert (job.state, job.sentence, job.attempts) == (State.DONE, "done", 1)
    assert called == [{"cycle": 3}]


def test_progress_is_kept_while_it_runs(person: Person):
    job = run(hand_in("succeed", person))

    assert job.percent == 50


def test_a_job_called_off_while_it_runs_stops_at_its_next_step(person: Person):
    job = run(hand_in("be_called_off", person))

    assert (job.state, called) == (State.CANCELLED, [])


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 0), (2, 30)])
def test_a_lost_job_is_handed_in_again_each_time_later(person: Person, attempts: int, seconds: int):
    job = lose(hand_in("succeed", person), attempts=attempts)

    assert requeue_lost(at=AT) == 1

    job.refresh_from_db()
    later = AT + timedelta(seconds=seconds)
    assert (job.state, job.not_before, told()[1:]) == (State.QUEUED, later, [(job.pk, later)])
    assert run(job).state == State.DONE


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 30), (1, 120)])
def test_what_does_not_answer_is_asked_again_each_time_later(person: Person, attempts: int, seconds: int):
    job = hand_in("ask_elsewhere", person)
    Job.objects.filter(pk=job.pk).update(attempts=attempts)
    before = timezone.now()

    run(job)

    later = told()[-1][1]
    assert (job.state, job.sentence, job.not_before) == (State.QUEUED, "The server does not answer.", later)
    assert timedelta(0) <= later - before - timedelta(seconds=seconds) < timedelta(seconds=20)
    assert run(job).attempts == attempts + 1  # told too early, the worker leaves it alone


def test_what_never_answers_is_given_up_after_three_attempts(person: Person):
    job = hand_in("ask_elsewhere", person)
    Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS - 1)

    assert run(job).state == State.FAILED
    assert job.sentence == "Given up after 3 attempts: The server does not answer."


@pytest.mark.parametrize("task", ["keep_and_fail", "keep_and_refuse", "keep_and_ask_elsewhere"])
def test_a_job_that_kept_what_it_is_for_is_done_whatever_comes_after(person: Person, task: str):
    job = run(hand_in(task, person))

    assert (job.state, job.sentence) == (State.DONE, "kept")


def test_a_lost_job_that_kept_what_it_is_for_is_done_and_not_run_again(person: Person):
    job = lose(hand_in("succeed", person), attempts=MOST_ATTEMPTS)
    JobEffect.objects.create(job=job, key=KEPT, sentence="kept", done_at=AT)

    requeue_lost(at=AT)

    job.refresh_from_db()
    assert (job.state, job.sentence, job.ended_at, len(told())) == (State.DONE, "kept", AT, 1)


def test_a_job_that_kept_what_it_is_for_cannot_be_called_off(person: Person):
    job = lose(hand_in("succeed", person), attempts=1)
    JobEffect.objects.create(job=job, key=KEPT, done_at=AT)

    with pytest.raises(Refused, match="What it did is kept"):
        cancel(job.pk, at=AT)


@pytest.mark.parametrize("task", ["be_called_off_and_keep", "be_lost_and_keep"])
def test_an_attempt_that_lost_its_job_keeps_nothing(person: Person, task: str):
    run(hand_in(task, person))

    assert (called, JobEffect.objects.count()) == ([], 0)


def test_a_step_done_by_an_earlier_attempt_is_not_done_again_and_says_the_same(person: Person):
    job = run(hand_in("step_and_fail", person))
    run_again(job.pk, at=AT)
    run(job)

    assert (job.state, job.attempts, called) == (State.FAILED, 2, [{"step": 1}, {"heard": "first"}, {"heard": "first"}])


@pytest.mark.django_db
def test_outside_a_job_what_is_kept_is_just_done():
    assert (once("a", lambda: "one"), once("a", lambda: "two"), keep(lambda: "three")) == ("one", "two", "three")


def test_a_failed_job_is_run_again_with_fresh_attempts(person: Person):
    job = run(hand_in("refuse", person))

    run_again(job.pk, at=AT)

    job.refresh_from_db()
    assert (job.state, job.sentence, job.ended_at, told()[1:]) == (State.QUEUED, "", None, [(job.pk, AT)])
    assert job.most_attempts - job.attempts == MOST_ATTEMPTS


def test_only_a_failed_job_is_run_again(person: Person):
    job = run(hand_in("succeed", person))

    with pytest.raises(Refused, match="only one that failed"):
        run_again(job.pk, at=AT)


def test_a_failed_job_is_not_run_beside_the_same_one(person: Person):
    job = run(hand_in("refuse", person))
    hand_in("refuse", person)

    with pytest.raises(Refused, match="waits or runs already"):
        run_again(job.pk, at=AT)


def test_after_three_lost_workers_a_job_is_given_up_with_a_sentence(person: Person):
    job = lose(hand_in("succeed", person), attempts=MOST_ATTEMPTS)

    assert requeue_lost(at=AT) == 1

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.sentence.startswith("Given up after 3 attempts")


def test_a_job_whose_worker_lives_is_left_alone(person: Person):
    job = lose(hand_in("succeed", person), attempts=1)
    Job.objects.filter(pk=job.pk).update(lease_until=AT + LEASE)

    assert requeue_lost(at=AT) == 0


def test_a_worker_taken_for_lost_does_not_write_into_the_next_attempt(person: Person):
    job = run(hand_in("be_lost", person))

    assert (job.state, called) == (State.RUNNING, [])
