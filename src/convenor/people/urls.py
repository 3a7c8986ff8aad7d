"""Addresses of accounts."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand in until the page is written."""
    return HttpResponse("")


app_name = "people"
urlpatterns = [
    path("account/", stub, name="account"),
    path("enter/<str:token>/", stub, name="enter"),
]
