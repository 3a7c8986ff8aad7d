"""Addresses of the evaluation."""

from django.urls import path

from convenor.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.show, name="results"),
    path("compute/", views.compute, name="compute"),
    path("documents/", views.documents, name="documents"),
    path("documents/<slug:form>/make/", views.make_document, name="make-document"),
    path("documents/<int:pk>/", views.take_document, name="document"),
]
