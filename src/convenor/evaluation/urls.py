"""Addresses of the evaluation."""

from django.urls import path

from convenor.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.show, name="results"),
    path("compute/", views.compute, name="compute"),
]
