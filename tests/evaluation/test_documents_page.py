"""The synthesis is asked for, made once, fetched by those who may see the results, and by nobody else."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.documents.files import KEPT, forget, sweep
from convenor.shared.documents.models import File
from convenor.shared.jobs.models import Job
from tests.evaluation.conftest import NOW

PAGE = "/igf/2017/evaluation/documents/"


def ask(client: Client, run_job: Callable[..., str], form: str = "xlsx") -> File:
    """Ask for a document and have it made now."""
    client.post(f"{PAGE}{form}/make/")
    run_job(Job.objects.latest("pk"), at=timezone.now())
    return File.objects.latest("pk")


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_member_asks_for_a_document_and_fetches_it(
    graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str], form: str
):
    client = client_as(Role.MEMBER)
    file = ask(client, run_job, form)
    answer = client.get(f"{PAGE}{file.pk}/")

    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="synthesis-of-the-evaluation-igf-2017-en.{form}"'
    )
    assert (answer.headers["Cache-Control"], answer.content) == ("private, no-store", bytes(file.data))
    assert f"{PAGE}{file.pk}/" in client.get(PAGE).content.decode()


def test_what_is_fetched_opens(graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]):
    client = client_as(Role.CHAIR)
    content = client.get(f"{PAGE}{ask(client, run_job).pk}/").content

    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Ranking", "About"]


def test_two_clicks_make_one_job(graded: Cycle, client_as: Callable[[Role], Client]):
    client = client_as(Role.MEMBER)
    first, second = (client.post(f"{PAGE}pdf/make/")["Location"] for _ in range(2))

    assert (first, Job.objects.count()) == (second, 1)


def test_a_form_that_is_not_offered_is_not_there(graded: Cycle, client_as: Callable[[Role], Client]):
    assert client_as(Role.MEMBER).post(f"{PAGE}exe/make/").status_code == 404


def test_nobody_without_the_right_fetches_it(
    graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]
):
    address = f"{PAGE}{ask(client_as(Role.MEMBER), run_job).pk}/"

    assert client_as(Role.PUBLIC).get(address).status_code == 302
    assert client_as(Role.SIGNED_IN).get(address).status_code == 403


def test_it_is_not_there_under_another_forum(
    graded: Cycle, client_as: Callable[[Role], Client], person_as: Callable[[Role], Person], run_job: Callable[..., str]
):
    file = ask(client_as(Role.SECRETARIAT), run_job)
    other = Forum.objects.create(slug="other", name="Other")
    Cycle.objects.create(
        forum=other,
        slug="2017",
        name="O",
        zone="UTC",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        rule_set=graded.rule_set,
    )
    person_as(Role.SECRETARIAT).role_terms.create(role=Role.SECRETARIAT, forum="other")

    assert client_as(Role.SECRETARIAT).get(f"/other/2017/evaluation/documents/{file.pk}/").status_code == 404


def test_it_is_kept_for_its_days_and_no_longer(
    graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]
):
    client = client_as(Role.MEMBER)
    file = ask(client, run_job)
    File.objects.update(kept_until=timezone.now() - timedelta(minutes=1))

    assert client.get(f"{PAGE}{file.pk}/").status_code == 404
    assert (sweep(at=timezone.now()), File.objects.count()) == (1, 0)
    assert timedelta(days=7) == KEPT


def test_a_new_one_takes_the_place_of_the_old(
    graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]
):
    client = client_as(Role.MEMBER)
    first = ask(client, run_job)
    Job.objects.all().delete()

    assert ask(client, run_job).pk == first.pk


def test_a_newer_ranking_makes_it_old(graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]):
    client = client_as(Role.MEMBER)
    ask(client, run_job)
    assert "Something has changed since." not in client.get(PAGE).content.decode()

    ranking = graded.rankings.get()
    ranking.pk = None
    ranking.save()

    assert "Something has changed since." in client.get(PAGE).content.decode()


def test_the_files_of_a_forum_go_with_it(
    graded: Cycle, client_as: Callable[[Role], Client], run_job: Callable[..., str]
):
    ask(client_as(Role.MEMBER), run_job)

    assert (forget("ig"), forget("igf"), File.objects.count()) == (0, 1, 0)


def test_the_results_page_offers_every_form(graded: Cycle, client_as: Callable[[Role], Client]):
    page = client_as(Role.MEMBER).get("/igf/2017/evaluation/").content.decode()

    assert [page.count(f'action="{PAGE}{form}/make/"') for form in ("xlsx", "docx", "pdf")] == [1, 1, 1]


def test_the_shelf_asks_the_database_as_often_for_one_file_as_for_three(
    graded: Cycle,
    client_as: Callable[[Role], Client],
    run_job: Callable[..., str],
    django_assert_num_queries: Callable[..., object],
):
    client = client_as(Role.MEMBER)
    ask(client, run_job)
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]  # pytest-django's context manager
        client.get(PAGE)
    ask(client, run_job, "docx")
    ask(client, run_job, "pdf")
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]  # as above
        client.get(PAGE)


QUERIES = 9
