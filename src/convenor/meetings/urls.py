"""Addresses of meetings."""

from django.urls import path

from convenor.meetings import views
from convenor.meetings.corrections.views import meeting_version

app_name = "meetings"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("<slug:meeting>/", views.agenda, name="agenda"),
    path("<slug:meeting>/calendar.ics", views.calendar, name="calendar"),
    path("<slug:meeting>/agenda.json", views.json, name="json"),
    path("<slug:meeting>/new-version/", meeting_version, name="new-version"),
    path("<slug:meeting>/documents/", views.documents, name="documents"),
    path("<slug:meeting>/documents/<slug:form>/make/", views.make_document, name="make-document"),
    path("<slug:meeting>/documents/<int:pk>/", views.take_document, name="document"),
    path("<slug:meeting>/links/<int:pk>/undo/", views.undo, name="undo"),
    path("<slug:meeting>/links/<int:pk>/redo/", views.redo, name="redo"),
    path("<slug:meeting>/open-points/<int:pk>/settle/", views.settle, name="settle"),
    path("<slug:meeting>/open-points/<int:pk>/reopen/", views.reopen, name="reopen"),
]
