"""Addresses of the participants of a meeting."""

from django.urls import path

from convenor.meetings.participants import views, views_link
from convenor.meetings.participants import views_secretariat as secretariat

app_name = "participants"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("participants.csv", views.export, name="export"),
    path("me/", views.me, name="me"),
    path("me/withdraw/", views.withdraw, name="withdraw"),
    path("me/here/", views.here, name="here"),
    path("register/", views_link.start, name="start"),
    path("register/<str:token>/", views_link.by_link, name="by-link"),
    path("settings/", secretariat.settings, name="settings"),
    path("guest/", secretariat.guest, name="guest"),
    path("guests/", secretariat.guests, name="guests"),
    path("ask-members/", secretariat.ask_members, name="ask-members"),
    path("confirm/", secretariat.confirm_many, name="confirm"),
    path("attendance/", secretariat.attendance, name="attendance"),
    path("<int:pk>/", secretariat.one, name="one"),
    path("<int:pk>/decide/", secretariat.decide, name="decide"),
    path("documents/", views.documents, name="documents"),
    path("documents/<slug:form>/make/", views.make_document, name="make-document"),
    path("documents/<int:pk>/", views.take_document, name="document"),
    path("whole-list/", views.whole_documents, name="whole-documents"),
    path("whole-list/<slug:form>/make/", views.make_whole_document, name="make-whole-document"),
    path("whole-list/<int:pk>/", views.take_whole_document, name="whole-document"),
]
