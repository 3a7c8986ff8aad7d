"""Addresses of the timetable."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "programme"
urlpatterns = [
    path("", stub, name="board"),
    path("compute/", stub, name="compute"),
    path("release/", stub, name="release"),
]
