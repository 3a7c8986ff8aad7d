"""Addresses of the timetable."""

from django.urls import path

from convenor.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.board, name="board"),
    path("compute/", views.compute, name="compute"),
    path("venue/", views.venue, name="venue"),
    path("release/", views.release, name="release"),
]
