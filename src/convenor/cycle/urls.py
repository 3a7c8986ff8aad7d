"""Addresses of forums and years."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "cycle"
urlpatterns = [
    path("", stub, name="index"),
    path("start/", stub, name="start"),
    path("<slug:forum>/<slug:year>/", stub, name="home"),
    path("<slug:forum>/<slug:year>/remove/", stub, name="remove"),
]
