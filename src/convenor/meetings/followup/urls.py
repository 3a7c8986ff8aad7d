"""Addresses of the action items of a year."""

from django.urls import path

from convenor.meetings.followup import views

app_name = "actions"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("tasks.ics", views.tasks, name="tasks"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/settle/", views.settle, name="settle"),
    path("<int:pk>/change/", views.change, name="change"),
]
