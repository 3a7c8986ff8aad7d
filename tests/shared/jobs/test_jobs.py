"""Jobs: handed in once, followed, called off, refused, crashed, lost and found."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report, enqueue
from convenor.shared.jobs.models import NEXT, Job, State
from convenor.shared.jobs.queue import LEASE, MOST_ATTEMPTS, cancel, requeue_lost
from convenor.shared.jobs.tasks import carry_out

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
HERE = f"{__name__}."
PERSON = 7
called: list[Mapping[str, int]] = []


def succeed(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Count the calls and end well."""
    report(0.5, "halfway")
    called.append(values)
    return "done"


def refuse(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Refuse with a sentence."""
    raise Refused("There is nothing to compute. Hand something in first.")


def crash(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Fail by a fault of the program."""
    raise ZeroDivisionError("secret inner words")


def be_called_off(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be called off by somebody between two steps."""
    report(0.1, "begun")
    cancel(Job.objects.get(state=State.RUNNING).pk, at=at)
    report(0.9, "keeping")
    called.append(values)
    return "done"


def be_lost(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be taken for lost and run by another worker meanwhile."""
    report(0.1, "begun")
    Job.objects.update(attempts=2)
    report(0.9, "keeping")
    called.append(values)
    return "done"


def speak(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Say something that the catalogue of dates translates."""
    return gettext("Monday")


@pytest.fixture(autouse=True)
def no_calls() -> None:
    """Forget the calls of other tests."""
    called.clear()


@pytest.fixture
def person(db: None) -> Person:
    """Give somebody who asks."""
    return Person.objects.create(name="Asker", email="asker@example.org")


def hand_in(task: str, person: Person | None, **values: int) -> Job:
    """Hand a job of this module in."""
    return enqueue(HERE + task, values, by=person, at=AT)


def run(job: Job) -> Job:
    """Do what the worker does, and give the job as it is then."""
    carry_out.func(job.pk)
    job.refresh_from_db()
    return job


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


def test_the_worker_is_told_only_when_the_job_is_really_there(person: Person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        hand_in("succeed", person)
        hand_in("succeed", person)

    assert len(callbacks) == 1


def test_a_job_is_carried_out_once_and_keeps_its_sentence(person: Person):
    job = run(hand_in("succeed", person, cycle=3))
    run(job)

    assert (job.state, job.sentence, job.attempts) == (State.DONE, "done", 1)
    assert called == [{"cycle": 3}]


def test_progress_is_kept_while_it_runs(person: Person):
    job = run(hand_in("succeed", person))

    assert job.percent == 50


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


def test_a_job_called_off_while_it_runs_stops_at_its_next_step(person: Person):
    job = run(hand_in("be_called_off", person))

    assert (job.state, called) == (State.CANCELLED, [])


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


def lose(job: Job, *, attempts: int) -> Job:
    """Let the worker of a job vanish."""
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=attempts, lease_until=AT - timedelta(seconds=1))
    return job


@pytest.mark.parametrize("attempts", range(1, MOST_ATTEMPTS))
def test_a_lost_job_is_handed_in_again(person: Person, attempts: int, django_capture_on_commit_callbacks):
    job = lose(hand_in("succeed", person), attempts=attempts)

    with django_capture_on_commit_callbacks() as callbacks:
        assert requeue_lost(at=AT) == 1

    job.refresh_from_db()
    assert (job.state, len(callbacks)) == (State.QUEUED, 1)
    assert run(job).state == State.DONE


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


def test_every_state_says_what_may_follow():
    assert set(NEXT) == set(State)


@pytest.fixture
def member(client_as: Callable[[Role], Client]) -> Client:
    """Give a member's browser."""
    return client_as(Role.MEMBER)


def own(member: Client, **fields: object) -> Job:
    """Give a job that the member asked for."""
    person = Person.objects.get(email="member@example.org")
    return Job.objects.create(task="x", by=person, queued_at=timezone.now(), **fields)


def test_a_job_of_somebody_else_is_not_found(member: Client, person: Person):
    job = hand_in("succeed", person)

    assert member.get(f"/jobs/{job.pk}/").status_code == 404
    assert member.post(f"/jobs/{job.pk}/cancel/").status_code == 404


@pytest.mark.parametrize(
    ("state", "says", "follows"),
    [
        (State.QUEUED, "Waiting for its turn", True),
        (State.RUNNING, "It is being computed", True),
        (State.DONE, "It is done", False),
        (State.FAILED, "It did not work", False),
        (State.CANCELLED, "It was cancelled", False),
    ],
)
def test_the_page_says_how_it_stands_and_asks_again_only_while_it_is_open(
    member: Client, state: State, says: str, follows: bool
):
    job = own(member, state=state, back="/igf/2017/", sentence="<b>words</b>", share=0.4)

    page = member.get(f"/jobs/{job.pk}/").content.decode()

    assert f"<h1>{says}</h1>" in page
    assert ("data-follow" in page, f'action="/jobs/{job.pk}/cancel/"' in page) == (follows, follows)
    assert 'href="/igf/2017/"' in page
    assert "<b>words</b>" not in page


def test_without_javascript_a_link_looks_again(member: Client):
    job = own(member, state=State.RUNNING)

    page = member.get(f"/jobs/{job.pk}/")

    assert f'<a class="btn" href="/jobs/{job.pk}/">Look again</a>' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_calling_off_a_job_that_has_just_ended_shows_how_it_ended(member: Client):
    job = own(member, state=State.DONE, sentence="All is computed.")

    page = member.post(f"/jobs/{job.pk}/cancel/", follow=True).content.decode()

    assert "it has ended already" in page
    assert "All is computed." in page


def test_calling_off_is_done_by_a_button_only(member: Client):
    job = own(member, state=State.RUNNING)

    assert member.get(f"/jobs/{job.pk}/cancel/").status_code == 405
    assert member.post(f"/jobs/{job.pk}/cancel/")["Location"] == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert job.state == State.CANCELLED
