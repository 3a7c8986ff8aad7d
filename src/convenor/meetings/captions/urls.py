"""Addresses of the captions of a meeting."""

from django.urls import path

from convenor.meetings.captions import views

app_name = "captions"
urlpatterns = [
    path("", views.page, name="page"),
    path("feed/", views.feed, name="feed"),
    path("desk/", views.desk, name="desk"),
    path("desk/<int:pk>/close/", views.close, name="close"),
    path("<slug:language>/live/", views.follow_captions, name="live"),
]
