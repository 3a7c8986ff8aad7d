"""Addresses of the outbox."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "mail"
urlpatterns = [
    path("", stub, name="outbox"),
]
