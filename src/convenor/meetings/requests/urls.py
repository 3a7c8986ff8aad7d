"""Addresses of requests to a meeting."""

from django.urls import path

from convenor.meetings.requests import views

app_name = "requests"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("ask/", views.ask, name="ask"),
    path("<int:pk>/", views.own, name="own"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/answer/", views.answer, name="answer"),
]
