"""Addresses of jobs."""

from django.urls import path

from convenor.shared.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.show, name="job"),
    path("<int:pk>/cancel/", views.call_off, name="cancel"),
    path("<int:pk>/again/", views.again, name="again"),
]
