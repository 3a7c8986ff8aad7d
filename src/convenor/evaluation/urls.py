"""Addresses of evaluation."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "evaluation"
urlpatterns = [
    path("", stub, name="results"),
    path("compute/", stub, name="compute"),
]
