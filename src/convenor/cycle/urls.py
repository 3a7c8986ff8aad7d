"""Addresses of forums and years."""

from django.urls import path

from convenor.cycle import views

app_name = "cycle"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("<slug:forum>/<slug:year>/", views.year_home, name="home"),
    path("<slug:forum>/<slug:year>/rules/", views.rules, name="rules"),
    path("<slug:forum>/<slug:year>/phases/", views.phases, name="phases"),
    path("<slug:forum>/<slug:year>/remove/", views.remove, name="remove"),
]
