"""Addresses of the public programme."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "publishing"
urlpatterns = [
    path("", stub, name="programme"),
    path("sessions/<int:number>/", stub, name="session"),
    path("calendar.ics", stub, name="calendar"),
    path("programme.json", stub, name="json"),
]
