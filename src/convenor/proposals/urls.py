"""Addresses of proposals."""

from django.urls import path

from convenor.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<int:number>/", views.show, name="proposal"),
]
