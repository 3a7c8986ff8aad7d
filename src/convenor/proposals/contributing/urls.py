"""Addresses of what the people of proposals say."""

from django.urls import path

from convenor.proposals.contributing import views, views_people

app_name = "contributing"
urlpatterns = [
    path("", views_people.table, name="list"),
    path("table.csv", views_people.export, name="export"),
    path("ask/", views_people.ask_shown, name="ask-shown"),
    path("documents/", views_people.documents, name="documents"),
    path("documents/<slug:form>/make/", views_people.make_document, name="make-document"),
    path("documents/<int:pk>/", views_people.take_document, name="take-document"),
    path("of/<int:key>/", views_people.people, name="people"),
    path("of/<int:key>/ask/", views_people.ask, name="ask"),
    path("again/<int:key>/", views_people.ask_again, name="ask-again"),
    path("answer/<str:token>/", views.answer, name="answer"),
]
