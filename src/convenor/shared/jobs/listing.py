"""What the pages that list jobs look up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from convenor.shared.jobs.models import OPEN, Job, State
from convenor.shared.jobs.titles import TITLES, title_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of jobs is narrowed; it lives in the address."""

    state: str = ""
    task: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read it from an address; what is not understood narrows nothing."""
        state, task = query.get("state", ""), query.get("task", "")
        return cls(state if state in State.values else "", task if task in TITLES else "")

    @property
    def is_on(self) -> bool:
        """Whether it narrows anything."""
        return self != Filters()

    def apply(self, jobs: QuerySet[Job]) -> QuerySet[Job]:
        """Narrow."""
        jobs = jobs.filter(state=self.state) if self.state else jobs
        return jobs.filter(task=self.task) if self.task else jobs


@dataclass(frozen=True, slots=True)
class Row:
    """A job in a list, with the addresses of what may be done with it."""

    job: Job
    title: str
    cancel_url: str
    again_url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of jobs."""

    page: Page[Job]
    rows: Sequence[Row]
    filters: Filters
    tasks: Sequence[tuple[str, str]]

    @property
    def is_moving(self) -> bool:
        """Whether something in it is still open."""
        return any(row.job.is_open for row in self.rows)

    @property
    def states(self) -> list[tuple[str, str]]:
        """Give the states to narrow by."""
        return [(value, str(label)) for value, label in State.choices]


def listing(request: HttpRequest, jobs: QuerySet[Job], *, pages: str, address: Sequence[str] = ()) -> Listing:
    """Give a page of jobs, narrowed by the request's address, in three queries.

    Args:
        pages: start of the names of the pages that cancel and run again, such as `jobs:`.
        address: the parts that come before the job's key in their addresses.
    """
    filters = Filters.of(request.GET)
    names = {task: title_of(task) for task in jobs.order_by().values_list("task", flat=True).distinct()}
    found = filters.apply(jobs).select_related("by").order_by("-queued_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(job, pages, address) for job in page]
    tasks = sorted(((task, name) for task, name in names.items() if task in TITLES), key=lambda one: one[1])
    return Listing(page, rows, filters, tasks)


def _row(job: Job, pages: str, address: Sequence[str]) -> Row:
    args = (*address, job.pk)
    cancel_url = reverse(f"{pages}cancel", args=args) if job.state in OPEN else ""
    again_url = reverse(f"{pages}again", args=args) if job.state == State.FAILED else ""
    return Row(job, title_of(job.task), cancel_url, again_url)
