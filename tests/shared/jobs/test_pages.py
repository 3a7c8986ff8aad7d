"""The page of a job, and the lists of jobs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.jobs.models import Job, State
from tests.shared.jobs.work import AT, hand_in


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


def test_a_failed_job_is_run_again_from_its_page(member: Client):
    job = own(member, state=State.FAILED, sentence="There was nothing.")

    assert f'action="/jobs/{job.pk}/again/"' in member.get(f"/jobs/{job.pk}/").content.decode()
    assert member.get(f"/jobs/{job.pk}/again/").status_code == 405
    assert member.post(f"/jobs/{job.pk}/again/")["Location"] == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_a_job_that_is_put_off_says_until_when(member: Client):
    job = own(member, state=State.QUEUED, attempts=1, not_before=AT, sentence="The server does not answer.")

    page = member.get(f"/jobs/{job.pk}/").content.decode()

    assert (
        "The server does not answer. It did not come through; it is tried again at 12 Jun 2017, 08:00:00 UTC." in page
    )


def rows(client: Client, path: str) -> list[int]:
    """Give the keys of the jobs that a list holds."""
    return [row.job.pk for row in client.get(path).context["list"].rows]


def test_the_list_holds_ones_own_jobs_only(member: Client, person: Person):
    hand_in("succeed", person)
    mine = own(member)

    assert rows(member, "/jobs/") == [mine.pk]
    assert "What comes back by itself" not in member.get("/jobs/").content.decode()


def test_whoever_runs_the_installation_sees_all_jobs_and_what_comes_back(person: Person, client: Client):
    hand_in("succeed", person)
    client.force_login(
        Person.objects.create(name="Root", email="root@example.org", is_superuser=True),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    page = client.get("/jobs/").content.decode()

    assert "<bdi>Asker</bdi>" in page
    assert "<dd>Removal of old jobs</dd>" in page


TASK = "convenor.selection.compute.compute_selection"


def test_the_filters_live_in_the_address_and_what_they_do_not_know_narrows_nothing(member: Client):
    done, failed = own(member, state=State.DONE), own(member, state=State.FAILED)
    Job.objects.filter(pk=failed.pk).update(task=TASK)

    assert rows(member, "/jobs/?state=failed") == [failed.pk]
    assert rows(member, f"/jobs/?task={TASK}") == [failed.pk]
    assert rows(member, f"/jobs/?state=done&task={TASK}") == []
    assert rows(member, "/jobs/?state=lost&task=x&page=zero") == [failed.pk, done.pk]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_as_much_for_one_job_as_for_thirty(member: Client, count: int, django_assert_num_queries):
    for _number in range(count):
        own(member)

    with django_assert_num_queries(5):  # session, person; kinds, number, rows
        member.get("/jobs/")


@pytest.mark.parametrize(("state", "follows"), [(State.RUNNING, True), (State.QUEUED, True), (State.DONE, False)])
def test_a_list_asks_again_while_something_in_it_moves(member: Client, state: State, follows: bool):
    own(member, state=state)

    assert ("data-follow" in member.get("/jobs/").content.decode()) == follows


def test_a_list_is_paged(member: Client):
    Job.objects.bulk_create(
        Job(task="x", by=Person.objects.get(email="member@example.org"), queued_at=AT + timedelta(minutes=number))
        for number in range(51)
    )

    assert [len(rows(member, path)) for path in ("/jobs/", "/jobs/?page=2")] == [50, 1]
