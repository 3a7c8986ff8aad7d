"""Addresses of the journal."""

from django.urls import path

from convenor.cycle import views_journal

app_name = "journal"
urlpatterns = [
    path("", views_journal.journal, name="journal"),
]
