"""Addresses of jobs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", stub, name="job"),
]
