"""Addresses of the pages for reviewers."""

from django.urls import path

from convenor.shared.languages import views

app_name = "languages"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.strings, name="strings"),
    path("<slug:code>/<slug:key>/", views.string, name="string"),
    path("<slug:code>/<slug:key>/confirm/", views.confirm, name="confirm"),
    path("<slug:code>/<slug:key>/withdraw/", views.withdraw, name="withdraw"),
]
