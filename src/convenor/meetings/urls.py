"""Addresses of meetings."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "meetings"
urlpatterns = [
    path("", stub, name="list"),
    path("<slug:meeting>/", stub, name="agenda"),
    path("<slug:meeting>/calendar.ics", stub, name="calendar"),
]
