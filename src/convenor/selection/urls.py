"""Addresses of selection."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "selection"
urlpatterns = [
    path("", stub, name="workbench"),
    path("<int:number>/", stub, name="why"),
    path("compute/", stub, name="compute"),
]
