"""Addresses of a year's jobs."""

from django.urls import path

from convenor.cycle import jobs_page

app_name = "year-jobs"
urlpatterns = [
    path("", jobs_page.index, name="index"),
    path("<int:pk>/cancel/", jobs_page.call_off, name="cancel"),
    path("<int:pk>/again/", jobs_page.again, name="again"),
]
