"""Addresses of the selection."""

from django.urls import path

from convenor.selection import views

app_name = "selection"
urlpatterns = [
    path("", views.show, name="workbench"),
    path("compute/", views.compute, name="compute"),
    path("<int:number>/", views.show, name="why"),
    path("<int:number>/changes/", views.ask_changes, name="changes"),
]
