"""Addresses of jobs."""

from django.urls import path

from convenor.shared.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", views.show, name="job"),
    path("<int:pk>/cancel/", views.call_off, name="cancel"),
]
