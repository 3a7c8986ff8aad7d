"""The pages of one's own data: what is held, the download, the erasure."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.people.models import Person
from convenor.people.privacy import lines
from convenor.people.privacy_archive import archive, file_name, is_small
from convenor.people.privacy_erasure import erase, refusal
from convenor.people.privacy_forms import EraseForm
from convenor.people.privacy_own import ARCHIVE
from convenor.people.sign_in_entry import has_proved, with_aim
from convenor.shared.documents.models import File
from convenor.shared.jobs import enqueue
from convenor.shared.pages.access import everybody, signed_in

MAKE_ARCHIVE = "convenor.people.privacy_compute.make_archive"


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("this page has no door that asks for an account")
    return request.user


@signed_in
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what is held about the reader, and the two ways on."""
    person = _person(request)
    files = File.objects.filter(kind=ARCHIVE, subject=person.pk, kept_until__gte=timezone.now()).defer("data")
    return render(request, "people/privacy.html", {"lines": lines(person), "files": files})


@signed_in
@never_cache
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Hand the archive out, or have a job make a large one."""
    person, now = _person(request), timezone.now()
    if not is_small(person):
        back = reverse("people:data")
        return redirect(enqueue(MAKE_ARCHIVE, {"person": person.pk}, by=person, at=now, back=back))
    return _zip(archive(person, at=now), file_name(now))


@signed_in
@never_cache
@require_safe
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out an archive that a job made, to its person and nobody else."""
    mine = File.objects.filter(kind=ARCHIVE, subject=_person(request).pk, kept_until__gte=timezone.now())
    file = get_object_or_404(mine, pk=pk)
    return _zip(bytes(file.data), file.name)


def _zip(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: HttpRequest) -> HttpResponse:
    """Show what goes and what stays; erase after a fresh proof that it is the person who asks."""
    person, now = _person(request), timezone.now()
    if not has_proved(request):
        messages.info(request, _("Prove once more that it is you; then read what an erasure does and decide."))
        return HttpResponseRedirect(with_aim(reverse("sign-in:again"), reverse("people:erase")))
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase(person, at=now)
        logout(request)
        return HttpResponseRedirect(reverse("people:erased"))
    page = {"form": form, "lines": lines(person), "refusal": refusal(person, today=now.date())}
    return render(request, "people/privacy_erase.html", page)


@everybody
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done, to whoever has no account any more."""
    return render(request, "people/privacy_erased.html")
