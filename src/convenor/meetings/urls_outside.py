"""Addresses of the reader of agendas."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "reading"
urlpatterns = [
    path("read/", stub, name="read"),
    path("read/<int:pk>/", stub, name="draft"),
]
