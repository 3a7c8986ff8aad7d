"""Addresses of the reader of agendas."""

from django.urls import path

from convenor.meetings import views_outside as views

app_name = "reading"
urlpatterns = [
    path("read/", views.read, name="read"),
    path("read/<int:pk>/", views.draft, name="draft"),
]
