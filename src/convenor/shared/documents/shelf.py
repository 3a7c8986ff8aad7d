"""The page where documents of one kind wait to be fetched: what is ready, what is being made, what can be made.

A domain keeps its own three addresses under its own door (`…/documents/`, `…/documents/<form>/make/`,
`…/documents/<pk>/`) and hands a `Shelf` to the functions here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.shared.documents.files import answer
from convenor.shared.documents.models import File
from convenor.shared.jobs import enqueue
from convenor.shared.jobs.models import Job, State

MOST_JOBS = 30  # of one asker for one shelf that are looked through


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one kind about one row."""

    kind: str
    scope: str
    subject: int
    title: str
    tasks: Mapping[str, str]  # form → dotted path of the job's function
    values: Mapping[str, int]  # of the job
    page: str  # address of the shelf
    back: str  # address of what the documents are about
    version: int = 0
    is_settled: bool = False  # the same version always gives the same document

    def make_url(self, form: str) -> str:
        """Address that asks for a document."""
        return f"{self.page}{form}/make/"

    def files(self, at: datetime) -> QuerySet[File]:
        """Give what is kept, without the contents."""
        kept = File.objects.filter(kind=self.kind, scope=self.scope, subject=self.subject, kept_until__gte=at)
        return kept.defer("data")


@dataclass(frozen=True, slots=True)
class Place:
    """One form of a document on its shelf."""

    form: str
    make_url: str
    file: File | None
    take_url: str
    job: Job | None
    is_current: bool

    @property
    def is_coming(self) -> bool:
        """Whether it is being made."""
        return self.job is not None and self.job.is_open

    @property
    def refusal(self) -> str:
        """Why the last attempt failed, where nothing was made since."""
        return self.job.sentence if self.job and self.job.state == State.FAILED else ""


def places(shelf: Shelf, asker: Any, *, at: datetime) -> list[Place]:
    """Give every form with its file in the page's language and the asker's last job, in two queries."""
    by = asker if asker.is_authenticated else None
    files = {file.form: file for file in shelf.files(at).filter(language=get_language() or "en")}
    asked = Job.objects.filter(task__in=shelf.tasks.values(), values=dict(shelf.values), by=by)
    jobs = {job.task: job for job in reversed(asked.order_by("-pk")[:MOST_JOBS])}
    return [_place(shelf, form, files.get(form), jobs.get(task)) for form, task in shelf.tasks.items()]


def _place(shelf: Shelf, form: str, file: File | None, job: Job | None) -> Place:
    if file and job and not job.is_open and job.queued_at <= file.made_at:
        job = None
    take = f"{shelf.page}{file.pk}/" if file else ""
    return Place(form, shelf.make_url(form), file, take, job, bool(file and file.version == shelf.version))


def show(request: HttpRequest, shelf: Shelf, *, at: datetime) -> HttpResponse:
    """Show the shelf."""
    found = places(shelf, request.user, at=at)
    is_coming = any(place.is_coming for place in found)
    return render(request, "documents/shelf.html", {"shelf": shelf, "places": found, "is_coming": is_coming})


def make(request: HttpRequest, shelf: Shelf, form: str, *, at: datetime) -> HttpResponseRedirect:
    """Ask the worker for a document, unless the very same one is there; an account sees its job, others the shelf."""
    if form not in shelf.tasks:
        raise Http404(_("There is no such form of this document."))
    by = request.user if request.user.is_authenticated else None
    is_there = shelf.files(at).filter(form=form, language=get_language() or "en", version=shelf.version).exists()
    if shelf.is_settled and is_there:
        return redirect(shelf.page)
    job = enqueue(shelf.tasks[form], shelf.values, by=by, at=at, back=shelf.page, scope=shelf.scope)
    return redirect(job if by else shelf.page)


def take(shelf: Shelf, pk: int, *, at: datetime) -> HttpResponse:
    """Hand a document of this shelf out; any other is not here."""
    return answer(get_object_or_404(shelf.files(at).defer(None), pk=pk))
