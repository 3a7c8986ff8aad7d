"""Addresses of the public programme."""

from django.urls import path

from convenor.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.programme, name="programme"),
    path("sessions/<int:number>/", views.session, name="session"),
    path("sessions/<int:number>/calendar.ics", views.session_calendar, name="session-calendar"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("programme.json", views.json, name="json"),
]
