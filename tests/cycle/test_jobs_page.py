"""The jobs of a year: seen and steered by its secretariat, never those of another forum or of a person alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle, Forum
from convenor.cycle.removal import remove_forum
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.jobs.models import Job, State

PATH = "/igf/2017/jobs/"


@pytest.fixture
def secretariat(client_as: Callable[[Role], Client]) -> Client:
    """Give a secretariat's browser."""
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def member(person_as: Callable[[Role], Person]) -> Person:
    """Give somebody who asks for jobs."""
    return person_as(Role.MEMBER)


def make(scope: str = "igf/2017", **fields: object) -> Job:
    """Give a job."""
    return Job.objects.create(task="x", queued_at=timezone.now(), scope=scope, **fields)


def rows(client: Client, query: str = "") -> list[int]:
    """Give the keys of the jobs that the page holds."""
    return [row.job.pk for row in client.get(PATH + query).context["list"].rows]


def test_the_year_s_jobs_are_listed_with_who_asked(secretariat: Client, member: Person):
    job = make(by=member, state=State.FAILED, sentence="<b>There was nothing.</b>", attempts=3)

    page = secretariat.get(PATH).content.decode()

    assert rows(secretariat) == [job.pk]
    assert "<bdi>Example member</bdi>" in page
    assert "&lt;b&gt;There was nothing.&lt;/b&gt;" in page
    assert f'action="/igf/2017/jobs/{job.pk}/again/"' in page


def test_jobs_of_another_forum_of_another_year_and_of_a_person_alone_are_not_here(secretariat: Client, member: Person):
    Forum.objects.create(slug="igf2", name="Another")
    for scope in ("igf2/2017", "igf/2018", "igf", ""):
        other = make(scope, by=member, state=State.FAILED, sentence="Of others")

        assert secretariat.post(f"{PATH}{other.pk}/cancel/").status_code == 404
        assert secretariat.post(f"{PATH}{other.pk}/again/").status_code == 404

    assert rows(secretariat) == []
    assert set(Job.objects.values_list("state", flat=True)) == {State.FAILED}


def test_what_another_forum_computes_is_not_even_offered_as_a_filter(secretariat: Client):
    Job.objects.create(task="convenor.selection.compute.find_changes", queued_at=timezone.now(), scope="other/2017")

    assert secretariat.get(PATH).context["list"].tasks == []


def test_a_secretariat_cancels_what_a_member_asked_for(secretariat: Client, member: Person):
    job = make(by=member, state=State.RUNNING)

    page = secretariat.post(f"{PATH}{job.pk}/cancel/", follow=True).content.decode()

    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert "The job is cancelled." in page


def test_a_secretariat_runs_again_what_failed(secretariat: Client, member: Person):
    job = make(by=member, state=State.FAILED)

    page = secretariat.post(f"{PATH}{job.pk}/again/", follow=True).content.decode()

    job.refresh_from_db()
    assert (job.state, job.by) == (State.QUEUED, member)
    assert "The job waits for its turn again." in page


def test_what_cannot_be_done_any_more_is_said(secretariat: Client):
    job = make(state=State.DONE)

    assert "it has ended already" in secretariat.post(f"{PATH}{job.pk}/cancel/", follow=True).content.decode()
    assert "only one that failed" in secretariat.post(f"{PATH}{job.pk}/again/", follow=True).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_as_much_for_one_job_as_for_thirty(
    secretariat: Client, member: Person, count: int, django_assert_num_queries
):
    for _number in range(count):
        make(by=member)

    with django_assert_num_queries(8):  # session, person, cycle, two for roles; kinds, number, rows
        secretariat.get(PATH)


@pytest.mark.parametrize(
    ("path", "scope"),
    [("/igf/2017/evaluation/compute/", "igf/2017"), ("/igf/2017/selection/compute/", "igf/2017")],
)
def test_what_is_asked_for_on_a_page_of_the_year_is_among_its_jobs(secretariat: Client, path: str, scope: str):
    secretariat.post(path)

    assert list(Job.objects.values_list("scope", flat=True)) == [scope]


def test_jobs_go_with_their_forum(cycle: Cycle):
    make()
    stays = make("other/2017")

    remove_forum(cycle.forum, by=None, at=timezone.now())

    assert list(Job.objects.all()) == [stays]


def test_the_account_leads_to_ones_jobs(client_as: Callable[[Role], Client], member: Person):
    make(by=member)

    page = client_as(Role.MEMBER).get("/account/").content.decode()

    assert '<a href="/jobs/"><bdi>1 job was asked for by me</bdi></a>' in page
